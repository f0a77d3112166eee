import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { ActedBy, ActorId } from './acted-by.ts'

const uuid = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'

describe('the id of an actor has one form', () => {
  test.each([
    ['siti', 'siti'],
    [' siti\u00a0\n', 'siti'],
    ['e\u0301mile', '\u00e9mile'],
    [uuid.toUpperCase(), uuid],
    [` ${uuid} `, uuid],
    ['Siti', 'Siti'],
    ['oidc|A B', 'oidc|A B'],
    [`x${uuid.toUpperCase()}`, `x${uuid.toUpperCase()}`],
  ])('of %j it is %j', (text, id) => {
    expect(ActorId.parse(text)).toBe(id)
  })

  test.each([
    '',
    ' ',
    '\u200b',
    'si\u200bti',
    'siti\u200d',
    '\u2066siti',
    'si\u00adti',
    'a\tb',
    'a\u00a0b',
    'a\0',
    '\ud800',
  ])('%j is none', (text) => {
    expect(ActorId.safeParse(text).success).toBe(false)
  })

  test('which is its own form, and that of the same text in every normal form', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'aZ1|é\u0301\u0323ﬁΩ가Å ', '\u{1f33e}', '\u200b') }),
      fc.uuid().map((id) => id.toUpperCase()),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = ActorId.safeParse(text)
        fc.pre(parsed.success)
        expect(ActorId.parse(parsed.data)).toBe(parsed.data)
        expect(ActorId.parse(text.normalize('NFD'))).toBe(parsed.data)
        expect(ActorId.parse(`\u2003${text} `)).toBe(parsed.data)
      }),
    )
  })

  test('for whoever acts, and for whom they act', () => {
    expect(ActedBy.parse({ actor: ' a', onBehalfOf: uuid.toUpperCase() })).toEqual({
      actor: 'a',
      onBehalfOf: uuid,
    })
    expect(ActedBy.safeParse({ actor: 'a', onBehalfOf: '' }).success).toBe(false)
    expectTypeOf<{ actor: string }>().not.toExtend<ActedBy>()
  })
})
