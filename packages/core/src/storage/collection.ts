import type * as z from 'zod'
import { LumbungError, normalizeTexts } from '../kernel/index.ts'
import { columnOf, type FieldColumn } from './column.ts'
import { checkKeyLengths } from './key-lengths.ts'
import { collectionNameFault, nameFault } from './names.ts'
import {
  type Row,
  referenceFault,
  type Table,
  type TableIndex,
  versionColumn,
  villageColumn,
} from './table.ts'

/** Classes of fields from the one that anybody may see to the one that needs most reason. */
export const fieldClasses = ['public', 'internal', 'personal', 'specific'] as const

/**
 * Who may see a field unmasked: `public` anyone, `internal` those who work for the village, `personal` only
 * for a stated purpose, `specific` (health, children, money of a person) only with a scope of its own.
 */
export type FieldClass = (typeof fieldClasses)[number]

/** The names of the fields of a schema. */
export type FieldOfSchema<Schema extends z.ZodObject> = keyof z.output<Schema> & string

/** What {@link defineCollection} takes. */
export interface CollectionDefinition<Schema extends z.ZodObject, Key extends FieldOfSchema<Schema>> {
  /**
   * Plural and snake case, at most 63 letters: it is the name of the table. Names of the storage and of databases
   * are not free: `blobs`, and what begins with `stream_`, `migration_`, `sqlite_` or `pg_`.
   */
  readonly name: string
  readonly schema: Schema
  /** The field or fields that identify a record within its village. */
  readonly key: Key | readonly Key[]
  /** Each a list of fields in index order, or `{ unique: fields }`. Default: none. */
  readonly indexes?: readonly (
    | readonly FieldOfSchema<Schema>[]
    | { readonly unique: readonly FieldOfSchema<Schema>[] }
  )[]
  /** Fields that name a record of another collection, which must have a single key field. Default: none. */
  readonly references?: Readonly<Partial<Record<FieldOfSchema<Schema>, AnyCollection>>>
  /** Fields that `add` adds up. All other fields must then belong to the key. Default: none. */
  readonly counters?: readonly FieldOfSchema<Schema>[]
  /**
   * Whether its records can be made again from others. A database that holds it by another definition then drops it
   * with all other derived ones, and whoever opened it makes their records anew. Default: false.
   */
  readonly isDerived?: boolean
  /** One class for all fields, or one for each: there is no default, so that none is public by oversight. */
  readonly fieldClasses: FieldClass | Readonly<Record<FieldOfSchema<Schema>, FieldClass>>
}

/** Records of one kind: how they look, what identifies them and how they are stored. */
export interface Collection<Schema extends z.ZodObject = z.ZodObject, Key extends string = string> {
  readonly kind: 'collection'
  readonly name: string
  readonly schema: Schema
  readonly key: readonly Key[]
  readonly fieldClasses: Readonly<Record<string, FieldClass>>
  readonly columns: readonly FieldColumn[]
  readonly table: Table
}

/** Any collection, whatever its records. */
export type AnyCollection = Collection

/** The records of a collection. */
export type RecordOf<C extends AnyCollection> = Readonly<z.output<C['schema']>>

/** What is accepted as a new record: defaults may be left out. */
export type RecordInput<C extends AnyCollection> = Readonly<z.input<C['schema']>>

/** The key fields of a record. */
export type KeyOf<C extends AnyCollection> = Pick<RecordOf<C>, C['key'][number] & keyof RecordOf<C>>

/**
 * A record as it stands in the storage. The version travels with it: changing it and writing it back is
 * refused when somebody else was faster.
 */
export type Stored<C extends AnyCollection> = RecordOf<C> & { readonly version: number }

/**
 * Declares a collection. From the one schema come the columns with their checks and the validation.
 *
 * @throws LumbungError `storage/invalid-definition` where the parts contradict each other;
 * `storage/unsupported-field` where a field could not be read back as it was written.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { defineCollection } from '@lumbung/core/storage'
 *
 * const wells = defineCollection({
 *   name: 'wells',
 *   schema: z.object({ id: z.uuid(), hamlet: z.string().min(1), depthMetres: z.int().min(0).max(500) }),
 *   key: 'id',
 *   indexes: [['hamlet']],
 *   fieldClasses: 'public',
 * })
 * wells.table.key // => ['village_id', 'id']
 * wells.columns.map((column) => column.type) // => ['text', 'text', 'integer']
 * ```
 */
export function defineCollection<const Schema extends z.ZodObject, const Key extends FieldOfSchema<Schema>>(
  definition: CollectionDefinition<Schema, Key>,
): Collection<Schema, Key> {
  const fault = collectionNameFault(definition.name)
  if (fault !== undefined) refuse(definition.name, fault)
  return collectionOf(definition)
}

/** A collection of the storage itself, which may have any name. */
export function collectionOf<const Schema extends z.ZodObject, const Key extends FieldOfSchema<Schema>>(
  definition: CollectionDefinition<Schema, Key>,
): Collection<Schema, Key> {
  const { name, schema } = definition
  const key = [definition.key].flat() as readonly Key[]
  checkSchema(name, schema)
  const columns = Object.entries(schema.shape).map(([field, type]) => columnOf(name, field, type))
  checkColumnNames(name, columns)
  const table = tableOf(definition, key, columns)
  checkKeyAndCounters(table, columns)
  return {
    kind: 'collection',
    name,
    schema,
    key,
    fieldClasses: classesOf(definition, columns),
    columns,
    table,
  }
}

/** zod would let through what no column could hold, and it would be lost without a word. */
function checkSchema(name: string, schema: z.ZodObject): void {
  const { catchall } = schema._zod.def
  if (catchall !== undefined && catchall._zod.def.type !== 'never') {
    refuse(name, 'its schema takes other fields than it names, which would have no column.')
  }
}

/** The parts of a definition that name fields, whatever its schema. */
type NamedFields = Pick<
  CollectionDefinition<z.ZodObject, string>,
  'name' | 'indexes' | 'counters' | 'references' | 'isDerived'
>

function tableOf(definition: NamedFields, key: readonly string[], columns: readonly FieldColumn[]): Table {
  const { name, indexes = [], counters = [], references = {}, isDerived = false } = definition
  const columnName = (field: string): string => {
    const column = columns.find((candidate) => candidate.field === field)
    if (column === undefined) return refuse(name, `it has no field ${field}.`)
    if (column.type === 'json' || column.type === 'bytes') {
      refuse(name, `${field} cannot be compared, so it can be neither key nor index, reference nor counter.`)
    }
    return column.name
  }
  const columnsOfTable = [villageColumn, ...columns, versionColumn]
  return {
    name,
    columns: columnsOfTable,
    key: [villageColumn.name, ...key.map(columnName)],
    indexes: indexesOf(name, indexes, columnName),
    references: Object.entries(references).flatMap(([field, target]) => {
      if (target === undefined) return []
      const [, targetColumn = ''] = target.table.key
      const reference = { column: columnName(field), table: target.table.name, targetColumn }
      const fault = referenceFault({ name, columns: columnsOfTable }, reference, target.table)
      return fault === undefined ? [reference] : refuse(name, fault)
    }),
    counters: counters.map(columnName),
    ...(isDerived ? { isDerived } : {}),
  }
}

function indexesOf(
  collection: string,
  indexes: NonNullable<NamedFields['indexes']>,
  columnName: (field: string) => string,
): readonly TableIndex[] {
  const made = new Set<string>()
  return indexes.map((index) => {
    const columns = indexFields(index).map(columnName)
    const unique = 'unique' in index
    const name = `${collection}_${columns.join('_')}_${unique ? 'key' : 'idx'}`
    if (made.has(name)) refuse(collection, `two indexes would have the name ${name}.`)
    made.add(name)
    return { name, columns, unique }
  })
}

function checkKeyAndCounters({ name, key, counters }: Table, columns: readonly FieldColumn[]): void {
  for (const column of columns) {
    if (key.includes(column.name) && column.nullable) {
      refuse(name, `the key field ${column.field} may be missing.`)
    }
    const isWhole = column.type === 'integer' || column.type === 'bigint'
    if (counters.includes(column.name) && (!isWhole || column.nullable)) {
      refuse(name, `the counter ${column.field} is not always a whole number.`)
    }
  }
  // The village, which leads the key, is no field.
  if (counters.length > 0 && counters.length + key.length - 1 !== columns.length) {
    refuse(name, 'a collection with counters holds only its key and its counters.')
  }
}

function indexFields(index: readonly string[] | { readonly unique: readonly string[] }): readonly string[] {
  return 'unique' in index ? index.unique : index
}

function classesOf(
  definition: {
    readonly name: string
    readonly fieldClasses: FieldClass | Readonly<Record<string, FieldClass>>
  },
  columns: readonly FieldColumn[],
): Readonly<Record<string, FieldClass>> {
  const { name, fieldClasses: given } = definition
  const fields = columns.map(({ field }) => field)
  const classes =
    typeof given === 'string' ? Object.fromEntries(fields.map((field) => [field, given])) : (given ?? {})
  for (const field of new Set([...fields, ...Object.keys(classes)])) {
    if (!fields.includes(field)) refuse(name, `it gives a class to ${field}, which is no field.`)
    const own: unknown = Object.hasOwn(classes, field) ? classes[field] : undefined
    if (!fieldClasses.some((known) => known === own))
      refuse(name, `${field} has no class, or one that does not exist.`)
  }
  return classes
}

function checkColumnNames(collection: string, columns: readonly FieldColumn[]): void {
  const own: readonly string[] = [villageColumn.name, versionColumn.name]
  const fieldsByName = new Map<string, string>()
  for (const { field, name } of columns) {
    if (own.includes(name)) refuse(collection, `${field} is a field that the storage itself keeps.`)
    const fault = nameFault(name)
    if (fault !== undefined) refuse(collection, `as a column, ${fault}`)
    const other = fieldsByName.get(name)
    if (other !== undefined) refuse(collection, `${other} and ${field} would both be the column ${name}.`)
    fieldsByName.set(name, field)
  }
}

function refuse(collection: string, reason: string): never {
  throw new LumbungError('storage/invalid-definition', `Collection ${collection}: ${reason}`, {
    details: { collection },
  })
}

/**
 * A record as a row, checked against the schema first.
 *
 * @throws LumbungError `storage/invalid-record` with zod's issues; `text/invalid`.
 */
export function rowOf(collection: AnyCollection, villageId: string, record: unknown, version: number): Row {
  // What the schema promises must hold of the text that is stored, so it comes into normal form first.
  const parsed = collection.schema.safeParse(normalizedFields(collection, record))
  if (!parsed.success) {
    throw new LumbungError('storage/invalid-record', `A record of ${collection.name} breaks its schema.`, {
      details: { collection: collection.name, issues: parsed.error.issues },
    })
  }
  const values: Record<string, unknown> = parsed.data
  const { columns } = collection
  const row: Row[number][] = [villageId]
  for (const column of columns) row.push(column.encode(values[column.field]))
  row.push(version)
  checkKeyLengths(collection.table, row)
  return row
}

/** The record with the texts of its fields in normal form. What the collection does not know is left alone. */
function normalizedFields({ columns }: AnyCollection, record: unknown): unknown {
  if (record === null || typeof record !== 'object') return record
  const fields = record as Readonly<Record<string, unknown>>
  let changed: Record<string, unknown> | undefined
  for (const { field, type } of columns) {
    // In the others there is no text that could have two forms.
    if (type !== 'text' && type !== 'json') continue
    const value = fields[field]
    const normal = normalizeTexts(value)
    if (!Object.is(normal, value)) {
      changed ??= { ...fields }
      changed[field] = normal
    }
  }
  return changed ?? record
}

/** A row as a record, with its version. */
export function recordOf<C extends AnyCollection>(collection: C, row: Row): Stored<C> {
  const record: Record<string, unknown> = {}
  const { columns } = collection
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index] as FieldColumn
    const cell = row[index + 1] as Row[number]
    if (cell !== null || !column.absent) record[column.field] = column.decode(cell)
  }
  record['version'] = row[columns.length + 1]
  // The columns were derived from the schema, and every cell came through rowOf.
  return record as Stored<C>
}

/**
 * The key as cells, the village first.
 *
 * @throws LumbungError `storage/invalid-key`.
 */
export function keyRowOf(
  collection: AnyCollection,
  villageId: string,
  key: Readonly<Record<string, unknown>>,
): Row {
  const fields: readonly string[] = collection.key
  return [
    villageId,
    ...fields.map((field) => {
      const column = collection.columns.find((candidate) => candidate.field === field)
      try {
        const parsed = collection.schema.shape[field]?.safeParse(normalizeTexts(key[field]))
        if (column !== undefined && parsed?.success === true) return column.encode(parsed.data)
      } catch (cause) {
        throw invalidKey(collection, field, cause)
      }
      throw invalidKey(collection, field)
    }),
  ]
}

function invalidKey(collection: AnyCollection, field: string, cause?: unknown): LumbungError {
  return new LumbungError('storage/invalid-key', `${collection.name} has no such key.`, {
    details: { collection: collection.name, field },
    cause,
  })
}
