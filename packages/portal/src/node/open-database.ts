import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import type { Storage, StorageSchema } from '@lumbung/core/storage'
import { VillageConfig, villageConfigs } from '@lumbung/core/village'
import { portalSchema } from '../accounts/schema.ts'

/**
 * Opens the database of a village with all that the portal keeps in it, and all that other villages keep there.
 *
 * @param database `sqlite:PATH` or `postgres://…`
 * @throws LumbungError `portal/unknown-database` for another kind; what opening a store throws.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { defineVillage } from '@lumbung/core/village'
 * import { openDatabase } from '@lumbung/portal/node'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 *   roles: [{ id: 'visitor', label: { en: 'Visitor' }, grants: [{ scope: 'village.read' }] }],
 * })
 * const database = `sqlite:${join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.db')}`
 * const storage = await openDatabase(database, config)
 * storage.name // => 'sqlite'
 * await storage.close()
 * openDatabase('mysql:village', config) // throws 'portal/unknown-database'
 * ```
 */
export async function openDatabase(database: string, config: VillageConfig): Promise<Storage> {
  const others = (await storedConfigs(database)).filter(({ id }) => id !== config.id)
  return await openWith(database, portalSchema([...others, config]), false)
}

/** The configs that a database holds; none where there is no database yet. */
async function storedConfigs(database: string): Promise<readonly VillageConfig[]> {
  let storage: Storage
  try {
    storage = await openWith(database, { collections: [villageConfigs], streams: [] }, true)
  } catch (error) {
    if (isLumbungError(error, 'storage/missing')) return []
    throw error
  }
  try {
    return await storage.readAcrossVillages(async (tx) => {
      const configs: VillageConfig[] = []
      for await (const { record } of tx.stream(villageConfigs))
        configs.push(VillageConfig.parse(JSON.parse(record.config)))
      return configs
    })
  } finally {
    await storage.close()
  }
}

async function openWith(database: string, schema: StorageSchema, asItIs: boolean): Promise<Storage> {
  if (database.startsWith('sqlite:')) {
    const { openSqlite } = await import('@lumbung/sql/sqlite')
    return await openSqlite({ file: database.slice('sqlite:'.length), schema, asItIs })
  }
  if (/^postgres(?:ql)?:/.test(database)) {
    const { openPostgres } = await import('@lumbung/sql/postgres')
    return await openPostgres({ url: database, schema, asItIs })
  }
  throw new LumbungError('portal/unknown-database', 'A database is sqlite:PATH or postgres://…', {
    details: { database },
  })
}
