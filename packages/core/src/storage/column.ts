import * as z from 'zod'
import { jsonCodecOf, LumbungError, normalizeText } from '../kernel/index.ts'
import { type Column, type ColumnType, type StorageValue, snakeCase } from './table.ts'

/** A column together with the way between a record's value and a cell. */
export interface FieldColumn extends Column {
  /** An absent property and NULL are the same; otherwise NULL is the value `null`. */
  readonly absent: boolean
  readonly encode: (value: unknown) => StorageValue
  readonly decode: (cell: StorageValue) => unknown
}

/** What the layers around a field's type say about it. */
interface Wrapping {
  readonly inner: z.core.$ZodType
  readonly optional: boolean
  readonly nullable: boolean
  readonly fallback: unknown
}

const int64 = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n }

/**
 * The column in which a field of a record is stored, derived from its zod schema: text, closed sets, dates,
 * instants, numbers, truth values and bytes get a typed column, every nested part becomes JSON.
 *
 * @throws LumbungError `storage/unsupported-field` where a value could not come back as it went in.
 */
export function columnOf(collection: string, field: string, schema: z.core.$ZodType): FieldColumn {
  const refuse = (reason: string): never => {
    throw new LumbungError('storage/unsupported-field', `${collection}.${field} ${reason}`, {
      details: { collection, field },
    })
  }
  const { inner, optional, nullable, fallback } = unwrap(schema)
  if (optional && nullable) {
    refuse('is both optional and nullable, but a database has only one way to hold nothing.')
  }
  const type = columnTypeOf(inner)
  const codec = codecOf(type, inner, refuse)
  const bare: Column = {
    name: snakeCase(field),
    field,
    type,
    nullable: optional || nullable,
    ...promisesOf(type, inner),
  }
  const encode = (value: unknown): StorageValue => (value == null ? null : codec.encode(value))
  const missing = optional ? undefined : null
  return {
    ...bare,
    ...(fallback === undefined ? {} : { fallback: encode(fallback) }),
    absent: optional,
    encode,
    decode: (cell) => (cell === null ? missing : codec.decode(cell)),
  }
}

function unwrap(schema: z.core.$ZodType): Wrapping {
  let inner = schema
  let optional = false
  let nullable = false
  let fallback: unknown
  for (;;) {
    const { def } = inner._zod as {
      def: { type: string; innerType?: z.core.$ZodType; defaultValue?: unknown }
    }
    if (def.innerType === undefined) break
    if (def.type === 'optional') optional = true
    else if (def.type === 'nullable') nullable = true
    else if (def.type === 'default') fallback = def.defaultValue
    else if (def.type !== 'readonly') break
    inner = def.innerType
  }
  // A default fills what is absent before it is stored, so the field is never absent in a stored record.
  return { inner, optional: optional && fallback === undefined, nullable, fallback }
}

function columnTypeOf(schema: z.core.$ZodType): ColumnType {
  if (schema instanceof z.ZodStringFormat && schema.format === 'date') return 'date'
  if (schema instanceof z.ZodStringFormat && schema.format === 'datetime') return 'instant'
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return 'text'
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) {
    return closedValues(schema).every((value) => typeof value === 'string') ? 'enum' : 'json'
  }
  if (schema instanceof z.ZodNumber) return schema.isInt ? 'integer' : 'real'
  if (schema instanceof z.ZodBigInt) return 'bigint'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  if (schema instanceof z.ZodCustom && schema._zod.bag['Class'] === Uint8Array) return 'bytes'
  return 'json'
}

function closedValues(schema: z.ZodEnum | z.ZodLiteral): readonly unknown[] {
  return schema instanceof z.ZodEnum ? schema.options : [...schema.values]
}

type Promises = Pick<Column, 'values' | 'minimum' | 'maximum' | 'maxLength' | 'nonEmpty'>

/** What the schema promises of every value, as far as a database can check it. */
function promisesOf(type: ColumnType, schema: z.core.$ZodType): Promises {
  if (type === 'enum') return { values: closedValues(schema as z.ZodEnum).map(String) }
  if (schema instanceof z.ZodNumber && type === 'integer') {
    const { excludesMinimum, excludesMaximum } = exclusions(schema)
    const minimum = Math.max(schema.minValue ?? Number.NEGATIVE_INFINITY, Number.MIN_SAFE_INTEGER)
    const maximum = Math.min(schema.maxValue ?? Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER)
    return {
      minimum: excludesMinimum ? Math.floor(minimum) + 1 : Math.ceil(minimum),
      maximum: excludesMaximum ? Math.ceil(maximum) - 1 : Math.floor(maximum),
    }
  }
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema
    return {
      ...(minValue !== null && Number.isFinite(minValue) ? { minimum: minValue } : {}),
      ...(maxValue !== null && Number.isFinite(maxValue) ? { maximum: maxValue } : {}),
    }
  }
  if (schema instanceof z.ZodBigInt) {
    const { excludesMinimum, excludesMaximum } = exclusions(schema)
    const minimum = schema.minValue ?? int64.minimum
    const maximum = schema.maxValue ?? int64.maximum
    return {
      minimum: excludesMinimum ? minimum + 1n : minimum,
      maximum: excludesMaximum ? maximum - 1n : maximum,
    }
  }
  if (schema instanceof z.ZodString) {
    return {
      ...(schema.maxLength === null ? {} : { maxLength: schema.maxLength }),
      ...((schema.minLength ?? 0) > 0 ? { nonEmpty: true } : {}),
    }
  }
  return {}
}

/** zod keeps only the bound itself at hand; whether the tightest one is excluded stands in its checks. */
function exclusions(schema: z.ZodNumber | z.ZodBigInt): {
  excludesMinimum: boolean
  excludesMaximum: boolean
} {
  const excluded = (kind: 'greater_than' | 'less_than', bound: unknown) =>
    (schema.def.checks ?? []).some((check) => {
      const def = check._zod.def as { check: string; value?: unknown; inclusive?: boolean }
      return def.check === kind && def.inclusive === false && def.value === bound
    })
  return {
    excludesMinimum: excluded('greater_than', schema.minValue),
    excludesMaximum: excluded('less_than', schema.maxValue),
  }
}

interface CellCodec {
  readonly encode: (value: unknown) => StorageValue
  readonly decode: (cell: StorageValue) => unknown
}

const identity = (cell: StorageValue): unknown => cell

function codecOf(type: ColumnType, schema: z.core.$ZodType, refuse: (reason: string) => never): CellCodec {
  if (type === 'json') return jsonCellCodec(schema, refuse)
  return { encode: cellEncoders[type], decode: identity }
}

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

function jsonCellCodec(schema: z.core.$ZodType, refuse: (reason: string) => never): CellCodec {
  const codec = (() => {
    try {
      return jsonCodecOf(schema as z.ZodType)
    } catch (cause) {
      return refuse(`cannot be stored: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  })()
  return {
    encode: (value) => jsonText(codec.encode(value)),
    decode: (cell) => codec.decode(JSON.parse(typed(cell, 'string'))),
  }
}

/** An escaped U+0000 or lone surrogate: an odd backslash before one of these codes. */
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** What may need a second look; most JSON holds neither. */
const escapedOrBeyondAscii = /\\u|[^\x00-\x7f]/

/** JSON as text, every string in it in normal form. Its punctuation composes with nothing. */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  if (!escapedOrBeyondAscii.test(text)) return text
  if (unstorableEscape.test(text)) {
    throw new LumbungError('text/invalid', 'A text holds U+0000 or a lone surrogate.')
  }
  return text.normalize('NFC')
}
