import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CivilDate } from '../kernel/index.ts'
import { datedFacts, peopleCollections, residents } from './collections.ts'
import { fieldClassOf, masked, maskText } from './field-classes.ts'
import { Resident } from './records.ts'

const child = Resident.parse({
  id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
  identityNumber: '1',
  temporaryNumber: null,
  name: 'Nur',
  nameKey: 'nur',
  sex: 'male',
  birthDate: '2010-02-28',
  birthPlace: 'Town',
  status: 'present',
  statusSince: '2010-02-28',
  area: null,
  validFrom: '2010-02-28',
  mergedInto: null,
  revision: 1,
})
const on = CivilDate.parse('2026-11-24')

test('semantics 30: all data of a child is specific, up to the day of coming of age', () => {
  const fields = Object.keys(residents.fieldClasses).filter((field) => field !== 'id') as (keyof Resident)[]
  const classes = (day: string) =>
    new Set(
      fields.map((field) =>
        fieldClassOf(residents, field, child, { on: CivilDate.parse(day), childBelowYears: 18 }),
      ),
    )
  expect(classes('2028-02-27')).toEqual(new Set(['specific']))
  expect(classes('2028-02-28')).toEqual(new Set(['internal', 'personal']))
  expect(fieldClassOf(residents, 'id', child, { on, childBelowYears: 18 })).toBe('internal')
  expect(fieldClassOf(residents, 'sex', child, { on, childBelowYears: 16 })).toBe('personal')
})

test('a record about a person is a child’s by the birth date of the person', () => {
  const { birthDate } = child
  expect(fieldClassOf(datedFacts, 'degree', {}, { on, childBelowYears: 18, birthDate })).toBe('specific')
  expect(fieldClassOf(datedFacts, 'degree', {}, { on, childBelowYears: 18 })).toBe('internal')
})

test('what is hidden is gone, what is seen is whole, and the key stays', () => {
  fc.assert(
    fc.property(fc.func(fc.boolean()), (visible) => {
      const shown = masked(residents, child, (field) => visible(field))
      for (const [field, value] of Object.entries(child)) {
        const seen = (shown as Record<string, unknown>)[field]
        if (field === 'id' || visible(field)) expect(seen).toBe(value)
        else expect([null, maskText]).toContain(seen)
      }
    }),
  )
  const hidden = masked(residents, child, () => false)
  expect(hidden).toMatchObject({
    id: child.id,
    name: maskText,
    identityNumber: null,
    birthDate: null,
    sex: null,
  })
})

test('every field of every collection has a class', () => {
  for (const { name, columns, fieldClasses } of peopleCollections) {
    expect(Object.keys(fieldClasses).sort(), name).toEqual(columns.map(({ field }) => field).sort())
  }
})
