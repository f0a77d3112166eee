import { expect, test } from 'vitest'
import type { Pack } from '../eligibility/index.ts'
import { definePack, vocabularyOf } from '../eligibility/index.ts'
import { parseCivilDate } from '../kernel/index.ts'
import { type EnrolledUnit, findDoubleBenefits } from './double-benefits.ts'

// The goal: nobody is served twice by programmes of which the law allows one, by whatever unit they are served.

const on = parseCivilDate('2026-06-15')
const law = { source: 'bylaw', confidence: 'high' }

function programme(id: string, unit: 'household' | 'resident', combinations: readonly object[] = []) {
  const whole = { id: 'all', label: { en: 'All' }, all: [{ id: 'one', label: { en: 'One' }, when: 'true' }] }
  const version = { from: '2026-01-01', legalBasis: [law], criteria: whole, combinations }
  return { id, title: { en: id }, purpose: { en: id }, unit, versions: [version] }
}

const pack: Pack = definePack(
  {
    id: 'village',
    version: '1',
    title: { en: 'Our village' },
    sources: { bylaw: { title: 'Bylaw 3' } },
    facts: [],
    programmes: [
      programme('rice', 'household', [{ with: 'school', allowed: false, citation: law }]),
      programme('school', 'resident'),
      programme('books', 'resident', [{ with: 'rice', allowed: true, citation: law }]),
    ],
  },
  { vocabulary: vocabularyOf([]) },
)

const rice: EnrolledUnit = { id: 'a', programme: 'rice', subject: 'home', people: ['siti', 'budi'] }
const pupil = (id: string, programme: string): EnrolledUnit => ({
  id: `${programme} of ${id}`,
  programme,
  subject: id,
  people: [id],
})

test('a household and one of its members stand together, in either order, and once', () => {
  const school = pupil('budi', 'school')
  for (const enrolled of [
    [rice, school],
    [school, rice],
  ]) {
    const found = findDoubleBenefits(pack, enrolled, on)
    expect(found.map(({ first, second }) => [first.id, second.id])).toEqual([enrolled.map(({ id }) => id)])
    expect(found[0]).toMatchObject({ forbiddenBy: 'rice', citation: law })
  }
})

test('a family and a dwelling that share somebody stand together, however many they share', () => {
  const dwelling: EnrolledUnit = { id: 'b', programme: 'school', subject: 'dwelling', people: rice.people }
  expect(findDoubleBenefits(pack, [rice, dwelling], on)).toHaveLength(1)
})

test('somebody else, and what no law forbids, is no double benefit', () => {
  expect(findDoubleBenefits(pack, [rice, pupil('ayu', 'school'), pupil('budi', 'books')], on)).toEqual([])
  expect(findDoubleBenefits(pack, [rice, pupil('budi', 'school')], parseCivilDate('2025-12-31'))).toEqual([])
})
