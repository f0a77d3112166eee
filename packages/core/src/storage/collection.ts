import type * as z from 'zod'
import { LumbungError } from '../kernel/index.ts'
import { columnOf, type FieldColumn } from './column.ts'
import { type Row, type Table, type TableIndex, versionColumn, villageColumn } from './table.ts'

/**
 * Who may see a field unmasked: `public` anyone, `internal` those who work for the village, `personal` only
 * for a stated purpose, `specific` (health, children, money of a person) only with a scope of its own.
 */
export type FieldClass = 'public' | 'internal' | 'personal' | 'specific'

/** The names of the fields of a schema. */
export type FieldOfSchema<Schema extends z.ZodObject> = keyof z.output<Schema> & string

/** What {@link defineCollection} takes. */
export interface CollectionDefinition<Schema extends z.ZodObject, Key extends FieldOfSchema<Schema>> {
  /** Plural and snake case: it is the name of the table. */
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
 * Declares a collection. From the one schema come the columns with their checks, validation and masking.
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
  const { name, schema } = definition
  const key = [definition.key].flat() as readonly Key[]
  const columns = Object.entries(schema.shape).map(([field, type]) => columnOf(name, field, type))
  const byField = new Map(columns.map((column) => [column.field, column]))
  const counters = definition.counters ?? []
  checkNames(name, columns)
  for (const field of [...key, ...counters, ...(definition.indexes ?? []).flatMap(indexFields)]) {
    const column = byField.get(field) ?? refuse(name, `it has no field ${field}.`)
    if (column.type === 'json')
      refuse(name, `${field} is nested and can be neither key nor index nor counter.`)
  }
  for (const field of key) {
    if (byField.get(field)?.nullable) refuse(name, `the key field ${field} may be missing.`)
  }
  if (counters.length > 0 && counters.length + key.length !== columns.length) {
    refuse(name, 'a collection with counters holds only its key and its counters.')
  }
  for (const field of counters) {
    const type = byField.get(field)?.type
    if (type !== 'integer' && type !== 'bigint') refuse(name, `the counter ${field} is no whole number.`)
  }
  const columnName = (field: string): string => byField.get(field)?.name ?? field
  return {
    kind: 'collection',
    name,
    schema,
    key,
    fieldClasses: classesOf(definition, columns),
    columns,
    table: {
      name,
      columns: [villageColumn, ...columns, versionColumn],
      key: [villageColumn.name, ...key.map(columnName)],
      indexes: (definition.indexes ?? []).map((index): TableIndex => {
        const names = indexFields(index).map(columnName)
        const unique = 'unique' in index
        return { name: `${name}_${names.join('_')}_${unique ? 'key' : 'idx'}`, columns: names, unique }
      }),
      references: Object.entries(definition.references ?? {}).map(([field, target]) => {
        const { table } = target as AnyCollection
        const [, targetColumn, ...rest] = table.key
        if (targetColumn === undefined || rest.length > 0) {
          return refuse(name, `${field} refers to ${table.name}, whose key is not a single field.`)
        }
        return { column: columnName(field), table: table.name, targetColumn }
      }),
      counters: counters.map(columnName),
    },
  }
}

function indexFields(index: readonly string[] | { readonly unique: readonly string[] }): readonly string[] {
  return 'unique' in index ? index.unique : index
}

function classesOf(
  definition: { readonly fieldClasses: FieldClass | Readonly<Record<string, FieldClass>> },
  columns: readonly FieldColumn[],
): Readonly<Record<string, FieldClass>> {
  const { fieldClasses } = definition
  if (typeof fieldClasses !== 'string') return fieldClasses
  return Object.fromEntries(columns.map(({ field }) => [field, fieldClasses]))
}

/** Names are quoted nowhere by hand, but a short plain form keeps them readable in every tool. */
const plainName = /^[a-z][a-z0-9_]{0,62}$/

function checkNames(collection: string, columns: readonly FieldColumn[]): void {
  if (!plainName.test(collection))
    refuse(collection, 'its name is not lower snake case of at most 63 letters.')
  for (const { field, name } of columns) {
    if (field === villageColumn.field || field === versionColumn.field) {
      refuse(collection, `${field} is a field that the storage itself keeps.`)
    }
    if (!plainName.test(name)) refuse(collection, `${field} does not make a plain column name.`)
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
  const parsed = collection.schema.safeParse(record)
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
  return row
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
      const parsed = collection.schema.shape[field]?.safeParse(key[field])
      if (column === undefined || parsed?.success !== true) {
        throw new LumbungError('storage/invalid-key', `${collection.name} has no such key.`, {
          details: { collection: collection.name, field },
        })
      }
      return column.encode(parsed.data)
    }),
  ]
}
