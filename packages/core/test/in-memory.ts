import {
  ColumnsBuilder,
  compileColumns,
  compileRule,
  outcomeAt,
  type ScalarValue,
  traceRule,
} from '../src/rules/index.ts'
import type { RuleCase } from './arbitrary-cases.ts'

/** What each way to evaluate in memory comes to for each row. */
export function outcomesInMemory({
  rule,
  rows,
  on,
}: Omit<RuleCase, 'schema'>): Readonly<Record<string, readonly (ScalarValue | null)[]>> {
  const closure = compileRule(rule)
  return {
    trace: rows.map((facts) => traceRule(rule, { facts, on }).value),
    closures: rows.map((facts) => closure(facts, on)),
    generated: inColumns({ rule, rows, on }, 'generated'),
    composed: inColumns({ rule, rows, on }, 'composed'),
  }
}

function inColumns(
  { rule, rows, on }: Omit<RuleCase, 'schema'>,
  execution: 'generated' | 'composed',
): (ScalarValue | null)[] {
  const compiled = compileColumns([rule], { execution })
  const builder = new ColumnsBuilder(compiled.plan)
  for (const facts of rows) builder.add(facts)
  const columns = builder.take()
  const [outcomes = new Uint8Array(0)] = compiled.run(columns, on)
  return rows.map((_, row) => outcomeAt(outcomes, row, rule.expression.type, columns.texts))
}
