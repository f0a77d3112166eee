import type { FactConfig } from '@lumbung/core/people'
import {
  DateField,
  type FieldError,
  type Html,
  NumberField,
  Radios,
  SelectField,
  TextField,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { civilDateOf, entered, type Sent, textOf, typedDate } from './typed.ts'

interface FactValueProps {
  readonly words: Words
  readonly fact: FactConfig
  readonly form: Sent
  readonly errors: readonly FieldError[]
  /** Digits of the minor unit of the village's money. */
  readonly currencyScale: number
}

/** How many choices are seen at once; more are folded into a list. */
const seenMax = 6

/** The field for the value of a fact, by its type. */
export function FactValue({ words, fact, form, errors, currencyScale }: FactValueProps): Html {
  const { type, valueLabels } = fact
  const field = { words, label: words.text(fact.label), ...entered(form, errors, 'value') }
  switch (type.kind) {
    case 'bool':
      return (
        <Radios
          {...field}
          options={[
            { value: 'true', label: words.say('value.yes') },
            { value: 'false', label: words.say('value.no') },
          ]}
        />
      )
    case 'enum': {
      const options = type.values.map((value) => {
        const label = valueLabels?.[value]
        return { value, label: label === undefined ? value : words.text(label) }
      })
      return options.length > seenMax ? (
        <SelectField {...field} options={options} />
      ) : (
        <Radios {...field} options={options} />
      )
    }
    case 'date':
      return <DateField {...field} value={typedDate(form, 'value')} />
    case 'text':
      return <TextField {...field} autocomplete="off" />
    case 'int':
    case 'decimal':
    case 'money': {
      const scale = scaleOf(type, currencyScale)
      const shown = (limit: number) => words.number(limit / 10 ** scale, scale)
      const range = { minimum: shown(type.minimum), maximum: shown(type.maximum) }
      return <NumberField {...field} hint={words.say('fact.range', range)} hasFraction={scale > 0} />
    }
  }
}

/** The value as the register takes it; undefined where nothing, or no such date, was typed. */
export function factValueFrom(
  form: Sent,
  fact: FactConfig,
  words: Words,
  currencyScale: number,
): string | undefined {
  const { type } = fact
  if (type.kind === 'date') return civilDateOf(typedDate(form, 'value')) ?? undefined
  const text = textOf(form, 'value')
  if (text === '') return undefined
  if (type.kind === 'bool' || type.kind === 'enum' || type.kind === 'text') return text
  const number = plainNumber(text, words.locale)
  // Money is kept in minor units; a text that is no number is refused as such.
  return type.kind === 'money' ? minorUnits(number, currencyScale) : number
}

function scaleOf(
  type: Extract<FactConfig['type'], { readonly minimum: number }>,
  currencyScale: number,
): number {
  if (type.kind === 'decimal') return type.scale
  return type.kind === 'money' ? currencyScale : 0
}

/** `1.500,5` in Indonesian and `1,500.5` in English are one number, as people write it. */
function plainNumber(text: string, locale: Words['locale']): string {
  const compact = text.replaceAll(/\s/g, '')
  return locale === 'id' ? compact.replaceAll('.', '').replace(',', '.') : compact.replaceAll(',', '')
}

/** A number that was typed, as a whole number of its smallest unit; undefined where it is none, or below zero. */
export function wholeOf(text: string, scale: number, locale: Words['locale']): number | undefined {
  const plain = scale === 0 ? text.replaceAll(/[\s.,]/g, '') : plainNumber(text, locale)
  const number = plain === '' ? Number.NaN : Number(minorUnits(plain, scale))
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** The same as a whole number of the smallest unit; a text that is no such number stays as it is. */
function minorUnits(text: string, scale: number): string {
  const [whole = '', fraction = '', ...more] = text.split('.')
  return more.length > 0 || fraction.length > scale ? text : `${whole}${fraction.padEnd(scale, '0')}`
}
