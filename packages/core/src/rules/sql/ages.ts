import type { Expression, OperationExpression } from '../expression.ts'
import type { OperationName } from '../operations.ts'
import { type Emission, once } from './emission.ts'
import { bound, type Fragment, sql } from './fragment.ts'
import { truth } from './shapes.ts'

const mirrored: Readonly<Partial<Record<OperationName, OperationName>>> = {
  less: 'greater',
  lessOrEqual: 'greaterOrEqual',
  greater: 'less',
  greaterOrEqual: 'lessOrEqual',
  equal: 'equal',
  notEqual: 'notEqual',
}

/**
 * An age compared with a number of years, both it and the day known while the rule is written: then a birth date is
 * compared with a date, which costs less than any reckoning, and may use an index. Undefined for anything else.
 */
export function ageComparison(
  at: Emission,
  { operation, operands: [left, right] }: OperationExpression,
  emit: (expression: Expression, at: Emission) => Fragment,
): Fragment | undefined {
  const flipped = mirrored[operation]
  if (flipped === undefined || left === undefined || right === undefined) return undefined
  const [age, years, comparison] = isAge(left) ? [left, right, operation] : [right, left, flipped]
  const count = constantOf(years)
  if (!isAge(age) || typeof count !== 'number') return undefined
  const [birth, day] = age.operands
  const on = day === undefined ? undefined : day.kind === 'on' ? at.on : constantOf(day)
  if (birth === undefined || typeof on !== 'string') return undefined
  return once(at, [emit(birth, at)], (born) =>
    born === undefined ? truth(at, false) : thresholds(at, born, on, comparison, count, age.guarded),
  )
}

function isAge(expression: Expression): expression is OperationExpression {
  return expression.kind === 'operation' && expression.operation === 'age'
}

function constantOf(expression: Expression): boolean | number | string | undefined {
  return expression.kind === 'literal' || expression.kind === 'parameter' ? expression.value : undefined
}

function thresholds(
  at: Emission,
  born: Fragment,
  on: string,
  comparison: OperationName,
  years: number,
  guarded: boolean,
): Fragment {
  const [yes, no] = [truth(at, true), truth(at, false)]
  /** One who was born up to the first day has that age; one born after it and up to `on` has less. */
  const reached = (age: number, whenReached: Fragment, whenNot: Fragment): Fragment => {
    const latest = birthdayBefore(on, age)
    const day = bound(on)
    if (latest === 'any')
      return guarded ? sql`CASE WHEN ${born} <= ${day} THEN ${whenReached} END` : always(born, whenReached)
    if (latest === 'none')
      return guarded ? sql`CASE WHEN ${born} <= ${day} THEN ${whenNot} END` : always(born, whenNot)
    const first = sql`CASE WHEN ${born} <= ${bound(latest)} THEN ${whenReached}`
    return guarded
      ? sql`${first} WHEN ${born} <= ${day} THEN ${whenNot} END`
      : sql`${first} WHEN ${born} IS NOT NULL THEN ${whenNot} END`
  }
  switch (comparison) {
    case 'greaterOrEqual':
      return reached(years, yes, no)
    case 'greater':
      return reached(years + 1, yes, no)
    case 'less':
      return reached(years, no, yes)
    case 'lessOrEqual':
      return reached(years + 1, no, yes)
    case 'equal':
      return sql`(${reached(years, yes, no)} AND NOT ${reached(years + 1, yes, no)})`
    default:
      return sql`(${reached(years, no, yes)} OR ${reached(years + 1, yes, no)})`
  }
}

function always(born: Fragment, value: Fragment): Fragment {
  return sql`CASE WHEN ${born} IS NOT NULL THEN ${value} END`
}

/** The last birth date that makes an age on a day: month and day compare as text, also of 29 February. */
function birthdayBefore(on: string, age: number): string | 'any' | 'none' {
  const year = Number(on.slice(0, 4)) - age
  if (age <= 0) return 'any'
  if (year < 1) return 'none'
  return `${String(year).padStart(4, '0')}${on.slice(4)}`
}
