import { isLumbungError } from '@lumbung/core/kernel'
import { Actor, type Occasion } from '@lumbung/core/village'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { accountOf, type SessionStore } from '../accounts/sessions.ts'
import { apiFailure } from '../api/errors.ts'
import { apiRoutes, isApiRequest, isOwnRequest } from '../api/routes.ts'
import { accountPages } from '../pages/accounts.tsx'
import { areaPages } from '../pages/areas.tsx'
import { consentPages } from '../pages/consents.tsx'
import { errorPage } from '../pages/error.tsx'
import { homePages } from '../pages/home.tsx'
import { importPages } from '../pages/import.tsx'
import { organisationPages } from '../pages/organisations.tsx'
import { oversightPages } from '../pages/oversight.tsx'
import { registerPages } from '../pages/register.tsx'
import { signInPages } from '../pages/sign-in.tsx'
import { type Locale, locales, wordsIn } from '../words/index.ts'
import { serveAssets } from './assets.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import { cookiesOf, csrfOf, isCsrf } from './cookies.ts'
import { frameOf } from './frame.ts'
import type { PortalOptions } from './options.ts'
import type { PortalParts } from './parts.ts'
import type { PortalEnv, Visit } from './visit.ts'

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
  const { village, look, isPlainHttp = false } = options
  const { config, storage } = village
  const app = new Hono<PortalEnv>()
  const cookies = cookiesOf(isPlainHttp)
  const store: SessionStore = { storage, villageId: config.id, now: village.now }
  const currency = { code: config.currency, scale: config.currencyScale }
  const words = Object.fromEntries(locales.map((locale) => [locale, wordsIn(locale, currency)])) as Readonly<
    Record<Locale, ReturnType<typeof wordsIn>>
  >

  app.use(
    secureHeaders({
      contentSecurityPolicy,
      // So that a browser names the origin of a form.
      referrerPolicy: 'same-origin',
      strictTransportSecurity: isPlainHttp ? false : 'max-age=31536000; includeSubDomains',
    }),
  )
  const assets = serveAssets(app, look)
  const limited = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new HTTPException(413)
      },
    })
  app.post('/import', limited(workbookBytesMax))
  app.post('*', async (context, next) =>
    context.req.path === '/import' ? await next() : await limited(bodyBytesMax)(context, next),
  )

  app.use(async (context, next) => {
    const url = new URL(context.req.url)
    const locale = localeOf(url.searchParams.get('lang') ?? cookies.language(context), config.languages[0])
    if (url.searchParams.has('lang')) cookies.setLanguage(context, locale)
    const token = cookies.session(context)
    const account = token === undefined ? undefined : await accountOf(store, token)
    const actor =
      account === undefined
        ? Actor.parse({ kind: 'anonymous', id: 'anonymous', roles: anonymousRoles(config) })
        : Actor.parse({
            kind: 'person',
            id: account.id,
            roles: account.roles,
            hamlets: account.hamlets,
            ...(account.resident === null ? {} : { resident: account.resident }),
          })
    const scopes = new Set(
      config.roles
        .filter(({ id }) => actor.roles.includes(id))
        .flatMap(({ grants }) => grants.map((grant) => grant.scope)),
    )
    const may: Visit['may'] = ({ scope }) => scopes.has(scope)
    const formToken = account === undefined || token === undefined ? cookies.formToken(context) : token
    const other = locales.find((candidate) => candidate !== locale) ?? locale
    url.searchParams.set('lang', other)
    // A reader may name another purpose; whether their role has it, the village judges.
    const named = config.purposes.find(({ id }) => id === url.searchParams.get('purpose'))?.id
    const purpose = named ?? purposeOf(config, actor)
    const usual: Occasion = purpose === undefined ? {} : { purpose }
    const visit: Visit = {
      words: words[locale],
      account,
      actor,
      csrf: csrfOf(formToken),
      may,
      session: (occasion: Occasion = {}) => village.as(actor, { ...usual, ...occasion }),
      timeZone: config.timeZone,
      labelOfPurpose: (purpose) => {
        const found = config.purposes.find(({ id }) => id === purpose)
        return found === undefined ? words[locale].say('value.none') : words[locale].text(found.label)
      },
      translation: { locale: other, href: `${url.pathname}?${url.searchParams}` },
      frame: frameOf({ look, words: words[locale], assets, account, may, csrf: csrfOf(formToken), config }),
    }
    context.set('visit', visit)
    const isApi = isApiRequest(context)
    const isPageAsked = context.req.method === 'GET' && !isApi
    if (account?.mustChange === true && isPageAsked && url.pathname !== '/my/secret') {
      return context.redirect('/my/secret', 303)
    }
    if (
      context.req.method === 'POST' &&
      !(isApi
        ? isOwnRequest(context.req.raw, formToken)
        : await isOwnForm(context.req.raw, formToken, () => context.req.parseBody()))
    ) {
      throw new HTTPException(403)
    }
    // Before the answer is there: set on one that is, a header turns its text into a stream, at several times the cost.
    context.header('cache-control', 'no-store')
    await next()
  })

  const parts: PortalParts = { app, options, store, cookies }
  homePages(parts)
  signInPages(parts)
  registerPages(parts)
  oversightPages(parts)
  accountPages(parts)
  importPages(parts)
  areaPages(parts)
  organisationPages(parts)
  consentPages(parts)
  apiRoutes(app, options)

  app.notFound((context) => errorPage(context, 404))
  app.onError((error, context) => {
    if (isApiRequest(context)) return apiFailure(context, error, options.onFault)
    if (error instanceof HTTPException) return errorPage(context, error.status)
    if (isLumbungError(error, 'village/forbidden')) return errorPage(context, 403)
    if (isLumbungError(error, 'village/not-found')) return errorPage(context, 404)
    if (isLumbungError(error, 'village/invalid-input') || isLumbungError(error, 'storage/invalid-cursor')) {
      return errorPage(context, 400)
    }
    if (isLumbungError(error, 'storage/busy')) return errorPage(context, 503)
    options.onFault?.(error)
    return errorPage(context, 500)
  })
  return {
    fetch: async (request, address = 'unknown') => await app.fetch(request, { address }),
  }
}

function localeOf(asked: string | null | undefined, first: string | undefined): Locale {
  return (
    locales.find((locale) => locale === asked) ?? locales.find((locale) => locale === first) ?? locales[0]
  )
}

/** What anybody is before they sign in: the roles that only look at the village. */
function anonymousRoles(config: PortalOptions['village']['config']): readonly string[] {
  return config.roles
    .filter(({ grants }) => grants.length > 0 && grants.every(({ scope }) => scope === 'village.read'))
    .map(({ id }) => id)
}

/** For what an officer reads while they name nothing else: the first purpose that all their grants have. */
function purposeOf(config: PortalOptions['village']['config'], actor: Actor): string | undefined {
  const grants = config.roles
    .filter(({ id }) => actor.roles.includes(id))
    .flatMap((role) => role.grants)
    .filter(({ purposes }) => purposes !== undefined)
  const named = grants[0]?.purposes?.[0]
  return named ?? config.purposes[0]?.id
}

/** A form is the reader's own if it brings back their token and comes from a page of this host. */
async function isOwnForm(
  request: Request,
  token: string,
  body: () => Promise<Readonly<Record<string, unknown>>>,
): Promise<boolean> {
  const origin = request.headers.get('origin')
  // `null` is an origin that a browser will not name, as of a page in a sandbox.
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== request.headers.get('host')))
    return false
  if (request.headers.get('sec-fetch-site') === 'cross-site') return false
  const form = await body()
  return isCsrf(form['csrf'], token)
}
