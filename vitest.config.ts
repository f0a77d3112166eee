import { defineConfig } from 'vitest/config'

const conditions = ['@lumbung/source', 'module', 'node']
const here = (path: string) => new URL(path, import.meta.url).pathname

export default defineConfig({
  test: {
    projects: ['core', 'sql'].map((name) => ({
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: ['@lumbung/source'] } },
      server: { deps: { inline: [/@lumbung\//] } },
      test: {
        name,
        root: here(`packages/${name}`),
        include: ['**/*.test.ts'],
        testTimeout: 60_000,
        globalSetup: name === 'sql' ? [here('packages/sql/test/postgres-server.ts')] : [],
      },
    })),
  },
})
