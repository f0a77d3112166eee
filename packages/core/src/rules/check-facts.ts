import { isCivilDate, isLumbungError, normalizeText } from '../kernel/index.ts'
import {
  type FactType,
  factNumberMax,
  type ListFact,
  type RecordFact,
  type ScalarFact,
} from './fact-types.ts'
import type { FactValue, FactValues } from './fact-values.ts'

/** Why a value cannot be a fact of its type. */
export type FactRefusalCode =
  | 'facts/wrong-type'
  | 'facts/out-of-range'
  /** More digits after the point than the type has. */
  | 'facts/too-fine'
  /** None of the labels of an enum. */
  | 'facts/not-in-set'
  | 'facts/list-too-long'
  /** U+0000 or half of a surrogate pair. */
  | 'facts/invalid-text'

/** A value that was refused, by its path. */
export interface FactRefusal {
  readonly path: string
  readonly code: FactRefusalCode
}

/** What {@link checkFacts} gives. */
export type CheckedFacts =
  | {
      readonly ok: true
      readonly facts: FactValues
      /** Paths of values that no fact has a place for; nobody reads them. */
      readonly strange: readonly string[]
    }
  | { readonly ok: false; readonly refusals: readonly FactRefusal[] }

/**
 * Takes facts in as they come from JSON or a form, by their types: the door before rules. Decimals come as numbers
 * such as 2.5, money as a whole number of minor units or as its text; null and what is left out is unknown, and so
 * is a date that does not exist. A list is an array, or `{ items, complete: false }` where elements may be missing.
 *
 * @param root What the paths begin with, such as `household`.
 *
 * @example
 * ```ts
 * import { checkFacts } from '@lumbung/core/rules'
 *
 * const rooms = { kind: 'int', minimum: 1, maximum: 20, promised: true, known: false } as const
 * const home = { kind: 'record', facts: { rooms } } as const
 * checkFacts(home, { rooms: 3 }, 'home') // => { ok: true, facts: { rooms: 3 }, strange: [] }
 * checkFacts(home, { rooms: 50 }, 'home') // => { ok: false, refusals: [{ path: 'home.rooms', code: 'facts/out-of-range' }] }
 * ```
 */
export function checkFacts(type: RecordFact, value: unknown, root: string): CheckedFacts {
  const door: Door = { refusals: [], strange: [] }
  const facts = recordOf(type, value, root, door)
  return door.refusals.length > 0
    ? { ok: false, refusals: door.refusals }
    : { ok: true, facts, strange: door.strange }
}

interface Door {
  readonly refusals: FactRefusal[]
  readonly strange: string[]
}

function recordOf(type: RecordFact, value: unknown, path: string, door: Door): FactValues {
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    door.refusals.push({ path, code: 'facts/wrong-type' })
    return {}
  }
  const facts: Record<string, FactValue> = {}
  for (const [name, given] of Object.entries(value)) {
    const own = Object.hasOwn(type.facts, name) ? type.facts[name] : undefined
    if (own === undefined) door.strange.push(`${path}.${name}`)
    else facts[name] = factOf(own, given, `${path}.${name}`, door)
  }
  return facts
}

function factOf(type: FactType, value: unknown, path: string, door: Door): FactValue {
  if (value === null || value === undefined) return null
  switch (type.kind) {
    case 'record':
      return recordOf(type, value, path, door)
    case 'list':
      return listOf(type, value, path, door)
    case 'undetermined':
      return null
    default:
      return scalarOf(type, value, path, door)
  }
}

function listOf(type: ListFact, value: unknown, path: string, door: Door): FactValue {
  const isOpen = typeof value === 'object' && value !== null && 'items' in value && 'complete' in value
  const items: unknown = isOpen ? value.items : value
  if (!Array.isArray(items)) return refuse('facts/wrong-type', path, door)
  if (items.length > type.itemsMax) return refuse('facts/list-too-long', path, door)
  const read = items.map((item: unknown, index) => factOf(type.item, item, `${path}[${index}]`, door))
  return isOpen && value.complete === false ? { items: read, complete: false } : read
}

function scalarOf(type: ScalarFact, value: unknown, path: string, door: Door): FactValue {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : refuse('facts/wrong-type', path, door)
    case 'text':
    case 'enum':
    case 'date':
      return textOf(type, value, path, door)
    default:
      return numberOf(type, value, path, door)
  }
}

type Textual = Extract<ScalarFact, { readonly kind: 'text' | 'enum' | 'date' }>
type Numeric = Extract<ScalarFact, { readonly minimum: number }>

function textOf(type: Textual, value: unknown, path: string, door: Door): FactValue {
  if (typeof value !== 'string') return refuse('facts/wrong-type', path, door)
  if (type.kind === 'date') return isCivilDate(value) ? value : null
  const text = normalized(value)
  if (text === undefined) return refuse('facts/invalid-text', path, door)
  if (type.kind === 'text' || type.values.includes(text)) return text
  return refuse('facts/not-in-set', path, door)
}

function normalized(text: string): string | undefined {
  try {
    return normalizeText(text)
  } catch (error) {
    if (isLumbungError(error)) return undefined
    throw error
  }
}

function numberOf(type: Numeric, value: unknown, path: string, door: Door): FactValue {
  const isText = type.kind === 'money' && typeof value === 'string' && /^-?\d{1,19}$/.test(value)
  if (typeof value !== 'number' && typeof value !== 'bigint' && !isText) {
    return refuse('facts/wrong-type', path, door)
  }
  const given = Number(value)
  const unit = type.kind === 'decimal' ? 10 ** type.scale : 1
  const scaled = Math.round(given * unit)
  if (!Number.isFinite(given) || Math.abs(scaled) > factNumberMax)
    return refuse('facts/out-of-range', path, door)
  // A number in range is told apart from its neighbours by fewer digits than a double holds.
  if (scaled / unit !== given) return refuse('facts/too-fine', path, door)
  if (scaled < type.minimum || scaled > type.maximum) return refuse('facts/out-of-range', path, door)
  return scaled + 0
}

function refuse(code: FactRefusalCode, path: string, door: Door): null {
  door.refusals.push({ path, code })
  return null
}
