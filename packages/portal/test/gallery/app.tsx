import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { enhancementScript, type Html, stylesheetOf } from '../../src/ui/index.ts'
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

const stylesheet = stylesheetOf(look)
const assets = {
  stylesheet: addressOf('look.css', stylesheet),
  script: addressOf('enhance.js', enhancementScript),
}
const forAYear = 'public, max-age=31536000, immutable'

/** The gallery: every component and chart in sample pages, under the headers that the portal will send. */
export function createGallery(): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  )
  app.get(assets.stylesheet, (context) =>
    context.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': forAYear }),
  )
  app.get(assets.script, (context) =>
    context.body(enhancementScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': forAYear,
    }),
  )
  app.get('/favicon.ico', (context) => context.body(null, 204))
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

/** An address that changes with the content, so that browsers may keep it. */
function addressOf(name: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return `/assets/${hash}/${name}`
}
