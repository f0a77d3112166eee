import { LumbungError } from '../kernel/index.ts'
import { takenNames } from './check-names.ts'
import { isDate } from './dates.ts'
import type { FactType, ListFact } from './fact-types.ts'
import type { ScalarValue } from './fact-values.ts'
import type { ParameterType, RuleEnvironment, RuleParameter } from './rule.ts'

/** What a rule is checked in: copies with every text in normal form NFC (semantics 5), to be frozen with the rule. */
export interface PreparedEnvironment {
  readonly facts: RuleEnvironment['facts']
  readonly parameters: Readonly<Record<string, RuleParameter>>
}

/**
 * Copies the environment of a rule.
 *
 * @throws LumbungError `rules/invalid-environment` for a root with a name that is taken, or a parameter whose value
 * is not of its type.
 */
export function prepareEnvironment({ facts, parameters = {} }: RuleEnvironment): PreparedEnvironment {
  for (const name of takenNames) {
    if (Object.hasOwn(facts, name)) refuse(name, 'the name is taken.')
  }
  return { facts: mapValues(facts, factCopy), parameters: mapValues(parameters, parameterCopy) }
}

function factCopy(fact: FactType): FactType {
  switch (fact.kind) {
    case 'record':
      return { kind: 'record', facts: mapValues(fact.facts, factCopy) }
    case 'list':
      return { ...fact, item: itemCopy(fact.item) }
    case 'enum':
      return { ...fact, values: fact.values.map((label) => label.normalize('NFC')) }
    default:
      return { ...fact }
  }
}

function itemCopy(item: ListFact['item']): ListFact['item'] {
  const copy = factCopy(item)
  return copy.kind === 'list' ? item : copy
}

function parameterCopy({ type, value }: RuleParameter, name: string): RuleParameter {
  const copy: ParameterType =
    type.kind === 'enum'
      ? { kind: 'enum', values: type.values.map((label) => label.normalize('NFC')) }
      : { ...type }
  const normal = (single: ScalarValue): ScalarValue => {
    const text = typeof single === 'string' ? single.normalize('NFC') : single
    if (!isOfType(copy, text)) refuse(`parameters.${name}`, `the value is not ${type.kind}.`)
    // Zero has no sign.
    return typeof text === 'number' ? text + 0 : text
  }
  return { type: copy, value: isList(value) ? value.map(normal) : normal(value) }
}

function isList(value: RuleParameter['value']): value is readonly ScalarValue[] {
  return Array.isArray(value)
}

function isOfType(type: ParameterType, value: ScalarValue): boolean {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string' && !value.includes('\0') && value.isWellFormed()
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
    default:
      return typeof value === 'number' && Number.isSafeInteger(value)
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  convert: (value: From, name: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, convert(value, name)]))
}

function refuse(name: string, reason: string): never {
  throw new LumbungError('rules/invalid-environment', `${name}: ${reason}`, { details: { name } })
}
