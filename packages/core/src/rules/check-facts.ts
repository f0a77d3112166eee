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
  /** A number is no whole number, or outside its range. */
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
  | { readonly ok: true; readonly facts: GivenFacts }
  | { readonly ok: false; readonly refusals: readonly FactRefusal[] }

/**
 * Checks given facts against their types, once, at the door, so that back ends may trust them. Texts come out in
 * normal form NFC, a `bigint` as a number, zero without a sign; what no type names is left out. A date that does not
 * exist is an unknown fact (semantics 2), so it comes out as null.
 *
 * @example
 * ```ts
 * import { checkFacts, type FactType } from '@lumbung/core/rules'
 *
 * const types: Readonly<Record<string, FactType>> = {
 *   income: { kind: 'money', minimum: 0, maximum: 1_000_000, promised: true, known: false },
 *   birth: { kind: 'date', promised: false, known: false },
 * }
 * checkFacts(types, { income: 250n, birth: '2023-02-29' }) // => { ok: true, facts: { income: 250, birth: null } }
 * checkFacts(types, { income: -1 }) // => { ok: false, refusals: [{ code: 'facts/out-of-range', path: 'income' }] }
 * ```
 */
export function checkFacts(
  types: Readonly<Record<string, FactType>>,
  values: Readonly<Record<string, unknown>>,
): CheckedFacts {
  const refusals: FactRefusal[] = []
  const facts = readFields({ kind: 'record', facts: types }, values, [], (code, path) => {
    refusals.push({ code, path: pathText(path) })
    return null
  })
  return refusals.length === 0 ? { ok: true, facts } : { ok: false, refusals }
}

/** Notes what is wrong; what is refused counts as unknown while the rest is looked through. */
type Refuse = (code: FactRefusalCode, path: FactPath) => null

function readFact(type: FactType, value: unknown, path: FactPath, refuse: Refuse): FactValue {
  if (type.kind === 'undetermined') return null
  if (type.kind === 'record') {
    if (value === null || value === undefined) return readMissingRecord(type, path, refuse)
    return isRecord(value) ? readFields(type, value, path, refuse) : refuse('facts/type', path)
  }
  if (value === null || value === undefined) return type.known ? refuse('facts/missing', path) : null
  return type.kind === 'list' ? readList(type, value, path, refuse) : readScalar(type, value, path, refuse)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readFields(
  { facts }: RecordFact,
  value: Readonly<Record<string, unknown>>,
  path: FactPath,
  refuse: Refuse,
): FactValues {
  const fields = Object.entries(facts).map(([name, type]): [string, FactValue] => [
    name,
    readFact(type, Object.hasOwn(value, name) ? value[name] : null, [...path, name], refuse),
  ])
  return Object.fromEntries(fields)
}

/** A record that is left out leaves out all its facts, so that none of them may be promised. */
function readMissingRecord(type: RecordFact, path: FactPath, refuse: Refuse): null {
  readFields(type, {}, path, refuse)
  return null
}

function readList(type: ListFact, value: unknown, path: FactPath, refuse: Refuse): FactValue {
  const items = itemsOf(value)
  if (items === undefined) return refuse('facts/type', path)
  if (items.list.length > type.itemsMax) return refuse('facts/list-too-long', path)
  const read = items.list.map((item, index) => readFact(type.item, item, [...path, index], refuse))
  if (items.isComplete) return read
  return type.known ? refuse('facts/missing', path) : { items: read, complete: false }
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

function readScalar(type: ScalarFact, value: unknown, path: FactPath, refuse: Refuse): FactValue {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : refuse('facts/type', path)
    case 'int':
    case 'money':
    case 'decimal':
      return readNumber(type, value, path, refuse)
    case 'text':
    case 'enum':
    case 'date': {
      if (typeof value !== 'string') return refuse('facts/type', path)
      if (value.includes('\0') || !value.isWellFormed()) return refuse('facts/invalid-text', path)
      const text = value.normalize('NFC')
      if (type.kind === 'enum' && !type.values.some((label) => label.normalize('NFC') === text))
        return refuse('facts/unknown-label', path)
      if (type.kind !== 'date' || isDate(text)) return text
      return type.known ? refuse('facts/missing', path) : null
    }
    default:
      return unreachable(type)
  }
}

function readNumber(
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  value: unknown,
  path: FactPath,
  refuse: Refuse,
): FactValue {
  if (typeof value !== 'number' && typeof value !== 'bigint') return refuse('facts/type', path)
  const number = Number(value)
  // Above 2^53 a bigint is rounded, but never back into the range.
  const isFact =
    Number.isInteger(number) && Math.abs(number) <= factNumberMax && number >= minimum && number <= maximum
  return isFact ? number + 0 : refuse('facts/out-of-range', path)
}

function unreachable(type: never): never {
  return type
}
