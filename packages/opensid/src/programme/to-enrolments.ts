import type { ListedParticipant, ParticipantEntry } from '@lumbung/core/casework'
import { addDays, type CivilDate, foldText, type LocalizedText } from '@lumbung/core/kernel'
import { codeTables } from '@lumbung/indonesia'
import { expected, expectedCode } from '../cells/expected.ts'
import { createReport, type Finding } from '../report/finding.ts'
import type { ProgrammeReading } from './read.ts'
import type { ProgrammeParticipant, ProgrammeSettings } from './record.ts'

const { programmeTarget } = codeTables

/** Whom each target of a programme names by its number; a group of people is none that a register keeps. */
const namedBy: ReadonlyMap<number, ListedParticipant['of']> = new Map([
  [1, 'resident'],
  [2, 'family'],
  [3, 'dwelling'],
])

/** The participants of a workbook as a village takes them in. */
export interface WorkbookParticipants {
  readonly from: CivilDate
  readonly to: CivilDate | null
  readonly participants: readonly ListedParticipant[]
}

/**
 * The participants of a programme's workbook with the time in which they take part, or what a village cannot take:
 * a programme without a first day, since no date is made up, and one for groups.
 *
 * @example
 * ```ts
 * import { participantListOf, readProgramme, writeProgramme } from '@lumbung/opensid'
 *
 * const siti = { participant: '9999014101900001', cardNumber: '7', identityNumber: '9999014101900001' }
 * const reading = await readProgramme(writeProgramme({ name: 'Bantuan', target: 1 }, [siti]))
 * participantListOf(reading).faults.map(({ code, column }) => [code, column]) // => [['cell/missing', 'Rentang Waktu (Awal)']]
 * ```
 */
export function participantListOf({ programme, participants }: ProgrammeReading): {
  readonly list?: WorkbookParticipants
  readonly faults: readonly Finding[]
} {
  const report = createReport(100)
  if (programme === undefined) return { faults: [] }
  const { startsOn, endsOn, target } = programme
  const of = namedBy.get(target)
  const sheet = 'Program'
  if (of === undefined) {
    const told = { sheet, column: 'Sasaran Program', expected: expectedCode(programmeTarget) }
    report.fault({ code: 'programme/target-not-kept', ...told })
  }
  if (startsOn === undefined)
    report.fault({ code: 'cell/missing', sheet, column: 'Rentang Waktu (Awal)', expected: expected.date })
  if (of === undefined || startsOn === undefined) return { faults: report.faults }
  return {
    list: {
      from: startsOn,
      // The sheet has the last day, the register the first one after it.
      to: endsOn === undefined ? null : addDays(endsOn, 1),
      participants: participants.map(({ participant, cardNumber, place }) => ({
        key: `${place.sheet}:${place.row}`,
        of,
        number: participant,
        participantNumber: cardNumber ?? null,
      })),
    },
    faults: [],
  }
}

/** Participants as they are written on the sheet, without its place. */
export type WrittenParticipant = Omit<ProgrammeParticipant, 'place'>

/** What of a village's enrolments goes on a workbook. */
export interface WorkbookOfParticipants {
  readonly target: ProgrammeSettings['target']
  readonly participants: readonly WrittenParticipant[]
  /** Enrolments that the sheet cannot hold: without a number, or without somebody who has an identity number. */
  readonly leftOut: readonly string[]
}

/**
 * The participants of a village's programme as the sheet `Peserta` has them. All are of one kind, as a sheet has one
 * target: those of another kind than the most are left out.
 *
 * @example
 * ```ts
 * import { workbookOf } from '@lumbung/opensid'
 *
 * workbookOf([]) // => { target: 2, participants: [], leftOut: [] }
 * ```
 */
export function workbookOf(entries: readonly ParticipantEntry[]): WorkbookOfParticipants {
  const counts = new Map<ListedParticipant['of'], number>()
  for (const { of } of entries) counts.set(of, (counts.get(of) ?? 0) + 1)
  const [kind = 'family'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  const target = [...namedBy].find(([, of]) => of === kind)?.[0] ?? 0
  const participants: WrittenParticipant[] = []
  const leftOut: string[] = []
  for (const { enrolment, of, number, participantNumber, holder } of entries) {
    const identityNumber = holder?.identityNumber ?? ''
    if (of !== kind || number === null || holder === null || !/^\d{16}$/.test(identityNumber)) {
      leftOut.push(enrolment)
      continue
    }
    const { name, birthPlace, birthDate, address } = holder
    participants.push({
      participant: number,
      ...(participantNumber !== null && { cardNumber: participantNumber }),
      identityNumber,
      name,
      ...(birthPlace !== null && { birthPlace }),
      birthDate,
      ...(address !== null && { address }),
    })
  }
  return { target, participants, leftOut }
}

/**
 * Which of a village's programmes a workbook is of, where its name or number says so: by the id, or by the title in
 * any language. Most names are the register's own, and somebody has to say which programme is meant.
 *
 * @example
 * ```ts
 * import { programmeNamedBy } from '@lumbung/opensid'
 *
 * const programmes = [{ id: 'rice', title: { en: 'Rice for families' } }]
 * programmeNamedBy({ name: 'RICE for families', target: 2 }, programmes) // => 'rice'
 * programmeNamedBy({ name: 'Beras', target: 2 }, programmes) // => undefined
 * ```
 */
export function programmeNamedBy(
  { name, programmeId }: ProgrammeSettings,
  programmes: readonly { readonly id: string; readonly title: LocalizedText }[],
): string | undefined {
  const named = new Set([name, programmeId ?? ''].map(foldText))
  return programmes.find(({ id, title }) =>
    [id, ...Object.values(title)].some((text) => named.has(foldText(text ?? ''))),
  )?.id
}
