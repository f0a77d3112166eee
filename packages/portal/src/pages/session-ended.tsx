import type { SentForm } from '../server/own-form.ts'
import type { PortalContext } from '../server/visit.ts'
import { keptOf, sendAgainPage } from './kept-form.tsx'
import { signInPage } from './sign-in.tsx'

/**
 * Answers a form whose session has ended meanwhile: what was typed is kept, and sent again after signing in. Whoever
 * has signed in already, as in another window, is only asked.
 */
export async function sessionEnded(context: PortalContext, form: SentForm): Promise<Response> {
  const visit = context.get('visit')
  const { path } = context.req
  if (path === '/sign-out') return context.redirect('/', 303)
  const kept = keptOf(path, form)
  if (visit.account === undefined) return await context.html(signInPage(visit, { kept }), 403)
  if (kept.fields.length === 0) return context.redirect(path, 303)
  return await context.html(sendAgainPage(visit, kept), 403)
}
