import { addDays, NameText, parseCivilDate } from '@lumbung/core/kernel'
import type { CodeTable } from '@lumbung/indonesia'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanEntry, cleanHamlet, cleanText, isCellText } from '../cells/clean.ts'
import { type Column, columns } from './columns.ts'
import { personKey } from './person-key.ts'
import { readPopulation } from './read.ts'
import { PopulationRecord } from './record.ts'
import { writePopulation } from './write.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'_x0041 \n-é#'), minLength: 1 }),
)
const cleaned = (clean: (text: string) => string) =>
  anyText.map(clean).filter((text) => text !== '' && isCellText(text))
/** Texts that may stand where a name does: a turn of the direction of writing is a fault there, as other tests say. */
const named = (clean: (text: string) => string) =>
  cleaned(clean).filter((text) => NameText.safeParse(text).success)
const sixteen = fc.stringMatching(/^\d{16}$/).filter((digits) => !/^0+$/.test(digits))
const dates = fc.nat(60_000).map((days) => addDays(parseCivilDate('1890-01-01'), days))
const codesOf = (table: CodeTable) => fc.constantFrom(...table.entries.map(({ code }) => code))

function valuesOf(column: Column): fc.Arbitrary<unknown> {
  switch (column.kind) {
    case 'text':
      return named(cleanText)
    case 'hamlet':
      return named(cleanHamlet).filter((text) => text !== '###')
    case 'unit':
      return named(cleanEntry).filter((text) => text.length <= 20)
    case 'entry':
      return column.field === 'cardTag' ? fc.stringMatching(/^[A-Z0-9]{10,17}$/) : cleaned(cleanEntry)
    case 'number':
      return sixteen
    case 'code':
      return codesOf(column.table)
    case 'date':
      return dates
    case 'degrees':
      return fc.double({ min: -column.most, max: column.most, noNaN: true }).map((degrees) => degrees + 0)
  }
}

const optional = columns.filter(({ isRequired }) => isRequired !== true)
const required = columns.filter(({ isRequired, kind }) => isRequired === true && kind !== 'unit')

const people = fc
  .record(Object.fromEntries(columns.map((column) => [column.field, valuesOf(column)])), {
    requiredKeys: required.map(({ field }) => field),
  })
  // A pregnancy of a man is left out when it is read.
  .filter(({ sex, pregnancy }) => !(sex === 1 && pregnancy !== undefined))
  .map((fields) => PopulationRecord.parse(fields))

/** A register in which no one stands twice. */
const registers = fc
  .array(people, { maxLength: 8 })
  .map((all) =>
    all.filter((one, index) =>
      all
        .slice(0, index)
        .every(
          (other) =>
            (one.identityNumber === undefined || one.identityNumber !== other.identityNumber) &&
            (one.cardTag === undefined || one.cardTag !== other.cardTag) &&
            (personKey(one) === undefined || personKey(one) !== personKey(other)),
        ),
    ),
  )

test('what was written reads back equal in every field', async () => {
  expect(optional.length + required.length).toBe(41)
  await fc.assert(
    fc.asyncProperty(registers, async (register) => {
      const { rows, faults } = await readPopulation(writePopulation(register))
      expect(faults.filter(({ code }) => code !== 'workbook/no-rows')).toEqual([])
      expect(rows.map(({ place: _, ...person }) => person)).toEqual(register)
    }),
    { numRuns: 100 },
  )
})

test('the same people give the same bytes, on a sheet of any name', async () => {
  const one = PopulationRecord.parse({
    hamlet: 'Timur',
    name: 'Siti',
    familyCardNumber: '9999010101110001',
    familyRole: 1,
  })
  const sheet = 'A & "B" <C>'
  expect(writePopulation([one], { sheet })).toEqual(writePopulation([one], { sheet }))
  expect((await readPopulation(writePopulation([one], { sheet }))).rows[0]?.place).toEqual({ sheet, row: 2 })
})
