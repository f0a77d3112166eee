import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, expect, test } from 'vitest'
import { breachOf, coreDependencies, isBuiltIn } from '../boundaries.ts'
import { root } from '../workspace.ts'

/** Every import of a tree, types and dynamic ones included, judged by the table of floors. */
async function breachesIn(folder: string): Promise<string[]> {
  const { output } = await cruise(
    ['packages'],
    {
      baseDir: folder,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(/dist/|/api/|\\.config\\.ts$)' },
      tsPreCompilationDeps: true,
      preserveSymlinks: false,
      enhancedResolveOptions: {
        conditionNames: ['@lumbung/source', 'types', 'import', 'node', 'default'],
        exportsFields: ['exports'],
      },
    },
    {},
    { tsConfig: { options: { allowImportingTsExtensions: true } } } as never,
  )
  return (output as ICruiseResult).modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap((dependency) => {
      const fault = faultOf(source, dependency.module, dependency.resolved, dependency.couldNotResolve)
      const circular = dependency.circular && source.startsWith('packages/') && !dependency.typeOnly
      return [
        ...(fault ? [`${source}: ${fault}`] : []),
        ...(circular ? [`${source}: imports itself by way of ${dependency.resolved}`] : []),
      ]
    }),
  )
}

function faultOf(
  source: string,
  specifier: string,
  resolved: string,
  unresolved: boolean,
): string | undefined {
  const isTest = /\.(?:test|fixtures)\.tsx?$|\/test\//.test(source)
  const [, pack] = /^packages\/([^/]+)\/src\//.exec(source) ?? []
  if (unresolved && specifier.startsWith('@lumbung/')) return `${specifier} is no public face`
  if (specifier.startsWith('.') && pack !== undefined && !resolved.startsWith(`packages/${pack}/`)) {
    return isBuiltIn(source, specifier) ? undefined : `${specifier} leaves its package`
  }
  if (pack === 'core' && !isTest && !specifier.startsWith('.')) {
    if (specifier.startsWith('node:') || builtinModules.includes(specifier))
      return `core may not import ${specifier}`
    if (!coreDependencies.some((name) => specifier === name || specifier.startsWith(`${name}/`))) {
      return `core may not import ${specifier}`
    }
  }
  return breachOf(source, resolved)
}

test('rooms and packages know only what is below them, by its public face', async () => {
  expect(await breachesIn(root)).toEqual([])
})

const planted = mkdtempSync(join(tmpdir(), 'lumbung-boundaries-'))
afterAll(() => rmSync(planted, { recursive: true }))

/** Each kind of breach, and the words with which it is reported. */
const breaches: readonly [string, string, string, RegExp][] = [
  [
    'an import of a higher floor',
    'core/src/kernel/a.ts',
    "import '../storage/index.ts'",
    /kernel may not know storage/,
  ],
  [
    'a room of the same floor',
    'core/src/people/a.ts',
    "import '../ledger/index.ts'",
    /people may not know ledger/,
  ],
  [
    'an import past the public face',
    'core/src/people/b.ts',
    "import '../storage/inner.ts'",
    /only through its index/,
  ],
  [
    'a type-only import past it',
    'core/src/people/c.ts',
    "import type { T } from '../storage/inner.ts'",
    /only through/,
  ],
  [
    'a dynamic import past it',
    'core/src/people/d.ts',
    "export const later = () => import('../storage/inner.ts')",
    /only through/,
  ],
  ['node: in core', 'core/src/people/e.ts', "import 'node:fs'", /core may not import (node:)?fs/],
  [
    'a library of its own in core',
    'core/src/people/f.ts',
    "import 'left-pad'",
    /core may not import left-pad/,
  ],
  [
    'a relative path into another package',
    'sql/src/a.ts',
    "import '../../core/src/storage/index.ts'",
    /leaves its package/,
  ],
  [
    'a file of a library by its path',
    'core/src/rules/a.ts',
    "import '../../node_modules/@marcbachmann/cel-js/lib/parser.js'",
    /leaves its package/,
  ],
  [
    'a deep path into another package',
    'sql/src/b.ts',
    "import '@lumbung/core/src/storage/inner.ts'",
    /no public face/,
  ],
  [
    'a package that knows one above it',
    'core/src/village/a.ts',
    "import '../../../sql/src/index.ts'",
    /core may not know sql|leaves its package/,
  ],
  ['packages of one floor', 'indonesia/src/a.ts', "import '../../sql/src/index.ts'", /leaves its package/],
  ['a circle', 'core/src/village/b.ts', "import './c.ts'", /by way of/],
  ['a room without a floor', 'core/src/attic/a.ts', "import '../kernel/index.ts'", /attic has no floor/],
]

test('each kind of breach is caught', async () => {
  const write = (path: string, text: string) => {
    const file = join(planted, 'packages', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${text}\nexport {}\n`)
  }
  for (const room of ['kernel', 'storage', 'ledger']) write(`core/src/${room}/index.ts`, '')
  write('core/src/storage/inner.ts', 'export type T = 1')
  write('core/src/village/c.ts', "import './b.ts'")
  write('sql/src/index.ts', '')
  write('core/package.json', '')
  writeFileSync(
    join(planted, 'packages/core/package.json'),
    JSON.stringify({
      name: '@lumbung/core',
      type: 'module',
      exports: { './storage': './src/storage/index.ts' },
    }),
  )
  mkdirSync(join(planted, 'packages/sql/node_modules/@lumbung'), { recursive: true })
  symlinkSync(join(planted, 'packages/core'), join(planted, 'packages/sql/node_modules/@lumbung/core'))
  for (const [, path, text] of breaches) write(path, text)
  const found = await breachesIn(planted)
  for (const [name, path, , words] of breaches) {
    const reported = found.filter((line) => line.startsWith(`packages/${path}:`)).join('\n')
    expect(reported, name).toMatch(words)
  }
})
