import { defineConfig } from 'tsup'

/** The folders with a public face, as in `@lumbung/core/rules/sql`; dist has the shape of src. */
const faces = [
  'casework',
  'eligibility',
  'kernel',
  'people',
  'rules',
  'rules/sql',
  'storage',
  'storage/conformance',
  'village',
]

/**
 * Rooms whose files are built one by one. The bundler would join each into a chunk, and then who imports one date of it
 * in a browser would carry all of its schemas, which no bundler dares to leave out.
 */
const apart = ['kernel', 'people']

export default defineConfig({
  entry: [
    ...faces.map((face) => `src/${face}/index.ts`),
    ...apart.map((room) => `src/${room}/*.ts`),
    '!**/*.{test,fixtures,vectors}.ts',
  ],
  format: 'esm',
  target: 'es2024',
  platform: 'neutral',
  clean: true,
  dts: {
    entry: Object.fromEntries(faces.map((face) => [`${face}/index`, `src/${face}/index.ts`])),
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
})
