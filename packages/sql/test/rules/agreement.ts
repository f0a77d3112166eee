import type { CivilDate } from '@lumbung/core/kernel'
import {
  type Expression,
  type GivenFacts,
  type ListExpression,
  type Rule,
  type ScalarType,
  traceRule,
} from '@lumbung/core/rules'
import { type SqlSource, screenSql } from '@lumbung/core/rules/sql'
import type { RuleDatabase } from './rule-database.ts'

/** Where rules are asked, and of what. */
export interface Asked {
  readonly database: RuleDatabase
  readonly source: SqlSource
  readonly table: string
  /** What stands in the rows, by their ids. */
  readonly given: readonly GivenFacts[]
  readonly on: CivilDate
}

/** A rule on which the database and the evaluator do not agree. */
export interface Disagreement {
  readonly rule: string
  readonly row: GivenFacts | undefined
  readonly on: string
  readonly expected: unknown
  readonly actual: unknown
  readonly sql: string
}

/** What a cell of the database says in the words of the evaluator. */
export function readCell({ kind }: ScalarType, cell: unknown): unknown {
  if (cell === null) return null
  if (kind === 'bool') return cell === true || cell === 1 ? true : cell === false || cell === 0 ? false : cell
  return kind === 'number' || kind === 'money' ? Number(cell) : cell
}

function textFor({ database: { dialect }, source, table, on }: Asked, rules: readonly Rule[]) {
  return screenSql({ dialect, on, rules, source, table, alias: 'h', key: ['id'] })
}

/** Asks rules of all rows at once and compares with the evaluator. */
export async function disagreement(
  asked: Asked,
  rules: readonly Rule[],
): Promise<{ readonly found: Disagreement | undefined; readonly knownCells: number }> {
  const { database, given, on } = asked
  const { sql, parameters } = textFor(asked, rules)
  const rows = await database.ask(sql, parameters).catch((error: unknown) => error as Error)
  if (rows instanceof Error) return { found: await whichFails(asked, rules, rows), knownCells: 0 }
  let knownCells = 0
  for (const [id, ...cells] of rows) {
    const facts = given[Number(id)] ?? {}
    for (const [index, rule] of rules.entries()) {
      const expected = traceRule(rule, { facts, on }).value
      const actual = readCell(rule.expression.type, cells[index])
      if (actual !== null) knownCells += 1
      if (Object.is(expected, actual)) continue
      const smaller = await smallerDisagreement(asked, rule)
      const found = smaller ?? { ...told(asked, rule), row: facts, expected, actual }
      return { found, knownCells }
    }
  }
  return { found: undefined, knownCells }
}

function told(asked: Asked, rule: Rule) {
  const { sql, parameters } = textFor(asked, [rule])
  const { start, end } = rule.expression.span
  return { rule: rule.text.slice(start, end), on: asked.on, sql: `${sql} ${JSON.stringify(parameters)}` }
}

/** No rule may make a statement fail: which of them does? */
async function whichFails(asked: Asked, rules: readonly Rule[], all: Error): Promise<Disagreement> {
  for (const rule of rules) {
    const { sql, parameters } = textFor(asked, [rule])
    const error = await asked.database.ask(sql, parameters).then(
      () => undefined,
      (own: unknown) => own,
    )
    if (error === undefined) continue
    for (const part of partsOf(rule.expression)) {
      const { found } = await disagreement(asked, [{ ...rule, expression: part }])
      if (found !== undefined) return found
    }
    return { ...told(asked, rule), row: undefined, expected: 'no error', actual: String(error) }
  }
  throw all
}

/** A part of the rule that disagrees by itself, on whatever row. */
async function smallerDisagreement(asked: Asked, rule: Rule): Promise<Disagreement | undefined> {
  for (const part of partsOf(rule.expression)) {
    const { found } = await disagreement(asked, [{ ...rule, expression: part }])
    if (found !== undefined) return found
  }
  return undefined
}

/** The parts that stand outside of all lists. */
function partsOf(expression: Expression): readonly Expression[] {
  const alone = (part: Expression | ListExpression): part is Expression =>
    part.kind !== 'list' && part.kind !== 'filter'
  switch (expression.kind) {
    case 'not':
      return [expression.operand]
    case 'and':
    case 'or':
    case 'operation':
      return expression.operands
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse]
    case 'known':
      return alone(expression.operand) ? [expression.operand] : []
    case 'oneOf':
      return [expression.needle, ...expression.elements]
    case 'elementOf':
      return [expression.needle]
    default:
      return []
  }
}
