import { parseCivilDate } from '@lumbung/core/kernel'
import {
  type Expression,
  type FactValue,
  type ListExpression,
  type Rule,
  screenSql,
  traceRule,
} from '@lumbung/core/rules'
import { textOf } from './random-rules.ts'
import { facts, type RuleDatabase, source } from './rule-tables.ts'

export const on = parseCivilDate('2026-11-24')

type Household = Readonly<Record<string, FactValue>>

export function ruleOf(expression: Expression): Rule {
  return { text: '', expression, facts, nodes: 1, cost: 1 }
}

/** What a cell of the database says in the words of the evaluator. */
function readOf(expression: Expression, cell: unknown): unknown {
  if (cell === null) return null
  const { kind } = expression.type
  if (kind === 'bool')
    return cell === true || cell === 1 || cell === 1n
      ? true
      : cell === false || cell === 0 || cell === 0n
        ? false
        : cell
  return kind === 'number' || kind === 'money' ? Number(cell) : cell
}

/** A rule on which the database and the evaluator do not agree. */
export interface Disagreement {
  readonly rule: string
  readonly row: Household
  readonly expected: unknown
  readonly actual: unknown
  readonly sql: string
}

/** Asks rules of all households at once and compares with the evaluator; undefined where all agree. */
export async function disagreement(
  database: RuleDatabase,
  expressions: readonly Expression[],
  households: readonly Household[],
): Promise<Disagreement | undefined> {
  const rules = expressions.map(ruleOf)
  const { dialect } = database
  const ask = async (asked: readonly Rule[]) => {
    const text = screenSql({
      dialect,
      on,
      rules: asked,
      source,
      table: 'households',
      alias: 'h',
      key: ['id'],
    })
    return { text, rows: await database.ask(text.sql, text.parameters) }
  }
  const { rows } = await ask(rules).catch(async (error: unknown) => {
    for (const rule of rules) {
      await ask([rule]).catch((own: unknown) => {
        const { sql, parameters } = screenSql({
          dialect,
          on,
          rules: [rule],
          source,
          table: 'households',
          alias: 'h',
          key: ['id'],
        })
        throw new Error(`${textOf(rule.expression)}\n${sql}\n${JSON.stringify(parameters)}`, { cause: own })
      })
    }
    throw error
  })
  for (const [id, ...cells] of rows) {
    const household = households[Number(id)]
    if (household === undefined) throw new Error(`no household ${String(id)}`)
    for (const [index, rule] of rules.entries()) {
      const expected = traceRule(rule, { facts: { household }, on }).value
      const actual = readOf(rule.expression, cells[index])
      if (Object.is(expected, actual)) continue
      const smaller = await smallerDisagreement(database, rule.expression, households)
      if (smaller !== undefined) return smaller
      const text = screenSql({
        dialect,
        on,
        rules: [rule],
        source,
        table: 'households',
        alias: 'h',
        key: ['id'],
      })
      return {
        rule: textOf(rule.expression),
        row: household,
        expected,
        actual,
        sql: `${text.sql} ${JSON.stringify(text.parameters)}`,
      }
    }
  }
  return undefined
}

/** A part of the expression that disagrees by itself. */
async function smallerDisagreement(
  database: RuleDatabase,
  expression: Expression,
  households: readonly Household[],
): Promise<Disagreement | undefined> {
  for (const part of partsOf(expression)) {
    const found = await disagreement(database, [part], households)
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
