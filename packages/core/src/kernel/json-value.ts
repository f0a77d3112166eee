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
   * A value of the schema as JSON, its texts in Unicode normal form.
   *
   * @throws `text/invalid` if a text holds U+0000 or a lone surrogate, or two names of a record are one in normal form
   * @throws `json/unexpected-value` if a part is of no kind that the schema allows there; details: `kind`, `expected`
   */
  readonly encode: (value: Value) => JsonValue
  /**
   * The value that was encoded.
   *
   * @throws `json/unexpected-value` if a part is of no kind that the schema allows there; details: `kind`, `expected`
   */
  readonly decode: (json: JsonValue) => Value
  /**
   * The value that was encoded, for a reader: as `decode`, but a default fills what is absent, as it is in all that
   * was written before its field was added to the schema.
   *
   * @throws `json/unexpected-value` as `decode`
   */
  readonly read: (json: JsonValue) => Value
}

/** The kinds that values are told apart by, null aside. */
export type ValueKind = 'string' | 'number' | 'bigint' | 'boolean' | 'object' | 'array' | 'bytes'
