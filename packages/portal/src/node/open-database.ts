import { LumbungError } from '@lumbung/core/kernel'
import type { Storage } from '@lumbung/core/storage'
import { type VillageConfig, villageSchema } from '@lumbung/core/village'
import { portalCollections } from '../accounts/records.ts'

/**
 * Opens the database of a village with all that the portal keeps in it.
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
  const schema = villageSchema(config, { collections: portalCollections })
  if (database.startsWith('sqlite:')) {
    const { openSqlite } = await import('@lumbung/sql/sqlite')
    return await openSqlite({ file: database.slice('sqlite:'.length), schema })
  }
  if (/^postgres(?:ql)?:/.test(database)) {
    const { openPostgres } = await import('@lumbung/sql/postgres')
    return await openPostgres({ url: database, schema })
  }
  throw new LumbungError('portal/unknown-database', 'A database is sqlite:PATH or postgres://…', {
    details: { database },
  })
}
