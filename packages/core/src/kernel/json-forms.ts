import * as z from 'zod'
import { LumbungError } from './errors.ts'
import type { JsonCodec, JsonValue, ValueKind } from './json-value.ts'
import { normalizedEntries, normalizeText } from './text.ts'

/** The way of values of one kind to JSON and back. It takes `never`, since only a codec knows the kind of a value. */
interface Ways {
  readonly encode: (value: never) => JsonValue
  readonly decode: (json: never) => unknown
  /** As `decode`, with defaults in place of what is absent. */
  readonly read: (json: never) => unknown
}

/** One kind of value that a schema allows. */
export interface Form extends Ways {
  readonly kind: ValueKind | 'null'
  readonly jsonKind: string
  /** The schemas that allow it: all parts of a union that are of this kind. */
  readonly schemas: readonly z.core.$ZodType[]
}

function asIs<Value>(value: Value): Value {
  return value
}

/** A value without parts, in which there is nothing for a default to fill. */
type ScalarForm = Omit<Form, 'schemas'>

function scalar(kind: ScalarForm['kind'], jsonKind: string, ways: Omit<Ways, 'read'>): ScalarForm {
  return { kind, jsonKind, ...ways, read: ways.decode }
}

const scalarForms: Readonly<Record<string, ScalarForm>> = {
  string: scalar('string', 'string', { encode: normalizeText, decode: asIs }),
  boolean: scalar('boolean', 'boolean', { encode: asIs, decode: asIs }),
  null: scalar('null', 'null', { encode: asIs, decode: asIs }),
  // Adding 0 turns -0 into 0.
  number: scalar('number', 'number', { encode: (value: number) => value + 0, decode: asIs }),
  bigint: scalar('bigint', 'string', { encode: (value: bigint) => `${value}`, decode: bigintOf }),
}

/** Bytes as they are; no kind of JSON is like them. */
const bytesForm = scalar('bytes', 'bytes', { encode: asIs, decode: asIs })

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
  /** Bytes may stand here, since they need no JSON: only in a field that is stored by itself. */
  readonly bytes?: boolean
  /** A schema stands here before its parts do, since one of them may be itself. */
  readonly known: Map<z.core.$ZodType, Form>
}

function inside(place: Place, step: string): Place {
  return { known: place.known, path: place.path + step }
}

/** The codec of a part that is always there. */
export function partCodec(schema: z.core.$ZodType, place: Place): JsonCodec {
  if (schema._zod.optout === 'optional') refuse(place, 'what is absent has no JSON outside of an object')
  return codecOf(formsOf(schema, place))
}

export function codecOf(forms: readonly Form[]): JsonCodec {
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
    read: (json) => formIn(byJsonKind, json).read(json as never),
  }
}

/** All kinds of value that a schema allows, no two of which are alike in JSON. */
export function formsOf(schema: z.core.$ZodType, place: Place): readonly Form[] {
  // Every schema is of one of these classes, which their definitions tell apart.
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'null':
      return scalarFormsOf([def.type], schema, place)
    case 'enum':
    case 'literal':
      return closedFormsOf([...(schema._zod.values ?? [])], schema, place)
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
      return formsOf(def.innerType, place)
    case 'nullable':
      return distinct([...scalarFormsOf(['null'], schema, place), ...formsOf(def.innerType, place)], place)
    case 'lazy':
      return formsOf((schema as z.core.$ZodLazy)._zod.innerType, place)
    case 'union':
      if (schema instanceof z.core.$ZodDiscriminatedUnion) {
        const ways = variantWays(schema._zod.def, place)
        return [{ kind: 'object', jsonKind: 'object', schemas: [schema], ...ways }]
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
    case 'custom':
      if (place.bytes && schema._zod.bag['Class'] === Uint8Array) return [{ ...bytesForm, schemas: [schema] }]
      return refuse(place, 'JSON cannot give back the type custom')
    default:
      return refuse(place, `JSON cannot give back the type ${def.type}`)
  }
}

function scalarFormsOf(kinds: readonly string[], schema: z.core.$ZodType, place: Place): readonly Form[] {
  const forms = kinds.map((kind): Form => {
    const form = scalarForms[kind] ?? refuse(place, `JSON has no value for ${kind}`)
    return { ...form, schemas: [schema] }
  })
  return distinct(forms, place)
}

function closedFormsOf(values: readonly unknown[], schema: z.core.$ZodType, place: Place): readonly Form[] {
  for (const value of values) if (typeof value === 'string') checkNormal(value, place)
  return scalarFormsOf(values.map(kindOf), schema, place)
}

/** A text of the schema itself is compared as it stands there, so it must be what is stored. */
function checkNormal(text: string, place: Place): void {
  if (text.includes('\0') || !text.isWellFormed() || text.normalize('NFC') !== text) {
    refuse(place, `${JSON.stringify(text)} is not in Unicode normal form`)
  }
}

function distinct(forms: readonly Form[], place: Place): readonly Form[] {
  const byJsonKind = new Map<string, Form>()
  for (const form of forms) {
    const other = byJsonKind.get(form.jsonKind)
    byJsonKind.set(form.jsonKind, other === undefined ? form : united(other, form, place))
  }
  return [...byJsonKind.values()]
}

/** Two forms that are alike in JSON as one, if they are the same. */
function united(form: Form, other: Form, place: Place): Form {
  if (form === other) return form
  const isScalar = form.encode === other.encode && form.kind === other.kind && form.kind in scalarForms
  if (!isScalar) return refuse(place, `more than one part of the union is ${form.jsonKind} in JSON`)
  return { ...form, schemas: [...new Set([...form.schemas, ...other.schemas])] }
}

function partedForm(schema: z.core.$ZodType, kind: 'array' | 'object', place: Place, make: () => Ways): Form {
  const known = place.known.get(schema)
  if (known !== undefined) return known
  const form: Omit<Form, keyof Ways> & Partial<Ways> = { kind, jsonKind: kind, schemas: [schema] }
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
    read: (json: readonly JsonValue[]) => json.map((item, index) => codecAt(index).read(item)),
  }
}

type Properties<Value> = Readonly<Record<string, Value>>

interface Field {
  readonly name: string
  readonly codec: JsonCodec
  /** So is an optional property, and one with a default in what was written before it was added. */
  readonly mayBeAbsent: boolean
  /** What the schema puts in place of what is absent, made anew each time; undefined where it puts nothing. */
  readonly fallback: () => unknown
}

function objectWays({ shape, catchall }: z.core.$ZodObjectDef, place: Place): Ways {
  if (catchall !== undefined && catchall._zod.def.type !== 'never')
    refuse(place, 'its other keys have no codec')
  if (Object.hasOwn(shape, '__proto__')) refuse(place, 'no object can safely have a property __proto__')
  const fields = Object.entries(shape).map(([name, field]): Field => {
    const codec = codecOf(formsOf(field, inside(place, `.${name}`)))
    checkNormal(name, place)
    const mayBeAbsent = field._zod.optin !== undefined
    return { name, codec, mayBeAbsent, fallback: () => (mayBeAbsent ? absentValue(field) : undefined) }
  })
  return {
    encode: (object: Properties<unknown>) => converted(fields, object, (codec, value) => codec.encode(value)),
    decode: (json: Properties<JsonValue>) => converted(fields, json, (codec, value) => codec.decode(value)),
    read: (json: Properties<JsonValue>) => {
      const properties = converted(fields, json, (codec, value) => codec.read(value))
      for (const { name, fallback } of fields) {
        const value = Object.hasOwn(properties, name) ? undefined : fallback()
        if (value !== undefined) properties[name] = value
      }
      return properties
    },
  }
}

/** What a schema puts in place of what is absent; undefined where it puts nothing. */
export function absentValue(schema: z.core.$ZodType): unknown {
  return schema._zod.optin === undefined ? undefined : z.safeParse(schema, undefined).data
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
  const isText = formsOf(keyType, place).every(({ kind }) => kind === 'string')
  if (!isText || mode === 'loose') refuse(place, 'the names of a record are not plain text')
  const codec = partCodec(valueType, inside(place, '{}'))
  // Of a record made so, a name such as __proto__ is a property like any other.
  const entries = <From, To>(record: Properties<From>, convert: (value: From) => To): Record<string, To> =>
    Object.fromEntries(normalizedEntries(record, convert).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return {
    encode: (record: Properties<unknown>) => entries(record, codec.encode),
    decode: (json: Properties<JsonValue>) => entries(json, codec.decode),
    read: (json: Properties<JsonValue>) => entries(json, codec.read),
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
    read: (json: Properties<JsonValue>) => formFor(json).read(json as never),
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
