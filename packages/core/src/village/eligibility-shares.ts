import type { Expectation } from '../eligibility/index.ts'
import { type CivilDate, civilDateIn, epochMsOf, type Instant } from '../kernel/index.ts'
import { type FactDefinition, SnapshotMember, todaySnapshot } from '../people/index.ts'
import type { ScalarValue } from '../rules/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import type { VillageConfig } from './config.ts'
import { factAt } from './eligibility-facts.ts'
import { snapshotOfConfig } from './schema.ts'

/** How the values of a fact are shared out, by its path; undefined where too little is known to tell. */
export type ExpectationOf = (path: string) => readonly Expectation[] | undefined

/** So many families stand for the village: more would not change what is asked first. */
const familiesMax = 10_000
/** Fewer known values say nothing of the next family. */
const knownMin = 20
/** Up to so many values stand for themselves; of more, as many stand for the others, so that a question costs little. */
const valuesMax = 24
/** What was counted holds for the rest of the day, but no longer than this, since an import may come at any hour. */
const keptMillis = 60 * 60 * 1000

/**
 * Keeps the shares of a village from one read to the next. They are counted over the stored snapshot once an hour at
 * most and anew each day: one answer more or less changes no order of questions.
 */
export function createShareKeeper(
  config: VillageConfig,
): (tx: ReadTransaction, now: Instant) => Promise<ExpectationOf> {
  let kept: { readonly on: CivilDate; readonly until: number; readonly shares: ExpectationOf } | undefined
  return async (tx, now) => {
    const [on, millis] = [civilDateIn(now, config.timeZone), epochMsOf(now)]
    if (kept !== undefined && kept.on === on && millis < kept.until) return kept.shares
    const shares = await expectationsIn(tx, config)
    kept = { on, until: millis + keptMillis, shares }
    return shares
  }
}

type Counts = Map<string, Map<ScalarValue, number>>

/**
 * How the values of facts are shared out over the families of the stored snapshot, for `nextQuestion` to expect
 * answers by. It names nobody, and says nothing of a fact of which fewer than 20 values are known. Of a few possible
 * values each stays possible; of many, two dozen stand for the others.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, expectationsIn, villageSchema } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 * })
 * const storage = openMemory(villageSchema(config))
 * const expectationOf = await storage.read(config.id, (tx) => expectationsIn(tx, config))
 * expectationOf('household.members[0].sex') // => undefined
 * ```
 */
export async function expectationsIn(tx: ReadTransaction, config: VillageConfig): Promise<ExpectationOf> {
  const { households, members, facts } = snapshotOfConfig(config)
  const families = { snapshot: todaySnapshot, kind: 'family' } as const
  const counts: Counts = new Map()
  const [ofHouseholds, ofResidents] = (['household', 'resident'] as const).map((unit) =>
    facts.filter((fact) => fact.unit === unit).map(({ name }) => name),
  )
  let last = ''
  let taken = 0
  for await (const row of tx.stream(households, { where: families })) {
    if (taken === familiesMax) break
    taken += 1
    last = row.id
    note(counts, 'household', ofHouseholds ?? [], row)
  }
  for await (const row of tx.stream(members, { where: families })) {
    if (row.home > last) break
    note(counts, 'resident', [...(ofResidents ?? []), ...knownOfMembers], row)
  }
  const types = new Map(facts.map(({ unit, name, type }) => [`${unit}.${name}`, type]))
  types.set('resident.sex', { kind: 'enum', values: SnapshotMember.shape.sex.options, known: true })
  const shares = new Map([...counts].map(([key, found]) => [key, sharesOf(found, types.get(key))]))
  return (path) => {
    const { position, name } = factAt(path)
    return shares.get(`${position === null ? 'household' : 'resident'}.${name}`)
  }
}

const knownOfMembers = ['birthDate', 'sex', 'relationship'] as const

function note(
  counts: Counts,
  unit: 'household' | 'resident',
  names: readonly string[],
  row: Readonly<Record<string, unknown>>,
): void {
  for (const name of names) {
    const value = row[name]
    if (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'string') continue
    const key = `${unit}.${name}`
    const found = counts.get(key) ?? new Map<ScalarValue, number>()
    counts.set(key, found.set(value, (found.get(value) ?? 0) + 1))
  }
}

/** What was counted as expectations. Of a few possible values one that nobody has yet stays possible. */
function sharesOf(
  counts: ReadonlyMap<ScalarValue, number>,
  type: FactDefinition['type'] | undefined,
): readonly Expectation[] | undefined {
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (known < knownMin) return undefined
  const possible = possibleValues(type)
  if (possible !== undefined)
    return possible.map((value) => ({ value, weight: (counts.get(value) ?? 0) + 1 }))
  if (counts.size <= valuesMax) return [...counts].map(([value, weight]) => ({ value, weight }))
  // Texts that are all different have no order that means anything.
  return type?.kind === 'text' ? undefined : evenlySpaced(counts, known)
}

function possibleValues(type: FactDefinition['type'] | undefined): readonly ScalarValue[] | undefined {
  if (type?.kind === 'bool') return [true, false]
  if (type?.kind === 'enum') return type.values
  if (type?.kind !== 'int' || type.maximum - type.minimum >= valuesMax) return undefined
  return Array.from({ length: type.maximum - type.minimum + 1 }, (_, index) => type.minimum + index)
}

/** Values in their order, so that between two of them lie equally many of those that were counted. */
function evenlySpaced(counts: ReadonlyMap<ScalarValue, number>, known: number): readonly Expectation[] {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  const found = new Map<ScalarValue, number>()
  let [passed, taken] = [0, 0]
  for (const [value, count] of sorted) {
    passed += count
    while (taken < valuesMax && passed > ((taken + 0.5) * known) / valuesMax) {
      found.set(value, (found.get(value) ?? 0) + 1)
      taken += 1
    }
  }
  return [...found].map(([value, weight]) => ({ value, weight }))
}
