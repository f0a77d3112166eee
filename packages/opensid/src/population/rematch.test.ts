import { parseCivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { PopulationRow } from './record.ts'
import { rematch } from './rematch.ts'
import { assignTemporaryNumbers } from './temporary-numbers.ts'

function person(fields: Readonly<Record<string, unknown>> = {}, row = 2) {
  return PopulationRow.parse({
    place: { sheet: 'Sheet1', row },
    hamlet: 'Timur',
    name: 'Siti',
    birthPlace: 'Timur',
    birthDate: '1990-01-01',
    familyCardNumber: '9999010101110001',
    familyRole: 1,
    ...fields,
  })
}

const number = { identityNumber: '9999014101900001' }
const village = '9999012001'

test('a second import of the same rows adds and changes nothing', () => {
  const rows = [person(number), person({ name: 'Budi' }, 3)]
  const result = rematch(rows, rows)
  expect(result).toMatchObject({ added: [], changed: [], refused: [], warnings: [] })
  expect(result.unchanged.map(({ existing }) => existing.name)).toEqual(['Siti', 'Budi'])
})

test('an empty cell changes nothing, a filled one does', () => {
  const existing = person({ ...number, ethnicity: 'Sasak' })
  expect(rematch([existing], [person(number)]).unchanged).toHaveLength(1)
  const { changed } = rematch([existing], [person({ ...number, ethnicity: 'Bali', religion: 4 })])
  expect(changed[0]?.changes).toEqual([
    { field: 'religion', before: undefined, after: 4 },
    { field: 'ethnicity', before: 'Sasak', after: 'Bali' },
  ])
})

test.each([
  ['familyCardNumber', '9999010101110002', 'rematch/family-card-changed', 'no_kk', '9999************'],
  ['familyRole', 4, 'rematch/family-role-changed', 'kk_level', '4'],
  ['lifeStatus', 2, 'rematch/status-changed', 'status_dasar', '2'],
])('a change of %s is refused with the whole row', (field, value, code, column, found) => {
  const existing = person({ ...number, lifeStatus: 1 })
  const { changed, refused, warnings } = rematch(
    [existing],
    [person({ ...number, [field]: value, name: 'Sity' })],
  )
  expect(changed).toEqual([])
  expect(refused).toHaveLength(1)
  expect(warnings).toMatchObject([{ code, sheet: 'Sheet1', row: 2, column, found }])
})

test('someone without a number is known by name, place and date of birth, and by nothing less', () => {
  const existing = person({ identityNumber: '0999901200100001' })
  expect(rematch([existing], [person({ name: 'SITI' })]).changed[0]?.changes).toMatchObject([
    { field: 'name' },
  ])
  expect(rematch([existing], [person({ birthPlace: 'Barat' })]).added).toHaveLength(1)
  expect(rematch([existing], [person({ birthDate: undefined })]).added).toHaveLength(1)
})

test('temporary numbers go on after the greatest, and the ones people have are kept', () => {
  const registered = [
    {
      name: 'Siti',
      birthPlace: 'Timur',
      birthDate: parseCivilDate('1990-01-01'),
      identityNumber: '0999901200100007',
    },
  ]
  const rows = [
    person(),
    person({ name: 'Budi' }),
    person({ ...number, name: 'Ani' }),
    person({ name: 'Dewi', birthDate: undefined }),
  ]
  const { people, assigned } = assignTemporaryNumbers(rows, village, registered)
  expect(people.map(({ identityNumber }) => identityNumber)).toEqual([
    '0999901200100007',
    '0999901200100008',
    number.identityNumber,
    '0999901200100009',
  ])
  expect(assigned).toEqual([
    { index: 0, isNew: false },
    { index: 1, isNew: true },
    { index: 3, isNew: true },
  ])
})

test('giving numbers again changes nothing, and an import with them adds nobody', () => {
  const rows = [person(), person({ name: 'Budi' }, 3)]
  const first = assignTemporaryNumbers(rows, village, [])
  const again = assignTemporaryNumbers(rows, village, first.people)
  expect(again.people).toEqual(first.people)
  expect(again.assigned.some(({ isNew }) => isNew)).toBe(false)
  expect(rematch(first.people, again.people).unchanged).toHaveLength(2)
})

test('the last serial is 99999', () => {
  const registered = [{ name: 'Last', identityNumber: '0999901200199999' }]
  expect(() => assignTemporaryNumbers([person()], village, registered)).toThrow(
    expect.objectContaining({ code: 'opensid/no-serial-left' }),
  )
})
