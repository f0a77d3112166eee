import type { id } from './id.ts'

/** A sentence with `{values}`, or its two forms, chosen by the number `count`. */
export type Message = string | { readonly one: string; readonly other: string }

/** The name of a sentence, as in `form.sending`. */
export type MessageKey = keyof typeof id

/** A complete set of sentences in one language. */
export type Catalogue = { readonly [Key in MessageKey]: MessageLike<(typeof id)[Key]> }

/** The values that a sentence needs: none, or exactly those in its braces. */
export type ValuesOf<Key extends MessageKey> =
  NamesIn<FormsOf<(typeof id)[Key]>> extends infer Names
    ? [Names] extends [never]
      ? readonly []
      : readonly [values: { readonly [Name in Names & string]: Name extends 'count' ? number : string }]
    : never

type MessageLike<M> = M extends string ? string : { readonly one: string; readonly other: string }

type FormsOf<M> = M extends string
  ? M
  : M extends { one: infer One; other: infer Other }
    ? One | Other
    : never

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
