import { once } from 'node:events'
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { instantOf, LumbungError } from '@lumbung/core/kernel'
import type { Storage } from '@lumbung/core/storage'
import { type VillageConfig, villageConfigs } from '@lumbung/core/village'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { newCommand, optionsOf } from '../frame/command.ts'
import { UsageError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { startPortal } from '../portal.ts'
import { readConfig } from '../village/config-file.ts'
import { openForCommand } from '../village/open.ts'
import { schemaOf, storedVillages } from '../village/stored.ts'
import { configSample } from './samples.ts'

const Options = z.object({
  db: z.string().optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'expected.port' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'expected.port' })
    .default(8080),
})

/** `serve`: the portal of a village, until a signal ends it. */
export function serveCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'serve',
    does: say('serve.does'),
    arguments: [new Argument('<config>', say('serve.config'))],
    options: [
      new Option('--host <host>', say('serve.host')),
      new Option('--port <number>', say('serve.port')),
    ],
    on: 'database',
    hasResult: false,
    samples: [configSample(say)],
  }).action((config: string, _: unknown, command: Command) =>
    serve(config, optionsOf(Options, command, session), session),
  )
}

async function serve(path: string, options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say, host: surroundings } = session
  const { host, port } = options
  const target = targetOf(options.db, surroundings, say)
  if (!isLoopback(host)) throw new UsageError('off-loopback', say('serve.off-loopback', { host }))
  const config = await readConfig(path, session)
  if (startPortal === undefined) throw new LumbungError('no-portal', say('error.no-portal'))
  const others = [...(await storedVillages(target)).values()].filter(({ id }) => id !== config.id)
  const storage = await openTarget(target, schemaOf([config, ...others]))
  try {
    await storeConfig(storage, config)
    const { village } = openForCommand(storage, config)
    const portal = await startPortal({ village, host, port })
    try {
      await session.note(say('serve.listening', { url: portal.url }))
      if (!surroundings.signal.aborted) await once(surroundings.signal, 'abort')
    } finally {
      await portal.close()
    }
  } finally {
    await storage.close()
  }
}

/** Keeps the config, so that other commands open the village as it is served. */
async function storeConfig(storage: Storage, config: VillageConfig): Promise<void> {
  await storage.transact(config.id, async (tx) => {
    const record = { name: 'village', config: JSON.stringify(config), storedAt: instantOf(Date.now()) }
    const before = await tx.get(villageConfigs, { name: record.name })
    if (before === undefined) await tx.insert(villageConfigs, record)
    else if (before.config !== record.config) await tx.update(villageConfigs, { ...before, ...record })
  })
}

/** Whether only this machine reaches an address. */
function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  if (isIPv4(host)) return loopback.check(host)
  return isIPv6(host) ? loopback.check(host, 'ipv6') : host === 'localhost'
}
