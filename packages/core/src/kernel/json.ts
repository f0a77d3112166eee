import * as z from 'zod'
import { LumbungError } from './errors.ts'

/** The way of values of a schema to JSON and back. */
export interface JsonCodec {
  /** A value that satisfies the schema, as JSON: wide integers as decimal text, names of records in order. */
  readonly encode: (value: unknown) => unknown
  /** The value again: properties in the order of the schema, what was absent absent. */
  readonly decode: (json: unknown) => unknown
}

const same: JsonCodec = { encode: (value) => value, decode: (json) => json }
const number: JsonCodec = { encode: (value) => (value as number) + 0, decode: (json) => json }
const wide: JsonCodec = { encode: String, decode: (json) => BigInt(String(json)) }

/**
 * A codec between the values of a zod schema and JSON, exact for every value: it is directed by the schema, so
 * the JSON stays plain and readable. It does not validate; that is zod's part.
 *
 * @throws LumbungError `json/unsupported-schema` with the path, when the codec is made, for types that JSON
 * could not give back: dates, maps, sets, transforms, `any`, and unions without a discriminator.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { jsonCodecOf } from '@lumbung/core/kernel'
 *
 * const codec = jsonCodecOf(z.object({ amount: z.bigint(), note: z.string().optional() }))
 * codec.encode({ amount: 150n }) // => { amount: '150' }
 * codec.decode({ amount: '150' }) // => { amount: 150n }
 * jsonCodecOf(z.map(z.string(), z.int())) // throws 'json/unsupported-schema'
 * ```
 */
export function jsonCodecOf(schema: z.ZodType): JsonCodec {
  return codecOf(schema, [])
}

type Path = readonly string[]

function codecOf(schema: z.core.$ZodType, path: Path): JsonCodec {
  if (schema instanceof z.ZodBigInt) return wide
  if (schema instanceof z.ZodNumber) return number
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return same
  if (schema instanceof z.ZodBoolean || schema instanceof z.ZodEnum || schema instanceof z.ZodNull)
    return same
  if (schema instanceof z.ZodLiteral) {
    const wideLiteral = [...schema.values].some((value) => typeof value === 'bigint' || value === undefined)
    return wideLiteral ? refuse('a literal that JSON cannot hold', path) : same
  }
  if (schema instanceof z.ZodObject) return objectCodec(schema, path)
  if (schema instanceof z.ZodArray) return listCodec(() => codecOf(schema.element, [...path, '[]']))
  if (schema instanceof z.ZodTuple && schema.def.rest === null) {
    const items = schema.def.items.map((item, index) => codecOf(item, [...path, String(index)]))
    return listCodec((index) => items[index] ?? same)
  }
  if (schema instanceof z.ZodRecord) return recordCodec(codecOf(schema.valueType, [...path, '{}']))
  if (schema instanceof z.ZodDiscriminatedUnion) return unionCodec(schema, path)
  if (schema instanceof z.ZodNullable) return throughNull(codecOf(schema.unwrap(), path))
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly) {
    return codecOf(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodLazy) return lazyCodec(() => codecOf(schema.unwrap(), path))
  return refuse(`the type ${schema._zod.def.type}`, path)
}

function refuse(what: string, path: Path): never {
  const place = path.join('.')
  throw new LumbungError(
    'json/unsupported-schema',
    `JSON cannot give back ${what}${place ? ` at ${place}` : ''}.`,
    {
      details: { path: place },
    },
  )
}

/** A schema that contains itself is followed only as far as a value goes. */
function lazyCodec(make: () => JsonCodec): JsonCodec {
  let codec: JsonCodec | undefined
  const made = () => {
    codec ??= make()
    return codec
  }
  return { encode: (value) => made().encode(value), decode: (json) => made().decode(json) }
}

function throughNull(codec: JsonCodec): JsonCodec {
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (json) => (json === null ? null : codec.decode(json)),
  }
}

function listCodec(at: (index: number) => JsonCodec): JsonCodec {
  const codecs: JsonCodec[] = []
  const cached = (index: number): JsonCodec => {
    codecs[index] ??= at(index)
    return codecs[index]
  }
  return {
    encode: (value) => (value as readonly unknown[]).map((item, index) => cached(index).encode(item)),
    decode: (json) => (json as readonly unknown[]).map((item, index) => cached(index).decode(item)),
  }
}

type Properties = Readonly<Record<string, unknown>>

function objectCodec(schema: z.ZodObject, path: Path): JsonCodec {
  const { catchall } = schema.def
  if (catchall !== undefined && catchall._zod.def.type !== 'never') refuse('properties without a name', path)
  const fields = Object.entries(schema.shape).map(
    ([name, field]) => [name, codecOf(field, [...path, name])] as const,
  )
  const convert = (properties: Properties, way: keyof JsonCodec): Properties => {
    const converted: Record<string, unknown> = {}
    for (const [name, codec] of fields) {
      const value = properties[name]
      if (value !== undefined) converted[name] = codec[way](value)
    }
    return converted
  }
  return {
    encode: (value) => convert(value as Properties, 'encode'),
    decode: (json) => convert(json as Properties, 'decode'),
  }
}

/** Names in order, so that equal records have equal text. */
function recordCodec(codec: JsonCodec): JsonCodec {
  const convert = (properties: Properties, way: keyof JsonCodec): Properties =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => [name, codec[way](value)]),
    )
  return {
    encode: (value) => convert(value as Properties, 'encode'),
    decode: (json) => convert(json as Properties, 'decode'),
  }
}

function unionCodec(schema: z.ZodDiscriminatedUnion, path: Path): JsonCodec {
  const { discriminator, options } = schema.def
  const codecs = new Map<unknown, JsonCodec>()
  for (const option of options) {
    const codec = codecOf(option, path)
    for (const value of option._zod.propValues?.[discriminator] ?? refuse('this union', path))
      codecs.set(value, codec)
  }
  const codecFor = (value: unknown): JsonCodec =>
    codecs.get((value as Properties)[discriminator]) ?? refuse('a variant that is not declared', path)
  return {
    encode: (value) => codecFor(value).encode(value),
    decode: (json) => codecFor(json).decode(json),
  }
}
