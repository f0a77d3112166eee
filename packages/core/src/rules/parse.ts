import { type CelNode, celFaultOf, parseCel } from './cel-parser.ts'
import type { Span } from './expression.ts'
import { decimalScaleMax, factNumberMax } from './fact-types.ts'
import { type Faults, gatherFaults } from './faults.ts'
import { limitsOf } from './limits.ts'
import type { RuleFault, RuleLimits } from './rule.ts'
import { type Scan, scanText } from './scan.ts'
import type { CallSyntax, OperatorSyntax, RefusedSyntax, Syntax } from './syntax.ts'
import { unsupportedCallHint } from './unsupported.ts'

/** What a text holds, or nothing where it cannot be read; and what is wrong with it. */
export interface ParsedRule {
  readonly text: string
  readonly syntax?: Syntax
  readonly faults: readonly RuleFault[]
}

/**
 * Reads the text of a rule: CEL syntax, of which only the subset of this language passes. Length and nesting are checked before it sees the text (semantics 10).
 */
export function parseRule(text: string, limits: Partial<RuleLimits> = {}): ParsedRule {
  const faults = gatherFaults(text)
  const { lengthMax, nestingMax } = limitsOf(limits)
  const whole: Span = { start: 0, end: text.length }
  if (text.length > lengthMax) {
    faults.add(
      'rules/too-long',
      { start: lengthMax, end: text.length },
      `A rule has at most ${lengthMax} characters.`,
    )
    return { text, faults: faults.list() }
  }
  const stranger = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text)
  if (stranger !== null) {
    const span = { start: stranger.index, end: stranger.index + 1 }
    faults.add('rules/invalid-text', span, 'A rule holds neither U+0000 nor half of a surrogate pair.')
    return { text, faults: faults.list() }
  }
  const scan = scanText(text, nestingMax)
  if (scan.tooDeep !== undefined) {
    const message = `A rule is nested at most ${nestingMax} deep.`
    faults.add('rules/too-deep', scan.tooDeep, message, 'Split it into several clauses.')
    return { text, faults: faults.list() }
  }
  const tree = read(text, whole, faults)
  if (tree === undefined) return { text, faults: faults.list() }
  const syntax = convert(tree, { text, scan, faults })
  return { text, syntax, faults: faults.list() }
}

function read(text: string, whole: Span, faults: Faults): CelNode | undefined {
  try {
    return parseCel(text)
  } catch (error) {
    // Whatever else the parser may throw says as much: it could not read the text.
    const fault = celFaultOf(error)
    if (fault === undefined) return faults.add('rules/syntax', whole, 'The text cannot be read.')
    const { start, end } = fault.range ?? whole
    const span = { start: Math.min(start, text.length), end: Math.max(start, Math.min(end, text.length)) }
    if (fault.code === 'limit_exceeded') {
      return faults.add('rules/too-large', span, 'A list or a call has too many elements.')
    }
    return faults.add('rules/syntax', span, `${inPlainWords(fault.summary)}.`, syntaxHint(text, span))
  }
}

/** What the parser calls its tokens, where it is not what a writer sees. */
const tokenNames: ReadonlyMap<string, string> = new Map([
  ['EOF', 'the end'],
  ['NUMBER', 'a number'],
  ['STRING', 'a text'],
  ['IDENTIFIER', 'a name'],
  ['LPAREN', '('],
  ['RPAREN', ')'],
  ['LBRACKET', '['],
  ['RBRACKET', ']'],
  ['LBRACE', '{'],
  ['RBRACE', '}'],
  ['COMMA', ','],
  ['COLON', ':'],
  ['QUESTION', '?'],
  ['DOT', '.'],
])

function inPlainWords(summary: string): string {
  return summary.replaceAll(/\b[A-Z]{3,}\b/g, (word) => tokenNames.get(word) ?? word)
}

function syntaxHint(text: string, { start }: Span): string | undefined {
  const rest = text.slice(start)
  if (text.trim() === '') return 'Write an expression.'
  if (rest.startsWith('?')) return 'Optional values are not part of the language; ask known(x).'
  if (rest.startsWith('=')) return 'Write == for equality.'
  if (rest.startsWith('&')) return 'Write && for and.'
  if (rest.startsWith('|')) return 'Write || for or.'
  if (rest.startsWith('{')) return 'Messages and maps are not part of the language.'
  if (rest.startsWith('.')) return 'Begin a decimal with a digit: 0.5.'
  const word = /^(?:and|or|not)\b/i.exec(rest) ?? /\b(?:and|or|not)\s*$/i.exec(text.slice(0, start))
  return word === null ? undefined : 'Write && for and, || for or, ! for not.'
}

interface Source {
  readonly text: string
  readonly scan: Scan
  readonly faults: Faults
}

function convert(node: CelNode, source: Source): Syntax {
  const span: Span = { start: node.start, end: node.end }
  switch (node.op) {
    case 'value':
      return convertValue(node.args, span, source)
    case 'id':
      return { kind: 'name', span, name: node.args }
    case '.': {
      const [target, name] = node.args
      const part = convert(target, source)
      const { start } = source.scan.withParentheses(part.span)
      const nameSpan = { start: node.pos, end: node.pos + name.length }
      return { kind: 'member', span: { start, end: node.end }, target: part, name, nameSpan }
    }
    case 'call': {
      const [name, operands] = node.args
      const nameSpan = { start: node.start, end: node.start + name.length }
      const parts = operands.map((operand) => convert(operand, source))
      return callOf({ kind: 'call', span, name, nameSpan, operands: parts }, source)
    }
    case 'rcall': {
      const [name, target, operands] = node.args
      const part = convert(target, source)
      const outer = source.scan.withParentheses(part.span)
      const dot = source.scan.after(outer.end)
      const nameSpan = (dot === undefined ? undefined : source.scan.after(dot.end)) ?? span
      const parts = operands.map((operand) => convert(operand, source))
      const whole = { start: outer.start, end: node.end }
      return callOf({ kind: 'call', span: whole, target: part, name, nameSpan, operands: parts }, source)
    }
    case 'list':
      return { kind: 'list', span, elements: node.args.map((element) => convert(element, source)) }
    case '!_':
    case '-_': {
      const operand = convert(node.args, source)
      const outer = { start: node.start, end: source.scan.withParentheses(operand.span).end }
      if (node.op === '!_') return { kind: 'operator', span: outer, operator: '!', operands: [operand] }
      if (operand.kind === 'number') return { ...operand, span: outer, value: -operand.value }
      return { kind: 'operator', span: outer, operator: '-', operands: [operand] }
    }
    case '&&':
    case '||':
      return convertOperator(node.op, chainOf(node, node.op), source)
    case 'map': {
      const parts = node.args.flat().map((part) => convert(part, source))
      return refuse(source, span, parts, 'Maps are not part of the language.')
    }
    case '[]':
    case '.?':
    case '[?]': {
      const part = convert(node.args[0], source)
      const { start } = source.scan.withParentheses(part.span)
      const hint = 'Ask list.exists(x, …), list.all(x, …) or list.filter(x, …).'
      return refuse(source, { start, end: node.end }, [part], 'Elements are not read by their index.', hint)
    }
    case '/': {
      const { span: whole, operands } = convertOperator(node.op, node.args, source)
      const [a, b] = operands.map((part) => sourceOf(source.text, source.scan.withParentheses(part.span)))
      const hint = `Write div(${a}, ${b}, 0), the last being the digits after the point.`
      return refuse(source, whole, operands, '/ would round without saying how.', hint)
    }
    case '==':
    case '!=': {
      const [left, right] = node.args
      const compared = isNull(left) ? right : left
      if (!isNull(left) && !isNull(right)) return convertOperator(node.op, node.args, source)
      const part = convert(compared, source)
      const hint = `Write ${node.op === '==' ? '!' : ''}known(${sourceOf(source.text, part.span)}).`
      const outer = source.scan.withParentheses(part.span)
      const whole = { start: Math.min(outer.start, span.start), end: Math.max(outer.end, span.end) }
      return refuse(source, whole, [part], 'Nothing is compared with null.', hint)
    }
    default:
      return convertOperator(node.op, node.args, source)
  }
}

function isNull(node: CelNode): boolean {
  return node.op === 'value' && node.args === null
}

function convertOperator(operator: string, operands: readonly CelNode[], source: Source): OperatorSyntax {
  const parts = operands.map((operand) => convert(operand, source))
  // From the first operand to the last one, with the parentheses that these stand in.
  const spans = parts.map((part) => source.scan.withParentheses(part.span))
  const span = { start: spans.at(0)?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
  return { kind: 'operator', span, operator, operands: parts }
}

/** The operands of a chain, which the parser nests to the left. */
function chainOf(node: CelNode, operator: '&&' | '||'): readonly CelNode[] {
  const operands: CelNode[] = []
  let rest = node
  while (rest.op === operator) {
    const [left, right] = rest.args
    operands.push(right)
    rest = left
  }
  return [...operands, rest].toReversed()
}

/** A call, unless CEL has it and this language has not. */
function callOf(call: CallSyntax, source: Source): Syntax {
  const [first] = call.operands
  const hint = unsupportedCallHint(call.name, first === undefined ? 'x' : sourceOf(source.text, first.span))
  if (hint === undefined) return call
  // What stands in the parentheses of a macro may name what only the macro explains.
  const parts = call.target === undefined ? call.operands : [call.target]
  const refused = refuse(source, call.nameSpan, parts, `${call.name}() is not part of the language.`, hint)
  return { ...refused, span: call.span }
}

function convertValue(value: Extract<CelNode, { op: 'value' }>['args'], span: Span, source: Source): Syntax {
  switch (typeof value) {
    case 'boolean':
      return { kind: 'bool', span, value }
    case 'bigint':
      return numberOf(value, 0, span, source)
    case 'number':
      return decimalOf(span, source)
    case 'string':
      if (value.includes('\0') || !value.isWellFormed()) {
        source.faults.add(
          'rules/invalid-text',
          span,
          'A text holds neither U+0000 nor half of a surrogate pair.',
        )
        return { kind: 'refused', span, parts: [] }
      }
      return { kind: 'text', span, value: value.normalize('NFC') }
    default:
      if (value === null)
        return refuse(source, span, [], 'null is not part of the language.', 'Ask known(x).')
      if (value instanceof Uint8Array) return refuse(source, span, [], 'Bytes are not part of the language.')
      return refuse(
        source,
        span,
        [],
        'Numbers without sign are not part of the language.',
        'Leave out the u.',
      )
  }
}

/** The parser rounds it to a double; the text says it exactly. */
function decimalOf(span: Span, source: Source): Syntax {
  const digits = sourceOf(source.text, span)
  const [whole = '', fraction = ''] = digits.split('.')
  if (!/^[0-9]+$/.test(whole + fraction)) {
    return refuse(source, span, [], 'A number has no exponent.', 'Write all its digits.')
  }
  if (fraction.length > decimalScaleMax) {
    const message = `A decimal has at most ${decimalScaleMax} digits after the point.`
    source.faults.add('rules/scale', span, message)
    return { kind: 'refused', span, parts: [] }
  }
  return numberOf(BigInt(whole + fraction), fraction.length, span, source)
}

function numberOf(value: bigint, scale: number, span: Span, { faults }: Source): Syntax {
  if (value <= BigInt(factNumberMax)) return { kind: 'number', span, value, scale }
  const message = 'A number, without its point, is at most 9007199254740991.'
  faults.add('rules/out-of-range', span, message)
  return { kind: 'refused', span, parts: [] }
}

function refuse(
  { faults }: Source,
  span: Span,
  parts: readonly Syntax[],
  message: string,
  hint?: string,
): RefusedSyntax {
  faults.add('rules/unsupported', span, message, hint)
  return { kind: 'refused', span, parts }
}

function sourceOf(text: string, { start, end }: Span): string {
  return text.slice(start, end)
}
