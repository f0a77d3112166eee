import type { Span } from './expression.ts'

/** What is known of a text before it is parsed. */
export interface Scan {
  /** The first place at which the nesting is above the limit. */
  readonly tooDeep?: Span
  /** The span with all parentheses that directly enclose it. */
  readonly withParentheses: (span: Span) => Span
  /** The token that follows the one which ends here. */
  readonly after: (end: number) => Span | undefined
}

/** The tokens that the parser takes, in the order in which they are tried. */
const token = new RegExp(
  [
    // White space and comments.
    String.raw`[ \t\r\n]+|//[^\n]*`,
    // Texts in three quotes or one, also raw ones and bytes.
    String.raw`[bBrR]?(?:"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*')`,
    String.raw`0[xX][0-9a-fA-F]*[uU]?|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[uU]?`,
    '[A-Za-z_][A-Za-z0-9_]*',
    String.raw`&&|\|\||[=!<>]=|.`,
  ].join('|'),
  'sy',
)

/** Operators that make a chain, one by one. */
const chained = new Set(['!', '-', '+', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in'])

interface Level {
  /** Conditionals around this place, between the last comma or bracket and it. */
  conditionals: number
  /** Operators since the last `&&`, `||`, `?`, `:`, comma or bracket. */
  operators: number
  /** Accesses and calls in a row. */
  accesses: number
}

/**
 * Reads a text once from left to right and reckons how deep it is nested, so that no text can drive the recursion
 * of the parser (semantics 10): each bracket counts as 1, and so does each operator of a chain that is not one of
 * `&&` and `||`. It takes the same tokens as the parser does; where the parser finds a fault, nothing behind counts.
 */
export function scanText(text: string, nestingMax: number): Scan {
  const levels: Level[] = [{ conditionals: 0, operators: 0, accesses: 0 }]
  const open: number[] = []
  /** For the start of a token the start of the one before, and for an end the end of the one behind. */
  const before = new Map<number, Span>()
  const behind = new Map<number, Span>()
  const partner = new Map<number, number>()
  let previous: Span | undefined
  let outer = 0
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [word] = match
    const first = word.charAt(0)
    if (first === ' ' || first === '\t' || first === '\r' || first === '\n' || word.startsWith('//')) continue
    const span: Span = { start: match.index, end: match.index + word.length }
    if (previous !== undefined) {
      before.set(span.start, previous)
      behind.set(previous.end, span)
    }
    previous = span
    const level = levels.at(-1)
    if (level === undefined) break
    if (word === '(' || word === '[' || word === '{') {
      outer += depthOf(level) + 1
      levels.push({ conditionals: 0, operators: 0, accesses: 0 })
      open.push(span.start)
    } else if (word === ')' || word === ']' || word === '}') {
      const start = open.pop()
      // The parser stops here, and so may we.
      if (start === undefined) break
      partner.set(start, span.end)
      levels.pop()
      outer -= depthOf(levels.at(-1)) + 1
      // An index is an access as well; a parenthesis belongs to a call that was counted, or to none.
      const inner = levels.at(-1)
      if (word === ']' && inner !== undefined) inner.accesses += 1
    } else if (word === ',') {
      level.conditionals = level.operators = level.accesses = 0
    } else if (word === '&&' || word === '||' || word === ':') {
      level.operators = level.accesses = 0
    } else if (word === '?') {
      level.conditionals += 1
      level.operators = level.accesses = 0
    } else if (chained.has(word)) {
      level.operators += 1
      level.accesses = 0
    } else if (word === '.') {
      level.accesses += 1
    }
    if (outer + depthOf(levels.at(-1)) > nestingMax)
      return { tooDeep: span, withParentheses: (same) => same, after: (end) => behind.get(end) }
  }
  return {
    after: (end) => behind.get(end),
    withParentheses(span) {
      let { start, end } = span
      for (;;) {
        const opening = before.get(start)
        const closing = behind.get(end)
        if (opening === undefined || closing === undefined) return { start, end }
        if (text.charAt(opening.start) !== '(' || partner.get(opening.start) !== closing.end)
          return { start, end }
        start = opening.start
        end = closing.end
      }
    },
  }
}

function depthOf(level: Level | undefined): number {
  return level === undefined ? 0 : level.conditionals + Math.max(level.operators, level.accesses)
}
