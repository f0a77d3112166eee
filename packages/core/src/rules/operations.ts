/**
 * The strict operations of the rule language: unknown where an operand is unknown. Operands are of one type and
 * scale. What each means stands in the function table.
 */
export type OperationName =
  | 'negate'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'remainder'
  | 'divide'
  | 'rescale'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessOrEqual'
  | 'greater'
  | 'greaterOrEqual'
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'length'
  | 'dateOf'
  | 'age'
  | 'monthsBetween'
