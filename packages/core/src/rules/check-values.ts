import type { Checked, Checking } from './checking.ts'
import type { Expression } from './expression.ts'
import type { Syntax } from './syntax.ts'
import { isOfKind, typeName } from './types.ts'

/** Checks a part that must have a single value. */
export function checkValue(syntax: Syntax, checking: Checking): Expression | undefined {
  return asValue(checking.check(syntax, checking), checking)
}

/** What was checked, where it has a single value; else a fault. */
export function asValue(checked: Checked, { text, faults }: Checking): Expression | undefined {
  if (checked === undefined) return undefined
  const { start, end } = checked.span
  const written = text.slice(start, end)
  switch (checked.kind) {
    case 'record':
      return faults.add(
        'rules/type',
        checked.span,
        `${written} is a record.`,
        `Write ${written}. and a fact of it.`,
      )
    case 'parameters':
      return faults.add(
        'rules/type',
        checked.span,
        'parameters is no value.',
        'Write parameters. and a name.',
      )
    case 'parameterList':
      return faults.add('rules/type', checked.span, `${written} is a list.`, `Write x in ${written}.`)
    case 'list':
    case 'filter': {
      const hint = `Write ${written}.size(), or exists, all, sum, min, max over it.`
      return faults.add('rules/type', checked.span, `${written} is a list.`, hint)
    }
    default:
      return checked
  }
}

/** Checks a part that must be true, false or unknown. */
export function checkCondition(syntax: Syntax, checking: Checking): Expression | undefined {
  const checked = checkValue(syntax, checking)
  if (checked === undefined || isOfKind(checked.type, 'bool')) return checked
  const message = `A condition is bool; this is ${typeName(checked.type)}.`
  return checking.faults.add('rules/type', checked.span, message)
}

/** All the parts, where none is missing for a fault. */
export function wholeOf(parts: readonly (Expression | undefined)[]): readonly Expression[] | undefined {
  const whole = parts.filter((part) => part !== undefined)
  return whole.length === parts.length ? whole : undefined
}
