import type * as z from 'zod'
import { absentValue, codecOf, type Form, formsOf, partCodec } from './json-forms.ts'
import type { JsonCodec, ValueKind } from './json-value.ts'

/**
 * The codec between the values that a schema gives out and JSON.
 *
 * It is exact: what was encoded decodes to the same value, save that -0 becomes 0, text comes into Unicode normal
 * form NFC, and a property that is `undefined` becomes absent. A `bigint` is written as decimal text. Equal values have equal text: properties
 * stand in the order of the schema, the entries of a record in that of their names.
 *
 * It knows shapes only. Ranges, formats and refinements are zod's part, properties that the schema does not name
 * are left out, and `decode` fills in no default: what was hashed once must decode to the same value after the
 * schema has got a new part. A reader, who wants the value as the schema has it now, takes `read`.
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

/** One kind of value that a field may hold. */
export interface FieldForm {
  readonly kind: ValueKind
  /** The schemas that allow it: all parts of a union that are of this kind. */
  readonly schemas: readonly z.core.$ZodType[]
}

/** What a field of a record may hold, as {@link jsonCodecOf} understands its schema. */
export interface JsonField {
  /** The kinds of value, null apart. */
  readonly forms: readonly FieldForm[]
  readonly nullable: boolean
  /** The codec of what is there and not null. */
  readonly codec: JsonCodec
  /** What the schema puts in place of what is absent; undefined where it puts nothing. */
  readonly fallback: unknown
}

/**
 * The kinds of value that a field may hold, for a store that has other types beside JSON: a field of one kind can
 * have a type of its own, a field of several is JSON. It takes what {@link jsonCodecOf} takes, and a Uint8Array.
 *
 * @throws `json/unsupported-schema` as {@link jsonCodecOf}
 *
 * @example
 * ```ts
 * import { jsonFieldOf } from '@lumbung/core/kernel'
 * import * as z from 'zod'
 *
 * const { forms, nullable } = jsonFieldOf(z.union([z.literal('a'), z.literal('b'), z.null()]))
 * forms.map(({ kind }) => kind) // => ['string']
 * nullable // => true
 * ```
 */
export function jsonFieldOf(schema: z.core.$ZodType): JsonField {
  const all = formsOf(schema, { path: '', known: new Map(), bytes: true })
  const forms = all.filter((form): form is Form & FieldForm => form.kind !== 'null')
  return { forms, nullable: forms.length < all.length, codec: codecOf(forms), fallback: absentValue(schema) }
}
