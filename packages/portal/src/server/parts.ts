import type { Hono } from 'hono'
import type { SessionStore } from '../accounts/sessions.ts'
import type { Cookies } from './cookies.ts'
import type { PortalOptions } from './options.ts'
import type { PortalEnv } from './visit.ts'

/** All that the pages share. */
export interface PortalParts {
  readonly app: Hono<PortalEnv>
  readonly options: PortalOptions
  readonly store: SessionStore
  readonly cookies: Cookies
}
