import { CivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { outsideData } from '../outside-data.ts'
import { readProgramme } from './read.ts'
import { participantListOf, workbookOf } from './to-enrolments.ts'
import { writeProgramme } from './write.ts'

const siti = {
  participant: '9999014101900001',
  cardNumber: 'A-7',
  identityNumber: '9999014101900001',
  name: 'Siti',
  birthPlace: 'Timur',
  birthDate: CivilDate.parse('1990-01-01'),
  address: 'RT 001',
}
const programme = {
  programmeId: '7',
  name: 'Bantuan Contoh',
  target: 1,
  description: 'Contoh',
  funding: 4,
  startsOn: CivilDate.parse('2026-01-01'),
  endsOn: CivilDate.parse('2026-12-31'),
}

test('what was written reads back equal, whole or with little known', async () => {
  const budi = { participant: '9999010101900001', identityNumber: '9999010101900001' }
  for (const settings of [programme, { name: 'Bantuan', target: 3 }]) {
    const reading = await readProgramme(writeProgramme(settings, [siti, budi]))
    expect(reading.faults).toEqual([])
    expect(reading.programme).toEqual(settings)
    expect(reading.participants.map(({ place: _, ...rest }) => rest)).toEqual([siti, budi])
  }
})

test('the template of OpenSID comes back the same', async ({ skip }) => {
  const file = outsideData('opensid/format_impor_program_bantuan.xlsx')
  if ('missing' in file) return skip(file.missing)
  const first = await readProgramme(file.bytes)
  if (first.programme === undefined) throw new Error('The template was not read.')
  const again = await readProgramme(
    writeProgramme(
      first.programme,
      first.participants.map(({ place: _, ...rest }) => rest),
    ),
  )
  expect(again.programme).toEqual(first.programme)
  expect(again.participants).toEqual(first.participants)
})

test('the last day of the sheet becomes the first day after, and the target says what a number is', async () => {
  const of = async (target: number) =>
    participantListOf(await readProgramme(writeProgramme({ ...programme, target }, [siti]))).list
  const listed = { key: 'Peserta:2', number: siti.participant, participantNumber: 'A-7' }
  expect(await of(1)).toEqual({
    from: '2026-01-01',
    to: '2027-01-01',
    participants: [{ ...listed, of: 'resident' }],
  })
  expect((await of(2))?.participants).toEqual([{ ...listed, of: 'family' }])
  expect((await of(3))?.participants).toEqual([{ ...listed, of: 'dwelling' }])
})

test('groups, and a programme without a first day, are told where they stand', async () => {
  const reading = await readProgramme(writeProgramme({ name: 'Bantuan', target: 4 }, [siti]))
  const { list, faults } = participantListOf(reading)
  expect(list).toBeUndefined()
  expect(faults.map(({ code, sheet, column }) => [code, sheet, column])).toEqual([
    ['programme/target-not-kept', 'Program', 'Sasaran Program'],
    ['cell/missing', 'Program', 'Rentang Waktu (Awal)'],
  ])
})

test('enrolments become rows, and who cannot stand on the sheet is named', () => {
  const holder = {
    id: 'x',
    identityNumber: siti.identityNumber,
    name: 'Siti',
    birthPlace: null,
    address: null,
  }
  const entry = {
    enrolment: 'e1',
    of: 'family',
    number: '9999010101110001',
    participantNumber: null,
    holder: { ...holder, birthDate: siti.birthDate },
    from: programme.startsOn,
    to: null,
  }
  const entries = [
    entry,
    { ...entry, enrolment: 'e2', number: null },
    { ...entry, enrolment: 'e3', holder: null },
  ]
  expect(workbookOf(entries as never)).toEqual({
    target: 2,
    participants: [
      {
        participant: '9999010101110001',
        identityNumber: siti.identityNumber,
        name: 'Siti',
        birthDate: '1990-01-01',
      },
    ],
    leftOut: ['e2', 'e3'],
  })
})
