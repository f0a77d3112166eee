import { defineConfig } from 'vitest/config'

const conditions = ['@lumbung/source', 'node', 'import', 'default']

export default defineConfig({
  test: {
    projects: ['core', 'sql'].map((name) => ({
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: conditions } },
      server: { deps: { inline: [/@lumbung\//] } },
      test: { name, root: new URL(`packages/${name}`, import.meta.url).pathname, include: ['**/*.test.ts'] },
    })),
  },
})
