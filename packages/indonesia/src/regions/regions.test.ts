import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRegionCode, parseRegionCode, RegionCode, regionParts } from './region-code.ts'
import { regionPath } from './region-names.ts'

const digits = fc.stringMatching(/^99(\d{2}(\d{2}(\d{4})?)?)?$/)

test('a code reads back the same from either form', () => {
  fc.assert(
    fc.property(digits, (text) => {
      const code = parseRegionCode(text)
      expect(RegionCode.parse(code)).toBe(code)
      expect(formatRegionCode(code, 'digits')).toBe(text)
      expect(parseRegionCode(formatRegionCode(code, 'dotted'))).toBe(code)
    }),
  )
})

test.each([
  ['99', 'province', undefined],
  ['9901', 'regency', undefined],
  ['990102', 'district', undefined],
  ['9901021003', 'village', 'urban'],
  ['9901022003', 'village', 'rural'],
  ['9901023003', 'village', 'customary'],
  ['9901029003', 'village', undefined],
])('%s is of level %s and kind %s', (text, level, kind) => {
  expect(regionParts(parseRegionCode(text))).toMatchObject({ level, ...(kind && { kind }) })
  expect(regionParts(parseRegionCode(text)).kind).toBe(kind)
})

test.each(['', '9', '990', '99.1', '99.01.02.03', '99-01', '09', '99010220031'])('%j is no code', (text) => {
  expect(() => parseRegionCode(text)).toThrow(expect.objectContaining({ code: 'region/invalid' }))
})

test('without a directory a path is of codes', () => {
  expect(regionPath(parseRegionCode('9901022003'))).toEqual(['99.01.02.2003', '99.01.02', '99.01', '99'])
})
