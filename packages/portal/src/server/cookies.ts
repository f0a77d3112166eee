import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const attributes = { path: '/', httpOnly: true, sameSite: 'Lax' } as const

/**
 * The cookies of the portal: the session, and for those without one a token that ties a form to its reader. They
 * bear the prefix `__Host-`, so that no other host can set them. Some browsers take such a cookie over HTTPS
 * alone; for them a portal on the machine itself sets a second one that needs none.
 */
export function cookiesOf(isPlainHttp: boolean) {
  const read = (context: Context, name: string): string | undefined =>
    getCookie(context, `__Host-${name}`) ?? (isPlainHttp ? getCookie(context, name) : undefined)
  const write = (context: Context, name: string, value: string) => {
    setCookie(context, `__Host-${name}`, value, { ...attributes, secure: true })
    if (isPlainHttp) setCookie(context, name, value, attributes)
  }
  return {
    session: (context: Context) => read(context, 'session'),
    setSession(context: Context, token: string): void {
      write(context, 'session', token)
      deleteCookie(context, 'purpose', attributes)
    },
    endSession(context: Context): void {
      deleteCookie(context, '__Host-session', { ...attributes, secure: true })
      if (isPlainHttp) deleteCookie(context, 'session', attributes)
      deleteCookie(context, 'purpose', attributes)
    },
    /** For what its reader reads, as long as they are signed in: their choice among the purposes of their roles. */
    purpose: (context: Context) => getCookie(context, 'purpose'),
    setPurpose: (context: Context, purpose: string) => setCookie(context, 'purpose', purpose, attributes),
    /** The token that forms are tied to; made where there is none yet. */
    formToken(context: Context): string {
      const present = read(context, 'form')
      if (present !== undefined) return present
      const token = randomBytes(16).toString('base64url')
      write(context, 'form', token)
      return token
    },
    language: (context: Context) => getCookie(context, 'language'),
    setLanguage: (context: Context, language: string) =>
      setCookie(context, 'language', language, { ...attributes, maxAge: 365 * 24 * 3600 }),
  }
}

/** The cookies of one portal. */
export type Cookies = ReturnType<typeof cookiesOf>

/** What a form must bring back, made of what its reader's cookie holds. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`form ${token}`).digest('base64url')
}

/** Whether a form brought back what its reader was given. */
export function isCsrf(given: unknown, token: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(csrfOf(token))]
  return a.length === b.length && timingSafeEqual(a, b)
}
