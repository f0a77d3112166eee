import { packOf } from '@lumbung/core/casework'
import { type Digest, LumbungError } from '@lumbung/core/kernel'
import type { Storage } from '@lumbung/core/storage'
import { importParticipants, type ParticipantReport, type VillageConfig } from '@lumbung/core/village'
import { type Finding, type ProgrammeReading, participantListOf, programmeNamedBy } from '@lumbung/opensid'
import { withTarget } from '../database/open.ts'
import type { Target } from '../database/target.ts'
import { formatOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { openForCommand } from '../village/open.ts'
import { requireVillage, schemaOf } from '../village/stored.ts'
import {
  type FindingRow,
  faultOf,
  findingColumns,
  findingRows,
  placeText,
  refusedRow,
  warningsShown,
} from './findings.ts'

/** What {@link importProgramme} takes beside the workbook. */
export interface ImportProgramme {
  readonly target: Target
  readonly file: string
  readonly village: string | undefined
  /** The programme of the village that the workbook is of; left out, its name decides. */
  readonly programme: string | undefined
  readonly keepDoubles: boolean
  readonly isDryRun: boolean
  readonly json?: boolean | undefined
  readonly ndjson?: boolean | undefined
  readonly source: Digest
}

/** Takes the participants of a programme's workbook in: all of them, or nothing. */
export async function importProgramme(
  reading: ProgrammeReading,
  options: ImportProgramme,
  session: Session,
): Promise<void> {
  const { list, faults } = participantListOf(reading)
  if (list === undefined)
    return await answer(reading, options, { faults: [...reading.faults, ...faults] }, session)
  const { all, config } = await requireVillage(options.target, options.village, session, { create: true })
  const programme = chosenProgramme(reading, options.programme, config, session)
  const report = await withTarget(
    options.target,
    schemaOf(all.values()),
    async (storage: Storage) => {
      session.checkpoint()
      const progress = session.progress(session.say('opensid.enrolling'))
      progress.update(0, list.participants.length)
      const { keepDoubles, isDryRun, source } = options
      const asked = { ...list, programme, source, keepDoubles, isDryRun }
      try {
        return await openForCommand(storage, config).as.perform(importParticipants, asked)
      } finally {
        await progress.end()
      }
    },
    ({ refused }) => !options.isDryRun && refused.length === 0,
  )
  await answer(reading, options, { faults: [], report }, session)
}

/** The programme that was named, or that the workbook's own name is that of. */
function chosenProgramme(
  { programme }: ProgrammeReading,
  given: string | undefined,
  config: VillageConfig,
  { say }: Session,
): string {
  const known = [...packOf(config).programmes.values()].map((each) => each.config)
  const id = given ?? (programme && programmeNamedBy(programme, known))
  if (id !== undefined && known.some((each) => each.id === id)) return id
  const ids = known.map((each) => each.id).join(', ')
  const message =
    given === undefined
      ? say('opensid.whichProgramme', { name: programme?.name ?? '', ids })
      : say('opensid.noSuchProgramme', { programme: given, ids })
  throw new LumbungError('casework/no-such-programme', message, {
    details: { programmes: known.map((each) => each.id) },
  })
}

async function answer(
  { programme, counts, warnings }: ProgrammeReading,
  { file, isDryRun, json, ndjson }: ImportProgramme,
  { faults, report }: { readonly faults: readonly Finding[]; readonly report?: ParticipantReport },
  session: Session,
): Promise<void> {
  const { say } = session
  const rows: readonly FindingRow[] = [
    ...findingRows(faults, session),
    ...(report?.refused ?? []).map(({ key, code }) => refusedRow(key, code, session)),
  ]
  const told = [
    ...(report?.doubleBenefits ?? []).map(({ key, code }) => refusedRow(key, code, session)),
    ...findingRows(warnings, session),
  ]
  for (const fault of rows) await session.fault(faultOf(file, fault))
  for (const { code, message, ...row } of told.slice(0, warningsShown))
    await session.note(say('import.warning', { place: placeText(file, row), code, message }))
  const isStored = rows.length === 0 && report !== undefined && !isDryRun
  const { added = 0, unchanged = 0 } = report ?? {}
  const name = report?.programme ?? programme?.name ?? ''
  if (rows.length > 0 || report === undefined) await session.note(say('import.refused'))
  else
    await session.note(say(isDryRun ? 'opensid.rehearsed' : 'opensid.enrolled', { name, added, unchanged }))
  const record = {
    programme: programme?.name ?? null,
    programmeId: report?.programme ?? null,
    counts: { participants: counts.participants },
    added: rows.length > 0 ? null : added,
    unchanged: rows.length > 0 ? null : unchanged,
    stored: isStored,
    dryRun: isDryRun,
    warnings: told,
  }
  const columns = findingColumns.map((column) => ({ key: column, heading: column }))
  await session.answer(formatOf({ json, ndjson }, session), {
    record,
    list: { key: 'faults', rows, columns },
  })
}
