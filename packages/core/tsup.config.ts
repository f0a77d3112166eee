import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    casework: 'src/casework/index.ts',
    eligibility: 'src/eligibility/index.ts',
    kernel: 'src/kernel/index.ts',
    people: 'src/people/index.ts',
    rules: 'src/rules/index.ts',
    storage: 'src/storage/index.ts',
    village: 'src/village/index.ts',
    'storage/conformance': 'src/storage/conformance/index.ts',
  },
  format: 'esm',
  target: 'es2024',
  platform: 'neutral',
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
})
