import type { Readable, Writable } from 'node:stream'

/** Where the command writes: a stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** The surroundings that a command runs in. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  /** For results, and for nothing else. */
  readonly stdout: Output
  /** For progress, warnings, faults and summaries. */
  readonly stderr: Output
  /** Ends the work; its reason may name the signal of the operating system. */
  readonly signal: AbortSignal
}

/**
 * What a signal of the operating system ends the work with.
 *
 * @example
 * ```ts
 * import { Interruption } from '@lumbung/cli'
 *
 * const interrupted = new AbortController()
 * process.on('SIGTERM', () => interrupted.abort(new Interruption('SIGTERM')))
 * new Interruption('SIGTERM').signal // => 'SIGTERM'
 * ```
 */
export class Interruption extends Error {
  readonly signal: 'SIGINT' | 'SIGTERM'

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`Ended by ${signal}.`)
    this.signal = signal
  }
}
