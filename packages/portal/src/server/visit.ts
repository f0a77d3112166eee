import type { Stored } from '@lumbung/core/storage'
import type { Actor, Occasion, UseCase, VillageSession } from '@lumbung/core/village'
import type { Context } from 'hono'
import type { accounts } from '../accounts/records.ts'
import type { PageFrame } from '../ui/index.ts'
import type { Words } from '../words/index.ts'

/** Who is looking at a page, and all that a page is made with. */
export interface Visit {
  readonly words: Words
  readonly frame: PageFrame
  readonly account: Stored<typeof accounts> | undefined
  readonly actor: Actor
  /** What a form must bring back. */
  readonly csrf: string
  /** The village as the visitor meets it. */
  readonly session: (occasion?: Occasion) => VillageSession
  /** Whether one of the visitor's roles has a scope, so that links that lead to a refusal are not shown. */
  readonly may: (useCase: Pick<UseCase, 'scope'>) => boolean
  readonly timeZone: string
  /** The purposes for which the visitor may read personal data of others, each with the link that chooses it. */
  readonly purposes: readonly {
    readonly id: string
    readonly label: string
    readonly href: string
    readonly isNow: boolean
  }[]
  readonly labelOfPurpose: (purpose: string | undefined) => string
  /** The same address in the other language. */
  readonly translation: { readonly locale: Words['locale']; readonly href: string }
}

/** What travels with a request. */
export interface PortalEnv {
  Variables: { visit: Visit }
}

/** A request of the portal. */
export type PortalContext = Context<PortalEnv>
