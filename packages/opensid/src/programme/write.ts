import { type WrittenRow, writeWorkbook } from '../workbook/write.ts'
import { participantColumns } from './read-participants.ts'
import { programmeSettings } from './read-settings.ts'
import type { ProgrammeSettings } from './record.ts'
import type { WrittenParticipant } from './to-enrolments.ts'

const endMark = '###'

/**
 * Writes a programme and its participants as the workbook of OpenSID: the sheets `Program` and `Peserta`, codes as
 * numbers, dates year first, every cell as text. What it wrote reads back equal in every field.
 *
 * @example
 * ```ts
 * import { readProgramme, writeProgramme } from '@lumbung/opensid'
 *
 * const siti = { participant: '9999014101900001', identityNumber: '9999014101900001', name: 'Siti' }
 * const { programme, participants } = await readProgramme(writeProgramme({ name: 'Bantuan', target: 1 }, [siti]))
 * programme // => { name: 'Bantuan', target: 1 }
 * participants // => [{ ...siti, place: { sheet: 'Peserta', row: 2 } }]
 * ```
 */
export function writeProgramme(
  programme: ProgrammeSettings,
  participants: readonly WrittenParticipant[],
): Uint8Array {
  return writeWorkbook([
    { name: 'Program', rows: settingsRows(programme) },
    { name: 'Peserta', rows: participantRows(participants) },
  ])
}

function* settingsRows(programme: ProgrammeSettings): Generator<WrittenRow> {
  for (const { label, field } of programmeSettings) {
    const value = programme[field]
    yield [label, value === undefined ? undefined : String(value)]
  }
  yield [endMark]
}

function* participantRows(participants: readonly WrittenParticipant[]): Generator<WrittenRow> {
  yield participantColumns.map(({ name }) => name)
  for (const participant of participants) yield participantColumns.map(({ field }) => participant[field])
  yield [endMark]
}
