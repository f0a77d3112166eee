import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { LumbungError } from '@lumbung/core/kernel'
import type { Session } from '../frame/session.ts'

/** The passphrase in a file: its text without the line end that editors put behind it. */
export async function readPassphrase(path: string, { host, say }: Session): Promise<string> {
  const content = path === '-' ? await text(host.stdin) : await readFile(path, 'utf8')
  const passphrase = content.replace(/\r?\n$/, '')
  if (passphrase !== '') return passphrase
  throw new LumbungError('empty-passphrase', say('error.empty-passphrase', { path }))
}
