import type { AggregateName } from './expression.ts'
import type { OperationName } from './operations.ts'
import type { ReasonCode } from './reason.ts'

/**
 * What may stand as an operand, or comes out. `int` is a number of scale 0, `number` one of any scale. `value` is
 * any single value; all operands that say `same` are of one type, aligned. A `scale` is a whole number from 0 to 9
 * that stands in the text, a `variable` a new name, and what follows it is evaluated for each element.
 */
export type OperandPattern =
  | 'bool'
  | 'int'
  | 'number'
  | 'money'
  | 'text'
  | 'date'
  | 'value'
  | 'same'
  | 'list'
  | 'scale'
  | 'variable'

/** One way to use a row: what it takes and what it gives. */
export interface Signature {
  readonly takes: readonly OperandPattern[]
  readonly gives: OperandPattern
}

/** What the checker builds of a call: an operation of the same operands, or a node of its own kind. */
export type Built =
  | { readonly node: 'operation'; readonly operation: OperationName; readonly aligned?: boolean }
  | { readonly node: 'aggregate'; readonly aggregate: AggregateName }
  | { readonly node: 'not' | 'and' | 'or' | 'conditional' | 'known' | 'in' | 'date' | 'size' | 'filter' }

/** An operator, function, method or macro of the rule language. */
export interface FunctionRow {
  readonly name: string
  /** A macro is a method or function that evaluates an expression for each element of a list. */
  readonly form: 'operator' | 'function' | 'method'
  /** How it is written. */
  readonly written: string
  readonly signatures: readonly Signature[]
  readonly builds: Built
  /** One sentence. */
  readonly meaning: string
  /** Why it may be unknown although its operands are known. */
  readonly uncomputable: readonly ReasonCode[]
}

const reckoned: readonly Signature[] = [
  { takes: ['number', 'number'], gives: 'number' },
  { takes: ['money', 'money'], gives: 'money' },
  { takes: ['money', 'int'], gives: 'money' },
  { takes: ['int', 'money'], gives: 'money' },
]

const equal: readonly Signature[] = [{ takes: ['same', 'same'], gives: 'bool' }]

const ordered: readonly Signature[] = [
  { takes: ['number', 'number'], gives: 'bool' },
  { takes: ['money', 'money'], gives: 'bool' },
  { takes: ['money', 'int'], gives: 'bool' },
  { takes: ['int', 'money'], gives: 'bool' },
  { takes: ['date', 'date'], gives: 'bool' },
]

const textual: readonly Signature[] = [{ takes: ['text', 'text'], gives: 'bool' }]
const predicate: readonly Signature[] = [{ takes: ['list', 'variable', 'bool'], gives: 'bool' }]

const total: readonly Signature[] = [
  { takes: ['list', 'variable', 'number'], gives: 'number' },
  { takes: ['list', 'variable', 'money'], gives: 'money' },
]

/**
 * The whole language: names and signatures are resolved by these rows and by nothing else.
 *
 * @example
 * ```ts
 * import { functionTable } from '@lumbung/core/rules'
 *
 * functionTable.filter(({ uncomputable }) => uncomputable.includes('empty')).map(({ written }) => written) // => ['min(list, x, e)', 'max(list, x, e)']
 * ```
 */
export const functionTable: readonly FunctionRow[] = [
  {
    name: '!',
    form: 'operator',
    written: '!a',
    signatures: [{ takes: ['bool'], gives: 'bool' }],
    builds: { node: 'not' },
    meaning: 'True where a is false, false where it is true.',
    uncomputable: [],
  },
  {
    name: '&&',
    form: 'operator',
    written: 'a && b',
    signatures: [{ takes: ['bool', 'bool'], gives: 'bool' }],
    builds: { node: 'and' },
    meaning: 'False where one of them is false, true where all are true, else unknown.',
    uncomputable: [],
  },
  {
    name: '||',
    form: 'operator',
    written: 'a || b',
    signatures: [{ takes: ['bool', 'bool'], gives: 'bool' }],
    builds: { node: 'or' },
    meaning: 'True where one of them is true, false where all are false, else unknown.',
    uncomputable: [],
  },
  {
    name: '?:',
    form: 'operator',
    written: 'c ? a : b',
    signatures: [{ takes: ['bool', 'same', 'same'], gives: 'same' }],
    builds: { node: 'conditional' },
    meaning: 'a where c is true and b where it is false; where c is unknown, a if both are known and equal.',
    uncomputable: ['overflow'],
  },
  {
    name: '==',
    form: 'operator',
    written: 'a == b',
    signatures: equal,
    builds: { node: 'operation', operation: 'equal', aligned: true },
    meaning: 'Whether both are the same; text by code point.',
    uncomputable: ['overflow'],
  },
  {
    name: '!=',
    form: 'operator',
    written: 'a != b',
    signatures: equal,
    builds: { node: 'operation', operation: 'notEqual', aligned: true },
    meaning: 'Whether they differ; text by code point.',
    uncomputable: ['overflow'],
  },
  {
    name: '<',
    form: 'operator',
    written: 'a < b',
    signatures: ordered,
    builds: { node: 'operation', operation: 'less', aligned: true },
    meaning: 'Whether a is below b, or the earlier date.',
    uncomputable: ['overflow'],
  },
  {
    name: '<=',
    form: 'operator',
    written: 'a <= b',
    signatures: ordered,
    builds: { node: 'operation', operation: 'lessOrEqual', aligned: true },
    meaning: 'Whether a is at most b, or not the later date.',
    uncomputable: ['overflow'],
  },
  {
    name: '>',
    form: 'operator',
    written: 'a > b',
    signatures: ordered,
    builds: { node: 'operation', operation: 'greater', aligned: true },
    meaning: 'Whether a is above b, or the later date.',
    uncomputable: ['overflow'],
  },
  {
    name: '>=',
    form: 'operator',
    written: 'a >= b',
    signatures: ordered,
    builds: { node: 'operation', operation: 'greaterOrEqual', aligned: true },
    meaning: 'Whether a is at least b, or not the earlier date.',
    uncomputable: ['overflow'],
  },
  {
    name: 'in',
    form: 'operator',
    written: 'a in [b, c]',
    signatures: [{ takes: ['value', 'list'], gives: 'bool' }],
    builds: { node: 'in' },
    meaning:
      'Whether a is one of the elements, of a list fact, a list parameter or expressions of one type; false of none.',
    uncomputable: ['overflow'],
  },
  {
    name: '+',
    form: 'operator',
    written: 'a + b',
    signatures: reckoned,
    builds: { node: 'operation', operation: 'add', aligned: true },
    meaning: 'The sum, of the larger scale.',
    uncomputable: ['overflow'],
  },
  {
    name: '-',
    form: 'operator',
    written: 'a - b',
    signatures: reckoned,
    builds: { node: 'operation', operation: 'subtract', aligned: true },
    meaning: 'The difference, of the larger scale.',
    uncomputable: ['overflow'],
  },
  {
    name: '-',
    form: 'operator',
    written: '-a',
    signatures: [
      { takes: ['number'], gives: 'number' },
      { takes: ['money'], gives: 'money' },
    ],
    builds: { node: 'operation', operation: 'negate' },
    meaning: 'The number with the other sign; zero has none.',
    uncomputable: [],
  },
  {
    name: '*',
    form: 'operator',
    written: 'a * b',
    signatures: [
      { takes: ['number', 'number'], gives: 'number' },
      { takes: ['money', 'int'], gives: 'money' },
      { takes: ['int', 'money'], gives: 'money' },
    ],
    builds: { node: 'operation', operation: 'multiply' },
    meaning: 'The product, whose scale is the sum of both, at most 9.',
    uncomputable: ['overflow'],
  },
  {
    name: '%',
    form: 'operator',
    written: 'a % b',
    signatures: [
      { takes: ['int', 'int'], gives: 'int' },
      { takes: ['money', 'int'], gives: 'money' },
    ],
    builds: { node: 'operation', operation: 'remainder' },
    meaning: 'What is left of a after division by b, with the sign of a.',
    uncomputable: ['division-by-zero'],
  },
  {
    name: 'div',
    form: 'function',
    written: 'div(a, b, scale)',
    signatures: [
      { takes: ['number', 'number', 'scale'], gives: 'number' },
      { takes: ['money', 'money', 'scale'], gives: 'number' },
      { takes: ['money', 'int', 'scale'], gives: 'money' },
    ],
    builds: { node: 'operation', operation: 'divide', aligned: true },
    meaning:
      'a divided by b, rounded to so many digits after the point, halves away from zero; money by an int to 0 digits.',
    uncomputable: ['division-by-zero', 'overflow'],
  },
  {
    name: 'known',
    form: 'function',
    written: 'known(e)',
    signatures: [
      { takes: ['value'], gives: 'bool' },
      { takes: ['list'], gives: 'bool' },
    ],
    builds: { node: 'known' },
    meaning: 'Whether the value of e is known, and of a list whether all of it is; never unknown itself.',
    uncomputable: [],
  },
  {
    name: 'date',
    form: 'function',
    written: "date('2025-12-31')",
    signatures: [
      { takes: ['text'], gives: 'date' },
      { takes: ['date'], gives: 'date' },
    ],
    builds: { node: 'date' },
    meaning: 'The day that a text of the form YYYY-MM-DD names.',
    uncomputable: ['no-such-date'],
  },
  {
    name: 'age',
    form: 'function',
    written: 'age(birth, on)',
    signatures: [{ takes: ['date', 'date'], gives: 'int' }],
    builds: { node: 'operation', operation: 'age' },
    meaning:
      'Completed years; a birthday of 29 February is reached on 1 March where the year has no such day.',
    uncomputable: ['date-order'],
  },
  {
    name: 'monthsBetween',
    form: 'function',
    written: 'monthsBetween(a, b)',
    signatures: [{ takes: ['date', 'date'], gives: 'int' }],
    builds: { node: 'operation', operation: 'monthsBetween' },
    meaning:
      'Months by the calendar, less one where the day of b is before the day of a; negative where b is the earlier.',
    uncomputable: [],
  },
  {
    name: 'sum',
    form: 'function',
    written: 'sum(list, x, e)',
    signatures: total,
    builds: { node: 'aggregate', aggregate: 'sum' },
    meaning: 'The exact total of e over the elements x, and 0 over none; unknown where one term is.',
    uncomputable: ['overflow'],
  },
  {
    name: 'min',
    form: 'function',
    written: 'min(list, x, e)',
    signatures: total,
    builds: { node: 'aggregate', aggregate: 'min' },
    meaning: 'The least e over the elements x; unknown where one term is.',
    uncomputable: ['empty'],
  },
  {
    name: 'max',
    form: 'function',
    written: 'max(list, x, e)',
    signatures: total,
    builds: { node: 'aggregate', aggregate: 'max' },
    meaning: 'The greatest e over the elements x; unknown where one term is.',
    uncomputable: ['empty'],
  },
  {
    name: 'exists',
    form: 'method',
    written: 'list.exists(x, p)',
    signatures: predicate,
    builds: { node: 'aggregate', aggregate: 'exists' },
    meaning: 'Whether p is true of an element x, as by or over all of them; false of none.',
    uncomputable: [],
  },
  {
    name: 'all',
    form: 'method',
    written: 'list.all(x, p)',
    signatures: predicate,
    builds: { node: 'aggregate', aggregate: 'all' },
    meaning: 'Whether p is true of every element x, as by and over all of them; true of none.',
    uncomputable: [],
  },
  {
    name: 'filter',
    form: 'method',
    written: 'list.filter(x, p)',
    signatures: [{ takes: ['list', 'variable', 'bool'], gives: 'list' }],
    builds: { node: 'filter' },
    meaning: 'The elements of which p is true; unknown where p is unknown of any.',
    uncomputable: [],
  },
  {
    name: 'size',
    form: 'method',
    written: 'a.size()',
    signatures: [
      { takes: ['text'], gives: 'int' },
      { takes: ['list'], gives: 'int' },
    ],
    builds: { node: 'size' },
    meaning: 'How many code points a text has, or how many elements a list.',
    uncomputable: [],
  },
  {
    name: 'startsWith',
    form: 'method',
    written: 'a.startsWith(b)',
    signatures: textual,
    builds: { node: 'operation', operation: 'startsWith' },
    meaning: 'Whether text a begins with text b, letter case and accents counting.',
    uncomputable: [],
  },
  {
    name: 'endsWith',
    form: 'method',
    written: 'a.endsWith(b)',
    signatures: textual,
    builds: { node: 'operation', operation: 'endsWith' },
    meaning: 'Whether text a ends with text b, letter case and accents counting.',
    uncomputable: [],
  },
  {
    name: 'contains',
    form: 'method',
    written: 'a.contains(b)',
    signatures: textual,
    builds: { node: 'operation', operation: 'contains' },
    meaning: 'Whether text b stands within text a, letter case and accents counting.',
    uncomputable: [],
  },
]
