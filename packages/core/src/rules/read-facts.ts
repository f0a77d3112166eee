import { factOf } from './check-names.ts'
import { isDate } from './dates.ts'
import type { FactExpression, ListExpression, ScalarType } from './expression.ts'
import { factNumberMax } from './fact-types.ts'
import type { FactValue, FactValues, IncompleteList, ScalarValue } from './fact-values.ts'

/** Whether all of a list is known, or all but some elements, or nothing (semantics 3). */
export type ListState = 'complete' | 'incomplete' | 'unknown'

/** Follows names from a value. Only own properties are facts; what cannot be followed is unknown. */
export function factAt(from: FactValue | undefined, path: readonly string[]): FactValue {
  let value: FactValue | undefined = from
  for (const name of path) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) return null
    value = value[name]
  }
  return value ?? null
}

/** Whether a value holds facts by name. */
export function isRecord(value: FactValue | undefined): value is FactValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list of which every element is there. */
export function isList(value: FactValue | undefined): value is readonly FactValue[] {
  return Array.isArray(value)
}

/** A single value as the rule reads it; null where it is unknown, also where it is not what the type says. */
export function scalarOf(value: FactValue, expression: FactExpression): ScalarValue | null {
  const { type } = expression
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? value : null
    case 'number':
    case 'money':
      return typeof value === 'number' && isNumberFact(value, expression) ? value + 0 : null
    case 'date':
      return typeof value === 'string' && (!expression.guarded || isDate(value)) ? value : null
    case 'text':
    case 'enum':
      return typeof value === 'string' ? value : null
    case 'undetermined':
      return null
    default:
      return unreachable(type)
  }
}

function isNumberFact(value: number, { guarded, range }: FactExpression): boolean {
  if (!guarded) return true
  const minimum = range?.minimum ?? -factNumberMax
  return Number.isInteger(value) && value >= minimum && value <= (range?.maximum ?? factNumberMax)
}

function unreachable(type: never): never {
  return type
}

const none: readonly FactValue[] = []

/** The known elements of a list. */
export function itemsOf(value: FactValue): readonly FactValue[] {
  if (isList(value)) return value
  return isIncomplete(value) ? value.items : none
}

/** How much of a list is known. */
export function listStateOf(value: FactValue): ListState {
  if (isList(value)) return 'complete'
  return isIncomplete(value) ? 'incomplete' : 'unknown'
}

function isIncomplete(value: FactValue): value is IncompleteList {
  return isRecord(value) && value['complete'] === false && Array.isArray(value['items'])
}

/** The element of a list of single values, as a body in the given scope would read it. */
export function itemFactOf(list: ListExpression, scope: number): FactExpression {
  const { item } = list.type
  if (item.kind === 'record' || item.kind === 'undetermined') {
    const type = { kind: 'undetermined' } as const
    return { kind: 'fact', span: list.span, scope, path: [], type, known: false, guarded: false }
  }
  return factOf(item, scope, [], list.span)
}

/** Whether two types are held alike, so that one implementation serves both. */
export type Held = 'bool' | 'number' | 'text'

/** How a value of a type is held; undefined where it is never known. */
export function heldAs(type: ScalarType): Held | undefined {
  if (type.kind === 'undetermined') return undefined
  if (type.kind === 'bool') return 'bool'
  return type.kind === 'number' || type.kind === 'money' ? 'number' : 'text'
}
