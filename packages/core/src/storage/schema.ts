import { LumbungError } from '../kernel/index.ts'
import { blobs } from './blob.ts'
import type { AnyCollection } from './collection.ts'
import { type AnyStream, streamHeads } from './stream.ts'
import { referenceFault, type Table } from './table.ts'

/** Everything that a database is to hold. */
export interface StorageSchema {
  readonly collections: readonly AnyCollection[]
  readonly streams: readonly AnyStream[]
}

/**
 * All tables of a schema, each after those it refers to.
 *
 * @throws LumbungError `storage/invalid-definition` for a name given twice, to a table or an index; a
 * reference to a collection that is not part of the schema or has a key of another type; references in a circle.
 *
 * @example
 * ```ts
 * import { tablesOf } from '@lumbung/core/storage'
 *
 * tablesOf({ collections: [], streams: [] }).map((table) => table.name) // => ['stream_heads', 'blobs']
 * ```
 */
export function tablesOf(schema: StorageSchema): readonly Table[] {
  const own = schema.collections.map(({ table }) => table)
  const all = [streamHeads.table, ...schema.streams.map(({ table }) => table), blobs.table, ...own]
  checkDistinct(all)
  const byName = new Map(all.map((table) => [table.name, table]))
  const ordered = new Set<Table>()
  const visit = (table: Table, path: readonly string[]): void => {
    if (ordered.has(table)) return
    if (path.includes(table.name))
      throw invalid(`references go in a circle: ${[...path, table.name].join(' → ')}.`)
    for (const reference of table.references) {
      const target = byName.get(reference.table)
      if (target === undefined) {
        throw invalid(`${table.name} refers to ${reference.table}, which is not in it.`)
      }
      const fault = referenceFault(table, reference, target)
      if (fault !== undefined) throw invalid(fault)
      if (target !== table) visit(target, [...path, table.name])
    }
    ordered.add(table)
  }
  for (const table of all) visit(table, [])
  return [...ordered]
}

/** Tables, indexes and the indexes of primary keys share one space of names in a database. */
function checkDistinct(tables: readonly Table[]): void {
  const owners = new Map<string, string>()
  for (const { name: table, indexes } of tables) {
    for (const name of [table, `${table}_pkey`, ...indexes.map((index) => index.name)]) {
      const owner = owners.get(name)
      if (owner !== undefined) throw invalid(`the name ${name} would be given by ${owner} and by ${table}.`)
      owners.set(name, table)
    }
  }
}

function invalid(reason: string): LumbungError {
  return new LumbungError('storage/invalid-definition', `The storage schema does not hold: ${reason}`)
}
