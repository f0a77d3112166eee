import type { Child } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'

/** What a component makes: markup in which every text is escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What may stand inside of a component. */
export type { Child }

/** A text that leads somewhere. */
export interface Link {
  readonly href: string
  readonly label: string
}
