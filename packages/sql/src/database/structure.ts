import { isLumbungError } from '@lumbung/core/kernel'
import { type IntegrityFault, type Table, villageColumn } from '@lumbung/core/storage'
import { checkName, checkSql, indexName } from './ddl.ts'
import type { Dialect } from './dialect.ts'

/** One thing that a table is made of; two of one kind and name are the same where their texts are. */
export interface Part {
  readonly kind: 'table' | 'column' | 'check' | 'key' | 'index' | 'reference'
  readonly name: string
  /** What can be told of it from the catalogue of the database. */
  readonly text: string
}

/** A fault of the tables themselves, in one of them. */
export interface StructureFault extends IntegrityFault {
  readonly table: string
}

/** A column as the catalogue tells of it. */
export function columnPart(name: string, type: string, isNullable: boolean): Part {
  return { kind: 'column', name, text: isNullable ? type : `${type} not null` }
}

/** A primary key; it has no name of its own. */
export function keyPart(columns: readonly string[]): Part {
  return { kind: 'key', name: 'primary key', text: columns.join(', ') }
}

/** An index, with what else there is to say of it where it is not a plain one. */
export function indexPart(
  name: string,
  unique: boolean,
  columns: readonly string[],
  unusual: readonly string[] = [],
): Part {
  return { kind: 'index', name, text: [unique ? 'unique' : 'plain', ...columns, ...unusual].join(' ') }
}

/** A reference. Not every database keeps its name. */
export function referencePart(
  columns: readonly string[],
  table: string,
  targetColumns: readonly string[],
  isHeld = true,
): Part {
  const name = `${columns.join(', ')} to ${table}`
  return { kind: 'reference', name, text: `${targetColumns.join(', ')}${isHeld ? '' : ' not held'}` }
}

/** What a table should be made of. Where the catalogue does not show the text of a check, its name stands for it. */
function expectedParts(dialect: Dialect, table: Table): readonly Part[] {
  const village = villageColumn.name
  return [
    { kind: 'table', name: table.name, text: dialect.tableOptions },
    ...table.columns.map((column) => columnPart(column.name, dialect.columnType(column), column.nullable)),
    ...table.columns.flatMap((column): Part[] => {
      const text = checkSql(dialect, table.name, column)
      if (text === undefined) return []
      return [{ kind: 'check', name: checkName(table.name, column), text: dialect.showsChecks ? text : '' }]
    }),
    keyPart(table.key),
    ...table.indexes.map((index) => indexPart(indexName(index), index.unique, [village, ...index.columns])),
    ...table.references.map((reference) =>
      referencePart([village, reference.column], reference.table, [village, reference.targetColumn]),
    ),
  ]
}

/**
 * Where the tables of a database differ from their definitions. What is there beside them, as an index that somebody
 * added to be quicker, is no fault.
 */
export function structureFaults(
  dialect: Dialect,
  tables: readonly Table[],
  found: ReadonlyMap<string, readonly Part[]>,
): readonly StructureFault[] {
  return tables.flatMap((table): StructureFault[] => {
    const parts = found.get(table.name)
    if (parts === undefined || parts.length === 0) {
      return [{ code: 'structure-table', message: 'The table is missing.', table: table.name }]
    }
    return expectedParts(dialect, table).flatMap(({ kind, name, text }): StructureFault[] => {
      const there = parts.find((part) => part.kind === kind && part.name === name)
      if (there?.text === text) return []
      const what = there === undefined ? 'is missing' : 'differs from its definition'
      return [{ code: `structure-${kind}`, message: `The ${kind} ${name} ${what}.`, table: table.name }]
    })
  })
}

/** What a database says of itself; where it is too damaged to say it, that is the fault. */
export async function orDamaged(
  work: () => Promise<readonly IntegrityFault[]>,
): Promise<readonly IntegrityFault[]> {
  try {
    return await work()
  } catch (error) {
    if (!isLumbungError(error, 'storage/damaged')) throw error
    return [{ code: 'damaged', message: error.message }]
  }
}
