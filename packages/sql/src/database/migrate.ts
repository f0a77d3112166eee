import { LumbungError } from '@lumbung/core/kernel'
import type { Column, Table } from '@lumbung/core/storage'
import {
  addColumnSql,
  checkName,
  createIndexSql,
  createTableSql,
  foreignKeySql,
  quote,
  sameCheck,
} from './ddl.ts'
import type { Connection, Dialect } from './dialect.ts'

/** One step from the tables that are there to those that are wanted. */
type Change =
  | { readonly kind: 'create-table'; readonly table: Table }
  | { readonly kind: 'add-column'; readonly table: Table; readonly column: Column }
  | { readonly kind: 'widen-column'; readonly table: Table; readonly column: Column; readonly before: Column }
  | {
      readonly kind: 'create-index' | 'drop-index'
      readonly table: Table
      readonly index: Table['indexes'][number]
    }

/**
 * Brings the tables of a database to their definitions, in the caller's transaction, and records each change.
 * Only what loses nothing is done: new tables, new columns that may be missing or have a default, wider ranges,
 * lengths and closed sets, indexes.
 *
 * @throws LumbungError `storage/destructive-change` with every difference that would lose something.
 */
export async function migrate(
  dialect: Dialect,
  connection: Connection,
  tables: readonly Table[],
): Promise<void> {
  await connection.execute(
    'create table if not exists migration_state (table_name text primary key, definition text not null)',
  )
  await connection.execute(
    'create table if not exists migration_log (step integer primary key, applied_at text not null, change text not null)',
  )
  const known = new Map<string, Table>()
  for (const row of await connection.rows('select table_name, definition from migration_state')) {
    known.set(String(row['table_name']), parseDefinition(String(row['definition'])))
  }
  const faults: string[] = []
  const changes = tables.flatMap((table) => changesTo(known.get(table.name), table, faults))
  for (const name of known.keys()) {
    if (!tables.some((table) => table.name === name)) faults.push(`the table ${name} is no longer defined`)
  }
  if (faults.length > 0) {
    throw new LumbungError(
      'storage/destructive-change',
      `The definitions no longer fit what is stored: ${faults.join('; ')}. Keep the old fields beside the new ones, or make a backup and restore it with a program that converts it.`,
      { details: { faults } },
    )
  }
  const [last] = await connection.rows('select max(step) as step from migration_log')
  let step = Number(last?.['step'] ?? 0)
  for (const [table, own] of Map.groupBy(changes, (change) => change.table)) {
    await (dialect.name === 'sqlite' ? applyToSqlite : applyToPostgres)(
      dialect,
      connection,
      own,
      known.get(table.name),
    )
    for (const change of own) {
      step += 1
      await insertRow(dialect, connection, 'migration_log', {
        step,
        applied_at: new Date().toISOString(),
        change: describe(change),
      })
    }
    await connection.rows(`delete from migration_state where table_name = ${dialect.parameterText(1)}`, [
      table.name,
    ])
    await insertRow(dialect, connection, 'migration_state', {
      table_name: table.name,
      definition: definitionOf(table),
    })
  }
}

async function insertRow(
  dialect: Dialect,
  connection: Connection,
  table: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(row)
  const places = names.map((_, index) => dialect.parameterText(index + 1))
  await connection.rows(
    `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  )
}

/** A table as text; the functions of its columns are no part of it. */
function definitionOf(table: Table): string {
  return JSON.stringify(table, (_, value) =>
    typeof value === 'bigint' ? { bigint: value.toString() } : value,
  )
}

function parseDefinition(text: string): Table {
  return JSON.parse(text, (_, value) =>
    value !== null && typeof value === 'object' && typeof value.bigint === 'string'
      ? BigInt(value.bigint)
      : value,
  )
}

function changesTo(before: Table | undefined, table: Table, faults: string[]): Change[] {
  if (before === undefined) return [{ kind: 'create-table', table }]
  const fault = (text: string) => faults.push(`${table.name}: ${text}`)
  if (JSON.stringify(before.key) !== JSON.stringify(table.key)) fault('the key differs')
  const changes: Change[] = []
  for (const column of table.columns) {
    const old = before.columns.find(({ name }) => name === column.name)
    if (old === undefined) {
      if (!column.nullable && column.fallback === undefined)
        fault(`${column.name} is new, required and has no default`)
      changes.push({ kind: 'add-column', table, column })
    } else {
      for (const difference of narrowings(old, column)) fault(`${column.name} ${difference}`)
      if (!sameCheck(old, column)) changes.push({ kind: 'widen-column', table, column, before: old })
    }
  }
  for (const { name } of before.columns) {
    if (!table.columns.some((column) => column.name === name)) fault(`${name} is no longer defined`)
  }
  for (const { column, table: target } of table.references) {
    const isNew = !before.columns.some(({ name }) => name === column)
    const kept = before.references.some((old) => old.column === column && old.table === target)
    if (!kept && !isNew) fault(`${column} now refers to ${target}`)
  }
  const sameIndex = (a: Table['indexes'][number]) => (b: Table['indexes'][number]) =>
    a.name === b.name && a.unique === b.unique
  for (const index of before.indexes) {
    if (!table.indexes.some(sameIndex(index))) changes.push({ kind: 'drop-index', table, index })
  }
  for (const index of table.indexes) {
    if (!before.indexes.some(sameIndex(index))) changes.push({ kind: 'create-index', table, index })
  }
  return changes
}

/** What a column would no longer hold. */
function narrowings(before: Column, after: Column): string[] {
  const narrower: string[] = []
  if (before.type !== after.type) narrower.push(`changes from ${before.type} to ${after.type}`)
  if (before.nullable && !after.nullable) narrower.push('may no longer be missing')
  const lost =
    before.values?.filter((value) => after.values !== undefined && !after.values.includes(value)) ?? []
  if (lost.length > 0) narrower.push(`loses the values ${lost.join(', ')}`)
  if (after.minimum !== undefined && (before.minimum === undefined || after.minimum > before.minimum)) {
    narrower.push('has a higher minimum')
  }
  if (after.maximum !== undefined && (before.maximum === undefined || after.maximum < before.maximum)) {
    narrower.push('has a lower maximum')
  }
  if (
    after.maxLength !== undefined &&
    (before.maxLength === undefined || after.maxLength < before.maxLength)
  ) {
    narrower.push('has a smaller greatest length')
  }
  if (after.nonEmpty && !before.nonEmpty) narrower.push('may no longer be empty')
  return narrower
}

function describe(change: Change): string {
  const { kind, table } = change
  if ('column' in change) return `${kind} ${table.name}.${change.column.name}`
  if ('index' in change) return `${kind} ${change.index.name}`
  return `${kind} ${table.name}`
}

async function createTable(dialect: Dialect, connection: Connection, table: Table): Promise<void> {
  await connection.execute(createTableSql(dialect, table))
  for (const index of table.indexes) await connection.execute(createIndexSql(table, index))
}

/**
 * SQLite cannot change a check in place: the table is built anew beside the old one, filled, compared with it
 * row by row and put in its place, all in the caller's transaction.
 */
async function applyToSqlite(
  dialect: Dialect,
  connection: Connection,
  changes: readonly Change[],
  before: Table | undefined,
): Promise<void> {
  for (const change of changes)
    if (change.kind === 'create-table') await createTable(dialect, connection, change.table)
  for (const change of changes) {
    if (change.kind === 'drop-index') await connection.execute(`drop index ${quote(change.index.name)}`)
  }
  const [change] = changes
  if (before !== undefined && change !== undefined && changes.some(({ kind }) => kind.endsWith('-column'))) {
    const { table } = change
    const built = { ...table, name: `${table.name}_migration` }
    const kept = before.columns.map(({ name }) => quote(name)).join(', ')
    await connection.execute(createTableSql(dialect, built, table.name))
    await connection.execute(
      `insert into ${quote(built.name)} (${kept}) select ${kept} from ${quote(table.name)}`,
    )
    const [compared] = await connection.rows(
      `select (select count(*) from ${quote(table.name)}) as old_rows, (select count(*) from ${quote(built.name)}) as new_rows,
        (select count(*) from (select ${kept} from ${quote(table.name)} except select ${kept} from ${quote(built.name)})) as lost`,
    )
    if (compared?.['old_rows'] !== compared?.['new_rows'] || Number(compared?.['lost']) !== 0) {
      throw new LumbungError('storage/destructive-change', `Rebuilding ${table.name} would lose rows.`)
    }
    await connection.execute(`drop table ${quote(table.name)}`)
    await connection.execute(`alter table ${quote(built.name)} rename to ${quote(table.name)}`)
    for (const index of table.indexes) await connection.execute(createIndexSql(table, index))
    const broken = await connection.rows('pragma foreign_key_check')
    if (broken.length > 0) throw new LumbungError('storage/damaged', `${table.name} has broken references.`)
    return
  }
  for (const one of changes) {
    if (one.kind === 'create-index') await connection.execute(createIndexSql(one.table, one.index))
  }
}

async function applyToPostgres(
  dialect: Dialect,
  connection: Connection,
  changes: readonly Change[],
): Promise<void> {
  for (const change of changes) {
    const { table } = change
    const name = quote(table.name)
    switch (change.kind) {
      case 'create-table':
        await createTable(dialect, connection, table)
        break
      case 'add-column':
        await connection.execute(
          `alter table ${name} add column ${addColumnSql(dialect, table, change.column)}`,
        )
        for (const reference of table.references.filter(({ column }) => column === change.column.name)) {
          await connection.execute(`alter table ${name} add ${foreignKeySql(reference)}`)
        }
        break
      case 'widen-column': {
        const { column, before } = change
        const check = dialect.check(column, quote(column.name))
        const constraint = quote(checkName(table.name, column))
        await connection.execute(`alter table ${name} drop constraint if exists ${constraint}`)
        if (check !== undefined)
          await connection.execute(`alter table ${name} add constraint ${constraint} check (${check})`)
        if (column.nullable && !before.nullable) {
          await connection.execute(`alter table ${name} alter column ${quote(column.name)} drop not null`)
        }
        break
      }
      case 'create-index':
        await connection.execute(createIndexSql(table, change.index))
        break
      case 'drop-index':
        await connection.execute(`drop index ${quote(change.index.name)}`)
        break
    }
  }
}
