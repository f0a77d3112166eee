import { civilDateIn, instantOf } from '@lumbung/core/kernel'
import type { Storage, VerifyFault } from '@lumbung/core/storage'
import {
  auditFaults,
  auditValues,
  readLogFaults,
  readSubjects,
  registerFaults,
  type VillageConfig,
} from '@lumbung/core/village'
import type { Command } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import type { Json, JsonObject } from '../output/json.ts'
import { requireVillages, schemaOf } from '../village/stored.ts'
import { VillageCode } from './options.ts'

const Options = FormatOptions.extend({ db: z.string().optional(), village: VillageCode.optional() })

/** `verify`: does the database hold what was written, unaltered and whole? */
export function verifyCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, { name: 'verify', does: say('verify.does'), on: 'village' }).action(
    (_: unknown, command: Command) => verify(optionsOf(Options, command, session), session),
  )
}

async function verify(options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  const { all, chosen } = await requireVillages(target, options.village, session)
  const villages = chosen.map(({ id }) => id)
  const storage = await openTarget(target, schemaOf(all.values()))
  try {
    const report = await storage.verify()
    const { records, events } = report
    // Structure is checked as a whole; what was found in another village than the one that was asked for is left out.
    const found = report.faults.filter(
      ({ villageId }) => villageId === undefined || villages.some((id) => id === villageId),
    )
    const audit = await faultsWithin(storage, chosen, session)
    const faults = [...found, ...audit]
    const faultCount = options.village === undefined ? report.faultCount + audit.length : faults.length
    for (const fault of faults) await session.fault({ code: fault.code, message: sentenceOf(fault) })
    await session.note(
      faultCount === 0
        ? say('verify.holds', { records, events })
        : say('verify.broken', { count: faultCount }),
    )
    await session.answer(formatOf(options, session), {
      record: { villages, records, events, faultCount },
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

/** What lies beside each chain, and the register, against what stands in the chain. */
async function faultsWithin(
  storage: Storage,
  villages: readonly VillageConfig[],
  { say }: Session,
): Promise<VerifyFault[]> {
  const faults: VerifyFault[] = []
  for (const config of villages) {
    const { id: villageId } = config
    const knownFaults = new Set<string>()
    for (const { code, link, values } of await storage.read(villageId, auditFaults)) {
      faults.push({ code, message: `link ${link}`, table: auditValues.table.name, villageId, key: [link] })
      knownFaults.add(values)
    }
    for (const { code, link } of await storage.read(villageId, readLogFaults))
      faults.push({ code, message: `link ${link}`, table: readSubjects.table.name, villageId, key: [link] })
    const today = civilDateIn(instantOf(Date.now()), config.timeZone)
    const found = await storage.read(villageId, (tx) => registerFaults(tx, { config, today, knownFaults }))
    for (const { code, collection, key } of found)
      faults.push({ code, message: say(`verify.${code}`), table: collection, villageId, key })
  }
  return faults
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
