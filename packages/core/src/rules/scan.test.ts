import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRule } from './parse.ts'
import { scanText } from './scan.ts'
import type { Syntax } from './syntax.ts'

/** The least limit that a text passes. */
function nestingOf(text: string): number {
  let nesting = 0
  while (scanText(text, nesting).tooDeep !== undefined) nesting += 1
  return nesting
}

/** How deep the tree of a text is, chains of && and || left out. */
function depthOf(syntax: Syntax): number {
  const deepest = (parts: readonly Syntax[]) => Math.max(0, ...parts.map(depthOf))
  switch (syntax.kind) {
    case 'member':
      return 1 + depthOf(syntax.target)
    case 'call':
      return 1 + deepest(syntax.target === undefined ? syntax.operands : [syntax.target, ...syntax.operands])
    case 'operator':
      return deepest(syntax.operands) + (syntax.operator === '&&' || syntax.operator === '||' ? 0 : 1)
    case 'list':
      return 1 + deepest(syntax.elements)
    case 'refused':
      return 1 + deepest(syntax.parts)
    default:
      return 0
  }
}

describe('the nesting of a text (semantics 10)', () => {
  test.each([
    ['a', 0],
    ['(a)', 1],
    ['((a) && (b))', 2],
    ['a + b * c == d', 3],
    ['a + (b + c)', 3],
    ['a && b + c || d', 1],
    ['a ? b : c ? d : e', 2],
    ['f(a, b, c + d)', 2],
    ['a.b.c(d).e', 3],
    ['x in [1, -2]', 3],
    ["'((((' + r'((\\d' + '''(('((''' // ((((", 2],
    ['"\\"((" + a', 1],
  ])('%s: %d', (text, nesting) => {
    expect(nestingOf(text)).toBe(nesting)
  })

  test('bounds the depth of every tree that the parser makes', () => {
    const words =
      `a.b( c( ( ) [ ] , ' " ''' """ \\ \\' \\" r' r" R''' b" // - ! + == in ? : && || . x 1 1.5 0x1 ${'\n'}`.split(
        ' ',
      )
    const closed = fc
      .tuple(fc.array(fc.constantFrom(...words), { maxLength: 25 }), fc.nat(6))
      .map(([parts, count]) => `${'('.repeat(count)}x${parts.join('')}1${')'.repeat(count)}`)
    let parsed = 0
    fc.assert(
      fc.property(closed, (text) => {
        const { syntax } = parseRule(text)
        if (syntax === undefined) return
        parsed += 1
        // At each level a chain of operators may end in a chain of accesses, both counted as the longer one.
        expect(depthOf(syntax)).toBeLessThanOrEqual(3 * nestingOf(text) + 1)
      }),
      { numRuns: 3_000 },
    )
    expect(parsed).toBeGreaterThan(50)
  })
})

describe('spans with their parentheses', () => {
  test('all that directly enclose a part, and none of a call', () => {
    const text = 'f(( (a) ) + b)'
    const { withParentheses } = scanText(text, 64)
    expect(withParentheses({ start: 5, end: 6 })).toEqual({ start: 2, end: 9 })
    expect(withParentheses({ start: 12, end: 13 })).toEqual({ start: 12, end: 13 })
  })
})
