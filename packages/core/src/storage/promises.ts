import * as z from 'zod'
import { CivilDate, type FieldForm, Instant } from '../kernel/index.ts'
import type { Column } from './table.ts'

/** The type of a column, and what its schema promises of every value, as far as a database can check it. */
export type ColumnPromises = Pick<
  Column,
  'type' | 'values' | 'minimum' | 'maximum' | 'maxLength' | 'nonEmpty'
>

const int64 = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n }

/** The column of a field whose values are all of one kind, from the schemas that allow it. */
export function promisesOf({ kind, schemas }: FieldForm, refuse: (reason: string) => never): ColumnPromises {
  switch (kind) {
    case 'string':
      return textPromises(schemas, refuse)
    case 'number':
      return numberPromises(schemas)
    case 'bigint': {
      const ranges = schemas.map(bigintRange)
      const minimum = sorted(ranges.map((range) => range.minimum))[0] ?? int64.minimum
      const maximum = sorted(ranges.map((range) => range.maximum)).at(-1) ?? int64.maximum
      return { type: 'bigint', minimum, maximum }
    }
    case 'boolean':
    case 'bytes':
      return { type: kind }
    default:
      return { type: 'json' }
  }
}

/** The values of a closed set of one kind; undefined where any value may stand. */
function closedValues<Value extends z.core.util.Primitive>(
  schema: z.core.$ZodType,
  isOfKind: (value: z.core.util.Primitive) => value is Value,
): readonly Value[] | undefined {
  const isClosed = schema instanceof z.core.$ZodEnum || schema instanceof z.core.$ZodLiteral
  return isClosed ? Array.from(schema._zod.values ?? []).filter(isOfKind) : undefined
}

const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isBigInt = (value: unknown) => typeof value === 'bigint'

function textPromises(
  schemas: readonly z.core.$ZodType[],
  refuse: (reason: string) => never,
): ColumnPromises {
  const closed = schemas.map((schema) => closedValues(schema, isText))
  if (closed.every((values) => values !== undefined))
    return { type: 'enum', values: [...new Set(closed.flat())] }
  const [format, ...otherFormats] = new Set(schemas.map(formatOf))
  if (otherFormats.length === 0 && (format === 'date' || format === 'datetime')) {
    const { name, type, own } = timeTypes[format]
    if (schemas.every((schema) => refines(schema, own))) return { type }
    refuse(`is a ${format} of zod, which takes what its column could not hold: take ${name} of the kernel.`)
  }
  const lengths = schemas.map((schema, index) => lengthsOf(schema, closed[index]))
  const maxLength = Math.max(...lengths.map(({ most }) => most))
  return {
    type: 'text',
    ...(Number.isFinite(maxLength) ? { maxLength } : {}),
    ...(lengths.every(({ least }) => least > 0) ? { nonEmpty: true } : {}),
  }
}

const timeTypes = {
  date: { name: 'CivilDate', type: 'date', own: CivilDate },
  datetime: { name: 'Instant', type: 'instant', own: Instant },
} as const

/** Whether a schema is another one with, at most, further checks. */
function refines(schema: z.core.$ZodType, { def }: typeof CivilDate | typeof Instant): boolean {
  const { checks = [], pattern } = schema._zod.def as typeof def
  return pattern === def.pattern && (def.checks ?? []).every((check) => checks.includes(check))
}

function formatOf(schema: z.core.$ZodType): string | undefined {
  return schema instanceof z.ZodStringFormat ? (schema.format ?? undefined) : undefined
}

function lengthsOf(
  schema: z.core.$ZodType,
  values: readonly string[] | undefined,
): { readonly least: number; readonly most: number } {
  if (values !== undefined) {
    const lengths = values.map((value) => value.length)
    return { least: Math.min(...lengths), most: Math.max(...lengths) }
  }
  const isString = schema instanceof z.ZodString || schema instanceof z.ZodStringFormat
  if (!isString) return { least: 0, most: Number.POSITIVE_INFINITY }
  return { least: schema.minLength ?? 0, most: schema.maxLength ?? Number.POSITIVE_INFINITY }
}

function numberPromises(schemas: readonly z.core.$ZodType[]): ColumnPromises {
  const ranges = schemas.map(numberRange)
  const isInteger = ranges.every((range) => range.isInteger)
  const minimum = Math.min(...ranges.map((range) => range.minimum))
  const maximum = Math.max(...ranges.map((range) => range.maximum))
  return {
    type: isInteger ? 'integer' : 'real',
    ...(Number.isFinite(minimum) ? { minimum } : {}),
    ...(Number.isFinite(maximum) ? { maximum } : {}),
  }
}

interface NumberRange {
  readonly isInteger: boolean
  readonly minimum: number
  readonly maximum: number
}

function numberRange(schema: z.core.$ZodType): NumberRange {
  const values = closedValues(schema, isNumber)
  if (values !== undefined) {
    const isInteger = values.every(Number.isSafeInteger)
    return { isInteger, minimum: Math.min(...values), maximum: Math.max(...values) }
  }
  const any = { isInteger: false, minimum: Number.NEGATIVE_INFINITY, maximum: Number.POSITIVE_INFINITY }
  if (!(schema instanceof z.ZodNumber)) return any
  const least = schema.minValue ?? any.minimum
  const most = schema.maxValue ?? any.maximum
  // zod takes a multiple of 5 for a whole number, but it may lie beyond those that are exact.
  const isInteger = schema.format?.includes('int') === true
  if (!isInteger) return { isInteger: false, minimum: least, maximum: most }
  const { excludesMinimum, excludesMaximum } = exclusions(schema)
  const minimum = Math.max(least, Number.MIN_SAFE_INTEGER)
  const maximum = Math.min(most, Number.MAX_SAFE_INTEGER)
  return {
    isInteger: true,
    minimum: excludesMinimum ? Math.floor(minimum) + 1 : Math.ceil(minimum),
    maximum: excludesMaximum ? Math.ceil(maximum) - 1 : Math.floor(maximum),
  }
}

function bigintRange(schema: z.core.$ZodType): { readonly minimum: bigint; readonly maximum: bigint } {
  const values = closedValues(schema, isBigInt)
  if (values !== undefined) {
    const ordered = sorted(values)
    return { minimum: ordered[0] ?? int64.minimum, maximum: ordered.at(-1) ?? int64.maximum }
  }
  if (!(schema instanceof z.ZodBigInt)) return int64
  const { excludesMinimum, excludesMaximum } = exclusions(schema)
  const minimum = schema.minValue ?? int64.minimum
  const maximum = schema.maxValue ?? int64.maximum
  return {
    minimum: excludesMinimum ? minimum + 1n : minimum,
    maximum: excludesMaximum ? maximum - 1n : maximum,
  }
}

function sorted(values: readonly bigint[]): readonly bigint[] {
  return values.toSorted((a, b) => (a < b ? -1 : 1))
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
