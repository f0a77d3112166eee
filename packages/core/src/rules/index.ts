export { checkRule } from './check.ts'
export {
  type CheckedFacts,
  checkFacts,
  type FactForm,
  type FactRefusal,
  type FactRefusalCode,
} from './check-facts.ts'
export { type CheckedOverFacts, checkOverFacts } from './check-over-facts.ts'
export { type CompiledRule, compileRule } from './closures/compile-rule.ts'

export { ColumnsBuilder } from './columns/columns-builder.ts'
export { type CompiledColumns, compileColumns, outcomeAt } from './columns/compile-columns.ts'
export {
  type Column,
  type ColumnGroup,
  type Columns,
  type ListColumn,
  listStates,
  type NumberColumn,
  type TruthColumn,
} from './columns/layout.ts'
export type { ColumnPlan, PlannedFact, PlannedList } from './columns/plan.ts'
export type { ColumnRun, Outcomes } from './columns/run.ts'
export { TextCodes } from './columns/text-codes.ts'

export type {
  AggregateExpression,
  AggregateName,
  ConditionalExpression,
  ElementOfExpression,
  Expression,
  FactExpression,
  FilterExpression,
  KnownExpression,
  ListExpression,
  ListFactExpression,
  LiteralExpression,
  LogicExpression,
  NotExpression,
  NumberRange,
  OnExpression,
  OneOfExpression,
  OperationExpression,
  ParameterExpression,
  ScalarType,
  SizeExpression,
  Span,
} from './expression.ts'
export { comparePathTexts, type FactPath } from './fact-path.ts'
export {
  decimalScaleMax,
  type FactBase,
  type FactRange,
  type FactType,
  factNumberMax,
  type ListFact,
  listItemsMaxDefault,
  type RecordFact,
  type ScalarFact,
  type UndeterminedFact,
} from './fact-types.ts'
export type { FactValue, FactValues, IncompleteList, ScalarValue } from './fact-values.ts'
export { type FactRead, factsRead } from './facts-read.ts'
export {
  type Built,
  type FunctionRow,
  functionTable,
  type OperandPattern,
  type Signature,
} from './function-table.ts'
export type { OperationName } from './operations.ts'
export type { ListState } from './read-facts.ts'
export type { Reason, ReasonCode } from './reason.ts'
export {
  type CheckedRule,
  type GivenFacts,
  type ParameterType,
  type Rule,
  type RuleEnvironment,
  type RuleFault,
  type RuleFaultCode,
  type RuleLimits,
  type RuleParameter,
  ruleLimits,
} from './rule.ts'
export type { ElementTrace, ListTrace, RuleInput, RuleTrace, Trace, ValueTrace } from './trace.ts'
export { traceRule } from './trace-rule.ts'
