import { once } from 'node:events'
import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { targetOf } from '../database/target.ts'
import { newCommand, optionsOf } from '../frame/command.ts'
import { faultsOf, UsageError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { readConfig } from '../village/config-file.ts'
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
  // Loaded late: pages are no part of any other command.
  const { startPortal } = await import('@lumbung/portal/node')
  const onFault = (error: unknown): void => {
    for (const fault of faultsOf(error, say, session.locale))
      void session.note(`${fault.code}: ${fault.message}`)
  }
  const database = target.kind === 'sqlite' ? target.name : target.url
  const portal = await startPortal({ config, database, host, port, onFault })
  try {
    await session.note(say('serve.listening', { url: portal.url }))
    if (portal.firstAccount !== undefined)
      await session.note(say('serve.first-account', { ...portal.firstAccount }))
    if (!surroundings.signal.aborted) await once(surroundings.signal, 'abort')
  } finally {
    await portal.close()
  }
}

/** Whether only this machine reaches an address. */
function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  if (isIPv4(host)) return loopback.check(host)
  return isIPv6(host) ? loopback.check(host, 'ipv6') : host === 'localhost'
}
