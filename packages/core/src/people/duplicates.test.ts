import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CivilDate, ResidentId } from '../kernel/index.ts'
import { type DuplicateCandidate, possibleDuplicates } from './duplicates.ts'
import { Area, AreaId } from './records.ts'

const id = (number: number) => `0190a5b8-7e2c-7c3e-9f5b-${String(number).padStart(12, '0')}`
const north = AreaId.parse(id(1))
const lane = AreaId.parse(id(2))
const south = AreaId.parse(id(3))
const span = { code: null, from: null, to: null }
const areas = [
  Area.parse({ ...span, id: north, kind: 'hamlet', parent: null, name: 'North', nameKey: 'north' }),
  Area.parse({ ...span, id: lane, kind: 'neighbourhood', parent: north, name: 'Lane', nameKey: 'lane' }),
  Area.parse({ ...span, id: south, kind: 'hamlet', parent: null, name: 'South', nameKey: 'south' }),
]

const person = (number: number, rest: Partial<DuplicateCandidate> = {}): DuplicateCandidate => ({
  id: ResidentId.parse(id(number)),
  identityNumber: null,
  nameKey: 'siti aminah',
  birthDate: CivilDate.parse('1950-03-04'),
  area: north,
  status: 'present',
  ...rest,
})
const reasons = (...others: Partial<DuplicateCandidate>[]) =>
  possibleDuplicates([person(1), ...others.map((other, index) => person(index + 2, other))], { areas }).map(
    ({ reason }) => reason,
  )

test('equal numbers are found through spaces and signs, whoever they seem to be', () => {
  const found = possibleDuplicates([
    person(1, { identityNumber: '12 34-5' }),
    person(2, {
      identityNumber: '12345',
      nameKey: 'budi',
      birthDate: CivilDate.parse('2001-01-01'),
      area: south,
    }),
  ])
  expect(found).toMatchObject([{ first: id(1), second: id(2), reason: 'identity-number' }])
})

test('a similar name with the birth date and hamlet is found, in any order of words', () => {
  expect(reasons({ nameKey: 'aminah siti' })).toEqual(['name-and-birth-date'])
  expect(reasons({ nameKey: 'sitti aminnah', area: lane })).toEqual(['name-and-birth-date'])
  expect(reasons({ nameKey: 'budi santoso' })).toEqual([])
  expect(reasons({ area: south })).toEqual([])
})

test('the same name with a slip in the birth date is found', () => {
  const slip = (birthDate: string) => reasons({ birthDate: CivilDate.parse(birthDate) })
  expect(slip('1950-04-03')).toEqual(['name-and-near-birth-date'])
  expect(slip('1950-03-14')).toEqual(['name-and-near-birth-date'])
  expect(slip('1951-03-04')).toEqual(['name-and-near-birth-date'])
  expect(slip('1961-07-04')).toEqual([])
})

test('records that were merged or name nobody are left out', () => {
  expect(reasons({ status: 'merged' }, { status: 'invalid' })).toEqual([])
})

test('the pairs do not depend on the order of the records, and none stands twice', () => {
  const candidates = fc.array(
    fc.record({
      nameKey: fc.constantFrom('siti aminah', 'siti amina', 'budi', 'budi s'),
      birthDate: fc
        .constantFrom('1950-03-04', '1950-04-03', '1988-01-01')
        .map((text) => CivilDate.parse(text)),
      identityNumber: fc.constantFrom(null, '1', '2'),
      area: fc.constantFrom(north, lane, south, null),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(candidates, (rest) => {
      const people = rest.map((fields, index) => person(index + 1, fields))
      const found = possibleDuplicates(people, { areas })
      expect(possibleDuplicates(people.toReversed(), { areas })).toEqual(found)
      expect(new Set(found.map(({ first, second }) => `${first}${second}`)).size).toBe(found.length)
    }),
  )
})
