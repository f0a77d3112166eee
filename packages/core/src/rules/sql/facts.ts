import { LumbungError } from '../../kernel/index.ts'
import type { FactExpression, ListFactExpression } from '../expression.ts'
import {
  type FactType,
  factNumberMax,
  type ListFact,
  type RecordFact,
  type ScalarFact,
} from '../fact-types.ts'
import type { Emission } from './emission.ts'
import { type Fragment, identifier, knownIf, sql } from './fragment.ts'
import { existingDate } from './shapes.ts'
import type { SqlColumn, SqlList, SqlRecord } from './source.ts'

/** A column of a table in the statement. It weighs no more than one word. */
export function columnOf(alias: string, column: string): Fragment {
  return { ...sql`${identifier(alias)}.${identifier(column)}`, weight: 1 }
}

/** Reads a fact: what its type promises is taken as it is, anything else is checked. */
export function factOf(at: Emission, { scope, path, guarded }: FactExpression): Fragment {
  const element = at.elements[scope - 1]
  if (element?.kind === 'single') return element.value
  const { record, owner, last } = recordOf(at, scope, path)
  const fact = typeAt(owner, last)
  const column = own(record.source.columns, last)
  const isSingle = fact !== undefined && fact.kind !== 'list' && fact.kind !== 'record'
  if (column === undefined || !isSingle || fact.kind === 'undetermined') return missing(path)
  return readColumn(at, record.alias, column, fact, guarded)
}

/** Reads a column as a fact of its type. */
export function readColumn(
  at: Emission,
  alias: string,
  { column, asCreated }: SqlColumn,
  type: ScalarFact,
  guarded = !isPromised(type),
): Fragment {
  const read = columnOf(alias, column)
  return readValue(at, asCreated ? read : plain(at, read, type), type, guarded)
}

/** A value as a fact of its type, checked where nothing promises it. */
export function readValue(
  at: Emission,
  value: Fragment,
  type: ScalarFact,
  guarded: boolean,
  isWhole = sql`typeof(${value}) = 'integer'`,
): Fragment {
  if (!guarded) return knownIf(type.known, value)
  if (type.kind === 'date') return existingDate(at, value)
  if (!('minimum' in type)) return knownIf(type.known, value)
  const minimum = Math.max(type.minimum, -factNumberMax)
  const maximum = Math.min(type.maximum, factNumberMax)
  const within = sql`${value} BETWEEN ${literal(minimum)} AND ${literal(maximum)}`
  return at.dialect === 'sqlite'
    ? sql`CASE WHEN ${isWhole} AND ${within} THEN ${value} END`
    : sql`CASE WHEN ${within} THEN ${value} END`
}

function literal(number: number): Fragment {
  return { parts: [String(number)], weight: 1, known: true }
}

/** Whether the values of a type need no check when they are read. */
export function isPromised(type: ScalarFact): boolean {
  return 'promised' in type ? type.promised : true
}

/** Columns of any kind: text is compared by code point, and no number is narrower than 64 bits. */
function plain({ dialect }: Emission, column: Fragment, { kind }: ScalarFact): Fragment {
  const light = (fragment: Fragment) => ({ ...fragment, weight: 1 })
  switch (kind) {
    case 'bool':
      return column
    case 'text':
    case 'enum':
    case 'date':
      return light(dialect === 'sqlite' ? sql`(${column} COLLATE BINARY)` : sql`(${column} COLLATE "C")`)
    default:
      return dialect === 'sqlite' ? column : light(sql`${column}::bigint`)
  }
}

/** Where a list fact stands, with the name of its owner's table. */
export function listAt(
  at: Emission,
  { scope, path }: ListFactExpression,
): { readonly alias: string; readonly list: SqlList; readonly type: ListFact } {
  const { record, owner, last } = recordOf(at, scope, path)
  const list = record.source.lists === undefined ? undefined : own(record.source.lists, last)
  const type = typeAt(owner, last)
  if (list === undefined || type?.kind !== 'list') return missing(path)
  return { alias: record.alias, list, type }
}

interface Place {
  readonly record: { readonly alias: string; readonly source: SqlRecord }
  readonly owner: RecordFact | undefined
  readonly last: string
}

/** The record of which the last name of a path is a fact. */
function recordOf(at: Emission, scope: number, path: readonly string[]): Place {
  const names = [...path]
  const last = names.pop() ?? ''
  let source: SqlRecord | undefined
  let type: FactType | undefined
  let alias: string | undefined
  if (scope === 0) {
    const root = names.shift() ?? last
    const rootSource = own(at.source, root)
    source = rootSource
    alias = rootSource?.alias
    type = own(at.facts, root)
  } else {
    const element = at.elements[scope - 1]
    if (element?.kind !== 'record') return missing(path)
    source = element.source
    alias = element.alias
    type = element.type
  }
  for (const name of names) {
    source = source?.records === undefined ? undefined : own(source.records, name)
    type = typeAt(type, name)
  }
  if (source === undefined || alias === undefined) return missing(path)
  return { record: { alias, source }, owner: type?.kind === 'record' ? type : undefined, last }
}

function typeAt(record: FactType | undefined, name: string): FactType | undefined {
  return record?.kind === 'record' ? own(record.facts, name) : undefined
}

/** Own properties only: a fact may bear the name of what every object inherits. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function missing(path: readonly string[]): never {
  const name = path.join('.')
  throw new LumbungError('rules/no-such-column', `Nothing says in which column ${name} stands.`, {
    details: { fact: name },
  })
}
