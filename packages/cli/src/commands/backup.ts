import { realpathSync } from 'node:fs'
import { LumbungError } from '@lumbung/core/kernel'
import type { DumpLine, Storage } from '@lumbung/core/storage'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { type Target, targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { readPassphrase } from '../input/passphrase.ts'
import { requireVillages, schemaOf } from '../village/stored.ts'
import { VillageCode } from './options.ts'
import { passphraseSample } from './samples.ts'

const Options = FormatOptions.extend({
  db: z.string().optional(),
  village: VillageCode.optional(),
  to: z.string(),
  passphraseFile: z.string().optional(),
})

/** `backup`: everything in one file, from one state, while others go on writing. */
export function backupCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'backup',
    does: say('backup.does'),
    options: [
      new Option('--to <file>', say('backup.to')),
      new Option('--passphrase-file <file>', say('option.passphraseFile')),
    ],
    on: 'village',
    samples: [passphraseSample(say)],
  }).action((_: unknown, command: Command) => backUp(optionsOf(Options, command, session), session))
}

async function backUp(options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  refuseOverwriting(target, options.to, session)
  const file = options.passphraseFile
  const secret = file === undefined ? {} : { passphrase: await readPassphrase(file, session) }
  const { all } = await requireVillages(target, options.village, session)
  const { writeBackup } = await import('@lumbung/sql/backup')
  const progress = session.progress(say('backup.progress'))
  const storage = await openTarget(target, schemaOf(all.values()))
  try {
    const onProgress = (rows: number): void => {
      session.checkpoint()
      progress.update(rows)
    }
    const manifest = await writeBackup(ofVillage(storage, options.village), {
      file: options.to,
      ...secret,
      onProgress,
    })
    await progress.end()
    const rows = sumOf(manifest.rows)
    await session.note(say('backup.done', { rows, file: options.to }))
    const record = { file: options.to, createdAt: manifest.createdAt, encrypted: file !== undefined, rows }
    await session.answer(formatOf(options, session), { record: { ...record, tables: manifest.rows } })
  } finally {
    await progress.end()
    await storage.close()
  }
}

/** A storage of which only one village is dumped; without a village all are. */
function ofVillage(storage: Storage, village: string | undefined): Storage {
  if (village === undefined) return storage
  async function* dump(): AsyncGenerator<DumpLine> {
    // The village stands first in every row of every table.
    for await (const line of storage.dump()) if ('table' in line || line.row[0] === village) yield line
  }
  return { ...storage, dump }
}

/** How many rows all tables of a backup hold. */
export function sumOf(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0)
}

function refuseOverwriting(target: Target, file: string, { say }: Session): void {
  if (target.kind !== 'sqlite' || pathOf(target.file) !== pathOf(file)) return
  const message = say('error.would-overwrite-database', { path: file })
  throw new LumbungError('would-overwrite-database', message)
}

function pathOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
