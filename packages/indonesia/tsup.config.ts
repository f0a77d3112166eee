import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  target: 'es2024',
  platform: 'neutral',
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
})
