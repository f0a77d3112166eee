import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the outside data, or the reason why a test that needs it is skipped. */
export function outsideData(path: string): { readonly bytes: Uint8Array } | { readonly missing: string } {
  const folder = process.env['LUMBUNG_TEST_DATA']
  if (folder === undefined) return { missing: 'LUMBUNG_TEST_DATA is not set' }
  const file = join(folder, path)
  return existsSync(file) ? { bytes: readFileSync(file) } : { missing: `${path} is not in LUMBUNG_TEST_DATA` }
}
