import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    accounts: 'src/accounts/index.ts',
    node: 'src/node/index.ts',
    'import-worker': 'src/node/import-worker.ts',
  },
  format: 'esm',
  target: 'node22',
  platform: 'node',
  clean: true,
  removeNodeProtocol: false,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
})
