import { civilDateOf, parseCivilDate } from '@lumbung/core/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareIdentity } from './compare.ts'
import { parseFamilyCardNumber } from './family-card-number.ts'
import { parseIdentityNumber } from './identity-number.ts'

const padded = (value: number, width: number) => String(value).padStart(width, '0')

/** People of regions that do not exist. */
const people = fc
  .record({
    district: fc.integer({ min: 1, max: 99 }),
    year: fc.integer({ min: 1900, max: 2099 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    sex: fc.constantFrom('female' as const, 'male' as const),
    serial: fc.integer({ min: 1, max: 9999 }),
  })
  .map((one) => {
    const day = one.day + (one.sex === 'female' ? 40 : 0)
    const date = `${padded(day, 2)}${padded(one.month, 2)}${padded(one.year % 100, 2)}`
    return {
      ...one,
      birthDate: civilDateOf(one.year, one.month, one.day),
      number: `9999${padded(one.district, 2)}${date}${padded(one.serial, 4)}`,
    }
  })

test('a number holds region, day, sex and serial of its person, and leaves the century open', () => {
  fc.assert(
    fc.property(people, ({ number, district, birthDate, day, month, year, sex, serial }) => {
      const { parts, problems } = parseIdentityNumber(number)
      expect(problems).toEqual([])
      expect(parts).toMatchObject({
        region: `99.99.${padded(district, 2)}`,
        birthDay: day,
        birthMonth: month,
        birthYearOfCentury: year % 100,
        sexHint: sex,
        serial: padded(serial, 4),
      })
      expect(parts?.birthDates).toContain(birthDate)
      expect(parts?.birthDates).toHaveLength(2)
      expect(compareIdentity(number, { birthDate, sex })).toEqual([])
    }),
  )
})

test('29 February is kept in the century that has it', () => {
  expect(parseIdentityNumber('9999012902000001').parts?.birthDates).toEqual(['2000-02-29'])
})

test.each([
  ['', ['identity/not-digits']],
  ['9999O10101900001', ['identity/not-digits']],
  ['999901010190000', ['identity/wrong-length']],
  ['0990102200300001', ['identity/temporary']],
  ['9999013202900001', ['identity/no-such-day']],
  ['9999017202900001', ['identity/no-such-day']],
  ['9999010101900000', ['identity/no-serial']],
  ['9999010113900000', ['identity/no-such-day', 'identity/no-serial']],
])('%s has the problems %j', (number, problems) => {
  expect(parseIdentityNumber(number).problems).toEqual(problems)
})

test('white space within a number does not count', () => {
  expect(parseIdentityNumber(' 9999 0101 0190 0001 ').parts?.digits).toBe('9999010101900001')
})

describe('comparing', () => {
  test('a birth date of another year is a warning that says so', () => {
    const birthDate = parseCivilDate('1989-01-01')
    expect(compareIdentity('9999010101900001', { birthDate })).toEqual([
      {
        code: 'identity/birth-date-differs',
        expected: ['1990-01-01', '2090-01-01'],
        found: birthDate,
        onlyYearDiffers: true,
      },
    ])
  })

  test('what is not known is not compared, and a temporary number tells nothing', () => {
    expect(compareIdentity('9999010101900001', {})).toEqual([])
    expect(compareIdentity('0990102200300001', { sex: 'female' })).toEqual([])
  })

  test('a number that names no day warns of that alone', () => {
    const warnings = compareIdentity('9999013202900001', { birthDate: parseCivilDate('1990-02-01') })
    expect(warnings).toEqual([{ code: 'identity/no-such-day' }])
  })
})

test('a family card has no sex, and a day above 31 is a problem', () => {
  expect(parseFamilyCardNumber('9999014103110004').problems).toEqual(['identity/no-such-day'])
  expect(parseFamilyCardNumber('9999013103110000').problems).toEqual(['identity/no-serial'])
  expect(parseFamilyCardNumber('12').problems).toEqual(['identity/wrong-length'])
})
