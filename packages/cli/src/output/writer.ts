import type { Output } from '../host.ts'

/** Writes to a stream whose reader may be slow, or may have gone. */
export interface Writer {
  readonly isTerminal: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** Whether the reader has gone, as `head` does when it has its lines: then nothing more is worth computing. */
  readonly isClosed: () => boolean
  readonly write: (text: string) => Promise<void>
}

const widthDefault = 80

/** A writer on a stream. A reader that goes away is no fault; any other failure is thrown by the next write. */
export function writerOn(output: Output): Writer {
  let failure: Error | undefined
  let closed = false
  const fail = (error: Error): void => {
    if ('code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')) closed = true
    else failure = error
  }
  output.on('error', fail)
  return {
    isTerminal: output.isTTY === true,
    width: output.columns ?? widthDefault,
    isClosed: () => closed,
    async write(text) {
      if (closed) return
      // The callback comes when the text was handed on, also when that failed: so memory stays bounded.
      await new Promise<void>((resolve) => {
        output.write(text, (error) => {
          if (error) fail(error)
          resolve()
        })
      })
      if (failure !== undefined) throw failure
    },
  }
}
