import { expect, test } from 'vitest'
import { wordsIn } from '../words/index.ts'
import { factText } from './record-parts.tsx'

const [id, en] = (['id', 'en'] as const).map((locale) => wordsIn(locale, { code: 'IDR', scale: 0 }))

test('the value of a fact reads as people write it, in either language', () => {
  if (id === undefined || en === undefined) throw new Error('no words')
  expect(factText({ kind: 'decimal', value: 150, scale: 2 }, id)).toBe('1,5')
  expect(factText({ kind: 'decimal', value: 150, scale: 2 }, en)).toBe('1.5')
  expect(factText({ kind: 'money', value: 150_000, scale: 0 }, id)).toBe('Rp150.000')
  expect(factText({ kind: 'date', value: '2026-11-24', scale: 0 }, id)).toBe('24 November 2026')
  expect(factText({ kind: 'int', value: 1200, scale: 0 }, id)).toBe('1.200')
  expect(factText({ kind: 'bool', value: true, scale: 0 }, id)).toBe('ya')
  expect(factText({ kind: 'text', value: '2026-11-24', scale: 0 }, id)).toBe('2026-11-24')
  const valueLabel = { id: 'Islam', en: 'Islam' }
  expect(factText({ kind: 'enum', value: '1', scale: 0, valueLabel }, en)).toBe('Islam')
})
