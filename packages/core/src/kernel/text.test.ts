import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareText, foldText, LocalizedText, NameText, normalizeText, PlainText, textIn } from './text.ts'

const texts = fc.string({ unit: 'binary' })
const names = fc.string({ unit: fc.constantFrom(...'AaÉéİıŞşÅßẞŐőǄﬁÆΣσς', ' ', '\t', '\u0301', '\u0323') })
/** Units around the place where the order of UTF-16 and that of code points part. */
const hardTexts = fc
  .array(fc.constantFrom('a', '\u00e9', '\ud7ff', '\ue000', '\uff5e', '\uffff', '\u{10000}', '\u{10ffff}'))
  .map((units) => units.join(''))

describe('semantics 5: text is NFC-normalised at the door; U+0000 and lone surrogates are refused', () => {
  const refused = ['\0', 'a\0b', '\ud800', 'a\udc00', '\udc00\ud800', '\ud83c\ud83c\udf3e']

  test.each(refused)('%j is refused, as a value or as an exception', (text) => {
    expect(PlainText.safeParse(text).success).toBe(false)
    expect(() => normalizeText(text)).toThrow(expect.objectContaining({ code: 'text/invalid' }))
  })

  test('every other text is accepted, in normal form', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.includes('\0'))
        const normal = normalizeText(text)
        expect(PlainText.parse(text)).toBe(normal)
        expect(normal).toBe(text.normalize('NFC'))
        expect(normalizeText(text.normalize('NFD'))).toBe(normal)
      }),
    )
  })

  test('the storage layer sees a text column with its limits', () => {
    expect(PlainText.def.type).toBe('string')
    expect(PlainText.min(1).max(40)).toMatchObject({ minLength: 1, maxLength: 40 })
  })

  test('limits hold for the normal form', () => {
    expect(PlainText.max(1).parse('e\u0301')).toBe('\u00e9')
  })
})

describe('semantics 5: text is compared by code point', () => {
  const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0)

  /** The rule word for word: the first code point that differs decides, else the shorter text comes first. */
  function compareByDefinition(a: string, b: string): number {
    const [left, right] = [codePoints(a), codePoints(b)]
    const at = left.findIndex((point, index) => point !== right[index])
    if (at === -1) return left.length - right.length
    return (left[at] ?? 0) - (right[at] ?? -1)
  }

  test('the order is that of the code points', () => {
    fc.assert(
      fc.property(fc.oneof(hardTexts, texts), fc.oneof(hardTexts, texts), (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(compareByDefinition(a, b)))
      }),
      { numRuns: 2000 },
    )
  })

  test('it is the order of the bytes in UTF-8, by which databases sort', () => {
    fc.assert(
      fc.property(hardTexts, hardTexts, (a, b) => {
        const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)]
        const at = left.findIndex((byte, index) => byte !== right[index])
        const order = at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1)
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(order))
      }),
    )
  })

  test('equal texts, and only they, compare as 0', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(compareText(a, b) === 0).toBe(a === b)
        expect(compareText(a, a)).toBe(0)
      }),
    )
  })
})

describe('a search key', () => {
  test.each([
    ['  Élodie  MÜLLER ', 'elodie muller'],
    ["Ma'ruf\tal-Ḥaqq\n", "ma'ruf al-haqq"],
    ['ＴＯＫＯ　５', 'toko 5'],
    ['Đặng ﬁne İstanbul', 'đang fine istanbul'],
    ['مُحَمَّد', 'محمد'],
    ['ꦗꦮꦶ', 'ꦗꦮꦶ'],
    ['한국', '한국'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['Iğdır', 'igdir'],
    [' \u00a0\n', ''],
    ['', ''],
  ])('of %j is %j', (text, key) => {
    expect(foldText(text)).toBe(key)
  })

  /** Every character that may stand in a text. */
  function* characters(): Iterable<string> {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point)
    }
  }

  test('is a key itself, whatever the character', () => {
    const unstable: string[] = []
    for (const character of characters()) {
      const key = foldText(`a${character}b`)
      if (foldText(key) !== key) unstable.push(character)
    }
    expect(unstable).toEqual([])
  })

  test('is the same in upper and lower case, whatever the character, within a word and at its end', () => {
    const unlike: string[] = []
    for (const character of characters()) {
      // Most characters have no case.
      if (character.toLowerCase() === character.toUpperCase()) continue
      for (const text of [`a${character}b`, `a${character}`]) {
        const keys = [text, text.toUpperCase(), text.toLowerCase()].map(foldText)
        if (new Set(keys).size > 1) unlike.push(character)
      }
    }
    expect(unlike).toEqual([])
  })

  test('does not depend on case or form of the letters', () => {
    fc.assert(
      fc.property(names, (text) => {
        const key = foldText(text)
        expect(foldText(text.normalize('NFD'))).toBe(key)
        expect(foldText(text.toLowerCase())).toBe(key)
        expect(foldText(text.toUpperCase())).toBe(key)
        expect(foldText(key)).toBe(key)
        expect(key.normalize('NFC')).toBe(key)
      }),
    )
  })
})

describe('a text in several languages', () => {
  test('stands in at least one language, under its tag, and is never empty', () => {
    for (const accepted of [{ fr: 'eau' }, { 'zh-Hans': '水', en: 'water' }, { gsw: 'Wasser' }]) {
      expect(LocalizedText.parse(accepted)).toEqual(accepted)
    }
    for (const refused of [
      {},
      { fr: '' },
      { '': 'eau' },
      { FR: 'eau' },
      { 'fr-': 'eau' },
      { fr: 5 },
      'eau',
    ]) {
      expect(LocalizedText.safeParse(refused).success).toBe(false)
    }
  })

  test('is frozen and normalised when parsed', () => {
    const parsed = LocalizedText.parse({ fr: 'e\u0301te\u0301' })
    expect(parsed['fr']).toBe('\u00e9t\u00e9')
    expect(Object.isFrozen(parsed)).toBe(true)
  })

  const water = LocalizedText.parse({ es: 'agua', fr: 'eau', en: 'water', 'zh-Hant': '水' })

  test.each([
    ['fr', [], 'eau'],
    ['fr-CA', [], 'eau'],
    ['zh-Hant-TW', [], '水'],
    ['zh', [], 'water'],
    ['ca', ['oc', 'es-MX', 'fr'], 'agua'],
    ['ca', [], 'water'],
    ['', [], 'water'],
    ['constructor', [], 'water'],
    ['__proto__', [], 'water'],
  ])('in %j with fallbacks %j is %j', (language, fallbacks, expected) => {
    expect(textIn(water, language, fallbacks)).toBe(expected)
  })

  test('the last resort does not depend on the order in which the languages were written', () => {
    expect(textIn({ fr: 'eau', en: 'water' }, 'ca')).toBe(textIn({ en: 'water', fr: 'eau' }, 'ca'))
  })
})

describe('a name', () => {
  test.each([
    ['of nothing', ''],
    ['of space', ' \u00a0'],
    ['of what is not displayed', '\u200b\ufeff'],
    ['of an empty Braille cell', '\u2800'],
    ['with a control character', 'a\u0007'],
    ['with a break of lines', 'a\u2028b'],
    ['with an override of direction', '\u202eba'],
    ['with an isolate of direction', '\u2066a\u2069'],
  ])('%s is refused', (_, name) => {
    expect(NameText.safeParse(name).success).toBe(false)
  })

  test.each(['Nusa', "O'Brien-Ng", '\u05d3\u05d5\u05d3 \u200f(\u05d0)', '\ua9b2\ua9c0\u200d\ua9a5', '1'])(
    '%s is one',
    (name) => {
      expect(NameText.parse(name)).toBe(name)
    },
  )
})
