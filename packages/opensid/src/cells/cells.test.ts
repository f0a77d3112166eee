import { addDays, daysBetween, isCivilDate, parseCivilDate } from '@lumbung/core/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../workbook/sheet.ts'
import { cleanEntry, cleanHamlet, cleanText, isCellText } from './clean.ts'
import { dateOfCell, dateOfSerial, dateOfText } from './date.ts'
import { digitsOfCell } from './digits.ts'
import { repairedText } from './mojibake.ts'

const cell = (text: string, kind: Cell['kind'] = 'text', isShownAsDate = false): Cell => ({
  column: 0,
  kind,
  text,
  isShownAsDate,
  formula: 'none',
})

describe('dates', () => {
  test.each([
    ['2026-11-24', '2026-11-24'],
    ['2026/1/4', '2026-01-04'],
    ['2026-11-24 00:00:00', '2026-11-24'],
    ['2026-11-24T00:00:00.000Z', '2026-11-24'],
    ['24-11-2026', '2026-11-24'],
    ['4/1/2026', '2026-01-04'],
    ['24.11.2026', '2026-11-24'],
    ['', 'none'],
    ['-', 'none'],
    ['0000-00-00', 'none'],
    ['11/24/2026', 'not-a-date'],
    ['29-02-2023', 'not-a-date'],
    ['24-11-26', 'not-a-date'],
    ['1990', 'not-a-date'],
    ['yesterday', 'not-a-date'],
  ])('%j reads as %s', (text, date) => {
    expect(dateOfText(text)).toBe(date)
  })

  // The numbers that Excel shows for these days.
  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, 'not-a-date'],
    [61, false, '1900-03-01'],
    [25569, false, '1970-01-01'],
    [45658.75, false, '2025-01-01'],
    [2958465, false, '9999-12-31'],
    [2958466, false, 'not-a-date'],
    [-1, false, 'not-a-date'],
    [0, true, '1904-01-01'],
    [24107, true, '1970-01-01'],
    [2957003, true, '9999-12-31'],
    [2957004, true, 'not-a-date'],
    [Number.NaN, true, 'not-a-date'],
  ])('day %d (1904: %s) is %s', (serial, is1904, date) => {
    expect(dateOfSerial(serial, is1904)).toBe(date)
  })

  test('both systems count days one by one from March 1900 on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_900_000 }), fc.boolean(), (serial, is1904) => {
        const [first, second] = [dateOfSerial(serial, is1904), dateOfSerial(serial + 1, is1904)]
        if (!isCivilDate(first) || !isCivilDate(second)) throw new Error('both are dates')
        expect(daysBetween(first, second)).toBe(1)
        expect(dateOfSerial(serial - (is1904 ? 0 : 1_462), true)).toBe(
          serial > 1_462 || is1904 ? first : 'not-a-date',
        )
      }),
    )
  })

  test('a number is a date only where it is shown as one', () => {
    expect(dateOfCell(cell('36526', 'number', true), '36526', false)).toBe('2000-01-01')
    expect(dateOfCell(cell('1990', 'number'), '1990', false)).toBe('not-a-date')
  })

  test('every date reads back from each of its forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (days) => {
        const date = addDays(parseCivilDate('1900-01-01'), days)
        const [year, month, day] = date.split('-')
        for (const text of [date, `${day}-${month}-${year}`, `${Number(day)}/${Number(month)}/${year}`]) {
          expect(dateOfText(text)).toBe(date)
        }
      }),
    )
  })
})

describe('numbers of sixteen digits', () => {
  test.each([
    ['9999010101900001', '9999010101900001'],
    ["'9999010101900001", '9999010101900001'],
    [' 9999 0101 0190-0001\u200b', '9999010101900001'],
    ['0999901200100001', '0999901200100001'],
  ])('%j are %s', (text, digits) => {
    expect(digitsOfCell(cell(text))).toEqual({ kind: 'digits', digits, isStoredAsNumber: false })
  })

  test.each([
    ['', 'none'],
    ['0', 'none'],
    ['-', 'none'],
    ['0000000000000000', 'none'],
    ['999901010190000', 'wrong-form'],
    ['99990101019000011', 'wrong-form'],
    ['9999O10101900001', 'wrong-form'],
    ['belum ada', 'wrong-form'],
  ])('%j is %s', (text, kind) => {
    expect(digitsOfCell(cell(text)).kind).toBe(kind)
  })

  // 2^53 is 9007199254740992: above it not every number can be held.
  test.each([
    ['0', 'none'],
    ['9.999010101900001E+15', 'rounded'],
    ['9999010101900001', 'rounded'],
    ['5999010101900000', 'rounded'],
    ['5999010101900001', 'digits'],
    ['999901', 'wrong-form'],
  ])('%s stored as a number is %s', (text, kind) => {
    expect(digitsOfCell(cell(text, 'number')).kind).toBe(kind)
  })
})

describe('texts', () => {
  test('cleaning twice is cleaning once', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(..." '_-\u200b\u0301\n\u00a0eDUSN") }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        for (const clean of [cleanText, cleanEntry, cleanHamlet]) {
          const once = clean(text)
          expect(clean(once)).toBe(once)
          expect(once === '' || once === '-' || isCellText(once) || !once.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  test.each([
    ['DUSUN  Timur', 'Timur'],
    ["'Dusun_Timur ", 'Timur'],
    ['Dusun', 'Dusun'],
    ['Timur\r\nLaut', 'Timur Laut'],
  ])('the hamlet %j is %s', (text, name) => {
    expect(cleanHamlet(text)).toBe(name)
  })

  test.each([
    ['SitÃ©', 'Sité'],
    ['Bareâ€™e', 'Bare’e'],
    ['Sité', undefined],
    ['Â', undefined],
    ['Siti', undefined],
    ['ありがとう', undefined],
  ])('%s was %s before it was broken', (text, repaired) => {
    expect(repairedText(text)).toBe(repaired)
  })
})
