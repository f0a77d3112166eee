import {
  defineSnapshot,
  type FactDefinition,
  factDefinitionOf,
  peopleCollections,
  peopleStreams,
  type SnapshotDefinition,
} from '../people/index.ts'
import type { StorageSchema } from '../storage/index.ts'
import type { VillageConfig } from './config.ts'
import {
  auditLog,
  auditValues,
  jobLeases,
  jobRuns,
  jobs,
  readLog,
  readSubjects,
  snapshotDays,
  villageConfigs,
} from './records.ts'

/**
 * Everything that the storage of a village holds, for opening one.
 *
 * @param more Collections and streams of an app's own, such as the portal's accounts.
 *
 * @example
 * ```ts
 * import { defineVillage, villageSchema } from '@lumbung/core/village'
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
 * villageSchema(config).streams.map((stream) => stream.name) // => ['audit', 'reads']
 * ```
 */
export function villageSchema(config: VillageConfig, more: Partial<StorageSchema> = {}): StorageSchema {
  return {
    collections: [
      ...peopleCollections,
      ...snapshotOfConfig(config).collections,
      auditValues,
      readSubjects,
      jobs,
      jobRuns,
      jobLeases,
      snapshotDays,
      villageConfigs,
      ...(more.collections ?? []),
    ],
    streams: [...peopleStreams, auditLog, readLog, ...(more.streams ?? [])],
  }
}

const snapshots = new WeakMap<VillageConfig, SnapshotDefinition>()

/** The snapshot of the facts that a village keeps; the same one for the same config. */
export function snapshotOfConfig(config: VillageConfig): SnapshotDefinition {
  const known = snapshots.get(config)
  if (known !== undefined) return known
  const snapshot = defineSnapshot(factDefinitionsOf(config))
  snapshots.set(config, snapshot)
  return snapshot
}

/**
 * The facts that a village keeps, as the register works with them.
 *
 * @example
 * ```ts
 * import { defineVillage, factDefinitionsOf } from '@lumbung/core/village'
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
 * factDefinitionsOf(config) // => []
 * ```
 */
export function factDefinitionsOf(config: VillageConfig): readonly FactDefinition[] {
  return config.facts.map(factDefinitionOf)
}
