import type { CivilDate } from '../kernel/index.ts'
import type { Area, AreaEvent } from './records.ts'

/**
 * The name of an area on a day: that of its last naming up to it. Before the first naming it is the first name,
 * and without any naming on record the name that it has now.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { areaNameOn, Area, AreaEvent } from '@lumbung/core/people'
 *
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const area = Area.parse({
 *   id, kind: 'hamlet', parent: null, code: null, name: 'Riverside', nameKey: 'riverside', from: null, to: null,
 * })
 * const named = (name: string, on: string) => AreaEvent.parse({
 *   id, area: id, kind: 'named', on, name, into: [], parent: null, recordedAt: '2026-01-01T00:00:00.000Z',
 * })
 * const events = [named('Old Ford', '2001-05-01'), named('Riverside', '2020-01-01')]
 * areaNameOn(events, area, CivilDate.parse('2019-12-31')) // => 'Old Ford'
 * areaNameOn(events, area, CivilDate.parse('2020-01-01')) // => 'Riverside'
 * ```
 */
export function areaNameOn(events: readonly AreaEvent[], area: Area, on: CivilDate): string {
  const namings = events
    .filter((event) => event.area === area.id && event.kind === 'named')
    .toSorted((a, b) => (a.on === b.on ? order(a.recordedAt, b.recordedAt) : order(a.on, b.on)))
  const naming = namings.findLast((event) => event.on <= on) ?? namings[0]
  return naming?.name ?? area.name
}

/**
 * The hamlet of an area: itself, or the first hamlet above it; undefined where there is none.
 *
 * @example
 * ```ts
 * import { hamletOf, Area } from '@lumbung/core/people'
 *
 * const base = { code: null, name: 'A', nameKey: 'a', from: null, to: null }
 * const hamlet = Area.parse({ ...base, id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', kind: 'hamlet', parent: null })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f41'
 * const neighbourhood = Area.parse({ ...base, id, kind: 'neighbourhood', parent: hamlet.id })
 * const areas = new Map([hamlet, neighbourhood].map((area) => [area.id, area]))
 * hamletOf(areas, neighbourhood.id)?.id === hamlet.id // => true
 * ```
 */
export function hamletOf(areas: ReadonlyMap<string, Area>, id: string | null): Area | undefined {
  const seen = new Set<string>()
  for (let at = id; at !== null && !seen.has(at); at = areas.get(at)?.parent ?? null) {
    seen.add(at)
    const area = areas.get(at)
    if (area?.kind === 'hamlet') return area
  }
  return undefined
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
