import {
  type CivilDate,
  isCivilDate,
  type LocalizedText,
  monthsBetween,
  parseCivilDate,
} from '../kernel/index.ts'
import type { ScalarFact, ScalarValue } from '../rules/index.ts'
import type { FieldClass } from '../storage/index.ts'
import type { DatedFact } from './records.ts'
import { type AsOf, inForce, knownBy } from './spans.ts'

/** A fact that a village keeps of its people or households. */
export interface FactDefinition {
  /** What rules call it: letters and digits, in camel case. */
  readonly name: string
  readonly unit: 'resident' | 'household'
  readonly type: ScalarFact
  readonly label: LocalizedText
  readonly fieldClass: FieldClass
  /** After how many months a value is stale. Default: never. */
  readonly freshForMonths?: number | undefined
}

/** Why a value is not one of the fact: of another kind, beyond its range, finer than its scale, not in its set. */
export interface FactRefusal {
  readonly code:
    | 'people/fact-wrong-type'
    | 'people/fact-out-of-range'
    | 'people/fact-too-fine'
    | 'people/fact-not-in-set'
    | 'people/fact-text-invalid'
  readonly fact: string
}

/** A value that was checked: its canonical text, and the value as rules read it. */
export type CheckedFactValue =
  | { readonly ok: true; readonly text: string; readonly value: ScalarValue }
  | { readonly ok: false; readonly refusal: FactRefusal }

/** Longest text of a fact, in UTF-16 units. */
export const factTextLengthMax = 1000

/**
 * Checks a value as it comes in, from a form or a file, and gives the one text in which it is stored. Numbers may
 * come as numbers or as text; a decimal is `1.5`, money a whole number of minor units.
 *
 * @example
 * ```ts
 * import { checkFactValue, type FactDefinition } from '@lumbung/core/people'
 *
 * const decile: FactDefinition = {
 *   name: 'welfareDecile',
 *   unit: 'household',
 *   type: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *   label: { en: 'Welfare decile' },
 *   fieldClass: 'specific',
 * }
 * checkFactValue(decile, '03') // => { ok: true, text: '3', value: 3 }
 * checkFactValue(decile, 11) // => { ok: false, refusal: { code: 'people/fact-out-of-range', fact: 'welfareDecile' } }
 * ```
 */
export function checkFactValue({ name, type }: FactDefinition, value: unknown): CheckedFactValue {
  const refuse = (code: FactRefusal['code']): CheckedFactValue => ({
    ok: false,
    refusal: { code, fact: name },
  })
  switch (type.kind) {
    case 'bool': {
      const known = typeof value === 'boolean' ? value : booleans.get(String(value))
      return known === undefined
        ? refuse('people/fact-wrong-type')
        : { ok: true, text: String(known), value: known }
    }
    case 'int':
    case 'money':
    case 'decimal': {
      const scale = type.kind === 'decimal' ? type.scale : 0
      const digits = digitsOf(value)
      if (digits === undefined) return refuse('people/fact-wrong-type')
      const fraction = digits.fraction.replace(/0+$/, '')
      if (fraction.length > scale) return refuse('people/fact-too-fine')
      const scaled = Number(`${digits.sign}${digits.whole}${fraction.padEnd(scale, '0')}`) + 0
      if (!Number.isSafeInteger(scaled) || scaled < type.minimum || scaled > type.maximum) {
        return refuse('people/fact-out-of-range')
      }
      const whole = digits.whole.replace(/^0+(?=\d)/, '')
      const sign = scaled === 0 ? '' : digits.sign
      return { ok: true, text: `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`, value: scaled }
    }
    case 'date':
      return isCivilDate(value) ? { ok: true, text: value, value } : refuse('people/fact-wrong-type')
    case 'enum':
    case 'text': {
      if (typeof value !== 'string') return refuse('people/fact-wrong-type')
      if (value.includes('\0') || !value.isWellFormed()) return refuse('people/fact-text-invalid')
      const text = value.normalize('NFC')
      if (type.kind === 'enum') {
        return type.values.includes(text) ? { ok: true, text, value: text } : refuse('people/fact-not-in-set')
      }
      return text.length > factTextLengthMax
        ? refuse('people/fact-out-of-range')
        : { ok: true, text, value: text }
    }
  }
}

/**
 * The stored text of a fact as rules read it; null, so unknown, where the definition no longer allows it.
 *
 * @example
 * ```ts
 * import { type FactDefinition, factValueOf } from '@lumbung/core/people'
 *
 * const floor: FactDefinition = {
 *   name: 'floorShare',
 *   unit: 'household',
 *   type: { kind: 'decimal', scale: 2, minimum: 0, maximum: 100, promised: true, known: false },
 *   label: { en: 'Share of the floor' },
 *   fieldClass: 'personal',
 * }
 * factValueOf(floor, '0.5') // => 50
 * factValueOf(floor, '2') // => null
 * ```
 */
export function factValueOf(definition: FactDefinition, text: string): ScalarValue | null {
  const checked = checkFactValue(definition, text)
  return checked.ok ? checked.value : null
}

/**
 * The fact that counts on a day, of facts with one name and subject: of those valid then, the one recorded last
 * by the instant (semantics 12); undefined where there is none.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant } from '@lumbung/core/kernel'
 * import { DatedFact, factOn } from '@lumbung/core/people'
 *
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const fact = (value: string, recordedAt: string) => DatedFact.parse({
 *   id, unit: 'household', subject: id, name: 'welfareDecile', value, from: '2026-01-01', to: null,
 *   source: 'Survey', degree: 'declared', recordedAt, retractedAt: null,
 * })
 * const facts = [fact('3', '2026-02-01T00:00:00.000Z'), fact('4', '2026-03-01T00:00:00.000Z')]
 * const on = CivilDate.parse('2026-06-01')
 * factOn(facts, on)?.value // => '4'
 * factOn(facts, on, Instant.parse('2026-02-15T00:00:00.000Z'))?.value // => '3'
 * ```
 */
export function factOn(
  facts: readonly DatedFact[],
  on: CivilDate,
  recordedBy?: AsOf['recordedBy'],
): DatedFact | undefined {
  let last: DatedFact | undefined
  for (const fact of facts) {
    if (!knownBy(fact, recordedBy) || !inForce(fact, on)) continue
    if (last === undefined || isLater(fact, last)) last = fact
  }
  return last
}

/**
 * How old a fact is on a day, in completed months since it holds, or since it was recorded where that is not
 * known; and whether that is longer than its definition calls fresh.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { DatedFact, factAge } from '@lumbung/core/people'
 *
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const fact = DatedFact.parse({
 *   id, unit: 'household', subject: id, name: 'welfareDecile', value: '3', from: '2025-01-15', to: null,
 *   source: 'Survey', degree: 'declared', recordedAt: '2025-02-01T00:00:00.000Z', retractedAt: null,
 * })
 * factAge(fact, CivilDate.parse('2026-01-14'), { freshForMonths: 6 }) // => { months: 11, stale: true }
 * ```
 */
export function factAge(
  fact: DatedFact,
  on: CivilDate,
  { freshForMonths }: Pick<FactDefinition, 'freshForMonths'> = {},
): { readonly months: number; readonly stale: boolean } {
  const since = fact.from ?? parseCivilDate(fact.recordedAt.slice(0, 10))
  const months = Math.max(0, monthsBetween(since, on))
  return { months, stale: freshForMonths !== undefined && months >= freshForMonths }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

interface Digits {
  readonly sign: '' | '-'
  readonly whole: string
  readonly fraction: string
}

function digitsOf(value: unknown): Digits | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return undefined
  const [, minus, whole, fraction = ''] = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(String(value)) ?? []
  if (whole === undefined) return undefined
  return { sign: minus === '-' ? '-' : '', whole, fraction }
}

/** Ids of version 7 sort by when they were made, so they decide between facts of one instant. */
function isLater(a: DatedFact, b: DatedFact): boolean {
  return a.recordedAt === b.recordedAt ? a.id > b.id : a.recordedAt > b.recordedAt
}
