import { createReadStream, existsSync, statSync } from 'node:fs'
import { LumbungError } from '@lumbung/core/kernel'
import { FaultsError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'

/** A file of text that is read once; `-` is standard input. */
export interface Source {
  /** As it stands in messages. */
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/** A file as it stands in messages; standard input has no name of its own. */
export function sourceName(path: string): string {
  return path === '-' ? '<stdin>' : path
}

/** Opens a file, or standard input for `-`. */
export function sourceOf(path: string, { host, say }: Session): Source {
  // A stream would fail without saying at which path.
  if (path !== '-' && existsSync(path) && statSync(path).isDirectory())
    throw new LumbungError('is-a-directory', say('error.is-a-directory', { path }))
  const chunks: AsyncIterable<Uint8Array> = path === '-' ? host.stdin : createReadStream(path)
  return { name: sourceName(path), chunks }
}

/**
 * The text of a source, piece by piece, without a byte order mark.
 *
 * @throws FaultsError `not-utf8`, with the line that the bad bytes stand near.
 */
export async function* textOf({ name, chunks }: Source, session: Session): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      const place = { file: name, line, column: 1 }
      throw new FaultsError([{ place, code: 'not-utf8', message: session.say('error.not-utf8') }])
    }
  }
  for await (const chunk of chunks) {
    session.checkpoint()
    const text = decode(chunk)
    line += text.split('\n').length - 1
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}
