import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { enhancementScript, stylesheetOf, type VillageLook } from '../ui/index.ts'
import type { PortalEnv } from './visit.ts'

/**
 * Serves stylesheet and script under addresses that change with their content, so that browsers may keep them, and
 * compressed for whoever takes that. Pages are not: they hold the token of their forms beside words of the visitor,
 * and from the length of such a page compressed the token can be guessed (BREACH).
 */
export function serveAssets(
  app: Hono<PortalEnv>,
  look: VillageLook,
): { readonly stylesheet: string; readonly script: string } {
  const files = [
    { name: 'look.css', content: stylesheetOf(look), type: 'text/css; charset=utf-8' },
    { name: 'enhance.js', content: enhancementScript, type: 'text/javascript; charset=utf-8' },
  ]
  const [stylesheet = '', script = ''] = files.map(({ name, content, type }) => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
    const address = `/assets/${hash}/${name}`
    const compressed = new Uint8Array(gzipSync(content, { level: 9 }))
    const headers = {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    }
    app.get(address, (context) => {
      const takesGzip = /\bgzip\b(?!;q=0(?:[,\s]|$))/.test(context.req.header('accept-encoding') ?? '')
      return takesGzip
        ? context.body(compressed, 200, { ...headers, 'content-encoding': 'gzip' })
        : context.body(content, 200, headers)
    })
    return address
  })
  app.get('/favicon.ico', (context) => context.body(null, 204))
  return { stylesheet, script }
}
