/** A name in the database: short, and the same in every tool, whether quoted or not. */
const plainName = /^[a-z][a-z0-9_]{0,62}$/

/** What PostgreSQL keeps of a name. Names that an adapter derives, of checks and indexes, it shortens itself. */
const nameLengthMax = 63

/** Where events are stored: `stream_<name>`. */
export const streamTablePrefix = 'stream_'

/** How the names of tables begin that belong to the storage, to an adapter or to a database. */
const reservedPrefixes: readonly string[] = [streamTablePrefix, 'migration_', 'sqlite_', 'pg_']

/** Tables of the storage itself. */
const reservedNames: readonly string[] = ['blobs']

/** What is wrong with the name of a table or column; undefined where nothing is. */
export function nameFault(name: string): string | undefined {
  return plainName.test(name)
    ? undefined
    : `${name} is no name of at most ${nameLengthMax} letters in lower snake case.`
}

/** What is wrong with the name of a collection. */
export function collectionNameFault(name: string): string | undefined {
  const fault = nameFault(name)
  if (fault !== undefined) return fault
  if (reservedNames.includes(name)) return `${name} is a table of the storage itself.`
  const prefix = reservedPrefixes.find((candidate) => name.startsWith(candidate))
  return prefix === undefined ? undefined : `a name that begins with ${prefix} is not free.`
}

/** What is wrong with the name of a stream, whose table has a longer one. */
export function streamNameFault(name: string): string | undefined {
  const lengthMax = nameLengthMax - streamTablePrefix.length
  if (nameFault(name) !== undefined || name.length > lengthMax)
    return `${name} is no name of at most ${lengthMax} letters in lower snake case.`
  return name === 'heads' ? 'its table would be that of all heads.' : undefined
}
