import type { Checked, Checking } from './checking.ts'
import type { Expression, FactExpression, ScalarType, Span } from './expression.ts'
import type { FactType, ScalarFact } from './fact-types.ts'
import type { ScalarValue } from './fact-values.ts'
import { fullRange } from './ranges.ts'
import type { RuleParameter } from './rule.ts'
import { suggest } from './suggest.ts'
import type { MemberSyntax, NameSyntax } from './syntax.ts'
import { scalarTypeOf } from './types.ts'

/** Names that no root and no variable may have. */
export const takenNames: readonly string[] = ['on', 'parameters']

/** A name by itself: a variable, the date, the parameters, or a root of the facts. */
export function checkName({ name, span }: NameSyntax, checking: Checking): Checked {
  const { variables, facts } = checking
  const index = variables.findLastIndex((variable) => variable.name === name)
  const variable = variables[index]
  if (variable !== undefined) return placeOf(variable.item, index + 1, [], span)
  if (name === 'on') return { kind: 'on', span, type: { kind: 'date' }, known: true }
  if (name === 'parameters') return { kind: 'parameters', span }
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined
  if (fact !== undefined) return placeOf(fact, 0, [name], span)
  const names = [...variables.map((known) => known.name), ...takenNames, ...Object.keys(facts)]
  const hint =
    name === 'now' || name === 'today' ? 'The date of the decision is the variable on.' : suggest(name, names)
  return checking.faults.add('rules/unknown-fact', span, `Nothing is called ${name}.`, hint)
}

/** `target.name`, of a target that was checked. */
export function checkMember(
  { name, nameSpan, span }: MemberSyntax,
  target: Checked,
  checking: Checking,
): Checked {
  const { faults, parameters, text } = checking
  if (target === undefined) return undefined
  if (target.kind === 'parameters') {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (parameter !== undefined) return placeOfParameter(name, parameter, span)
    const hint = suggest(name, Object.keys(parameters), 'parameters.')
    return faults.add('rules/unknown-parameter', nameSpan, `No parameter is called ${name}.`, hint)
  }
  const written = text.slice(target.span.start, target.span.end)
  if (target.kind !== 'record') {
    const isList = target.kind === 'list' || target.kind === 'filter'
    const what = isList ? 'a list' : 'a single value'
    const hint = isList
      ? `Write ${written}.exists(x, x.${name} …), or all, filter, sum, min, max.`
      : undefined
    return faults.add('rules/type', nameSpan, `${written} is ${what} and has no fact ${name}.`, hint)
  }
  const { facts } = target.type
  const fact = Object.hasOwn(facts, name) ? facts[name] : undefined
  if (fact !== undefined) return placeOf(fact, target.scope, [...target.path, name], span)
  const hint = suggest(name, Object.keys(facts), `${written}.`)
  return faults.add('rules/unknown-fact', nameSpan, `${written} has no fact ${name}.`, hint)
}

function placeOf(fact: FactType, scope: number, path: readonly string[], span: Span): Checked {
  switch (fact.kind) {
    case 'record':
      return { kind: 'record', span, scope, path, type: fact }
    case 'list':
      return { kind: 'list', span, scope, path, type: fact, known: fact.known }
    case 'undetermined':
      return { kind: 'fact', span, scope, path, type: { kind: 'undetermined' }, guarded: false, known: false }
    default:
      return factOf(fact, scope, path, span)
  }
}

/** A fact in the element of the given scope, or of a root. */
export function factOf(fact: ScalarFact, scope: number, path: readonly string[], span: Span): FactExpression {
  const isNumber = fact.kind === 'int' || fact.kind === 'money' || fact.kind === 'decimal'
  const guarded = (isNumber || fact.kind === 'date') && !fact.promised
  const promised = isNumber && fact.promised ? { minimum: fact.minimum, maximum: fact.maximum } : fullRange
  return {
    kind: 'fact',
    span,
    scope,
    path,
    type: scalarTypeOf(fact),
    ...(isNumber ? { range: promised } : {}),
    guarded,
    known: fact.known && !guarded,
  }
}

function placeOfParameter(name: string, { type, value }: RuleParameter, span: Span): Checked {
  const one = (single: ScalarValue): Expression => ({
    kind: 'parameter',
    name,
    ...valueNode(single, scalarTypeOf(type), span),
  })
  return isList(value) ? { kind: 'parameterList', span, elements: value.map(one) } : one(value)
}

function isList(value: RuleParameter['value']): value is readonly ScalarValue[] {
  return Array.isArray(value)
}

/** What a literal and a parameter have in common. */
export function valueNode(value: ScalarValue, type: ScalarType, span: Span) {
  const range = typeof value === 'number' ? { range: { minimum: value, maximum: value } } : {}
  return { span, type, value, known: true, ...range }
}
