import type { Checking } from './checking.ts'
import type { Expression, ScalarType } from './expression.ts'
import { fullRange, rescaledRange } from './ranges.ts'
import { suggest } from './suggest.ts'
import { haveSameLabels } from './types.ts'

/**
 * The same values in one type: decimals of the largest scale, texts that stand beside an enum as its labels.
 * Money stays beside ints, both being whole numbers (semantics 6). Nothing where they do not mix; `'told'` where
 * the fault is told already.
 */
export function align(
  operands: readonly Expression[],
  checking: Checking,
): { readonly operands: readonly Expression[]; readonly type: ScalarType } | 'told' | undefined {
  const types = operands.map(({ type }) => type).filter(({ kind }) => kind !== 'undetermined')
  const [first] = types
  if (first === undefined) return { operands, type: { kind: 'undetermined' } }
  const labels = types.find((type) => type.kind === 'enum')
  if (labels !== undefined) {
    const aligned: Expression[] = []
    let isTold = false
    for (const operand of operands) {
      const label = asLabel(operand, labels.values, checking)
      if (label === undefined) return undefined
      if (label === 'told') isTold = true
      else aligned.push(label)
    }
    return isTold ? 'told' : { operands: aligned, type: labels }
  }
  const scales = types.map((type) => (type.kind === 'number' ? type.scale : 0))
  const scale = Math.max(...scales)
  if (types.every(({ kind }) => kind === 'number')) {
    return { operands: operands.map((operand) => toScale(operand, scale)), type: { kind: 'number', scale } }
  }
  if (types.every(({ kind }) => kind === 'number' || kind === 'money')) {
    return scale === 0 ? { operands, type: { kind: 'money' } } : undefined
  }
  return types.every(({ kind }) => kind === first.kind) ? { operands, type: first } : undefined
}

/** A number with so many digits after the point; others stay as they are. */
export function toScale(operand: Expression, scale: number): Expression {
  if (operand.type.kind !== 'number' || operand.type.scale >= scale) return operand
  const digits = scale - operand.type.scale
  const { range, guarded } = rescaledRange(operand.range ?? fullRange, digits)
  const type: ScalarType = { kind: 'number', scale }
  const isValue = operand.kind === 'literal' || operand.kind === 'parameter'
  if (isValue && typeof operand.value === 'number' && !guarded) {
    return { ...operand, type, range, value: range.minimum }
  }
  return {
    kind: 'operation',
    operation: 'rescale',
    operands: [operand],
    scale: digits,
    span: operand.span,
    type,
    range,
    guarded,
    known: operand.known && !guarded,
  }
}

/** A text as a label of an enum, so that no misspelt one compares as false for ever. */
function asLabel(
  operand: Expression,
  labels: readonly string[],
  checking: Checking,
): Expression | 'told' | undefined {
  if (operand.type.kind === 'undetermined') return operand
  if (operand.type.kind === 'enum') return haveSameLabels(operand.type.values, labels) ? operand : undefined
  if (operand.type.kind !== 'text') return undefined
  const type: ScalarType = { kind: 'enum', values: labels }
  if (operand.kind === 'literal' || operand.kind === 'parameter') {
    const value = String(operand.value)
    if (labels.includes(value)) return { ...operand, type }
    const hint =
      suggest(value, labels) ??
      `Labels are ${labels.slice(0, 12).join(', ')}${labels.length > 12 ? ', …' : ''}.`
    checking.faults.add('rules/unknown-label', operand.span, `'${value}' is none of the labels.`, hint)
    return 'told'
  }
  if (operand.kind !== 'conditional') return undefined
  const whenTrue = asLabel(operand.whenTrue, labels, checking)
  const whenFalse = asLabel(operand.whenFalse, labels, checking)
  if (whenTrue === undefined || whenFalse === undefined) return undefined
  if (whenTrue === 'told' || whenFalse === 'told') return 'told'
  return { ...operand, type, whenTrue, whenFalse }
}
