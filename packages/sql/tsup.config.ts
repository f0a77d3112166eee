import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    sqlite: 'src/sqlite/index.ts',
    postgres: 'src/postgres/index.ts',
    backup: 'src/backup/index.ts',
  },
  format: 'esm',
  target: 'node22',
  platform: 'node',
  clean: true,
  // Without its prefix `node:sqlite` would be looked for among the installed packages.
  removeNodeProtocol: false,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
})
