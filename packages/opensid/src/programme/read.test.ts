import { expect, test } from 'vitest'
import { outsideData } from '../outside-data.ts'
import type { Finding } from '../report/finding.ts'
import { type MadeCell, madeWorkbook } from '../workbook/made-workbook.ts'
import { readProgramme } from './read.ts'

const settings: readonly (readonly MadeCell[])[] = [
  ['ID Program', '-'],
  ['Nama Program', 'Bantuan Contoh'],
  ['Sasaran Program', '1'],
  ['Keterangan', 'Contoh'],
  ['Asal Dana', 'pusat'],
  ['Rentang Waktu (Awal)', '2026-01-01'],
  ['Rentang Waktu (Akhir)', '31/12/2026'],
  ['###'],
  ['notes'],
]
const header = ['Peserta', 'No. Peserta', 'NIK', 'Nama', 'Tempat Lahir', 'Tanggal Lahir', 'Alamat']
const siti = ['9999014101900001', '1', '9999014101900001', 'Siti', 'Timur', '1990-01-01', 'RT 001']
const budi = ['9999010101900001', '2', '9999010101900001']

function read(program: readonly (readonly MadeCell[])[], participants: readonly (readonly MadeCell[])[]) {
  return readProgramme(
    madeWorkbook([
      { name: 'Program', rows: program },
      { name: 'Notes', rows: [['anything']] },
      { name: 'Peserta', rows: [header, ...participants] },
    ]),
  )
}

const brief = (findings: readonly Finding[]) =>
  findings.map((one) => [one.code, one.sheet, one.row, one.column])

test('programme and participants are read up to their end marks', async () => {
  const { programme, participants, counts, faults } = await read(settings, [siti, budi, ['###'], ['notes']])
  expect(faults).toEqual([])
  expect(programme).toEqual({
    name: 'Bantuan Contoh',
    target: 1,
    description: 'Contoh',
    funding: 1,
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  })
  expect(participants).toMatchObject([
    { participant: siti[0], name: 'Siti', birthDate: '1990-01-01', place: { sheet: 'Peserta', row: 2 } },
    { participant: budi[0], place: { sheet: 'Peserta', row: 3 } },
  ])
  expect(counts).toEqual({ participants: 2, faults: 0, warnings: 0 })
})

test('a household may be named by any number', async () => {
  const ofHouseholds = settings.with(2, ['Sasaran Program', 'Rumah Tangga'])
  const { programme, participants } = await read(ofHouseholds, [['RTM-1', '', siti[2]]])
  expect(programme?.target).toBe(3)
  expect(participants[0]?.participant).toBe('RTM-1')
})

test('a fault leaves neither programme nor participants', async () => {
  const wrong = settings
    .with(1, ['Nama Program'])
    .with(2, ['Sasaran Program', '9'])
    .with(3, ['Catatan', 'x'])
    .with(6, ['Rentang Waktu (Akhir)', '2025-12-31'])
  const reading = await read(wrong, [siti, siti, ['9999014101900003', '', '12', 'x', 'x', '2026-13-01']])
  expect(reading.programme).toBeUndefined()
  expect(reading.participants).toEqual([])
  expect(brief(reading.faults)).toEqual([
    ['cell/unknown-code', 'Program', 3, 'Sasaran Program'],
    ['programme/unknown-setting', 'Program', 4, 'A'],
    ['row/repeated-participant', 'Peserta', 3, 'Peserta'],
    ['identity/wrong-form', 'Peserta', 4, 'NIK'],
    ['cell/not-a-date', 'Peserta', 4, 'Tanggal Lahir'],
    ['cell/missing', 'Program', undefined, 'Nama Program'],
    ['programme/ends-before-start', 'Program', undefined, 'Rentang Waktu (Akhir)'],
  ])
  expect(JSON.stringify(reading.faults)).not.toMatch(/\d{9}/)
})

test('a resident is named by sixteen digits, and the participant must be filled in', async () => {
  const { faults } = await read(settings, [
    ['12', '', siti[2]],
    ['', '', budi[2]],
  ])
  expect(brief(faults)).toEqual([
    ['cell/missing', 'Peserta', 3, 'Peserta'],
    ['identity/wrong-form', 'Peserta', 2, 'Peserta'],
  ])
})

test('a sheet that is missing is named', async () => {
  const { faults } = await readProgramme(madeWorkbook([{ name: 'Program', rows: settings }]))
  expect(brief(faults)).toEqual([['workbook/missing-sheet', 'Peserta', undefined, undefined]])
})

// The template of OpenSID 2410.0.0, with two participants.
test('the template of OpenSID is read whole', async ({ skip }) => {
  const file = outsideData('opensid/format_impor_program_bantuan.xlsx')
  if ('missing' in file) return skip(file.missing)
  const { programme, participants, faults } = await readProgramme(file.bytes)
  expect(faults).toEqual([])
  expect(programme).toMatchObject({ target: 1, funding: 1, startsOn: '2020-04-01', endsOn: '2020-12-31' })
  expect(participants).toHaveLength(2)
})
