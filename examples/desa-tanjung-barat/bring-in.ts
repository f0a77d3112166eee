import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type Output, run } from '@lumbung/cli'
import { Digest } from '@lumbung/core/kernel'
import * as z from 'zod'

/** A file of the village, and the import that reads it. */
export interface Delivery {
  readonly file: string
  readonly what: string
  readonly says: string
}

const Report = z.object({
  counts: z.record(z.string(), z.number()),
  warnings: z.array(z.unknown()),
})

/** The digest of a file, by which the village knows what came of it. */
export function digestOf({ file }: Delivery): Digest {
  const bytes = readFileSync(join(import.meta.dirname, 'data', file))
  return Digest.parse(createHash('sha256').update(bytes).digest('hex'))
}

/**
 * Brings a file in through the door that somebody would take by hand, `lumbung import`. Its progress is shown; what
 * it says besides is kept back as long as all goes well, and warnings are only counted.
 */
export async function bringIn(
  { file, what, says }: Delivery,
  { db, village, signal }: { readonly db: string; readonly village: string; readonly signal: AbortSignal },
): Promise<void> {
  console.log(`${says}: ${file} …`)
  const path = join(import.meta.dirname, 'data', file)
  const args = ['import', what, path, '--db', db, '--village', village]
  const { env, stdin } = process
  const { stderr, said } = quietly(process.stderr)
  const stdout = new PassThrough()
  const answer = text(stdout)
  const code = await run([...args, '--json', '--lang', 'id'], { env, stdin, stdout, stderr, signal })
  stdout.end()
  if (code !== 0) {
    process.stderr.write(said())
    process.exit(code)
  }
  const { counts, warnings } = Report.parse(JSON.parse(await answer))
  console.log(`  ${countsText(counts)}`)
  if (warnings.length === 0) return
  const again = ['import', what, relative(process.cwd(), path), '--db', db, '--village', village, '--dry-run']
  console.log(`  ${warnings.length} peringatan (warnings). Untuk melihatnya (to see them):`)
  console.log(`  npm run --silent lumbung -- ${again.join(' ')}`)
}

/** A stream of the terminal that passes a progress bar on, and keeps whole lines. */
function quietly(terminal: Output): { readonly stderr: Output; readonly said: () => string } {
  let kept = ''
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      const line = String(chunk)
      if (line.startsWith('\r')) terminal.write(line)
      else kept += line
      done()
    },
  })
  const { isTTY = false, columns = 80 } = terminal
  return { stderr: Object.assign(stream, { isTTY, columns }), said: () => kept }
}

const labels: Readonly<Record<string, string>> = {
  residents: 'penduduk (people)',
  households: 'keluarga (families)',
  hamlets: 'dusun (hamlets)',
  added: 'keterangan (facts)',
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(labels)
    .flatMap(([key, label]) => (counts[key] === undefined ? [] : [`${counts[key]} ${label}`]))
    .join(', ')
}
