import { type LocalizedText, textIn } from '../kernel/index.ts'
import type { FactValue } from '../rules/index.ts'
import type { Citation, Source } from './citation.ts'
import type { ParameterInForce } from './decision.ts'
import type { ExplanationMessage } from './explain.ts'

/** The sentences of one language for {@link explanationText}; each key of a message has one, with its places in braces. */
export interface ExplanationWords {
  readonly language: string
  /** Places: `{programme}`, `{on}`, `{clause}`, `{facts}`, `{total}`, `{label}`, `{law}`, `{before}`, `{after}`, `{why}`. */
  readonly sentences: Readonly<Record<ExplanationMessage['key'], string>>
  /** `{fact}: {value}`, in a list of facts. */
  readonly fact: string
  readonly unknown: string
  readonly yes: string
  readonly no: string
  /** What amounts are for: `per month`. */
  readonly per: Readonly<Record<'month' | 'quarter' | 'year' | 'once', string>>
  /** What a fact is called, by its name, such as `welfareDecile`. */
  readonly factLabel: (name: string) => string
  /** A value of a fact, such as the label of a code. */
  readonly valueLabel: (name: string, value: string) => string
  /** Which member of a household a position is: `member 3`. */
  readonly member: (position: number) => string
  readonly money: (minor: number) => string
  readonly date: (date: string) => string
}

/**
 * Writes an explanation in one language, a sentence on each line, for paper, a page or a voice.
 *
 * @param sources Those of the pack, by which citations are called by their titles.
 *
 * @example
 * ```ts
 * import { type ExplanationWords, explanationText } from '@lumbung/core/eligibility'
 *
 * const words: ExplanationWords = {
 *   language: 'en',
 *   sentences: {
 *     eligible: '{programme}: indicated as eligible on {on}.',
 *     ineligible: '{programme}: indicated as not eligible on {on}.',
 *     undetermined: '{programme}: it cannot be told on {on}.',
 *     'not-in-force': '{programme}: not in force on {on}.',
 *     met: 'Met: {clause}{facts}.',
 *     'not-met': 'Not met: {clause}{facts}.',
 *     unknown: 'Not known: {clause}{facts}.',
 *     missing: 'To be completed: {facts}.',
 *     benefit: '{total} {per}.',
 *     'benefit-unknown': 'The amount is not known.',
 *     'in-kind': 'In kind: {label}.',
 *     law: 'Basis: {law}.',
 *     appeal: 'You may object.',
 *   },
 *   fact: '{fact}: {value}',
 *   unknown: 'not known',
 *   yes: 'yes',
 *   no: 'no',
 *   per: { month: 'a month', quarter: 'a quarter', year: 'a year', once: 'once' },
 *   factLabel: (name) => name,
 *   valueLabel: (_, value) => value,
 *   member: (position) => `member ${position}`,
 *   money: (minor) => String(minor),
 *   date: (date) => date,
 * }
 * const law = { key: 'law', citations: [{ source: 'bylaw', at: 'article 2', confidence: 'high' }] } as const
 * explanationText([law], words, { bylaw: { title: 'Bylaw 3' } }) // => 'Basis: Bylaw 3, article 2.'
 * ```
 */
export function explanationText(
  messages: readonly ExplanationMessage[],
  words: ExplanationWords,
  sources: Readonly<Record<string, Source>>,
): string {
  return messages
    .map((message) => filled(words.sentences[message.key], placesOf(message, words, sources)))
    .join('\n')
}

type Places = Readonly<Record<string, string>>

function placesOf(
  message: ExplanationMessage,
  words: ExplanationWords,
  sources: Readonly<Record<string, Source>>,
): Places {
  const own = (text: LocalizedText) => textIn(text, words.language)
  const day = (date: string | null) => (date === null ? '' : words.date(date))
  switch (message.key) {
    case 'eligible':
    case 'ineligible':
    case 'undetermined':
      return { programme: own(message.programme), on: words.date(message.on) }
    case 'not-in-force':
      return {
        programme: own(message.programme),
        on: words.date(message.on),
        before: day(message.before),
        after: day(message.after),
        why: message.why === null ? '' : own(message.why),
      }
    case 'met':
    case 'not-met':
    case 'unknown': {
      const told = [
        // That a list is known needs no word; what stands in it follows.
        ...message.facts
          .filter(({ path, value }) => !(value === true && path.endsWith('members')))
          .map(({ path, value }) => factText(path, value, words)),
        ...message.parameters.map((parameter) => parameterText(parameter, words)),
      ]
      const facts = told.length === 0 ? '' : ` (${told.join('; ')})`
      const law = message.citation === null ? '' : citationText(message.citation, sources)
      return { clause: own(message.clause), facts, law }
    }
    case 'missing':
      return { facts: message.paths.map((path) => pathText(path, words)).join('; ') }
    case 'benefit':
    case 'benefit-unknown': {
      const { totalMinor, per } = message.benefit
      return { total: totalMinor === null ? words.unknown : words.money(totalMinor), per: words.per[per] }
    }
    case 'in-kind':
      return { label: own(message.label) }
    case 'law':
      return { law: [...new Set(message.citations.map((each) => citationText(each, sources)))].join('; ') }
    default:
      return {}
  }
}

function filled(sentence: string, places: Places): string {
  return sentence
    .replaceAll(/\{(\w+)\}/g, (braces, name: string) =>
      Object.hasOwn(places, name) ? (places[name] ?? '') : braces,
    )
    .replaceAll(/ {2,}/g, ' ')
    .trim()
}

function factText(path: string, value: FactValue, words: ExplanationWords): string {
  return filled(words.fact, { fact: pathText(path, words), value: valueText(nameOf(path), value, words) })
}

function valueText(name: string, value: FactValue, words: ExplanationWords): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return words.unknown
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? words.date(value) : words.valueLabel(name, value)
}

function parameterText({ label, value }: ParameterInForce, words: ExplanationWords): string {
  const values = Array.isArray(value) ? value : [value]
  const text = values.map((each: FactValue) => valueText('', each, words)).join(', ')
  return filled(words.fact, { fact: textIn(label, words.language), value: text })
}

function pathText(path: string, words: ExplanationWords): string {
  const member = /\[(\d+)\]/.exec(path)?.[1]
  const label = words.factLabel(nameOf(path))
  return member === undefined ? label : `${label}, ${words.member(Number(member) + 1)}`
}

function nameOf(path: string): string {
  return (
    path
      .replace(/\[\d+\]$/, '')
      .split('.')
      .at(-1) ?? path
  )
}

function citationText({ source, at }: Citation, sources: Readonly<Record<string, Source>>): string {
  const title = Object.hasOwn(sources, source) ? sources[source]?.title : undefined
  return [title ?? source, at].filter((part) => part !== undefined).join(', ')
}
