import { isDate } from './dates.ts'
import { type FactPath, pathText } from './fact-path.ts'
import {
  type FactType,
  factNumberMax,
  type ListFact,
  type RecordFact,
  type ScalarFact,
} from './fact-types.ts'
import type { FactValue, FactValues } from './fact-values.ts'
import type { GivenFacts } from './rule.ts'

/** Why a given fact is refused. */
export type FactRefusalCode =
  /** It is not of the type that its definition names. */
  | 'facts/type'
  /** A number is no whole number of its smallest unit, or outside its range. */
  | 'facts/out-of-range'
  /** A list has more elements than its definition allows (semantics 10). */
  | 'facts/list-too-long'
  /** A text is none of the labels of an enum. */
  | 'facts/unknown-label'
  /** A text holds U+0000 or half of a surrogate pair. */
  | 'facts/invalid-text'
  /** Its definition promises that it is never unknown. */
  | 'facts/missing'

/** A given fact that rules cannot read. */
export interface FactRefusal {
  readonly code: FactRefusalCode
  /** `household.members[2].age`. */
  readonly path: string
}

/** What {@link checkFacts} gives: the facts as rules read them, or all that is wrong with them. */
export type CheckedFacts =
  | {
      readonly ok: true
      readonly facts: GivenFacts
      /** Paths of what no type names; it is left out. */
      readonly strange: readonly string[]
    }
  | { readonly ok: false; readonly refusals: readonly FactRefusal[] }

/**
 * Checks given facts against their types, once, at the door, so that back ends may trust them. Texts come out in
 * normal form NFC, a `bigint` as a number, zero without a sign; what no type names is left out. A date that does not
 * exist is an unknown fact (semantics 2), so it comes out as null.
 *
 * @param form Default `scaled`: decimals come as whole numbers of their smallest unit, as storage has them. `written`:
 * as people and JSON write them, a decimal as 2.5 and money also as the text of its minor units.
 *
 * @example
 * ```ts
 * import { checkFacts, type FactType } from '@lumbung/core/rules'
 *
 * const types: Readonly<Record<string, FactType>> = {
 *   income: { kind: 'money', minimum: 0, maximum: 1_000_000, promised: true, known: false },
 *   birth: { kind: 'date', promised: false, known: false },
 * }
 * checkFacts(types, { income: 250n, birth: '2023-02-29' }) // => { ok: true, facts: { income: 250, birth: null }, strange: [] }
 * checkFacts(types, { income: -1 }) // => { ok: false, refusals: [{ code: 'facts/out-of-range', path: 'income' }] }
 * ```
 */
export function checkFacts(
  types: Readonly<Record<string, FactType>>,
  values: Readonly<Record<string, unknown>>,
  form: FactForm = 'scaled',
): CheckedFacts {
  const refusals: FactRefusal[] = []
  const strange: string[] = []
  const door: Door = {
    form,
    refuse(code, path) {
      refusals.push({ code, path: pathText(path) })
      return null
    },
    isStrange: (path) => void strange.push(pathText(path)),
  }
  const facts = readFields({ kind: 'record', facts: types }, values, [], door)
  return refusals.length === 0 ? { ok: true, facts, strange } : { ok: false, refusals }
}

/** How numbers come in. */
export type FactForm = 'scaled' | 'written'

interface Door {
  readonly form: FactForm
  /** Notes what is wrong; what is refused counts as unknown while the rest is looked through. */
  readonly refuse: (code: FactRefusalCode, path: FactPath) => null
  readonly isStrange: (path: FactPath) => void
}

function readFact(type: FactType, value: unknown, path: FactPath, door: Door): FactValue {
  if (type.kind === 'undetermined') return null
  if (type.kind === 'record') {
    if (value === null || value === undefined) return readMissingRecord(type, path, door)
    return isRecord(value) ? readFields(type, value, path, door) : door.refuse('facts/type', path)
  }
  if (value === null || value === undefined) return type.known ? door.refuse('facts/missing', path) : null
  return type.kind === 'list' ? readList(type, value, path, door) : readScalar(type, value, path, door)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readFields(
  { facts }: RecordFact,
  value: Readonly<Record<string, unknown>>,
  path: FactPath,
  door: Door,
): FactValues {
  for (const name of Object.keys(value)) if (!Object.hasOwn(facts, name)) door.isStrange([...path, name])
  const fields = Object.entries(facts).map(([name, type]): [string, FactValue] => [
    name,
    readFact(type, Object.hasOwn(value, name) ? value[name] : null, [...path, name], door),
  ])
  return Object.fromEntries(fields)
}

/** A record that is left out leaves out all its facts, so that none of them may be promised. */
function readMissingRecord(type: RecordFact, path: FactPath, door: Door): null {
  readFields(type, {}, path, door)
  return null
}

function readList(type: ListFact, value: unknown, path: FactPath, door: Door): FactValue {
  const items = itemsOf(value)
  if (items === undefined) return door.refuse('facts/type', path)
  if (items.list.length > type.itemsMax) return door.refuse('facts/list-too-long', path)
  const read = items.list.map((item, index) => readFact(type.item, item, [...path, index], door))
  if (items.isComplete) return read
  return type.known ? door.refuse('facts/missing', path) : { items: read, complete: false }
}

function itemsOf(
  value: unknown,
): { readonly list: readonly unknown[]; readonly isComplete: boolean } | undefined {
  if (Array.isArray(value)) return { list: value, isComplete: true }
  if (!isRecord(value) || !Object.hasOwn(value, 'items') || !Object.hasOwn(value, 'complete'))
    return undefined
  const { items, complete } = value
  return Array.isArray(items) && typeof complete === 'boolean'
    ? { list: items, isComplete: complete }
    : undefined
}

function readScalar(type: ScalarFact, value: unknown, path: FactPath, door: Door): FactValue {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : door.refuse('facts/type', path)
    case 'int':
    case 'money':
    case 'decimal':
      return readNumber(type, value, path, door)
    case 'text':
    case 'enum':
    case 'date': {
      if (typeof value !== 'string') return door.refuse('facts/type', path)
      if (value.includes('\0') || !value.isWellFormed()) return door.refuse('facts/invalid-text', path)
      const text = value.normalize('NFC')
      if (type.kind === 'enum' && !type.values.some((label) => label.normalize('NFC') === text))
        return door.refuse('facts/unknown-label', path)
      if (type.kind !== 'date' || isDate(text)) return text
      return type.known ? door.refuse('facts/missing', path) : null
    }
    default:
      return unreachable(type)
  }
}

type NumberFact = Extract<ScalarFact, { readonly minimum: number }>

function readNumber(type: NumberFact, value: unknown, path: FactPath, door: Door): FactValue {
  const { minimum, maximum } = type
  const isMoneyText = door.form === 'written' && type.kind === 'money' && isWhole(value)
  if (typeof value !== 'number' && typeof value !== 'bigint' && !isMoneyText)
    return door.refuse('facts/type', path)
  // Above 2^53 a bigint is rounded, but never back into the range.
  const given = Number(value)
  const number = door.form === 'written' && type.kind === 'decimal' ? scaled(given, type.scale) : given
  const isFact =
    Number.isInteger(number) && Math.abs(number) <= factNumberMax && number >= minimum && number <= maximum
  return isFact ? number + 0 : door.refuse('facts/out-of-range', path)
}

function isWhole(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value)
}

/** A number in range is told apart from its neighbours by fewer digits than a double holds; finer ones are none. */
function scaled(given: number, scale: number): number {
  const unit = 10 ** scale
  const number = Math.round(given * unit)
  return number / unit === given ? number : Number.NaN
}

function unreachable(type: never): never {
  return type
}
