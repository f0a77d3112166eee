/**
 * Who may know whom. A room imports only from floors below its own, through the other room's public face, and
 * the rooms of one floor do not know each other.
 */
export const roomFloors: Readonly<Record<string, number>> = {
  kernel: 1,
  rules: 2,
  storage: 3,
  people: 4,
  ledger: 4,
  activities: 4,
  scoring: 4,
  eligibility: 5,
  cooperative: 5,
  services: 5,
  participation: 5,
  collaboration: 5,
  monitoring: 5,
  casework: 6,
  village: 7,
}

/** The same for packages: which others each may depend on. */
export const packageFloors: Readonly<Record<string, number>> = {
  core: 1,
  sql: 2,
  indonesia: 2,
  opensid: 3,
  portal: 4,
  cli: 5,
}

/** What stands in the way of an import; undefined where it is in order. Paths are from the root, with `/`. */
export function breachOf(from: string, to: string): string | undefined {
  const [here, there] = [placeOf(from), placeOf(to)]
  if (here === undefined || there === undefined) return undefined
  if (here.pack !== there.pack) {
    if (!isBelow(packageFloors[there.pack], packageFloors[here.pack]))
      return `${here.pack} may not know ${there.pack}`
    if (there.isTestHelper && here.isTestHelper) return undefined
    return there.isFace ? undefined : `${there.pack} is known only through its public faces`
  }
  if (here.pack !== 'core' || here.room === there.room || here.room === '') return undefined
  if (roomFloors[here.room] === undefined) return `the room ${here.room} has no floor yet`
  if (!isBelow(roomFloors[there.room], roomFloors[here.room]))
    return `${here.room} may not know ${there.room}`
  return there.isFace ? undefined : `${there.room} is known only through its index.ts`
}

/** What core may import from outside: it is pure, and runs in browsers and workers too. */
export const coreDependencies: readonly string[] = [
  'zod',
  'date-fns',
  '@date-fns/utc',
  '@noble/hashes',
  '@marcbachmann/cel-js',
  'fastest-levenshtein',
]

/** A file of ours that takes files of a library by their path, so that the build takes them in. */
export const builtIn: Readonly<
  Record<string, { readonly library: string; readonly files: readonly string[] }>
> = {
  'packages/core/src/rules/cel-parser.ts': {
    library: '@marcbachmann/cel-js',
    files: ['lib/registry.js', 'lib/errors.js', 'lib/parser.js'],
  },
}

/** Whether such a file may import this path. */
export function isBuiltIn(from: string, specifier: string): boolean {
  const { library, files } = builtIn[from] ?? {}
  return files?.some((file) => specifier.endsWith(`/node_modules/${library}/${file}`)) === true
}

function isBelow(lower: number | undefined, higher: number | undefined): boolean {
  return lower !== undefined && higher !== undefined && lower < higher
}

interface Place {
  readonly pack: string
  readonly room: string
  /** A file that an export map may name: a room may have a second one, such as `rules/sql/index.ts`. */
  readonly isFace: boolean
  /** Tests may share what they start a server with, and the records that they begin from. */
  readonly isTestHelper: boolean
}

function placeOf(path: string): Place | undefined {
  const [, pack, inside] = /^packages\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (pack === undefined || inside === undefined) return undefined
  const [, room = '', rest = ''] = /^src\/([^/]+)\/(.+)$/.exec(inside) ?? []
  const isIndex = rest === 'index.ts' || rest.endsWith('/index.ts')
  return {
    pack,
    room,
    isFace: isIndex || inside === 'src/index.ts',
    isTestHelper: inside.startsWith('test/') || inside.endsWith('.fixtures.ts'),
  }
}
