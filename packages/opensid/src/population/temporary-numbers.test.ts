import { parseCivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { PopulationRow } from './record.ts'
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

test('giving numbers again changes nothing', () => {
  const rows = [person(), person({ name: 'Budi' }, 3)]
  const first = assignTemporaryNumbers(rows, village, [])
  const again = assignTemporaryNumbers(rows, village, first.people)
  expect(again.people).toEqual(first.people)
  expect(again.assigned.some(({ isNew }) => isNew)).toBe(false)
})

test('the last serial is 99999', () => {
  const registered = [{ name: 'Last', identityNumber: '0999901200199999' }]
  expect(() => assignTemporaryNumbers([person()], village, registered)).toThrow(
    expect.objectContaining({ code: 'opensid/no-serial-left' }),
  )
})
