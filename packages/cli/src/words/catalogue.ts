import { en } from './en.ts'
import { type Catalogue, id } from './id.ts'

/** The name of a sentence, as in `backup.does`. */
export type MessageKey = keyof typeof id

/** The values that a sentence needs: none, or exactly those in its braces. */
export type ValuesOf<Key extends MessageKey> = [NamesIn<(typeof id)[Key]>] extends [never]
  ? readonly []
  : readonly [values: { readonly [Name in NamesIn<(typeof id)[Key]>]: string | number }]

/** The languages that the command speaks; the first is the one it takes where none is asked for. */
export const locales = ['id', 'en'] as const

/** A language that the command speaks. */
export type Locale = (typeof locales)[number]

/** The sentences of each language. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { id, en }

/** Says a sentence with its values filled in. */
export type Say = <Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>) => string

/** The voice of one language. */
export function sayIn(locale: Locale): Say {
  const catalogue = catalogues[locale]
  const number = new Intl.NumberFormat(locale === 'id' ? 'id-ID' : 'en-GB')
  return (key, ...[values]) => {
    const all: Readonly<Record<string, string | number>> = values ?? {}
    return catalogue[key].replaceAll(/\{(\w+)\}/g, (braces, name: string) => {
      const value = Object.hasOwn(all, name) ? all[name] : undefined
      return typeof value === 'number' ? number.format(value) : (value ?? braces)
    })
  }
}

/** Whether there is a sentence of this name. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(catalogues.id, key)
}

/** The language that was asked for: by `--lang`, else by the environment. */
export function localeOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Locale {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const index = own.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const given = own[index]?.startsWith('--lang=') ? own[index].slice('--lang='.length) : own[index + 1]
  const asked = index < 0 ? (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '').slice(0, 2) : given
  return locales.find((locale) => locale === asked) ?? locales[0]
}

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
