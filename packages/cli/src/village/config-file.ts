import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LumbungError } from '@lumbung/core/kernel'
import { VillageConfig } from '@lumbung/core/village'
import * as z from 'zod'
import { FaultsError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'

/** What a folder with a village holds its config in. */
const names = ['village.config.ts', 'village.config.mjs', 'village.config.js']

const Module = z.object({ default: z.unknown() })

/**
 * The config of a village from its module, or from the folder that holds it.
 *
 * @throws LumbungError `no-such-file`, `no-default-export`; FaultsError `invalid-config` with each part that does
 * not hold.
 */
export async function readConfig(path: string, { say }: Session): Promise<VillageConfig> {
  const file = fileOf(path)
  if (!existsSync(file)) throw new LumbungError('no-such-file', say('error.no-such-file', { path }))
  const exported = Module.parse(await import(pathToFileURL(resolve(file)).href)).default
  if (exported === undefined)
    throw new LumbungError('no-default-export', say('error.no-default-export', { path: file }))
  const parsed = VillageConfig.safeParse(exported)
  if (parsed.success) return parsed.data
  throw new FaultsError(
    parsed.error.issues.map((issue) => ({
      code: 'invalid-config',
      message: `${file}: ${issue.path.join('.')}: ${issue.message}`,
    })),
  )
}

function fileOf(path: string): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path
  const [first = ''] = names
  return join(path, names.find((name) => existsSync(join(path, name))) ?? first)
}
