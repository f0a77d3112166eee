import type { FactValue, FactValues } from '../rules/index.ts'

/** The facts of a household with one of them changed, by its path; the others are shared. */
export function withFact(household: FactValues | null, path: string, value: FactValue): FactValues {
  const changed = changedAt(household ?? {}, stepsOf(path), value)
  // A path begins at the household, which is a record.
  return changed as FactValues
}

/** The value of a fact by its path; null where it is unknown. */
export function factAtPath(household: FactValues | null, path: string): FactValue {
  let value: FactValue = household
  for (const segment of stepsOf(path)) {
    if (typeof value !== 'object' || value === null) return null
    if (typeof segment === 'number') value = itemsOf(value)[segment] ?? null
    else value = Object.hasOwn(value, segment) ? ((value as FactValues)[segment] ?? null) : null
  }
  return value
}

/** Names, and the positions in lists. */
export function stepsOf(path: string): readonly (string | number)[] {
  return path
    .split(/[.[]/)
    .slice(1)
    .map((segment) => (segment.endsWith(']') ? Number(segment.slice(0, -1)) : segment))
}

function changedAt(from: FactValue, segments: readonly (string | number)[], value: FactValue): FactValue {
  const [first, ...rest] = segments
  if (first === undefined) return value
  if (typeof first === 'number') {
    const items = itemsOf(from).map((item, index) => (index === first ? changedAt(item, rest, value) : item))
    return Array.isArray(from) ? items : { items, complete: false }
  }
  const record = (typeof from === 'object' && from !== null && !Array.isArray(from) ? from : {}) as FactValues
  return { ...record, [first]: changedAt(record[first] ?? null, rest, value) }
}

/** The known elements of a list, complete or not. */
export function itemsOf(list: FactValue): readonly FactValue[] {
  if (Array.isArray(list)) return list
  const items = typeof list === 'object' && list !== null && 'items' in list ? list.items : []
  return Array.isArray(items) ? items : []
}
