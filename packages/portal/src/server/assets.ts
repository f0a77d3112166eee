import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { enhancementScript, stylesheetOf, type VillageLook } from '../ui/index.ts'
import type { PortalEnv } from './visit.ts'

/** Serves stylesheet and script under addresses that change with their content, so that browsers may keep them. */
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
    app.get(address, (context) =>
      context.body(content, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    )
    return address
  })
  app.get('/favicon.ico', (context) => context.body(null, 204))
  return { stylesheet, script }
}
