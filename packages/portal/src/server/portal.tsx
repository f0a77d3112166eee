import { recordForum } from '@lumbung/core/village'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { SessionStore } from '../accounts/sessions.ts'
import { apiFailure, statusOf } from '../api/errors.ts'
import { apiRoutes, isApiRequest, isOwnRequest } from '../api/routes.ts'
import { accountPages } from '../pages/accounts.tsx'
import { areaPages } from '../pages/areas.tsx'
import { caseworkPages } from '../pages/casework/index.ts'
import { consentPages } from '../pages/consents.tsx'
import { counterPages } from '../pages/counter.tsx'
import { duplicatePages } from '../pages/duplicates.tsx'
import { errorPage } from '../pages/error.tsx'
import { eventPages } from '../pages/events/event-routes.tsx'
import { factPages } from '../pages/facts.tsx'
import { homePages } from '../pages/home.tsx'
import { importPages, importScope } from '../pages/import.tsx'
import { jobPages } from '../pages/jobs.tsx'
import { mergePages } from '../pages/merges.tsx'
import { organisationPages } from '../pages/organisations.tsx'
import { oversightPages } from '../pages/oversight.tsx'
import { paymentInstructionFiles } from '../pages/payment-instructions.ts'
import { programmePages } from '../pages/programmes.tsx'
import { recordPages } from '../pages/records.tsx'
import { registerPages } from '../pages/register.tsx'
import { residentFormPages } from '../pages/resident-form.tsx'
import { screeningPages } from '../pages/screening.tsx'
import { selfCheckPages } from '../pages/self-check.tsx'
import { sessionEnded } from '../pages/session-ended.tsx'
import { signInPages } from '../pages/sign-in.tsx'
import { serveAssets } from './assets.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { cookiesOf } from './cookies.ts'
import type { PortalOptions } from './options.ts'
import { formOf, isNamed, standingOf } from './own-form.ts'
import type { PortalParts } from './parts.ts'
import { requireStorable } from './storable.ts'
import type { PortalEnv } from './visit.ts'
import { visitsOf } from './visit-of.ts'

/** The portal of one village, which answers requests wherever they come from. */
export interface Portal {
  readonly fetch: (request: Request, address?: string) => Promise<Response>
}

/** What one request may bring along: a form. Workbooks have a limit of their own. */
const bodyBytesMax = 100_000
const workbookBytesMax = 20_000_000

/**
 * Makes the portal of a village: pages in two languages that need no script, and a JSON interface over the same
 * use cases. It trusts nothing of a request: forms are tied to their reader, bodies are bounded, and every page
 * is sent with headers that let no foreign script, frame or form in.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, openVillage, villageSchema } from '@lumbung/core/village'
 * import { createPortal, VillageLook } from '@lumbung/portal'
 * import { portalCollections } from '@lumbung/portal/accounts'
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
 * const portal = createPortal({ village, look, isPlainHttp: true })
 * const answer = await portal.fetch(new Request('http://127.0.0.1/residents'))
 * answer.status // => 403
 * ```
 */
export function createPortal(options: PortalOptions): Portal {
  const { village, look, isPlainHttp = false, hosts } = options
  const { config, storage } = village
  const app = new Hono<PortalEnv>()
  const cookies = cookiesOf(isPlainHttp)
  const store: SessionStore = { storage, villageId: config.id, now: village.now }

  app.use(
    secureHeaders({
      contentSecurityPolicy,
      // So that a browser names the origin of a form.
      referrerPolicy: 'same-origin',
      strictTransportSecurity: isPlainHttp ? false : 'max-age=31536000; includeSubDomains',
    }),
  )
  app.use(async (context, next) => {
    if (hosts !== undefined && !isNamed(context.req.header('host'), hosts)) return context.text('421', 421)
    return await next()
  })
  const assets = serveAssets(app, look)
  const visitOf = visitsOf(options, { store, cookies, assets })

  app.use(async (context, next) => {
    const visitor = await visitOf(context)
    const { visit } = visitor
    context.set('visit', visit)
    // Before the answer is there: set on one that is, a header turns its text into a stream, at several times the cost.
    context.header('cache-control', 'no-store')
    const { path, method, raw } = context.req
    const isApi = isApiRequest(context)
    if (visit.account?.mustChange === true && !isApi && !openBeforeChange.has(path)) {
      return context.redirect('/my/secret', 303)
    }
    requireStorable(context.req.query())
    if (method !== 'POST') return await next()
    // Nobody's workbook is read before it is known that they may send one.
    if (path === '/import' && !visit.may(importScope)) throw new HTTPException(403)
    const isMinutes = /^\/lists\/[^/]+\/forum$/.test(path) && visit.may(recordForum)
    return await limited(path === '/import' || isMinutes ? workbookBytesMax : bodyBytesMax)(
      context,
      async () => {
        if (isApi) {
          if (!isOwnRequest(raw, visitor.formToken)) throw new HTTPException(403)
          return await next()
        }
        const form = await formOf(context)
        const standing = standingOf(raw, form, { now: visitor.formToken, ended: visitor.endedToken })
        if (standing === 'own') return await next()
        if (standing === 'foreign' || path === '/sign-in') throw new HTTPException(403)
        context.res = await sessionEnded(context, form)
      },
    )
  })

  const parts: PortalParts = { app, options, store, cookies }
  homePages(parts)
  signInPages(parts)
  registerPages(parts)
  residentFormPages(parts)
  factPages(parts)
  eventPages(parts)
  recordPages(parts)
  oversightPages(parts)
  duplicatePages(parts)
  jobPages(parts)
  mergePages(parts)
  accountPages(parts)
  importPages(parts)
  paymentInstructionFiles(parts)
  areaPages(parts)
  organisationPages(parts)
  consentPages(parts)
  programmePages(parts)
  counterPages(parts)
  selfCheckPages(parts)
  screeningPages(parts)
  caseworkPages(parts)
  apiRoutes(app, options)

  app.notFound((context) => errorPage(context, 404))
  app.onError((error, context) => {
    if (isApiRequest(context)) return apiFailure(context, error, options.onFault)
    const status = error instanceof HTTPException ? error.status : statusOf(error)
    if (status === undefined) options.onFault?.(error)
    return errorPage(context, status ?? 500, error)
  })
  return {
    fetch: async (request, address = 'unknown') => await app.fetch(request, { address }),
  }
}

/** What whoever must change their secret may ask for before they have. */
const openBeforeChange = new Set(['/my/secret', '/sign-out'])

function limited(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413)
    },
  })
}
