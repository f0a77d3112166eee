import { randomUUID } from 'node:crypto'
import { LumbungError } from '@lumbung/core/kernel'
import type { JobRun } from '@lumbung/core/village'
import { type Command, Option } from 'commander'
import * as z from 'zod'
import { openTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, newGroup, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import type { JsonObject } from '../output/json.ts'
import { openForCommand } from '../village/open.ts'
import { requireVillages, schemaOf } from '../village/stored.ts'
import { DateOption, VillageCode } from './options.ts'

const Options = FormatOptions.extend({
  db: z.string().optional(),
  village: VillageCode.optional(),
  on: DateOption.optional(),
})

/** `jobs`: the work that a village has done every day, whoever is there. */
export function jobsCommand(session: Session): Command {
  const { say } = session
  const run = newCommand(session, {
    name: 'run',
    does: say('jobs.run.does'),
    options: [new Option('--on <date>', say('jobs.on'))],
    on: 'village',
  }).action((_: unknown, command: Command) => runJobs(optionsOf(Options, command, session), session))
  return newGroup(session, 'jobs', say('jobs.does'), [run])
}

async function runJobs(options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  const { all, chosen } = await requireVillages(target, options.village, session)
  const holder = `cli-${randomUUID()}`
  const rows: JsonObject[] = []
  const storage = await openTarget(target, schemaOf(all.values()))
  try {
    for (const config of chosen) {
      session.checkpoint()
      const { village } = openForCommand(storage, config)
      const today = village.today()
      if (options.on !== undefined && options.on > today) {
        const message = say('jobs.to-come', { village: config.id, on: options.on, today })
        throw new LumbungError('day-to-come', message)
      }
      const faults: unknown[] = []
      const due = await village.runDueJobs({
        holder,
        onFault: (error) => faults.push(error),
        ...(options.on === undefined ? {} : { on: options.on }),
      })
      for (const run of due.runs) {
        rows.push({ village: config.id, ...run })
        if (run.outcome === 'failed') await session.fault(failure(config.id, run, faults.shift()))
      }
      if (due.status === 'busy') {
        const message = say('jobs.busy', { village: config.id, until: due.until })
        await session.fault({ code: 'jobs-busy', message })
      }
    }
  } finally {
    await storage.close()
  }
  await session.note(say('jobs.done', { count: rows.length }))
  const columns = ['village', 'job', 'on', 'outcome', 'result'].map((key) => ({ key, heading: key }))
  await session.answer(formatOf(options, session), { record: {}, list: { key: 'runs', rows, columns } })
}

function failure(village: string, { job, on, result }: JobRun, fault: unknown) {
  const why = fault instanceof Error ? fault.message : String(fault)
  return { code: String(result['code']), message: `${village}: ${job} ${on}: ${why}` }
}
