import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Without `import`: packages outside that are CommonJS must not find the ESM side of one another. */
const conditions = ['@lumbung/source', 'module', 'node']
const isLong = process.env['LUMBUNG_TIER'] === 'long'
/** Room for a slow machine with two cores; a test of the long tier may take ten times as long. */
const SECOND_MS = isLong ? 10_000 : 1_000

/** What a project starts once, before any of its files: a database, a browser. */
const globalSetups: Readonly<Record<string, string[]>> = {
  sql: [join(import.meta.dirname, 'packages/sql/test/postgres-server.ts')],
  cli: [join(import.meta.dirname, 'packages/sql/test/postgres-server.ts')],
  portal: [join(import.meta.dirname, 'packages/portal/test/browser-server.ts')],
}

export default defineConfig({
  test: {
    projects: [
      project('core', 'packages/core', 20),
      project('indonesia', 'packages/indonesia', 20),
      project('opensid', 'packages/opensid', 60),
      project('sql', 'packages/sql', 60),
      project('cli', 'packages/cli', 60),
      project('portal', 'packages/portal', 60),
      project('examples', 'examples', 60),
      project('checks', 'tools', 180),
    ],
    reporters: ['default', join(import.meta.dirname, 'tools/reporter.ts')],
    // Vitest would leave one core unused; on two cores that is half of them.
    maxWorkers: '100%',
    coverage: { include: ['packages/*/src/**/*.{ts,tsx}'], exclude: ['**/*.test.{ts,tsx}'] },
  },
})

function project(name: string, folder: string, timeoutSeconds: number) {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: ['@lumbung/source'] } },
    test: {
      name,
      server: { deps: { inline: [/@lumbung\//] } },
      root: join(import.meta.dirname, folder),
      globalSetup: globalSetups[name] ?? [],
      setupFiles: isLong && name !== 'checks' ? [join(import.meta.dirname, 'tools/long-tier.ts')] : [],
      include: ['**/*.test.{ts,tsx}'],
      exclude: ['**/node_modules/**', '**/dist/**', ...(isLong ? [] : ['**/*.long.test.ts'])],
      testTimeout: timeoutSeconds * SECOND_MS,
      hookTimeout: 4 * timeoutSeconds * SECOND_MS,
    },
  }
}
