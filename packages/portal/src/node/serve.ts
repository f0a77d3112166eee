import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { LumbungError } from '@lumbung/core/kernel'
import type { PortalOptions } from '../server/options.ts'
import { createPortal } from '../server/portal.tsx'

/** What {@link servePortal} takes. */
export interface ServeOptions extends Omit<PortalOptions, 'isPlainHttp' | 'hosts'> {
  /** Default: 127.0.0.1, this machine only. Off it HTTPS is needed, which is not there yet. */
  readonly host?: string
  /** Default: 8080. 0 takes a free one. */
  readonly port?: number
}

/** A portal that listens. */
export interface ServedPortal {
  readonly url: string
  /** Stops listening, and lets what is under way end, but for no longer than two seconds. */
  readonly close: () => Promise<void>
}

const portDefault = 8080
const closeMs = 2_000
/** How often the village looks for jobs that are due. */
const jobsMs = 10 * 60_000
const loopback = new Set(['127.0.0.1', 'localhost', '::1'])
/** The same as a browser names them. */
const namesOfLoopback = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Serves the portal of a village on this machine, and runs its jobs while it is up.
 *
 * @throws LumbungError `portal/not-loopback` for a host that others reach: passwords would travel in the clear;
 * `portal/port-taken`.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, openVillage, villageSchema } from '@lumbung/core/village'
 * import { VillageLook } from '@lumbung/portal'
 * import { portalCollections } from '@lumbung/portal/accounts'
 * import { servePortal } from '@lumbung/portal/node'
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
 * const storage = openMemory(villageSchema(config, { collections: portalCollections }))
 * const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
 * const ids = createIdGenerator({ clock: Date.now, random })
 * const village = openVillage({ config, storage, clock: Date.now, ids, random })
 * const look = VillageLook.parse({ name: 'Hill Village', place: { en: 'In the hills' } })
 * const portal = await servePortal({ village, look, port: 0 })
 * portal.url.startsWith('http://127.0.0.1:') // => true
 * await portal.close()
 * servePortal({ village, look, host: '0.0.0.0' }) // throws 'portal/not-loopback'
 * ```
 */
export async function servePortal(options: ServeOptions): Promise<ServedPortal> {
  const { host = '127.0.0.1', port = portDefault, village } = options
  requireLoopback(host)
  const portal = createPortal({ ...options, isPlainHttp: true, hosts: namesOfLoopback })
  const { server, address } = await listen(
    (request, env) => portal.fetch(request, env.incoming.socket.remoteAddress ?? 'unknown'),
    host,
    port,
  )
  const { onFault } = options
  // Two containers may have the same process number, so who runs the jobs is told by chance.
  const holder = `portal ${randomUUID()}`
  const runJobs = () => village.runDueJobs({ holder, onFault }).catch((error) => onFault?.(error))
  let running: Promise<unknown> = runJobs()
  const timer = setInterval(() => {
    running = running.then(runJobs)
  }, jobsMs)
  timer.unref()
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${address.port}`,
    async close() {
      clearInterval(timer)
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), closeMs)
        server.close(() => {
          clearTimeout(late)
          resolve()
        })
        server.closeIdleConnections()
      })
      await running
      await options.imports?.close()
    },
  }
}

/** Refuses a host that others reach. */
export function requireLoopback(host: string | undefined): void {
  if (host === undefined || loopback.has(host)) return
  throw new LumbungError('portal/not-loopback', 'Without HTTPS the portal is served on this machine only.', {
    details: { host },
  })
}

type Fetch = (
  request: Request,
  env: { readonly incoming: { readonly socket: { readonly remoteAddress?: string | undefined } } },
) => Promise<Response>

function listen(
  fetch: Fetch,
  hostname: string,
  port: number,
): Promise<{ server: Server; address: AddressInfo }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, (address) =>
      resolve({ server: server as Server, address }),
    )
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new LumbungError('portal/port-taken', `Port ${port} is taken by another program.`, {
              details: { port },
              cause,
            })
          : cause,
      )
    })
  })
}
