import type { DumpLine } from '@lumbung/core/storage'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { withTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf, type Sample } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { readPassphrase } from '../input/passphrase.ts'
import { schemaOf, villageReader } from '../village/stored.ts'
import type { Say } from '../words/catalogue.ts'
import { sumOf } from './backup.ts'
import { passphraseSample } from './samples.ts'

const Options = FormatOptions.extend({
  db: z.string().optional(),
  from: z.string(),
  passphraseFile: z.string().optional(),
})

/** `restore`: the whole backup is verified before anything is replaced, and what was written before it is kept. */
export function restoreCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'restore',
    does: say('restore.does'),
    options: [
      new Option('--from <file>', say('restore.from')),
      new Option('--passphrase-file <file>', say('option.passphraseFile')),
    ],
    on: 'database',
    samples: [backupSample(say), passphraseSample(say)],
  }).action((_: unknown, command: Command) => restore(optionsOf(Options, command, session), session))
}

async function restore(options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  const secret =
    options.passphraseFile === undefined
      ? {}
      : { passphrase: await readPassphrase(options.passphraseFile, session) }
  const source = { file: options.from, ...secret }
  const { checkBackup, restoreBackup } = await import('@lumbung/sql/backup')
  const reader = villageReader()
  const checked = await counted(session, say('restore.checking'), undefined, (count) =>
    checkBackup({
      ...source,
      onLine(line) {
        reader.read(line)
        count(line)
      },
    }),
  )
  const rows = sumOf(checked.rows)
  await withTarget(target, schemaOf(reader.configs()), (storage) =>
    counted(session, say('restore.progress'), rows, (count) =>
      restoreBackup(storage, { ...source, onLine: count }),
    ),
  )
  const { createdAt } = checked
  await session.note(say('restore.done', { rows, createdAt }))
  const record = { file: options.from, database: target.name, createdAt, rows, tables: checked.rows }
  await session.answer(formatOf(options, session), { record })
}

/** Work that reads lines of a backup: shows how far it is, and can be ended between two of them. */
async function counted<T>(
  session: Session,
  label: string,
  total: number | undefined,
  work: (count: (line: DumpLine) => void) => Promise<T>,
): Promise<T> {
  const progress = session.progress(label)
  let rows = 0
  try {
    return await work((line) => {
      session.checkpoint()
      if ('row' in line) rows += 1
      progress.update(rows, total)
    })
  } finally {
    await progress.end()
  }
}

function backupSample(say: Say): Sample {
  const header =
    '{"format":"lumbung-backup","version":1,"createdAt":"2026-11-24T05:00:00.000Z","encryption":null}'
  return { file: say('restore.fromFile'), text: header }
}
