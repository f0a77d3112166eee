import type { CivilDate, Instant, LocalizedText, Money } from '@lumbung/core/kernel'
import { moneyText, textIn } from '@lumbung/core/kernel'
import { catalogues, type Locale, locales } from './catalogue.ts'
import type { MessageKey, ValuesOf } from './message.ts'

/** The money that a village counts in. */
export interface Currency {
  /** Its ISO 4217 code, as in `IDR`. */
  readonly code: string
  /** Digits of the minor unit, as its ledger keeps them. */
  readonly scale: number
}

/** All that a page needs to speak: sentences, dates, numbers and money in one language. */
export interface Words {
  readonly locale: Locale
  /** A sentence of the portal, with its values filled in. */
  say<Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string
  /** A text that a village or a pack wrote in several languages. */
  text(text: LocalizedText): string
  /** `24 November 2026` */
  date(date: CivilDate): string
  /** `24 November 2026 10.15`, in the village's own time. */
  instant(at: Instant, timeZone: string): string
  /** The names of the twelve months, January first. */
  readonly months: readonly string[]
  /** `3.761` or `0,7741`: grouped, with at most `fractionDigits` digits after the comma (default 0). */
  number(value: number | bigint, fractionDigits?: number): string
  /** A share of 1 as `92%`, with at most `fractionDigits` digits after the comma (default 0). */
  percent(share: number, fractionDigits?: number): string
  /** An amount of minor units as `Rp150.000`: no gap, and no fraction where it is zero. */
  money(amount: Money): string
}

/**
 * The words of one language, for a village that counts in one currency.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('id', { code: 'IDR', scale: 0 })
 * words.money(150000n) // => 'Rp150.000'
 * words.date(CivilDate.parse('2026-11-24')) // => '24 November 2026'
 * words.say('progress.done', { done: words.number(1200), total: words.number(3761) }) // => '1.200 dari 3.761'
 * ```
 */
export function wordsIn(locale: Locale, currency: Currency): Words {
  const tag = regionOf[locale]
  const catalogue = catalogues[locale]
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const monthNames = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' })
  const numbers = remember((digits: number) => new Intl.NumberFormat(tag, { maximumFractionDigits: digits }))
  const percents = remember(
    (digits: number) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: digits }),
  )
  const amounts = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: currency.code,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: currency.scale,
    maximumFractionDigits: currency.scale,
    trailingZeroDisplay: 'stripIfInteger',
  })
  const number = (value: number | bigint, digits = 0) => numbers(digits).format(value)
  return {
    locale,
    say(key, ...[values]) {
      const message = catalogue[key]
      // Most sentences take no value, and a table says them once a row.
      if (values === undefined && typeof message === 'string') return message
      const all: Readonly<Record<string, string | number>> = values ?? {}
      const isOne = all['count'] === 1
      const form = typeof message === 'string' ? message : isOne ? message.one : message.other
      return form.replaceAll(/\{(\w+)\}/g, (braces, name: string) => {
        const value = Object.hasOwn(all, name) ? all[name] : undefined
        return typeof value === 'number' ? number(value) : (value ?? braces)
      })
    },
    text: (text) => textIn(text, locale, locales),
    date: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    instant: (at, timeZone) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(at)),
    months: Array.from({ length: 12 }, (_, month) => monthNames.format(Date.UTC(2000, month, 1))),
    number,
    percent: (share, digits = 0) => percents(digits).format(share),
    money: (amount) =>
      amounts
        // Intl reads decimal text digit by digit, so that no amount passes through a float. moneyText writes it.
        .formatToParts(moneyText(amount, currency.scale) as Intl.StringNumericLiteral)
        .filter(({ type, value }) => type !== 'literal' || value.trim() !== '')
        .map(({ value }) => value)
        .join(''),
  }
}

/** The region whose habits a language follows: English dates with the day first, as in the rest of the region. */
const regionOf: Readonly<Record<Locale, string>> = { id: 'id-ID', en: 'en-GB' }

/** Making a formatter costs more than using it a hundred times. */
function remember<Value>(make: (key: number) => Value): (key: number) => Value {
  const made = new Map<number, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
