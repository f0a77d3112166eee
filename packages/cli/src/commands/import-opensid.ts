import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Digest } from '@lumbung/core/kernel'
import type { PopulationReport } from '@lumbung/core/people'
import type { Storage } from '@lumbung/core/storage'
import { factDefinitionsOf, importPopulation, type VillageConfig } from '@lumbung/core/village'
import {
  keepFacts,
  numberedRows,
  type PopulationReading,
  populationOf,
  readPopulation,
  readProgramme,
} from '@lumbung/opensid'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { withTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { sourceOf } from '../input/source.ts'
import { openForCommand } from '../village/open.ts'
import { requireVillage, schemaOf } from '../village/stored.ts'
import {
  type FindingRow,
  faultOf,
  findingColumns,
  findingRows,
  leftOutRow,
  placeText,
  refusedRow,
  warningsShown,
} from './findings.ts'
import { importProgramme } from './import-participants.ts'
import { dryRunOption, VillageCode } from './options.ts'
import { workbookSample } from './samples.ts'

const Options = FormatOptions.extend({
  db: z.string().optional(),
  village: VillageCode.optional(),
  dryRun: z.boolean().default(false),
  programme: z.string().max(64).optional(),
  keepDoubles: z.boolean().default(false),
})

/** `import opensid`: a population workbook, or that of a programme's participants; all of it or nothing. */
export function importOpenSidCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'opensid',
    does: say('opensid.does'),
    arguments: [new Argument('<file>', say('opensid.file'))],
    options: [
      dryRunOption(say),
      new Option('--programme <id>', say('opensid.programmeOption')),
      new Option('--keep-doubles', say('opensid.keepDoubles')),
    ],
    on: 'village',
    samples: [workbookSample(say)],
  }).action((file: string, _: unknown, command: Command) =>
    importWorkbook(file, optionsOf(Options, command, session), session),
  )
}

async function importWorkbook(
  file: string,
  options: z.output<typeof Options>,
  session: Session,
): Promise<void> {
  const { say, host } = session
  const target = targetOf(options.db, host, say)
  const { name, chunks } = sourceOf(file, session)
  const bytes = await buffer(chunks)
  const reading = await readWorkbook(bytes, session)
  const source = Digest.parse(createHash('sha256').update(bytes).digest('hex'))
  if (isProgramme(reading)) {
    const { village, programme, keepDoubles, dryRun: isDryRun, json, ndjson } = options
    const asked = { target, file: name, village, programme, keepDoubles, isDryRun, json, ndjson, source }
    return await importProgramme(await readProgramme(bytes), asked, session)
  }
  const tell = (outcome: Outcome) => answer(name, reading, outcome, options, session)
  if (reading.counts.faults > 0) return await tell({ faults: findingRows(reading.faults, session) })
  const { all, config } = await requireVillage(target, options.village, session, { create: true })
  const outcome = await withTarget(
    target,
    schemaOf(all.values()),
    (storage) => importRows(storage, config, reading, { source, isDryRun: options.dryRun }, session),
    ({ faults, report }) => !options.dryRun && faults.length === 0 && report !== undefined,
  )
  await tell(outcome)
}

/** Whether a workbook is that of an assistance programme, by the names of its sheets. */
function isProgramme({ sheets }: PopulationReading): boolean {
  return ['Program', 'Peserta'].every((sheet) => sheets.some(({ name }) => name === sheet))
}

async function readWorkbook(bytes: Uint8Array, session: Session): Promise<PopulationReading> {
  const progress = session.progress(session.say('opensid.reading'))
  try {
    return await readPopulation(bytes, {
      onProgress({ bytes: done, bytesTotal }) {
        session.checkpoint()
        progress.update(done, bytesTotal)
      },
    })
  } finally {
    await progress.end()
  }
}

interface Outcome {
  readonly faults: readonly FindingRow[]
  readonly report?: PopulationReport
  /** Facts of the workbook that the village does not keep. */
  readonly leftOut?: readonly string[]
}

async function importRows(
  storage: Storage,
  config: VillageConfig,
  { rows }: PopulationReading,
  { source, isDryRun }: { readonly source: Digest; readonly isDryRun: boolean },
  session: Session,
): Promise<Outcome> {
  const read = populationOf(await storage.read(config.id, (tx) => numberedRows(tx, config.id, rows)))
  if (read.faults.length > 0) return { faults: findingRows(read.faults, session) }
  const { population, leftOut } = keepFacts(read.population, factDefinitionsOf(config))
  session.checkpoint()
  const { as } = openForCommand(storage, config)
  const progress = session.progress(session.say('opensid.writing'))
  progress.update(0, rows.length)
  const report = await as.perform(importPopulation, { population, source, isDryRun })
  await progress.end()
  const refused = report.refused.map(({ key, refusal }) => refusedRow(key, refusal.code, session))
  return { faults: refused, report, leftOut }
}

/** The result in the machine form, and for people a line for each fault and a summary. */
async function answer(
  file: string,
  { counts, warnings }: PopulationReading,
  { faults, report, leftOut = [] }: Outcome,
  options: z.output<typeof Options>,
  session: Session,
): Promise<void> {
  const { say } = session
  const told = [...leftOut.map((name) => leftOutRow(name, session)), ...findingRows(warnings, session)]
  for (const fault of faults) await session.fault(faultOf(file, fault))
  for (const { code, message, ...row } of told.slice(0, warningsShown))
    await session.note(say('import.warning', { place: placeText(file, row), code, message }))
  const more = counts.warnings + leftOut.length - warningsShown
  if (more > 0) {
    await session.note(say('import.more-warnings', { more }))
  }
  const refused = counts.faults + faults.length > 0
  const key = refused ? 'import.refused' : options.dryRun ? 'import.rehearsed' : 'import.done'
  const added = report?.added.residents ?? 0
  const unchanged = report?.unchanged.residents ?? 0
  const changed = report?.changed.residents ?? 0
  await session.note(say(key, { added, changed, unchanged }))
  const { rows, familyCards, hamlets } = counts
  const record = {
    counts: { residents: rows, households: familyCards, hamlets },
    added: report === undefined ? null : { ...report.added },
    changed: report === undefined ? null : { ...report.changed },
    dryRun: options.dryRun,
    warnings: told,
  }
  const columns = findingColumns.map((column) => ({ key: column, heading: column }))
  await session.answer(formatOf(options, session), { record, list: { key: 'faults', rows: faults, columns } })
}
