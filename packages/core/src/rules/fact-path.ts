/** Where a fact stands: names, and positions in lists. */
export type FactPath = readonly (string | number)[]

/** `household.members[2].age`. */
export function pathText(path: FactPath): string {
  let text = ''
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`
    else text += text === '' ? segment : `.${segment}`
  }
  return text
}

/** Segment by segment: names by code unit, positions as numbers. */
export function comparePaths(a: FactPath, b: FactPath): number {
  for (let depth = 0; depth < a.length && depth < b.length; depth += 1) {
    const order = compareSegments(a[depth], b[depth])
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareSegments(a: string | number | undefined, b: string | number | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0
  if (typeof a === typeof b) return a < b ? -1 : 1
  return typeof a === 'number' ? -1 : 1
}

/**
 * Orders the texts of paths segment by segment, names by code unit and positions as numbers (semantics 8).
 *
 * @example
 * ```ts
 * import { comparePathTexts } from '@lumbung/core/rules'
 *
 * const paths = ['household.members[10].age', 'household.members[9].age', 'household.area']
 * paths.sort(comparePathTexts) // => ['household.area', 'household.members[9].age', 'household.members[10].age']
 * ```
 */
export function comparePathTexts(a: string, b: string): number {
  return comparePaths(segmentsOf(a), segmentsOf(b))
}

function segmentsOf(text: string): FactPath {
  return text.split(/[.[]/).map((segment) => (segment.endsWith(']') ? Number(segment.slice(0, -1)) : segment))
}
