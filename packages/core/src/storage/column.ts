import type * as z from 'zod'
import { type JsonCodec, type JsonField, jsonFieldOf, LumbungError, normalizeText } from '../kernel/index.ts'
import { type ColumnPromises, promisesOf } from './promises.ts'
import { type Column, type ColumnType, type StorageValue, snakeCase } from './table.ts'

/** A column together with the way between a record's value and a cell. */
export interface FieldColumn extends Column {
  /** An absent property and NULL are the same; otherwise NULL is the value `null`. */
  readonly absent: boolean
  readonly encode: (value: unknown) => StorageValue
  readonly decode: (cell: StorageValue) => unknown
}

const refuse = (collection: string, field: string, reason: string): never => {
  throw new LumbungError('storage/unsupported-field', `${collection}.${field} ${reason}`, {
    details: { collection, field },
  })
}

/**
 * The column in which a field of a record is stored, derived from the kinds of value that its zod schema allows:
 * text, closed sets, dates, instants, numbers, truth values and bytes get a typed column, nested parts and fields of
 * several kinds become JSON.
 *
 * @throws LumbungError `storage/unsupported-field` where a value could not come back as it went in.
 */
export function columnOf(collection: string, field: string, schema: z.core.$ZodType): FieldColumn {
  const { forms, nullable, codec, fallback } = jsonField(collection, field, schema)
  // A default fills what is absent before it is stored, so the field is never absent in a stored record.
  const absent = schema._zod.optout === 'optional' && fallback === undefined
  if (absent && nullable) {
    refuse(
      collection,
      field,
      'is both optional and nullable, but a database has only one way to hold nothing.',
    )
  }
  const [form, ...others] = forms
  if (form === undefined) return refuse(collection, field, 'can hold nothing but null.')
  const typed: ColumnPromises =
    others.length === 0 ? promisesOf(form, (reason) => refuse(collection, field, reason)) : { type: 'json' }
  const cell =
    typed.type === 'json' ? jsonCell(codec) : { encode: cellEncoders[typed.type], decode: identity }
  const encode = (value: unknown): StorageValue => (value == null ? null : cell.encode(value))
  const missing = absent ? undefined : null
  return {
    name: snakeCase(field),
    field,
    nullable: absent || nullable,
    ...typed,
    ...(fallback === undefined ? {} : { fallback: encode(fallback) }),
    absent,
    encode,
    decode: (value) => (value === null ? missing : cell.decode(value)),
  }
}

function jsonField(collection: string, field: string, schema: z.core.$ZodType): JsonField {
  try {
    return jsonFieldOf(schema)
  } catch (cause) {
    return refuse(
      collection,
      field,
      `cannot be stored: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
}

interface CellCodec {
  readonly encode: (value: unknown) => StorageValue
  readonly decode: (cell: StorageValue) => unknown
}

const identity = (cell: StorageValue): unknown => cell

const cellEncoders: Readonly<Record<Exclude<ColumnType, 'json'>, (value: unknown) => StorageValue>> = {
  text: (value) => normalizeText(typed(value, 'string')),
  enum: (value) => typed(value, 'string'),
  date: (value) => typed(value, 'string'),
  instant: (value) => typed(value, 'string'),
  // Adding 0 turns -0 into 0, which not every database would keep apart.
  integer: (value) => typed(value, 'number') + 0,
  real: (value) => typed(value, 'number') + 0,
  bigint: (value) => {
    const wide = typed(value, 'bigint')
    if (BigInt.asIntN(64, wide) === wide) return wide
    throw new LumbungError('storage/invalid-record', 'A whole number leaves the range of 64 bits.')
  },
  boolean: (value) => typed(value, 'boolean'),
  bytes: (value) => {
    if (value instanceof Uint8Array) return value
    throw wrongType(value, 'Uint8Array')
  },
}

interface Primitives {
  string: string
  number: number
  bigint: bigint
  boolean: boolean
}

function typed<Name extends keyof Primitives>(value: unknown, name: Name): Primitives[Name] {
  // TypeScript does not narrow by a generic typeof; the comparison is the proof.
  if (typeof value === name) return value as Primitives[Name]
  throw wrongType(value, name)
}

function wrongType(value: unknown, expected: string): LumbungError {
  return new LumbungError('storage/wrong-type', `Expected ${expected}, got ${typeof value}.`, {
    details: { expected, actual: typeof value },
  })
}

function jsonCell(codec: JsonCodec): CellCodec {
  return {
    encode: (value) => JSON.stringify(codec.encode(value)),
    decode: (cell) => codec.read(JSON.parse(typed(cell, 'string'))),
  }
}
