import { HTTPException } from 'hono/http-exception'
import { isCsrf } from './cookies.ts'
import { requireStorable } from './storable.ts'
import type { PortalContext } from './visit.ts'

/** What a form brought: texts and files by name. */
export type SentForm = Readonly<Record<string, string | File | (string | File)[]>>

/** Reads what a form brought. A body that is no form is the sender's fault, not the portal's. */
export async function formOf(context: PortalContext): Promise<SentForm> {
  const form = await context.req.parseBody({ all: true }).catch((cause: unknown) => {
    throw new HTTPException(400, { cause })
  })
  requireStorable(form)
  return form
}

/** Whether a request names no foreign page as its origin. */
export function isOfThisHost({ headers }: Request): boolean {
  const origin = headers.get('origin')
  // `null` is an origin that a browser will not name, as of a page in a sandbox.
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== headers.get('host'))) return false
  return headers.get('sec-fetch-site') !== 'cross-site'
}

/**
 * What a form is to the portal: the reader's own if it brings back their token; `ended` where it is of a session
 * that has ended meanwhile, which its old token shows, or the browser, which names this host as its origin.
 */
export function standingOf(
  request: Request,
  form: SentForm,
  tokens: { readonly now: string; readonly ended: string | undefined },
): 'own' | 'ended' | 'foreign' {
  if (!isOfThisHost(request)) return 'foreign'
  if (isCsrf(form['csrf'], tokens.now)) return 'own'
  const isOfEnded = tokens.ended !== undefined && isCsrf(form['csrf'], tokens.ended)
  return isOfEnded || request.headers.get('origin') !== null ? 'ended' : 'foreign'
}

/** Whether a request names the host that it reached by one of these names, whatever the port. */
export function isNamed(host: string | undefined, names: readonly string[]): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/.exec(host ?? '')?.[1]
  return name !== undefined && names.includes(name.toLowerCase())
}
