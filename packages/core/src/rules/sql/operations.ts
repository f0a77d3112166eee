import type { NumberRange, OperationExpression } from '../expression.ts'
import { factNumberMax } from '../fact-types.ts'
import type { OperationName } from '../operations.ts'
import { fence, once, type Writing } from './emission.ts'
import { type Fragment, identifier, raw, render, type SqlDialectName, sql } from './fragment.ts'
import { existingDate, inRange, whole } from './shapes.ts'

/** What an operation is written from: its operands, none of them mentioned more than once unless it is cheap. */
export interface OperationParts {
  readonly operands: readonly [Fragment, Fragment]
  readonly ranges: readonly [NumberRange, NumberRange]
  readonly scale: number
  /** The result must be checked. */
  readonly guarded: boolean
}

type Writer = (at: Writing, parts: OperationParts) => Fragment

/** Below this a sum of a few products stays within 64 bits. */
const exactMax = 2 ** 62

const negate: Writer = (_, { operands: [a] }) => sql`(-${a})`

const sum =
  (sign: string): Writer =>
  (at, { operands: [a, b], guarded }) => {
    const result = sql`(${a} ${raw(sign)} ${b})`
    return guarded ? inRange(at, result) : result
  }

const multiply: Writer = (at, { operands: [a, b], ranges, guarded }) => {
  const product = sql`(${a} * ${b})`
  if (!guarded) return product
  // SQLite goes over to floating point where 64 bits do not suffice, and so the range still tells.
  if (at.dialect === 'sqlite' || greatest(ranges[0]) * greatest(ranges[1]) < exactMax) {
    return inRange(at, product)
  }
  // A product within ±2^53 is exact as a double, and one outside of it stays outside.
  return inRange(at, sql`(${a}::float8 * ${b}::float8)`, true)
}

/** SQLite divides by zero to NULL. PostgreSQL raises an error, so that not even a promise is relied on there. */
const nonZero = (at: Writing, divisor: Fragment, { minimum, maximum }: NumberRange): Fragment =>
  at.dialect === 'sqlite' || (minimum === maximum && minimum !== 0) ? divisor : sql`nullif(${divisor}, 0)`

const remainder: Writer = (at, { operands: [a, b], ranges }) => sql`(${a} % ${nonZero(at, b, ranges[1])})`

const rescale: Writer = (at, { operands: [a], ranges, scale, guarded }) => {
  const factor = 10 ** scale
  return multiply(at, {
    operands: [a, whole(at, factor)],
    ranges: [ranges[0], { minimum: factor, maximum: factor }],
    scale: 0,
    guarded,
  })
}

/** Rounds to nearest, halves away from zero. */
const divide: Writer = (at, { operands: [a, b], ranges, scale, guarded }) => {
  const [dividends, divisors] = ranges
  const factor = 10 ** scale
  if (2 * greatest(dividends) * factor + greatest(divisors) >= exactMax) {
    return longDivision(at, a, b, scale)
  }
  const twice = whole(at, 2 * factor)
  const two = whole(at, 2)
  const checked = (quotient: Fragment) =>
    guarded && greatest(dividends) * factor > factNumberMax ? inRange(at, quotient) : quotient
  if (divisors.minimum > 0 && dividends.minimum >= 0) {
    return checked(
      once(at, [b], (d = b) => sql`((${twice} * ${a} + ${d}) / (${two} * ${nonZero(at, d, divisors)}))`),
    )
  }
  return checked(
    once(at, [a, b], (n = a, d = b) => {
      const away = sql`CASE WHEN ${n} < 0 THEN -abs(${d}) ELSE abs(${d}) END`
      return sql`((${twice} * ${n} + ${away}) / (${two} * ${nonZero(at, d, divisors)}))`
    }),
  )
}

/** Digits of which a remainder below 2^53 can be multiplied within 64 bits. */
const chunkDigits = 3

/** The quotient's digits in chunks, so that nothing leaves 64 bits. A quotient that is too great is NULL. */
function longDivision(at: Writing, a: Fragment, b: Fragment, scale: number): Fragment {
  const [q, r, d, s] = ['q', 'r', 'd', 's'].map(raw) as [Fragment, Fragment, Fragment, Fragment]
  const fenced = fence(at)
  // SQLite's quotient may become a floating point number on the way; then it is too great in the end as well.
  const within = (quotient: Fragment) => (at.dialect === 'sqlite' ? quotient : inRange(at, quotient))
  const name = () => identifier(at.alias())
  let steps = sql`(SELECT abs(n) / abs(d) AS q, abs(n) % abs(d) AS r, abs(d) AS d, (n < 0) <> (d < 0) AS s FROM (SELECT ${a} AS n, nullif(${b}, 0) AS d${fenced}) AS ${name()}${fenced}) AS ${name()}`
  for (let left = scale; left > 0; left -= chunkDigits) {
    const factor = whole(at, 10 ** Math.min(left, chunkDigits))
    const next = within(sql`(${q} * ${factor} + ${r} * ${factor} / ${d})`)
    steps = sql`(SELECT ${next} AS q, ${r} * ${factor} % ${d} AS r, ${d} AS d, ${s} AS s FROM ${steps}${fenced}) AS ${name()}`
  }
  const rounded = inRange(at, sql`(${q} + CASE WHEN ${r} * 2 >= ${d} THEN 1 ELSE 0 END)`)
  const last = sql`(SELECT ${rounded} AS q, ${s} AS s FROM ${steps}${fenced}) AS ${name()}`
  return sql`(SELECT CASE WHEN ${s} THEN -${q} ELSE ${q} END FROM ${last})`
}

/** A comparison of numbers, truth values, or texts by code point: columns say that they are compared so. */
const compare =
  (operator: string): Writer =>
  (_, { operands: [a, b] }) =>
    sql`(${a} ${raw(operator)} ${b})`

const startsWith: Writer = (at, { operands: [a, b] }) =>
  at.dialect === 'postgres'
    ? sql`starts_with(${a}, ${b})`
    : once(at, [b], (n = b) => sql`(substr(${a}, 1, length(${n})) = ${n})`)

const endsWith: Writer = (at, { operands: [a, b] }) =>
  at.dialect === 'postgres'
    ? once(at, [b], (n = b) => sql`(right(${a}, length(${n})) = ${n})`)
    : once(at, [a, b], (t = a, n = b) => sql`(substr(${t}, length(${t}) - length(${n}) + 1) = ${n})`)

const contains: Writer = (at, { operands: [a, b] }) =>
  at.dialect === 'postgres' ? sql`(strpos(${a}, ${b}) > 0)` : sql`(instr(${a}, ${b}) > 0)`

const length: Writer = (at, { operands: [a] }) =>
  at.dialect === 'postgres' ? sql`length(${a})::bigint` : sql`length(${a})`

const dateOf: Writer = (at, { operands: [a] }) => existingDate(at, a)

/** Digits of a date as a number. */
function digits(at: Writing, date: Fragment, start: number, count: number): Fragment {
  const [from, many] = [raw(String(start)), raw(String(count))]
  return at.dialect === 'postgres'
    ? sql`substr(${date}, ${from}, ${many})::bigint`
    : sql`CAST(substr(${date}, ${from}, ${many}) AS INTEGER)`
}

const year = (at: Writing, date: Fragment) => digits(at, date, 1, 4)
const month = (at: Writing, date: Fragment) => digits(at, date, 6, 2)
const less = (at: Writing, condition: Fragment) =>
  at.dialect === 'postgres' ? sql`CASE WHEN ${condition} THEN 1 ELSE 0 END` : sql`(${condition})`

const age: Writer = (at, { operands: [birth, on], guarded }) =>
  once(at, [birth, on], (b = birth, o = on) => {
    const early = sql`substr(${o}, 6) < substr(${b}, 6)`
    const years = sql`(${year(at, o)} - ${year(at, b)} - ${less(at, early)})`
    return guarded ? sql`CASE WHEN ${b} <= ${o} THEN ${years} END` : years
  })

const monthsBetween: Writer = (at, { operands: [from, to] }) =>
  once(at, [from, to], (a = from, b = to) => {
    const months = sql`12 * (${year(at, b)} - ${year(at, a)}) + ${month(at, b)} - ${month(at, a)}`
    return sql`(${months} - ${less(at, sql`substr(${b}, 9) < substr(${a}, 9)`)})`
  })

/** How each operation is written. */
const writers: Readonly<Record<OperationName, Writer>> = {
  negate,
  add: sum('+'),
  subtract: sum('-'),
  multiply,
  remainder,
  divide,
  rescale,
  equal: compare('='),
  notEqual: compare('<>'),
  less: compare('<'),
  lessOrEqual: compare('<='),
  greater: compare('>'),
  greaterOrEqual: compare('>='),
  startsWith,
  endsWith,
  contains,
  length,
  dateOf,
  age,
  monthsBetween,
}

/** Writes an operation; NULL where an operand is, or where it cannot be computed. */
export function operationOf(
  at: Writing,
  { operation, scale, guarded, operands }: OperationExpression,
  written: readonly Fragment[],
): Fragment {
  const [first = raw('NULL'), second = raw('NULL')] = written
  const [a, b] = operands
  const writer = writers[operation]
  const parts = { scale, guarded, ranges: [rangeOf(a), rangeOf(b)] } as const
  return writer(at, { ...parts, operands: [first, second] })
}

function greatest({ minimum, maximum }: NumberRange): number {
  return Math.max(Math.abs(minimum), Math.abs(maximum))
}

function rangeOf(expression: OperationExpression['operands'][number] | undefined): NumberRange {
  const range = expression?.range
  if (range !== undefined) return range
  if (
    (expression?.kind === 'literal' || expression?.kind === 'parameter') &&
    typeof expression.value === 'number'
  ) {
    return { minimum: expression.value, maximum: expression.value }
  }
  return { minimum: -factNumberMax, maximum: factNumberMax }
}

/**
 * Each operation as it is written for both databases, of operands `a` and `b` (and an `s` of 2) that promise nothing.
 *
 * @example
 * ```ts
 * import { operationSql } from '@lumbung/core/rules/sql'
 *
 * operationSql('contains') // => { sqlite: '(instr(a, b) > 0)', postgres: '(strpos(a, b) > 0)' }
 * ```
 */
export function operationSql(operation: OperationName): Readonly<Record<SqlDialectName, string>> {
  const scale = operation === 'divide' || operation === 'rescale' ? 2 : 0
  const everything = { minimum: -factNumberMax, maximum: factNumberMax }
  const parts: OperationParts = {
    operands: [raw('a'), raw('b')],
    ranges: [everything, everything],
    scale,
    guarded: true,
  }
  const textFor = (dialect: SqlDialectName) => {
    let aliases = 0
    const alias = () => `t${++aliases}`
    return render(writers[operation]({ dialect, alias }, parts), dialect).sql
  }
  return { sqlite: textFor('sqlite'), postgres: textFor('postgres') }
}
