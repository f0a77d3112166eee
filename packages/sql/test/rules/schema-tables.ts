import type { FactType, FactValue, RecordFact, ScalarFact } from '@lumbung/core/rules'
import type { SqlColumn, SqlDialectName, SqlList, SqlRecord } from '@lumbung/core/rules/sql'
import type { Cells } from './rule-database.ts'

/** A column of a table, and what it holds of a record. */
interface Column {
  readonly name: string
  readonly kind: ScalarFact['kind'] | 'state' | 'key'
  readonly isArray: boolean
  readonly cellOf: (record: FactValue) => Cells[number]
}

/** A table of records, with the tables of their lists. */
interface RecordTable {
  readonly name: string
  readonly columns: readonly Column[]
  readonly source: SqlRecord
  readonly lists: readonly {
    readonly table: RecordTable
    readonly itemsOf: (record: FactValue) => readonly FactValue[]
  }[]
}

/** The tables in which a list of households of any schema is kept, as somebody without this library would. */
export function schemaTables(type: RecordFact) {
  const household = tableOf('household', type)
  const all = tablesIn(household)
  return {
    source: { household: { alias: 'h', ...household.source } },
    tables: (dialect: SqlDialectName) => all.map((table) => createSql(dialect, table)),
    rowsOf(households: readonly FactValue[]) {
      const rows = Object.fromEntries(all.map(({ name }) => [name, [] as Cells[]]))
      for (const each of households) add(rows, household, each, null)
      return rows
    },
  }
}

function add(
  rows: Record<string, Cells[]>,
  table: RecordTable,
  record: FactValue,
  owner: number | null,
): void {
  const own = rows[table.name] ?? []
  const id = own.length
  own.push([id, owner, ...table.columns.map(({ cellOf }) => cellOf(record))])
  for (const list of table.lists) for (const item of list.itemsOf(record)) add(rows, list.table, item, id)
}

function tablesIn(table: RecordTable): readonly RecordTable[] {
  return [table, ...table.lists.flatMap((list) => tablesIn(list.table))]
}

const isRecord = (value: FactValue | undefined): value is Readonly<Record<string, FactValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function tableOf(name: string, type: RecordFact): RecordTable {
  const columns: Column[] = []
  const lists: RecordTable['lists'][number][] = []
  const sourceOf = (record: RecordFact, path: readonly string[]): SqlRecord => {
    const found = {
      columns: {} as Record<string, SqlColumn>,
      records: {} as Record<string, SqlRecord>,
      lists: {} as Record<string, SqlList>,
    }
    for (const [fact, factType] of Object.entries(record.facts)) {
      const here = [...path, fact]
      const column = here.join('.')
      const factOf = (from: FactValue) =>
        here.reduce<FactValue>((value, step) => (isRecord(value) ? (value[step] ?? null) : null), from)
      if (factType.kind === 'record') found.records[fact] = sourceOf(factType, here)
      else if (factType.kind === 'list') found.lists[fact] = listOf(column, factType, factOf)
      else if (factType.kind !== 'undetermined') {
        found.columns[fact] = { column }
        columns.push({ name: column, kind: factType.kind, isArray: false, cellOf: factOf })
      }
    }
    return found
  }
  const listOf = (
    column: string,
    { item }: Extract<FactType, { kind: 'list' }>,
    factOf: (record: FactValue) => FactValue,
  ): SqlList => {
    const stateColumn = `${column} state`
    columns.push({
      name: stateColumn,
      kind: 'state',
      isArray: false,
      cellOf: (record) => stateOf(factOf(record)),
    })
    if (item.kind === 'record') {
      const table = tableOf(`${name}/${column}`, item)
      lists.push({ table, itemsOf: (record) => itemsOf(factOf(record)) })
      return { table: table.name, join: { owner: 'id' }, stateColumn, item: table.source }
    }
    const kind = item.kind === 'undetermined' ? 'text' : item.kind
    const cellOf = (record: FactValue) => (stateOf(factOf(record)) === null ? null : itemsOf(factOf(record)))
    columns.push({ name: column, kind, isArray: true, cellOf })
    return { column, stateColumn }
  }
  const source = sourceOf(type, [])
  return { name, columns, source, lists }
}

function stateOf(value: FactValue): string | null {
  if (Array.isArray(value)) return 'complete'
  return isRecord(value) ? 'incomplete' : null
}

function itemsOf(value: FactValue): readonly FactValue[] {
  if (Array.isArray(value)) return value
  const items = isRecord(value) ? value['items'] : undefined
  return Array.isArray(items) ? items : []
}

function createSql(dialect: SqlDialectName, { name, columns }: RecordTable): string {
  const whole = dialect === 'sqlite' ? 'integer' : 'bigint'
  const typeOf = ({ kind, isArray }: Column) => {
    if (isArray && dialect === 'sqlite') return 'text'
    const single =
      kind === 'bool'
        ? dialect === 'sqlite'
          ? 'integer'
          : 'boolean'
        : ['int', 'money', 'decimal', 'key'].includes(kind)
          ? whole
          : 'text'
    return isArray ? `${single}[]` : single
  }
  const own = columns.map((column) => `"${column.name}" ${typeOf(column)}`)
  const strict = dialect === 'sqlite' ? ' strict' : ''
  return `create table "${name}" (${[`id ${whole} primary key`, `owner ${whole}`, ...own].join(', ')})${strict}`
}
