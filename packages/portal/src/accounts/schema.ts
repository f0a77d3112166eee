import type { StorageSchema } from '@lumbung/core/storage'
import { type VillageConfig, villageSchema } from '@lumbung/core/village'
import { portalCollections } from './records.ts'

/**
 * The schema of a database that holds these villages, with what the portal keeps beside them: the one that every
 * program opens it with.
 *
 * @example
 * ```ts
 * import { defineVillage } from '@lumbung/core/village'
 * import { portalSchema } from '@lumbung/portal/accounts'
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
 * portalSchema([config]).collections.some(({ name }) => name === 'accounts') // => true
 * ```
 */
export function portalSchema(configs: readonly VillageConfig[]): StorageSchema {
  return villageSchema(configs, { collections: portalCollections })
}
