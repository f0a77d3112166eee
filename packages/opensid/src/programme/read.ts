import { maskDigits } from '@lumbung/core/kernel'
import { codeTables, findCode } from '@lumbung/indonesia'
import { expected } from '../cells/expected.ts'
import { createReport, type Finding, type Report } from '../report/finding.ts'
import { defaultLimits, type WorkbookLimits } from '../workbook/limits.ts'
import { type ReadProgress, readSheets, reportHazards, type SheetReport } from '../workbook/read-sheets.ts'
import { openWorkbook } from '../workbook/workbook.ts'
import { createParticipantsReader } from './read-participants.ts'
import { createSettingsReader } from './read-settings.ts'
import type { ProgrammeParticipant, ProgrammeSettings } from './record.ts'

/** What was read of a programme, or why nothing was. */
export interface ProgrammeReading {
  /** Absent where anything is at fault. */
  readonly programme?: ProgrammeSettings
  /** Empty where anything is at fault. */
  readonly participants: readonly ProgrammeParticipant[]
  readonly sheets: readonly SheetReport[]
  readonly counts: { readonly participants: number; readonly faults: number; readonly warnings: number }
  readonly faults: readonly Finding[]
  readonly warnings: readonly Finding[]
}

const settingsSheet = 'Program'
const participantsSheet = 'Peserta'
const resident = findCode(codeTables.programmeTarget, 'penduduk')
const family = findCode(codeTables.programmeTarget, 'keluarga')

/**
 * Reads the workbook of an assistance programme and its participants: the sheets `Program` and `Peserta`. Other
 * sheets are skipped. All or nothing: with a fault there is neither programme nor participant.
 *
 * @throws `opensid/not-a-workbook` if the bytes are no workbook, or a damaged one; details: `reason`
 * @throws `opensid/unsafe-archive` if the archive is made to deceive; details: `reason`, `part`
 * @throws `opensid/too-large` if it exceeds a limit; details: `what`, `limit`, `found`
 *
 * @example
 * ```ts
 * import { readProgramme, writePopulation } from '@lumbung/opensid'
 *
 * const reading = await readProgramme(writePopulation([]))
 * reading.faults.map(({ code, sheet }) => [code, sheet]) // => [['workbook/missing-sheet', 'Program'], ['workbook/missing-sheet', 'Peserta']]
 * reading.sheets // => [{ name: 'Penduduk', state: 'skipped', rows: 0 }]
 * await readProgramme(new Uint8Array(100)) // throws 'opensid/not-a-workbook'
 * ```
 */
export async function readProgramme(
  bytes: Uint8Array,
  options: {
    readonly onProgress?: (progress: ReadProgress) => void
    readonly limits?: Partial<WorkbookLimits>
  } = {},
): Promise<ProgrammeReading> {
  const limits = { ...defaultLimits, ...options.limits }
  const workbook = openWorkbook(bytes, limits)
  const report = createReport(limits.findings)
  reportHazards(workbook, report)
  const settings = createSettingsReader(settingsSheet, workbook.is1904, report)
  const people = createParticipantsReader(participantsSheet, workbook.is1904, report)
  const sheets = await readSheets(
    workbook,
    report,
    ({ name }) => (name === settingsSheet ? settings : name === participantsSheet ? people : undefined),
    options.onProgress,
  )
  const isThere = (name: string) => {
    const isFound = sheets.some((sheet) => sheet.name === name)
    if (isFound) return true
    const wanted = { id: `lembar bernama ${name}`, en: `a sheet named ${name}` }
    report.fault({ code: 'workbook/missing-sheet', sheet: name, expected: wanted })
    return false
  }
  const programme = isThere(settingsSheet) ? settings.finish() : undefined
  const { participants } = people.finish()
  if (isThere(participantsSheet) && programme) checkParticipants(programme, participants, report)
  const counts = {
    participants: participants.length,
    faults: report.faultCount(),
    warnings: report.warningCount(),
  }
  const isAccepted = counts.faults === 0 && programme !== undefined
  return {
    ...(isAccepted && { programme }),
    participants: isAccepted ? participants : [],
    sheets,
    counts,
    faults: report.faults,
    warnings: report.warnings,
  }
}

/** Residents and families are named by numbers of sixteen digits; households and groups as the village likes. */
function checkParticipants(
  { target }: ProgrammeSettings,
  participants: readonly ProgrammeParticipant[],
  report: Report,
): void {
  if (target !== resident && target !== family) return
  for (const { participant, place } of participants) {
    if (/^\d{16}$/.test(participant)) continue
    const told = { ...place, column: 'Peserta', found: maskDigits(participant) }
    report.fault({ code: 'identity/wrong-form', ...told, expected: expected.sixteenDigits })
  }
}
