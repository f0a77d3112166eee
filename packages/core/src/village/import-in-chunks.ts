import * as z from 'zod'
import { type Digest, LumbungError } from '../kernel/index.ts'
import {
  checkPopulation,
  chunksOfPopulation,
  type Population,
  type PopulationCounts,
  type PopulationReport,
} from '../people/index.ts'
import { requireVillage } from './permission.ts'
import { importPopulation } from './register-changes.ts'
import { snapshotOfConfig } from './schema.ts'
import { defineRead } from './use-case.ts'
import type { VillageSession } from './village.ts'

/** Tells what importing a population would do, and writes nothing. */
export const checkImport = defineRead({
  name: 'population.check',
  scope: 'population.import',
  input: z.strictObject({
    population: z.custom<Population>((value) => typeof value === 'object' && value !== null),
  }),
  async run(context, { population }): Promise<PopulationReport> {
    requireVillage(context)
    const { tx, now, today, config } = context
    return await checkPopulation(tx, population, { now, on: today, snapshot: snapshotOfConfig(config) })
  },
})

/** How {@link importInChunks} goes about it. */
export interface ImportInChunks {
  readonly source?: Digest
  /** About how many people one transaction brings in. Default 200: a few hundredths of a second. */
  readonly peoplePerChunk?: number
  /** Hears how many people of how many were brought in, after each chunk and before the first. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
  /** Waited for between two chunks, so that others can write. Default: nothing is. */
  readonly between?: () => Promise<unknown>
}

const peoplePerChunkDefault = 200

/**
 * Brings a large population in, and keeps nobody waiting: the whole is checked first, without writing, and refused
 * as a whole; then households come in some at a time, each time in a short transaction with its link in the audit
 * log. What ends it in between leaves whole households, and the same import then goes on where it ended, without
 * adding anything twice. Only what others change while it runs can be refused after a part was written.
 *
 * @throws LumbungError `village/import-overtaken` where somebody changed the register meanwhile so that a chunk no
 * longer fits, with `done`, `total` and `refused`; what `perform` throws.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, importInChunks, openVillage, villageSchema } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 *   roles: [{ id: 'clerk', label: { en: 'Clerk' }, grants: [{ scope: 'population.import' }] }],
 * })
 * const clock = () => Date.UTC(2026, 10, 24)
 * const random = (bytes: number) => new Uint8Array(bytes).fill(7)
 * const ids = createIdGenerator({ clock, random })
 * const village = openVillage({ config, storage: openMemory(villageSchema(config)), clock, ids, random })
 * const clerk = village.as({ kind: 'person', id: 'clerk', roles: ['clerk'], hamlets: [] })
 * const areas = [{ key: 'a', kind: 'hamlet', name: 'Riverside' }] as const
 * const report = await importInChunks(clerk, { areas, households: [], residents: [] })
 * report.added.areas // => 1
 * ```
 */
export async function importInChunks(
  session: VillageSession,
  population: Population,
  options: ImportInChunks = {},
): Promise<PopulationReport> {
  const { source, peoplePerChunk = peoplePerChunkDefault, onProgress, between } = options
  const check = await session.perform(checkImport, { population })
  if (check.refused.length > 0) return check
  const total = population.residents.length
  let done = 0
  onProgress?.({ done, total })
  let [added, changed] = [noCounts, noCounts]
  for (const chunk of chunksOfPopulation(population, peoplePerChunk)) {
    if (done > 0) await between?.()
    const came = await session.perform(importPopulation, {
      population: chunk,
      ...(source === undefined ? {} : { source }),
    })
    if (came.refused.length > 0) {
      throw new LumbungError('village/import-overtaken', 'The register was changed while people came in.', {
        details: { done, total, refused: came.refused },
      })
    }
    added = sumOf(added, came.added)
    changed = sumOf(changed, came.changed)
    done += chunk.residents.length
    onProgress?.({ done, total })
  }
  // Areas are named by many chunks, so what stood there already is told by the check.
  return { added, changed, unchanged: check.unchanged, refused: [] }
}

const noCounts: PopulationCounts = { areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 }

function sumOf(one: PopulationCounts, other: PopulationCounts): PopulationCounts {
  return {
    areas: one.areas + other.areas,
    households: one.households + other.households,
    residents: one.residents + other.residents,
    memberships: one.memberships + other.memberships,
    facts: one.facts + other.facts,
  }
}
