import type { CivilDate } from '../../kernel/index.ts'
import type { ScalarType } from '../expression.ts'
import type { ScalarValue } from '../fact-values.ts'
import type { Rule } from '../rule.ts'
import type { ColumnNode } from './column-node.ts'
import { composeRun } from './compose.ts'
import { dateNumber, dateOfNumber } from './date-number.ts'
import { generateRun } from './generate.ts'
import type { Columns } from './layout.ts'
import { lower } from './lower.ts'
import { neededIn } from './needed.ts'
import { NodeFactory } from './node-factory.ts'
import type { ColumnPlan } from './plan.ts'
import type { Outcomes } from './run.ts'
import type { TextCodes } from './text-codes.ts'

/** Rules made ready for many rows at once. */
export interface CompiledColumns {
  /** The columns that the rules read. */
  readonly plan: ColumnPlan
  /** How it runs. */
  readonly execution: 'generated' | 'composed'
  /**
   * The outcomes of each rule for every row, in the order of the rules: of a bool 0 false, 1 unknown, 2 true in a
   * `Uint8Array`; of anything else as in a column. `into` are arrays of an earlier run to be filled again.
   */
  readonly run: (columns: Columns, on: CivilDate, into?: readonly Outcomes[]) => readonly Outcomes[]
}

/** Above so many nodes the engine would no longer compile one loop for all rules to machine code. */
const nodesPerLoop = 600

/**
 * Compiles rules for {@link Columns}: what several of them ask alike is computed once, and all that is asked of the
 * elements of one list in one pass.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { checkRule, ColumnsBuilder, compileColumns, type RuleEnvironment } from '@lumbung/core/rules'
 *
 * const facts: RuleEnvironment['facts'] = {
 *   household: {
 *     kind: 'record',
 *     facts: {
 *       welfareDecile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *       hasLand: { kind: 'bool', known: false },
 *     },
 *   },
 * }
 * const checked = checkRule('household.welfareDecile <= 4 && !household.hasLand', { facts })
 * if (!checked.ok) throw new Error(checked.faults[0]?.message)
 *
 * const compiled = compileColumns([checked.rule])
 * const builder = new ColumnsBuilder(compiled.plan)
 * builder.add({ household: { welfareDecile: 3, hasLand: false } })
 * builder.add({ household: { welfareDecile: 5 } })
 * builder.add({ household: {} })
 * const columns = builder.take()
 * const [met = new Uint8Array()] = compiled.run(columns, parseCivilDate('2026-11-24'))
 * Array.from(met) // => [2, 0, 1]
 * ```
 */
export function compileColumns(
  rules: readonly Rule[],
  options: {
    /** Default `generated`, where code may be made from text, and otherwise `composed`. Both give the same. */
    readonly execution?: 'generated' | 'composed'
  } = {},
): CompiledColumns {
  const factory = new NodeFactory()
  const roots = rules.map(({ expression }) => lower(factory, expression, [factory.rows]))
  const execution = options.execution ?? (mayGenerate() ? 'generated' : 'composed')
  const makeRun = execution === 'generated' ? generateRun : composeRun
  const runs = groupsOf(factory, roots).map((group) => ({
    group,
    run: makeRun(
      factory.rows,
      group.map(({ root }) => root),
    ),
  }))
  return {
    plan: factory.rows.plan,
    execution,
    run: (columns, on, into) => {
      const outcomes = roots.map((root, index) => outcomesFor(root, columns.rows, into?.[index]))
      for (const { group, run } of runs) {
        const own = group.flatMap(({ index }) => outcomes[index] ?? [])
        run(columns, dateNumber(on), own)
      }
      return outcomes
    },
  }
}

let isGenerating: boolean | undefined

/** Whether a content security policy lets code be made from text; found out once, by trying. */
function mayGenerate(): boolean {
  if (isGenerating === undefined) {
    try {
      isGenerating = new Function('return true')() === true
    } catch {
      isGenerating = false
    }
  }
  return isGenerating
}

interface IndexedRoot {
  readonly index: number
  readonly root: ColumnNode
}

function groupsOf(factory: NodeFactory, roots: readonly ColumnNode[]): IndexedRoot[][] {
  const groups: IndexedRoot[][] = []
  let size = nodesPerLoop
  for (const [index, root] of roots.entries()) {
    const nodes = neededIn(factory.rows, [root]).length
    const last = groups.at(-1)
    if (last === undefined || size + nodes > nodesPerLoop) {
      groups.push([{ index, root }])
      size = nodes
    } else {
      last.push({ index, root })
      size += nodes
    }
  }
  return groups
}

function outcomesFor(root: ColumnNode, rows: number, into: Outcomes | undefined): Outcomes {
  if (root.holds === 'truth')
    return into instanceof Uint8Array && into.length >= rows ? into.subarray(0, rows) : new Uint8Array(rows)
  return into instanceof Float64Array && into.length >= rows ? into.subarray(0, rows) : new Float64Array(rows)
}

/**
 * One outcome of a rule of the given type as a value; null where it is unknown. `texts` are those of the columns.
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { checkRule, ColumnsBuilder, compileColumns, outcomeAt, type RuleEnvironment } from '@lumbung/core/rules'
 *
 * const facts: RuleEnvironment['facts'] = {
 *   household: {
 *     kind: 'record',
 *     facts: {
 *       welfareDecile: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *       hasLand: { kind: 'bool', known: false },
 *     },
 *   },
 * }
 * const checked = checkRule('household.welfareDecile <= 4 && !household.hasLand', { facts })
 * if (!checked.ok) throw new Error(checked.faults[0]?.message)
 *
 * const compiled = compileColumns([checked.rule])
 * const builder = new ColumnsBuilder(compiled.plan)
 * builder.add({ household: { welfareDecile: 3, hasLand: false } })
 * builder.add({ household: { welfareDecile: 5 } })
 * builder.add({ household: {} })
 * const columns = builder.take()
 * const [met = new Uint8Array()] = compiled.run(columns, parseCivilDate('2026-11-24'))
 * outcomeAt(met, 0, checked.rule.expression.type, columns.texts) // => true
 * outcomeAt(met, 2, checked.rule.expression.type, columns.texts) // => null
 * ```
 */
export function outcomeAt(
  outcomes: Outcomes,
  row: number,
  type: ScalarType,
  texts: TextCodes,
): ScalarValue | null {
  const value = outcomes[row]
  if (value === undefined || Number.isNaN(value)) return null
  if (outcomes instanceof Uint8Array) return value === 1 ? null : value === 2
  if (type.kind === 'date') return dateOfNumber(value)
  if (type.kind === 'text' || type.kind === 'enum') return texts.textOf(value) ?? null
  return value
}
