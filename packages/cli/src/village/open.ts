import { randomBytes } from 'node:crypto'
import { createIdGenerator } from '@lumbung/core/kernel'
import type { Storage } from '@lumbung/core/storage'
import { openVillage, type Village, type VillageConfig, type VillageSession } from '@lumbung/core/village'
import { administration, serviceActor, withCommand } from './built-in.ts'

/** A village as the command meets it: its clock is the machine's. */
export function openForCommand(
  storage: Storage,
  config: VillageConfig,
): { readonly village: Village; readonly as: VillageSession } {
  const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config: withCommand(config), storage, clock: Date.now, ids, random })
  return { village, as: village.as(serviceActor, { purpose: administration }) }
}
