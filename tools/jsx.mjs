// Node strips types but leaves JSX as it is. This hook turns each `.tsx` of ours into JavaScript while it is loaded:
// same lines, so that stack traces point into the source. esbuild is loaded only when the first such file is met.
import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** @type {typeof import('esbuild') | undefined} */
let esbuild

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.tsx')) return nextLoad(url, context)
    esbuild ??= /** @type {typeof import('esbuild')} */ (createRequire(import.meta.url)('esbuild'))
    const sourcefile = fileURLToPath(url)
    const { code } = esbuild.transformSync(readFileSync(sourcefile, 'utf8'), {
      loader: 'tsx',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      target: 'node22',
      sourcefile,
      sourcemap: 'inline',
    })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
