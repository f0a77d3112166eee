import { compileRule, type FactValue, type FactValues } from '../rules/index.ts'
import type { RowTransaction } from './driver.ts'
import type { Facts } from './facts.ts'
import { batchRowsOf, rowBatches } from './pages.ts'
import { columnOf, type RowScreening, rowScreeningOf, type Screened, type Screening } from './screening.ts'
import { conditionsOf, isValue, keyOrder, villageOrder } from './selection.ts'
import { columnIndex, type Row, type StorageValue, type Table } from './table.ts'

/** What a screening needs of an open transaction. */
export interface ScreeningRows {
  readonly select: RowTransaction['select']
  readonly get: RowTransaction['get']
  /** Undefined where the driver cannot ask rules itself. */
  readonly screen: RowTransaction['screen'] | undefined
}

/** What rules came to, with the village where a screening spans all. */
export interface ScreenedRow extends Screened {
  readonly villageId: string
}

/** Asks rules of all records by village and key, page by page, in constant memory. */
export async function* screenRows(
  rows: ScreeningRows,
  facts: Facts,
  screening: Screening,
  villageId: string | undefined,
): AsyncGenerator<readonly ScreenedRow[]> {
  const fixed = rowScreeningOf(facts, screening, villageId)
  yield* rows.screen === undefined
    ? screenInMemory(rows, facts, screening, villageId)
    : screenInStore(rows.screen, fixed, villageId)
}

async function* screenInStore(
  screen: NonNullable<RowTransaction['screen']>,
  fixed: Omit<RowScreening, 'after' | 'limit'>,
  villageId: string | undefined,
): AsyncGenerator<readonly ScreenedRow[]> {
  const limit = batchRowsOf(fixed.table)
  const keys = fixed.query.key.length
  let page: RowScreening = { ...fixed, limit }
  for (;;) {
    const batch = await screen(page)
    const last = batch.at(-1)
    if (last === undefined) return
    yield batch.map((row) => ({
      villageId: villageId ?? String(row[0]),
      key: row.slice(villageId === undefined ? 1 : 0, keys),
      // An outcome is read by the type of its rule, so it is no bytes and no wide integer.
      outcomes: row.slice(keys) as Screened['outcomes'],
    }))
    if (batch.length < limit) return
    page = { ...page, after: last.slice(0, keys).map(String) }
  }
}

async function* screenInMemory(
  rows: ScreeningRows,
  facts: Facts,
  { rules, on, where, roots = [] }: Screening,
  villageId: string | undefined,
): AsyncGenerator<readonly ScreenedRow[]> {
  const { table } = facts.collection
  const compiled = rules.map(compileRule)
  const selection = {
    conditions: conditionsOf(facts.collection, where),
    order: villageId === undefined ? villageOrder(table) : keyOrder(table),
    ...(villageId === undefined ? {} : { villageId }),
  }
  for await (const batch of rowBatches(rows, table, selection)) {
    const screened: ScreenedRow[] = []
    for (const row of batch) {
      // The village leads every row.
      const village = String(row[0])
      const given: Record<string, FactValues> = { [facts.name]: await factsOf(rows, facts, row, village) }
      for (const { facts: root, by } of roots) {
        const key = cellAt(table, row, columnOf(facts.collection, by).name)
        const named = key === null ? undefined : await rows.get(root.collection.table, [village, key])
        if (named !== undefined) given[root.name] = await factsOf(rows, root, named, village)
      }
      const key = table.key.slice(1).map((name) => cellAt(table, row, name))
      screened.push({ villageId: village, key, outcomes: compiled.map((rule) => rule(given, on)) })
    }
    yield screened
  }
}

/** The facts of a stored row with its lists. What keeps no promise is left for the rule to find unknown. */
async function factsOf(rows: ScreeningRows, facts: Facts, row: Row, village: string): Promise<FactValues> {
  const { table } = facts.collection
  const values: Record<string, FactValue> = {}
  for (const [fact, { name }] of Object.entries(facts.columns)) {
    const cell = cellAt(table, row, name)
    // A wide integer that a double does not hold is out of range in any case.
    values[fact] = typeof cell === 'bigint' ? Number(cell) : cell instanceof Uint8Array ? null : cell
  }
  for (const [fact, { of, by }] of Object.entries(facts.lists)) {
    const { name } = columnOf(of.collection, by)
    const reference = of.collection.table.references.find((candidate) => candidate.column === name)
    const owner = cellAt(table, row, reference?.targetColumn ?? '')
    const conditions = [isValue(of.collection.table, name, owner)]
    const selection = { villageId: village, conditions, order: keyOrder(of.collection.table) }
    const items: FactValues[] = []
    for await (const batch of rowBatches(rows, of.collection.table, selection)) {
      for (const item of batch) items.push(await factsOf(rows, of, item, village))
    }
    values[fact] = items
  }
  return values
}

function cellAt(table: Table, row: Row, column: string): StorageValue {
  return row[columnIndex(table, column)] ?? null
}
