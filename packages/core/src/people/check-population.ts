import { createIdGenerator, LumbungError } from '../kernel/index.ts'
import type { AnyCollection, ReadTransaction } from '../storage/index.ts'
import type { PeopleContext } from './apply.ts'
import { areas, datedFacts, households, memberships, residents } from './collections.ts'
import type { Population, PopulationReport } from './population.ts'
import { loadKnown } from './population-known.ts'
import { planPopulation } from './population-plan.ts'

/**
 * What `addPopulation` would do with a population as the register is now, without writing and so without keeping
 * any writer waiting. Each record is checked against its schema too.
 *
 * @throws LumbungError `storage/invalid-record`
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { checkPopulation, defineSnapshot, peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const areas = [{ key: 'a', kind: 'hamlet', name: 'Riverside' }] as const
 * const population = { areas, households: [], residents: [] }
 * const report = await storage.read(VillageId.parse('v'), (tx) =>
 *   checkPopulation(tx, population, { now, on, snapshot }),
 * )
 * report.added.areas // => 1
 * ```
 */
export async function checkPopulation(
  tx: ReadTransaction,
  population: Population,
  context: Omit<PeopleContext, 'nextId' | 'allow' | 'edited' | 'addedInBulk'>,
): Promise<PopulationReport> {
  // The ids are thrown away with the plan, so they need neither the time nor chance.
  const nextId = createIdGenerator({ clock: () => 0, random: (bytes) => new Uint8Array(bytes) })
  const known = await loadKnown(tx, population)
  const { added, edits, report } = planPopulation(population, known, { ...context, nextId })
  const changed = (of: string) => edits.filter((edit) => edit.of === of).map(({ after }) => after)
  requireValid(areas, added.areas)
  requireValid(households, [...added.households, ...changed('household')])
  requireValid(residents, [...added.residents, ...changed('resident')])
  requireValid(memberships, added.memberships)
  requireValid(datedFacts, [...added.facts, ...changed('fact')])
  return report
}

function requireValid({ name, schema }: AnyCollection, records: readonly object[]): void {
  for (const record of records) {
    const parsed = schema.safeParse(record)
    if (parsed.success) continue
    const { issues } = parsed.error
    throw new LumbungError('storage/invalid-record', `A record of ${name} breaks its schema.`, {
      details: { collection: name, issues },
    })
  }
}
