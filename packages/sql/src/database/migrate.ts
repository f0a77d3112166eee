import { LumbungError } from '@lumbung/core/kernel'
import type { Table } from '@lumbung/core/storage'
import { applyChanges } from './apply.ts'
import { type Change, changesTo, derivedToDrop, describeChange } from './changes.ts'
import type { Connection, Dialect } from './dialect.ts'
import { misfitsOf } from './misfits.ts'

/**
 * Brings the tables of a database to their definitions, in the caller's transaction, and records each change.
 * Only what loses nothing is done: new tables, new columns that may be missing or have a default, wider ranges,
 * lengths and closed sets, indexes, references. Derived tables are dropped and made again, empty.
 *
 * @throws LumbungError `storage/destructive-change` with every difference that would lose something, and
 * everything stored that would break a new promise.
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
  const dropped = derivedToDrop(known, tables)
  const gone = new Set(dropped.map(({ table }) => table.name))
  const left = new Map([...known].filter(([name]) => !gone.has(name)))
  const faults: string[] = []
  const changes = tables.flatMap((table) => {
    const before = left.get(table.name)
    // A derived table that stays is as it is wanted, whatever more it has.
    return before !== undefined && table.isDerived ? [] : changesTo(before, table, faults)
  })
  for (const [name, { isDerived = false }] of left) {
    if (!isDerived && !tables.some((table) => table.name === name))
      faults.push(`the table ${name} is no longer defined`)
  }
  faults.push(...(await misfitsOf(dialect, connection, changes, left)))
  if (faults.length > 0) {
    throw new LumbungError(
      'storage/destructive-change',
      `The definitions no longer fit what is stored: ${faults.join('; ')}. Keep the old fields beside the new ones, or make a backup and restore it with a program that converts it.`,
      { details: { faults } },
    )
  }
  const [last] = await connection.rows('select max(step) as step from migration_log')
  let step = Number(last?.['step'] ?? 0)
  const log = async (change: Change) => {
    step += 1
    const applied_at = new Date().toISOString()
    await insertRow(dialect, connection, 'migration_log', {
      step,
      applied_at,
      change: describeChange(change),
    })
  }
  const forget = async ({ name }: Table) =>
    await connection.rows(`delete from migration_state where table_name = ${dialect.parameterText(1)}`, [
      name,
    ])
  for (const change of dropped) {
    await applyChanges(dialect, connection, [change], known.get(change.table.name))
    await log(change)
    await forget(change.table)
  }
  for (const [table, own] of Map.groupBy(changes, (change) => change.table)) {
    await applyChanges(dialect, connection, own, left.get(table.name))
    for (const change of own) await log(change)
    await forget(table)
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
  return JSON.stringify(table, (_, value) => {
    if (typeof value === 'bigint') return { bigint: value.toString() }
    return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value
  })
}

function parseDefinition(text: string): Table {
  return JSON.parse(text, (_, value) => {
    if (value === null || typeof value !== 'object') return value
    if (typeof value.bigint === 'string') return BigInt(value.bigint)
    return typeof value.bytes === 'string' ? new Uint8Array(Buffer.from(value.bytes, 'hex')) : value
  })
}
