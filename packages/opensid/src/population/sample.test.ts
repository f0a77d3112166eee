import { beforeEach, describe, expect, test } from 'vitest'
import { outsideData } from '../outside-data.ts'
import { type PopulationReading, readPopulation } from './read.ts'
import { PopulationRow } from './record.ts'
import { writePopulation } from './write.ts'

// The sample of OpenSID 2410.0.0, an obfuscated village: the years of birth were shifted, so that no number
// agrees with its birth date. The counts are from the notes that come with the file.
const file = outsideData('opensid/contoh_penduduk.xlsx')

describe('the sample workbook of OpenSID', () => {
  beforeEach(({ skip }) => {
    if ('missing' in file) skip(file.missing)
  })
  const read = () => readPopulation('bytes' in file ? file.bytes : new Uint8Array())

  test('is read whole', async () => {
    const { rows, sheets, counts, faults } = await read()
    expect(faults).toEqual([])
    expect(sheets).toEqual([{ name: 'Sheet1', state: 'read', rows: 97 }])
    expect(counts).toMatchObject({ rows: 97, male: 46, female: 51, familyCards: 37, hamlets: 4 })
    expect(rows).toHaveLength(97)
    for (const row of rows) expect(PopulationRow.parse(row)).toEqual(row)
  })

  test('warns of the birth date in every row, and of the sex in none', async () => {
    const { warnings } = await read()
    const rowsWith = (code: string) =>
      new Set(warnings.filter((one) => one.code === code).map(({ row }) => row)).size
    expect(rowsWith('identity/birth-date-differs')).toBe(97)
    expect(rowsWith('identity/sex-differs')).toBe(0)
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['identity/birth-date-differs']))
  })

  test('shows no identity number in its report', async () => {
    const { warnings, faults } = await read()
    expect(JSON.stringify([warnings, faults])).not.toMatch(/\d{9}/)
  })

  test('reads back equal after it was written', async () => {
    const first = await read()
    const again = await readPopulation(writePopulation(peopleOf(first)))
    expect(peopleOf(again)).toEqual(peopleOf(first))
  })
})

function peopleOf({ rows }: PopulationReading) {
  return rows.map(({ place: _, ...person }) => person)
}
