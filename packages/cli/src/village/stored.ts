import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import { areas } from '@lumbung/core/people'
import type { DumpLine, StorageSchema } from '@lumbung/core/storage'
import { jobStates, VillageConfig, villageConfigs } from '@lumbung/core/village'
import { portalSchema } from '@lumbung/portal/accounts'
import { peekTarget } from '../database/open.ts'
import type { Target } from '../database/target.ts'
import type { Session } from '../frame/session.ts'
import { builtInConfig } from './built-in.ts'

/** The villages of a database, each with the config that was stored for it or else the built-in one. */
export type StoredVillages = ReadonlyMap<string, VillageConfig>

/** Looks into a database without changing it; where there is none, it holds no village. */
export async function storedVillages(target: Target): Promise<StoredVillages> {
  const schema = { collections: [villageConfigs, areas, jobStates], streams: [] }
  let storage: Awaited<ReturnType<typeof peekTarget>>
  try {
    storage = await peekTarget(target, schema)
  } catch (error) {
    if (isLumbungError(error, 'storage/missing')) return new Map()
    throw error
  }
  try {
    return await storage.readAcrossVillages(async (tx) => {
      const found = new Map<string, VillageConfig>()
      for await (const { villageId, record } of tx.stream(villageConfigs))
        found.set(villageId, parseConfig(record.config))
      // A village that was made without a config still has hamlets, or jobs that were run.
      for (const collection of [areas, jobStates]) {
        for await (const { villageId } of tx.stream(collection)) {
          if (!found.has(villageId)) found.set(villageId, builtInConfig(villageId))
        }
      }
      return found
    })
  } finally {
    await storage.close()
  }
}

function parseConfig(text: string): VillageConfig {
  return VillageConfig.parse(JSON.parse(text))
}

/**
 * The schema of a database that holds these villages: the one that the portal opens it with. Where there is none,
 * the village that a command would make decides.
 */
export function schemaOf(configs: Iterable<VillageConfig>): StorageSchema {
  const all = [...configs]
  return portalSchema(all.length === 0 ? [builtInConfig('none')] : all)
}

/** Finds the villages of a backup in its lines. */
export function villageReader(): {
  readonly read: (line: DumpLine) => void
  readonly configs: () => readonly VillageConfig[]
} {
  const configs: VillageConfig[] = []
  let configColumn = -1
  return {
    read(line) {
      if ('table' in line)
        configColumn = line.table === villageConfigs.table.name ? line.columns.indexOf('config') : -1
      else if (configColumn >= 0) configs.push(parseConfig(String(line.row[configColumn])))
    },
    configs: () => configs,
  }
}

/**
 * The villages that a command works on: the one that was named, or all.
 *
 * @throws LumbungError `no-such-village`.
 */
export async function requireVillages(
  target: Target,
  village: string | undefined,
  { say }: Session,
): Promise<{ readonly all: StoredVillages; readonly chosen: readonly VillageConfig[] }> {
  const all = await storedVillages(target)
  const database = target.name
  if (village === undefined) {
    if (all.size === 0) throw new LumbungError('no-such-village', say('error.no-village', { database }))
    return { all, chosen: [...all.values()] }
  }
  const config = all.get(village)
  if (config !== undefined) return { all, chosen: [config] }
  throw new LumbungError('no-such-village', say('error.no-such-village', { database, village }))
}

/**
 * The one village that a command works on.
 *
 * @param create Takes a village that is not there yet, which then needs a name. Default false.
 * @throws LumbungError `no-such-village`, `several-villages`, `village-needed`.
 */
export async function requireVillage(
  target: Target,
  village: string | undefined,
  session: Session,
  { create = false }: { readonly create?: boolean } = {},
): Promise<{ readonly all: StoredVillages; readonly config: VillageConfig }> {
  const { say } = session
  if (create) {
    const all = await storedVillages(target)
    if (village !== undefined && !all.has(village)) {
      const config = builtInConfig(village)
      return { all: new Map([...all, [village, config]]), config }
    }
    if (all.size === 0) throw new LumbungError('village-needed', say('error.village-needed'))
  }
  const { all, chosen } = await requireVillages(target, village, session)
  const [config, ...others] = chosen
  if (config !== undefined && others.length === 0) return { all, config }
  const villages = [...all.keys()].join(', ')
  throw new LumbungError('several-villages', say('error.several-villages', { villages }))
}
