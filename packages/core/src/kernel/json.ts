import * as z from 'zod'
import { LumbungError } from './errors.ts'

/** What JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** The way between the values that a schema gives out and JSON. */
export interface JsonCodec<Value = unknown> {
  /**
   * A value of the schema as JSON.
   *
   * @throws `json/unexpected-value` if a part is of no kind that the schema allows there; details: `kind`, `expected`
   */
  readonly encode: (value: Value) => JsonValue
  /**
   * The value that was encoded.
   *
   * @throws `json/unexpected-value` if a part is of no kind that the schema allows there; details: `kind`, `expected`
   */
  readonly decode: (json: JsonValue) => Value
}

/**
 * The codec between the values that a schema gives out and JSON.
 *
 * It is exact: what was encoded decodes to the same value, save that -0 becomes 0 and a property that is
 * `undefined` becomes absent. A `bigint` is written as decimal text. Equal values have equal text: properties
 * stand in the order of the schema, the entries of a record in that of their names.
 *
 * It knows shapes only. Ranges, formats and refinements are zod's part, properties that the schema does not name
 * are left out, and no default is filled in: what was hashed once must decode to the same value after the
 * schema has got a new optional part.
 *
 * It takes text, numbers, `bigint`, truth values, null, literals, enums, objects, arrays, tuples, records with
 * text as names; what is optional (as a property), nullable, has a default or is readonly; discriminated unions,
 * other unions whose options differ in their JSON type, and schemas that contain themselves.
 *
 * @throws `json/unsupported-schema` if a part is of another kind, which JSON could not give back; details: `path`, `reason`
 *
 * @example
 * ```ts
 * import { jsonCodecOf } from '@lumbung/core/kernel'
 * import * as z from 'zod'
 *
 * const codec = jsonCodecOf(z.object({ amount: z.bigint(), note: z.string().optional() }))
 * codec.encode({ amount: 150n }) // => { amount: '150' }
 * codec.decode({ amount: '150' }) // => { amount: 150n }
 * jsonCodecOf(z.object({ on: z.date() })) // throws 'json/unsupported-schema'
 * ```
 */
export function jsonCodecOf<Schema extends z.ZodType>(schema: Schema): JsonCodec<z.output<Schema>> {
  // The codec was derived from the schema, so these are the values that it gives back.
  return partCodec(schema, { path: '', known: new Map() }) as JsonCodec<z.output<Schema>>
}

/** The way of values of one kind to JSON and back. It takes `never`, since only a codec knows the kind of a value. */
interface Ways {
  readonly encode: (value: never) => JsonValue
  readonly decode: (json: never) => unknown
}

/** One kind of value that a schema allows. */
interface Form extends Ways {
  readonly kind: string
  readonly jsonKind: string
}

function asIs<Value>(value: Value): Value {
  return value
}

const scalarForms: Readonly<Record<string, Form>> = {
  string: { kind: 'string', jsonKind: 'string', encode: asIs, decode: asIs },
  boolean: { kind: 'boolean', jsonKind: 'boolean', encode: asIs, decode: asIs },
  null: { kind: 'null', jsonKind: 'null', encode: asIs, decode: asIs },
  // Adding 0 turns -0 into 0.
  number: { kind: 'number', jsonKind: 'number', encode: (value: number) => value + 0, decode: asIs },
  bigint: { kind: 'bigint', jsonKind: 'string', encode: (value: bigint) => `${value}`, decode: bigintOf },
}

function bigintOf(digits: string): bigint {
  if (/^(?:0|-?[1-9]\d*)$/.test(digits)) return BigInt(digits)
  throw unexpected('other text', ['decimal digits'])
}

/** The kind of a value, of those that forms are told apart by. */
function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'not finite'
  return typeof value
}

/** A place in a schema: the path to it, and what is known so far of the forms of schemas that have parts. */
interface Place {
  readonly path: string
  /** A schema stands here before its parts do, since one of them may be itself. */
  readonly known: Map<z.core.$ZodType, Form>
}

function inside(place: Place, step: string): Place {
  return { ...place, path: place.path + step }
}

/** The codec of a part that is always there. */
function partCodec(schema: z.core.$ZodType, place: Place): JsonCodec {
  if (schema._zod.optout === 'optional') refuse(place, 'what is absent has no JSON outside of an object')
  return codecOf(formsOf(schema, place))
}

function codecOf(forms: readonly Form[]): JsonCodec {
  const byKind = new Map(forms.map((form) => [form.kind, form]))
  const byJsonKind = new Map(forms.map((form) => [form.jsonKind, form]))
  const formIn = (forms: ReadonlyMap<string, Form>, value: unknown): Form => {
    const form = forms.get(kindOf(value))
    if (form === undefined) throw unexpected(kindOf(value), [...forms.keys()])
    return form
  }
  // A form is found by the kind of the value, so it takes that value.
  return {
    encode: (value) => formIn(byKind, value).encode(value as never),
    decode: (json) => formIn(byJsonKind, json).decode(json as never),
  }
}

/** All kinds of value that a schema allows, no two of which are alike in JSON. */
function formsOf(schema: z.core.$ZodType, place: Place): readonly Form[] {
  // Every schema is of one of these classes, which their definitions tell apart.
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'null':
      return scalarFormsOf([def.type], place)
    case 'enum':
    case 'literal':
      return scalarFormsOf(Array.from(schema._zod.values ?? [], kindOf), place)
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return formsOf(def.innerType, place)
    case 'nullable':
      return distinct([...scalarFormsOf(['null'], place), ...formsOf(def.innerType, place)], place)
    case 'lazy':
      return formsOf((schema as z.core.$ZodLazy)._zod.innerType, place)
    case 'union':
      if (schema instanceof z.core.$ZodDiscriminatedUnion) {
        return [{ kind: 'object', jsonKind: 'object', ...variantWays(schema._zod.def, place) }]
      }
      return distinct(
        def.options.flatMap((option) => formsOf(option, place)),
        place,
      )
    case 'object':
      return [partedForm(schema, 'object', place, () => objectWays(def, place))]
    case 'record':
      return [partedForm(schema, 'object', place, () => recordWays(def, place))]
    case 'array':
      return [partedForm(schema, 'array', place, () => listWays([], def.element, place))]
    case 'tuple':
      return [partedForm(schema, 'array', place, () => listWays(def.items, def.rest, place))]
    default:
      return refuse(place, `JSON cannot give back the type ${def.type}`)
  }
}

function scalarFormsOf(kinds: readonly string[], place: Place): readonly Form[] {
  const forms = kinds.map((kind) => scalarForms[kind] ?? refuse(place, `JSON has no value for ${kind}`))
  return distinct(forms, place)
}

function distinct(forms: readonly Form[], place: Place): readonly Form[] {
  const byJsonKind = new Map<string, Form>()
  for (const form of forms) {
    const other = byJsonKind.get(form.jsonKind) ?? form
    if (other !== form) refuse(place, `more than one part of the union is ${form.jsonKind} in JSON`)
    byJsonKind.set(form.jsonKind, form)
  }
  return [...byJsonKind.values()]
}

function partedForm(schema: z.core.$ZodType, kind: 'array' | 'object', place: Place, make: () => Ways): Form {
  const known = place.known.get(schema)
  if (known !== undefined) return known
  const form = { kind, jsonKind: kind }
  // The form is whole before any value reaches it.
  place.known.set(schema, form as Form)
  return Object.assign(form, make())
}

function listWays(items: readonly z.core.$ZodType[], rest: z.core.$ZodType | null, place: Place): Ways {
  const codecs = items.map((item, index) => partCodec(item, inside(place, `[${index}]`)))
  const restCodec = rest === null ? undefined : partCodec(rest, inside(place, '[]'))
  const codecAt = (index: number): JsonCodec => {
    const codec = codecs[index] ?? restCodec
    if (codec === undefined) throw unexpected('a longer list', [`${codecs.length} items`])
    return codec
  }
  return {
    encode: (list: readonly unknown[]) => list.map((item, index) => codecAt(index).encode(item)),
    decode: (json: readonly JsonValue[]) => json.map((item, index) => codecAt(index).decode(item)),
  }
}

type Properties<Value> = Readonly<Record<string, Value>>

interface Field {
  readonly name: string
  readonly codec: JsonCodec
  /** So is an optional property, and one with a default in what was written before it was added. */
  readonly mayBeAbsent: boolean
}

function objectWays({ shape, catchall }: z.core.$ZodObjectDef, place: Place): Ways {
  if (catchall !== undefined && catchall._zod.def.type !== 'never')
    refuse(place, 'its other keys have no codec')
  if (Object.hasOwn(shape, '__proto__')) refuse(place, 'no object can safely have a property __proto__')
  const fields = Object.entries(shape).map(([name, field]): Field => {
    const codec = codecOf(formsOf(field, inside(place, `.${name}`)))
    return { name, codec, mayBeAbsent: field._zod.optin !== undefined }
  })
  return {
    encode: (object: Properties<unknown>) => converted(fields, object, (codec, value) => codec.encode(value)),
    decode: (json: Properties<JsonValue>) => converted(fields, json, (codec, value) => codec.decode(value)),
  }
}

function converted<From, To>(
  fields: readonly Field[],
  properties: Properties<From>,
  convert: (codec: JsonCodec, value: From) => To,
): Record<string, To> {
  const result: Record<string, To> = {}
  for (const { name, codec, mayBeAbsent } of fields) {
    // Without the look at its own properties, a field named toString would be found in every object.
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (value !== undefined || !mayBeAbsent) result[name] = convert(codec, value as From)
  }
  return result
}

function recordWays({ keyType, valueType, mode }: z.core.$ZodRecordDef, place: Place): Ways {
  const isText = formsOf(keyType, place).every((form) => form === scalarForms['string'])
  if (!isText || mode === 'loose') refuse(place, 'the names of a record are not plain text')
  const codec = partCodec(valueType, inside(place, '{}'))
  // Of a record made so, a name such as __proto__ is a property like any other.
  const entries = <From, To>(record: Properties<From>, convert: (value: From) => To): Record<string, To> =>
    Object.fromEntries(
      Object.keys(record)
        .sort()
        .map((name) => [name, convert(record[name] as From)]),
    )
  return {
    encode: (record: Properties<unknown>) => entries(record, codec.encode),
    decode: (json: Properties<JsonValue>) => entries(json, codec.decode),
  }
}

function variantWays(
  { discriminator, options, unionFallback }: z.core.$ZodDiscriminatedUnionDef,
  place: Place,
): Ways {
  const forms = new Map<unknown, Form>()
  for (const option of options) {
    const [form, ...others] = formsOf(option, place)
    const values = option._zod.propValues?.[discriminator]
    if (form?.kind !== 'object' || others.length > 0 || values === undefined || unionFallback === true) {
      return refuse(place, 'an option of the union is no object with a discriminator')
    }
    for (const value of values) {
      // The discriminator is looked up in values and in JSON, so it must be the same in both.
      if (scalarForms[kindOf(value)]?.jsonKind !== kindOf(value))
        refuse(place, 'its discriminator is not plain')
      forms.set(value, form)
    }
  }
  const formFor = (properties: Properties<unknown>): Form => {
    const form = forms.get(properties[discriminator])
    if (form === undefined) throw unexpected('an object of another variant', [...forms.keys()].map(String))
    return form
  }
  // The variant takes what its discriminator has named.
  return {
    encode: (object: Properties<unknown>) => formFor(object).encode(object as never),
    decode: (json: Properties<JsonValue>) => formFor(json).decode(json as never),
  }
}

function unexpected(kind: string, expected: readonly string[]): LumbungError {
  return new LumbungError(
    'json/unexpected-value',
    `The codec met ${kind} in place of ${expected.join(' or ')}.`,
    {
      details: { kind, expected },
    },
  )
}

function refuse(place: Place, reason: string): never {
  const path = place.path.replace(/^\./, '')
  const where = path === '' ? '' : ` at ${path}`
  throw new LumbungError('json/unsupported-schema', `There is no exact JSON codec${where}: ${reason}.`, {
    details: { path, reason },
  })
}
