import { maskNumber, ResidentId } from '@lumbung/core/kernel'
import type { Storage } from '@lumbung/core/storage'
import { searchResidents, type VillageConfig } from '@lumbung/core/village'
import { Argument, type Command } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, newGroup, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { invalidValue } from '../frame/usage.ts'
import type { JsonObject } from '../output/json.ts'
import { exportResident } from '../village/export-resident.ts'
import { openForCommand } from '../village/open.ts'
import { requireVillage, schemaOf } from '../village/stored.ts'
import { VillageCode } from './options.ts'

const Options = FormatOptions.extend({ db: z.string().optional(), village: VillageCode.optional() })
type Options = z.output<typeof Options>

/** `resident`: the people of the register; each reading of them stands in the read log. */
export function residentCommand(session: Session): Command {
  const { say } = session
  const list = newCommand(session, {
    name: 'list',
    does: say('resident.list.does'),
    on: 'village',
  }).action((_: unknown, command: Command) => listResidents(optionsOf(Options, command, session), session))
  const one = newCommand(session, {
    name: 'export',
    does: say('resident.export.does'),
    arguments: [new Argument('<id>', say('resident.id'))],
    on: 'village',
  }).action((id: string, _: unknown, command: Command) =>
    exportOne(id, optionsOf(Options, command, session), session),
  )
  return newGroup(session, 'resident', say('resident.does'), [list, one])
}

async function listResidents(options: Options, session: Session): Promise<void> {
  const { say } = session
  await onVillage(options, session, async (storage, config) => {
    const columns = (
      [
        ['id', 'resident.id'],
        ['name', 'resident.name'],
        ['identityNumber', 'resident.number'],
        ['sex', 'resident.sex'],
        ['status', 'resident.status'],
        ['hamlet', 'resident.hamlet'],
      ] as const
    ).map(([key, heading]) => ({ key, heading: say(heading) }))
    const rows = residentRows(storage, config, session)
    await session.answer(formatOf(options, session), {
      record: {},
      list: { key: 'residents', rows, columns },
    })
  })
}

/** Read in pages, so that a long list needs little memory; each page is noted before it is given out. */
async function* residentRows(
  storage: Storage,
  config: VillageConfig,
  session: Session,
): AsyncGenerator<JsonObject> {
  const { as } = openForCommand(storage, config)
  let after: string | undefined
  do {
    session.checkpoint()
    const page = await as.perform(searchResidents, { limit: 100, ...(after === undefined ? {} : { after }) })
    for (const { id, name, identityNumber, temporaryNumber, sex, status, hamlet } of page.residents) {
      const number = identityNumber ?? temporaryNumber
      const masked = number === null ? null : maskNumber(number)
      yield { id, name, identityNumber: masked, sex, status, hamlet }
    }
    after = page.next
  } while (after !== undefined)
}

async function exportOne(given: string, options: Options, session: Session): Promise<void> {
  const id = ResidentId.safeParse(given.toLowerCase())
  if (!id.success) throw invalidValue(session.say, '<id>', session.say('expected.residentId'))
  await onVillage(options, session, async (storage, config) => {
    const { as } = openForCommand(storage, config)
    const record = await as.perform(exportResident, { id: id.data })
    await session.answer(formatOf(options, session), { record })
  })
}

async function onVillage(
  options: Options,
  session: Session,
  work: (storage: Storage, config: VillageConfig) => Promise<void>,
): Promise<void> {
  const target = targetOf(options.db, session.host, session.say)
  const { all, config } = await requireVillage(target, options.village, session)
  const storage = await openTarget(target, schemaOf(all.values()))
  try {
    await work(storage, config)
  } finally {
    await storage.close()
  }
}
