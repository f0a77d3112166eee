// The portal of the example village and a page that is always the same, both served by this process.
import { serve } from '@hono/node-server'
import { startPortal } from '@lumbung/portal/node'
import { Hono } from 'hono'
import { sampleAccounts } from '../../examples/desa-tanjung-barat/accounts.ts'
import config from '../../examples/desa-tanjung-barat/village.config.ts'

const [database = ''] = process.argv.slice(2)
const onFault = (error: unknown) => console.error(error)
const portal = await startPortal({ config, database, port: 0, sampleAccounts, onFault })

/** The public page as it was when it was asked for first. */
let page: Promise<string> | undefined
const app = new Hono()
app.get('/', async (context) => {
  page ??= fetch(portal.url).then((response) => response.text())
  return context.html(await page)
})
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.send?.({ portal: portal.url, constant: `http://127.0.0.1:${port}/` })
})

process.once('disconnect', async () => {
  server.close()
  await portal.close()
  process.exit()
})
