import type { VerifyFault } from '@lumbung/core/storage'
import type { Command } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { storedSchema } from '../database/schema.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import type { Json, JsonObject } from '../output/answer.ts'

const Options = FormatOptions.extend({ db: z.string().optional() })

/** `verify`: does the database hold what was written, unaltered and whole? */
export function verifyCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, { name: 'verify', does: say('verify.does'), on: 'database' }).action(
    (_: unknown, command: Command) => verify(optionsOf(Options, command, session), session),
  )
}

async function verify(options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  const storage = await openTarget(target, await storedSchema(target, session))
  try {
    const { records, events, faults, faultCount } = await storage.verify()
    for (const fault of faults) await session.fault({ code: fault.code, message: sentenceOf(fault) })
    await session.note(
      faultCount === 0
        ? say('verify.holds', { records, events })
        : say('verify.broken', { count: faultCount }),
    )
    await session.answer(formatOf(options, session), {
      record: { records, events, faultCount },
      list: {
        key: 'faults',
        rows: faults.map(faultRow),
        columns: ['code', 'village', 'table', 'key', 'message'].map((key) => ({ key, heading: key })),
      },
    })
  } finally {
    await storage.close()
  }
}

function sentenceOf({ message, table, villageId, key }: VerifyFault): string {
  const place = [villageId, table, key?.join(' ')].filter((part) => part !== undefined).join(' ')
  return place === '' ? message : `${place}: ${message}`
}

function faultRow({ code, message, table, villageId, key }: VerifyFault): JsonObject {
  return { code, village: villageId ?? null, table: table ?? null, key: keyText(key), message }
}

function keyText(key: readonly unknown[] | undefined): Json {
  return key === undefined ? null : key.map(String)
}
