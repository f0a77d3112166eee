import { LumbungError } from '../kernel/index.ts'
import { blobs } from './blob.ts'
import type { AnyCollection } from './collection.ts'
import { type AnyStream, streamHeads } from './stream.ts'
import type { Table } from './table.ts'

/** Everything that a database is to hold. */
export interface StorageSchema {
  readonly collections: readonly AnyCollection[]
  readonly streams: readonly AnyStream[]
}

/**
 * All tables of a schema, each after those it refers to.
 *
 * @throws LumbungError `storage/invalid-definition` for a name given twice, a reference to a collection that
 * is not part of the schema, or references in a circle.
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
  const byName = new Map(all.map((table) => [table.name, table]))
  if (byName.size < all.length) {
    const twice = all.find((table, index) => all.indexOf(byName.get(table.name) as Table) !== index)
    throw invalid(`the table ${twice?.name} is defined twice.`)
  }
  const ordered = new Set<Table>()
  const visit = (table: Table, path: readonly string[]): void => {
    if (ordered.has(table)) return
    if (path.includes(table.name))
      throw invalid(`references go in a circle: ${[...path, table.name].join(' → ')}.`)
    for (const reference of table.references) {
      if (reference.table === table.name) continue
      const target = byName.get(reference.table)
      if (target === undefined) {
        throw invalid(`${table.name} refers to ${reference.table}, which is not in it.`)
      }
      visit(target, [...path, table.name])
    }
    ordered.add(table)
  }
  for (const table of all) visit(table, [])
  return [...ordered]
}

function invalid(reason: string): LumbungError {
  return new LumbungError('storage/invalid-definition', `The storage schema does not hold: ${reason}`)
}
