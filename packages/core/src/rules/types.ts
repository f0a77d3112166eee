import type { ScalarType } from './expression.ts'
import type { ScalarFact, UndeterminedFact } from './fact-types.ts'
import type { ParameterType } from './rule.ts'

/** The type within a rule of what a fact or a parameter is declared as. */
export function scalarTypeOf(fact: ScalarFact | ParameterType | UndeterminedFact): ScalarType {
  switch (fact.kind) {
    case 'int':
      return { kind: 'number', scale: 0 }
    case 'decimal':
      return { kind: 'number', scale: fact.scale }
    case 'enum':
      return { kind: 'enum', values: fact.values }
    default:
      return { kind: fact.kind }
  }
}

/** A type as a fault names it. */
export function typeName(type: ScalarType): string {
  switch (type.kind) {
    case 'number':
      return type.scale === 0 ? 'int' : `decimal(${type.scale})`
    case 'enum':
      return `enum(${type.values.slice(0, 3).join(', ')}${type.values.length > 3 ? ', …' : ''})`
    default:
      return type.kind
  }
}

/** Whether a value has this type or, since its fact was not given, may have any. */
export function isOfKind(type: ScalarType, kind: ScalarType['kind']): boolean {
  return type.kind === kind || type.kind === 'undetermined'
}

/** Whether two enums have the same labels in the same order. */
export function haveSameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, index) => label === b[index])
}
