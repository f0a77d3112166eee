import { en } from './en.ts'
import { id } from './id.ts'
import type { Catalogue } from './message.ts'

/** The languages that the portal speaks; the first is the one it opens in. */
export const locales = ['id', 'en'] as const

/** A language that the portal speaks. */
export type Locale = (typeof locales)[number]

/** The sentences of each language. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { id, en }
