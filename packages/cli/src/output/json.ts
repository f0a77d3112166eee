/** A value as JSON has it: what is not known is `null`, money is text. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** One object of the machine form; its keys are part of the contract. */
export type JsonObject = { readonly [key: string]: Json }

/** Plain data as JSON has it: what is absent is left out. */
export function plain(data: object): Json {
  return JSON.parse(JSON.stringify(data))
}
