import { randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { createIdGenerator, type Digest, instantOf } from '@lumbung/core/kernel'
import { areas, datedFacts, residents } from '@lumbung/core/people'
import {
  auditLog,
  openVillage,
  type Village,
  type VillageConfig,
  villageConfigs,
} from '@lumbung/core/village'
import { portalJobs } from '../accounts/clean-up.ts'
import { AccountId, accounts } from '../accounts/records.ts'
import { hashSecret } from '../accounts/secret.ts'
import type { DemoAccount } from '../server/options.ts'
import { VillageLook } from '../ui/index.ts'
import { type FirstAccount, makeFirstAccount } from './first-account.ts'
import { openImportDesk } from './import-desk.ts'
import { openDatabase } from './open-database.ts'
import { requireLoopback, type ServedPortal, servePortal } from './serve.ts'

/** An account that an example brings along. */
export interface SampleAccount extends Omit<DemoAccount, 'role'> {
  /** Ids of roles. */
  readonly roles: readonly string[]
  /** Names of the hamlets that it is limited to. */
  readonly hamlets?: readonly string[]
  /** The identity number of the resident that it belongs to. */
  readonly identityNumber?: string
}

/** What {@link startPortal} takes. */
export interface StartPortal {
  readonly config: VillageConfig
  /** `sqlite:PATH` or `postgres://…` */
  readonly database: string
  readonly host?: string
  readonly port?: number
  /** Accounts of an example; they are made where they are missing, and shown on the sign-in page. Default: none. */
  readonly sampleAccounts?: readonly SampleAccount[]
  readonly onFault?: (error: unknown) => void
}

/** A portal that listens, and the account that it made for a village that had none. */
export interface StartedPortal extends ServedPortal {
  /** To be told to whoever started the portal, and kept nowhere else. */
  readonly firstAccount?: FirstAccount
}

/**
 * Keeps the config of a village in its database, which is made where it is missing, so that commands open the
 * village as it is configured. Tells how many residents and dated facts it has, and the digests of the files that
 * were brought in whole, so that a first start which was ended between two files goes on with the second.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { defineVillage } from '@lumbung/core/village'
 * import { prepareVillage } from '@lumbung/portal/node'
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
 * await prepareVillage(config, database) // => { residents: 0, facts: 0, sources: [] }
 * ```
 */
export async function prepareVillage(
  config: VillageConfig,
  database: string,
): Promise<{ readonly residents: number; readonly facts: number; readonly sources: readonly Digest[] }> {
  const storage = await openDatabase(database, config)
  try {
    await storeConfig({ storage, config, now: () => instantOf(Date.now()) })
    return await storage.read(config.id, async (tx) => {
      const sources = new Set<Digest>()
      for await (const { event } of tx.events(auditLog, 'village')) {
        for (const { source } of event.bulk ?? []) if (source !== undefined) sources.add(source)
      }
      const [people, facts] = [await tx.count(residents), await tx.count(datedFacts)]
      return { residents: people, facts, sources: [...sources] }
    })
  } finally {
    await storage.close()
  }
}

/**
 * Opens the database of a village, serves its portal, and keeps its config in the database. Where there is no
 * account and no sample, it makes the first one and tells its password.
 *
 * @throws LumbungError what {@link openDatabase} and {@link servePortal} throw.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { defineVillage } from '@lumbung/core/village'
 * import { startPortal } from '@lumbung/portal/node'
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
 * const portal = await startPortal({ config, database, port: 0 })
 * const page = await fetch(portal.url)
 * page.status // => 200
 * portal.firstAccount // => undefined
 * await portal.close()
 * ```
 */
export async function startPortal(options: StartPortal): Promise<StartedPortal> {
  const { config, database, sampleAccounts = [], host, port, onFault } = options
  // Before anything is written: passwords that everybody can read must not reach a village that others reach.
  requireLoopback(host)
  const storage = await openDatabase(database, config)
  const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random, jobs: portalJobs })
  try {
    await storeConfig(village)
    await makeSampleAccounts(village, ids, sampleAccounts)
    const firstAccount = sampleAccounts.length > 0 ? undefined : await makeFirstAccount(village)
    const look = VillageLook.parse({
      name: config.name,
      place: config.place ?? config.name,
      ...config.look,
    })
    const imports = openImportDesk(
      { database, config: JSON.stringify(config) },
      (task) => new Worker(new URL(workerFile, import.meta.url), { workerData: task, execArgv: workerFlags }),
    )
    const served = await servePortal({
      village,
      look,
      imports,
      demoAccounts: sampleAccounts.map(({ login, secret, name, roles }) => ({
        login,
        secret,
        name,
        role: roleText(config, roles),
      })),
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(onFault === undefined ? {} : { onFault }),
    })
    return {
      url: served.url,
      ...(firstAccount === undefined ? {} : { firstAccount }),
      async close() {
        await served.close()
        await storage.close()
      },
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}

const isSource = import.meta.url.endsWith('.ts')
/** Beside this file, as source and as it is published. */
const workerFile = isSource ? './import-worker.ts' : './import-worker.js'
const workerFlags = isSource ? ['--conditions=@lumbung/source'] : []

const configName = 'village'

async function storeConfig({
  storage,
  config,
  now,
}: Pick<Village, 'storage' | 'config' | 'now'>): Promise<void> {
  const text = JSON.stringify(config)
  await storage.transact(config.id, async (tx) => {
    const stored = await tx.get(villageConfigs, { name: configName })
    if (stored?.config === text) return
    if (stored === undefined)
      await tx.insert(villageConfigs, { name: configName, config: text, storedAt: now() })
    else await tx.update(villageConfigs, { ...stored, config: text, storedAt: now() })
  })
}

async function makeSampleAccounts(
  { storage, config, now }: Village,
  nextId: () => string,
  samples: readonly SampleAccount[],
): Promise<void> {
  const missing = await storage.read(config.id, async (tx) => {
    const found: SampleAccount[] = []
    for (const sample of samples) {
      if ((await tx.count(accounts, { login: sample.login })) === 0) found.push(sample)
    }
    return found
  })
  // Each hash takes a tenth of a second, so they are made side by side and outside of the transaction.
  const hashed = await Promise.all(
    missing.map(async (sample) => ({ sample, secret: await hashSecret(sample.secret) })),
  )
  await storage.transact(config.id, async (tx) => {
    for (const { sample, secret } of hashed) {
      const { login, name, roles, hamlets = [], identityNumber } = sample
      const places: string[] = []
      for (const hamlet of hamlets) {
        for await (const area of tx.stream(areas, { where: { kind: 'hamlet', name: hamlet } }))
          places.push(area.id)
      }
      const person =
        identityNumber === undefined
          ? undefined
          : (await tx.query(residents, { where: { identityNumber }, limit: 1 })).records[0]
      await tx.insert(accounts, {
        id: AccountId.parse(nextId()),
        kind: person === undefined ? 'officer' : 'resident',
        login,
        name,
        roles: [...roles],
        hamlets: places,
        resident: person?.id ?? null,
        secret,
        mustChange: false,
        disabled: false,
        createdAt: now(),
      })
    }
  })
}

function roleText(config: VillageConfig, roles: readonly string[]): string {
  const labels = config.roles
    .filter(({ id }) => roles.includes(id))
    .map(({ label }) => Object.values(label)[0])
  return labels.join(', ')
}
