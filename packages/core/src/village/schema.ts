import { caseworkCollections } from '../casework/index.ts'
import { LumbungError } from '../kernel/index.ts'
import {
  defineSnapshot,
  type FactConfig,
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
  jobStates,
  readLog,
  readSubjects,
  snapshotDays,
  villageConfigs,
} from './records.ts'

/**
 * Everything that the storage of a village holds, for opening one; or of several that lie in one database, whose
 * snapshots share their tables, so that these hold the facts of all of them.
 *
 * @throws LumbungError `village/facts-differ` where two villages keep facts of one name that no column could hold
 * both of: of different types, or decimals of different scales.
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
export function villageSchema(
  configs: VillageConfig | readonly VillageConfig[],
  more: Partial<StorageSchema> = {},
): StorageSchema {
  const snapshot = 'id' in configs ? snapshotOfConfig(configs) : defineSnapshot(factsOfAll(configs))
  return {
    collections: [
      ...peopleCollections,
      ...snapshot.collections,
      ...caseworkCollections,
      auditValues,
      readSubjects,
      jobStates,
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

/** For which facts a stored snapshot was made. */
export function factsText(config: VillageConfig): string {
  return JSON.stringify(config.facts.map(({ unit, name, type }) => [unit, name, type]))
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

/** The facts of several villages, each wide enough for all who keep it. */
function factsOfAll(configs: readonly VillageConfig[]): readonly FactDefinition[] {
  const facts = new Map<string, FactConfig>()
  for (const fact of configs.flatMap((config) => config.facts)) {
    const key = `${fact.unit}.${fact.name}`
    const other = facts.get(key)
    const type = other === undefined ? fact.type : widerType(other.type, fact.type)
    if (type === undefined) {
      throw new LumbungError('village/facts-differ', 'Two villages keep different facts of one name.', {
        details: { unit: fact.unit, fact: fact.name },
      })
    }
    facts.set(key, { ...fact, type })
  }
  return [...facts.values()].map(factDefinitionOf)
}

/** A type that holds the values of two; undefined where there is none. */
function widerType(a: FactConfig['type'], b: FactConfig['type']): FactConfig['type'] | undefined {
  if (a.kind === 'enum' && b.kind === 'enum')
    return { kind: 'enum', values: [...new Set([...a.values, ...b.values])] }
  if (a.kind !== b.kind || ('scale' in a && 'scale' in b && a.scale !== b.scale)) return undefined
  if (!('minimum' in a && 'minimum' in b)) return a
  return { ...a, minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) }
}
