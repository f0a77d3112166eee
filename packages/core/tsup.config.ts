import { defineConfig, type Options } from 'tsup'

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
const apart = ['kernel', 'people', 'storage']

interface Operators {
  readonly OPERATORS: Readonly<Record<string, { readonly name: string }>>
}

/**
 * The parser of CEL names its operators by a table that also holds how they are checked and evaluated. Here only the
 * names are taken in: the rest is asked by nobody, and weighs 3 kB in a browser.
 */
const namesOfOperators: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'names of operators',
  setup: (build) =>
    build.onLoad({ filter: /@marcbachmann\/cel-js\/lib\/operators\.js$/ }, async ({ path }) => {
      const { OPERATORS }: Operators = await import(path)
      const names = Object.entries(OPERATORS).map(([key, { name }]) => [key, name])
      // An operator and its alias stay one thing.
      const contents = `const one = {}
        export const OPERATORS = {}
        for (const [key, name] of ${JSON.stringify(names)}) OPERATORS[key] = one[name] ??= { name }`
      return { contents, loader: 'js' }
    }),
}

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
  esbuildPlugins: [namesOfOperators],
  dts: {
    entry: Object.fromEntries(faces.map((face) => [`${face}/index`, `src/${face}/index.ts`])),
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
})
