import type { Village } from '@lumbung/core/village'

/** What a portal needs to be served. */
export interface PortalOptions {
  readonly village: Village
  readonly host: string
  readonly port: number
}

/** A portal that listens. */
export interface RunningPortal {
  /** As it is typed into a browser. */
  readonly url: string
  /** Answers what has begun, and takes nothing new. */
  readonly close: () => Promise<void>
}

/**
 * Starts the portal; resolves once it listens. Undefined until `@lumbung/portal` has its server: then this is its
 * start, loaded when it is asked for.
 */
export const startPortal: ((options: PortalOptions) => Promise<RunningPortal>) | undefined = undefined
