import type { UseCase } from '@lumbung/core/village'
import type { Hono } from 'hono'
import { isCsrf } from '../server/cookies.ts'
import type { PortalOptions } from '../server/options.ts'
import { requireStorable } from '../server/storable.ts'
import type { PortalContext, PortalEnv } from '../server/visit.ts'
import { refusedChange, refuseRequest } from './errors.ts'
import { exposedUseCases } from './exposed.ts'
import { inputOfQuery, jsonOf } from './input.ts'
import { jsonText } from './json.ts'
import { hasMaskedNumber, withMaskedNumbers } from './masked-numbers.ts'
import { openApiDocument } from './openapi.ts'

/** Where the JSON interface begins. */
const apiPath = '/api/'

/** Whether a request is one of the JSON interface, so that it is answered in JSON whatever happens. */
export function isApiRequest(context: PortalContext): boolean {
  return context.req.path.startsWith(apiPath)
}

/**
 * The JSON interface: every exposed use case under its name, with the permission, the audit log and the read log
 * that the pages have, since both go through the same session.
 */
export function apiRoutes(app: Hono<PortalEnv>, options: PortalOptions): void {
  let document: string | undefined
  app.get('/api/openapi.json', (context) => {
    document ??= jsonText(openApiDocument(options.village.config))
    return json(context, document)
  })

  app.get('/api/session', (context) => {
    const { account, actor, csrf } = context.get('visit')
    const { config } = options.village
    const name = account === undefined ? null : account.name
    const purposes = config.purposes.map(({ id }) => id)
    return json(context, jsonText({ name, roles: actor.roles, hamlets: actor.hamlets, purposes, csrf }))
  })

  app.get('/api/:name', async (context) => {
    const useCase = named(context, 'read')
    return await answer(context, options, useCase, inputOfQuery(useCase, context.req.query()))
  })

  app.post('/api/:name', async (context) => {
    const useCase = named(context, 'write')
    const type = context.req.header('content-type') ?? ''
    if (!/^application\/json\s*(?:;|$)/i.test(type)) refuseRequest(415)
    return await answer(context, options, useCase, jsonOf(await context.req.text()))
  })

  app.all('/api/*', () => refuseRequest(404))
}

/**
 * Whether a write comes from the reader and not from a foreign page that their browser has open. It must name no
 * foreign origin, and either bring `x-csrf`, the token that forms bring and that `GET /api/session` tells, or come
 * from a page of this host, as the browser says in `sec-fetch-site` and `origin`, which no page can write itself.
 * JSON asks for more yet: a foreign page cannot send it without asking this host first, which never allows it.
 */
export function isOwnRequest(request: Request, formToken: string): boolean {
  const { headers } = request
  const origin = headers.get('origin')
  const isSameOrigin = origin !== null && URL.canParse(origin) && new URL(origin).host === headers.get('host')
  if (origin !== null && !isSameOrigin) return false
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  if (isCsrf(headers.get('x-csrf'), formToken)) return true
  return isSameOrigin && site === 'same-origin'
}

function named(context: PortalContext, kind: UseCase['kind']): UseCase {
  const useCase = exposedUseCases.get(context.req.param('name') ?? '')
  if (useCase === undefined) return refuseRequest(404)
  if (useCase.kind === kind) return useCase
  context.header('allow', useCase.kind === 'read' ? 'GET' : 'POST')
  return refuseRequest(405)
}

async function answer(
  context: PortalContext,
  { village }: PortalOptions,
  useCase: UseCase,
  input: unknown,
): Promise<Response> {
  const { session, account } = context.get('visit')
  if (account?.mustChange === true) refuseRequest(403, 'The secret must be changed first, at /my/secret.')
  requireStorable(input)
  if (useCase.kind === 'write' && hasMaskedNumber(input))
    refuseRequest(400, 'A number is masked; resident.show-numbers and household.show-number tell it.')
  const purpose = context.req.header('x-purpose')
  const reason = context.req.header('x-reason')
  const occasion = {
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === undefined ? {} : { reason: wordsOf(reason) }),
  }
  // The use case parses what it is given; a body of another shape fails there like any other input.
  const given = input as Readonly<Record<string, unknown>>
  const found: unknown = await session(occasion).perform(useCase, given)
  const refused = typeof found === 'object' && found !== null ? refusedChange(found) : undefined
  if (refused !== undefined) throw refused
  return json(context, jsonText(withMaskedNumbers(useCase.name, found, village.config.facts)))
}

/** A header holds no letters beyond Latin, so a reason is sent percent-encoded. */
function wordsOf(header: string): string {
  try {
    return decodeURIComponent(header).normalize('NFC').slice(0, 2000)
  } catch {
    return refuseRequest(400, 'The reason is not percent-encoded UTF-8.')
  }
}

function json(context: PortalContext, text: string): Response {
  return context.body(text, 200, { 'content-type': 'application/json; charset=utf-8' })
}
