import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { serveAssets } from '../../src/server/assets.ts'
import { contentSecurityPolicy } from '../../src/server/content-security-policy.ts'
import type { PortalEnv } from '../../src/server/visit.ts'
import type { Html } from '../../src/ui/index.ts'
import { locales } from '../../src/words/index.ts'
import { DocumentPage } from './document.tsx'
import { FigurePage } from './figure.tsx'
import { look, type Sample, sampleIn } from './frame.tsx'
import { HomePage } from './home.tsx'
import { PartsPage } from './parts.tsx'
import { ImportProgressPage } from './progress.tsx'
import { RecordPage } from './record.tsx'
import { RegisterPage } from './register.tsx'
import { TaskPage } from './task.tsx'

/** Every sample page, by the end of its address. */
export const samplePages: Readonly<Record<string, (sample: Sample) => Html>> = {
  home: HomePage,
  task: (sample) => <TaskPage sample={sample} hasErrors={false} />,
  'task-refused': (sample) => <TaskPage sample={sample} hasErrors />,
  record: RecordPage,
  register: RegisterPage,
  figure: FigurePage,
  document: DocumentPage,
  parts: PartsPage,
  progress: ImportProgressPage,
}

/** The gallery: every component and chart in sample pages, under the headers that the portal will send. */
export function createGallery(): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.use(secureHeaders({ contentSecurityPolicy }))
  const assets = serveAssets(app, look)
  app.get('/', (context) => context.redirect('/id/home'))
  for (const locale of locales) {
    const sample = sampleIn(locale, assets)
    for (const [name, page] of Object.entries(samplePages)) {
      app.get(`/${locale}/${name}`, (context) => context.html(page(sample)))
      app.post(`/${locale}/${name}`, (context) => context.html(page(sample)))
    }
  }
  return app
}

/** The gallery on a port of its own, on this machine only. */
export function openGallery(port = 0): Promise<{ readonly url: string; close(): void }> {
  return new Promise((resolve) => {
    const options = { fetch: createGallery().fetch, port, hostname: '127.0.0.1' }
    const server = serve(options, (address: AddressInfo) =>
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => server.close() }),
    )
  })
}
