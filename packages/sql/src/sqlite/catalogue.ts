import type { IntegrityFault, Table } from '@lumbung/core/storage'
import { checkName, checkSql, quote } from '../database/ddl.ts'
import type { Connection } from '../database/dialect.ts'
import {
  columnPart,
  indexPart,
  keyPart,
  orDamaged,
  type Part,
  referencePart,
  structureFaults,
} from '../database/structure.ts'
import { sqliteDialect } from './dialect.ts'

/** What SQLite says of its file, and where the tables in it differ from their definitions. */
export async function integrityFaultsOf(
  connection: Connection,
  tables: readonly Table[],
): Promise<readonly IntegrityFault[]> {
  return [
    ...(await orDamaged(() => fileFaults(connection))),
    ...(await orDamaged(() => brokenReferences(connection))),
    ...(await orDamaged(async () => {
      const found = new Map<string, readonly Part[]>()
      for (const table of tables) found.set(table.name, await partsOf(connection, table))
      return structureFaults(sqliteDialect, tables, found)
    })),
  ]
}

async function fileFaults(connection: Connection): Promise<readonly IntegrityFault[]> {
  const checked = await connection.rows('pragma integrity_check(100)')
  return checked.flatMap((row) =>
    row['integrity_check'] === 'ok' ? [] : [{ code: 'damaged', message: String(row['integrity_check']) }],
  )
}

async function brokenReferences(connection: Connection): Promise<readonly IntegrityFault[]> {
  const broken = await connection.rows('pragma foreign_key_check')
  return broken.map((row) => ({
    code: 'reference-missing',
    message: `${row['table']} names a missing ${row['parent']}.`,
  }))
}

/** What a table is made of; nothing where it is not there. */
async function partsOf(connection: Connection, table: Table): Promise<readonly Part[]> {
  const named = quote(table.name)
  const [listed] = await connection.rows(`pragma table_list(${named})`)
  if (listed === undefined) return []
  const columns = await connection.rows(`pragma table_xinfo(${named})`)
  const key = columns.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']))
  return [
    { kind: 'table', name: table.name, text: listed['strict'] === 1 ? 'strict' : '' },
    ...columns.map(({ name, type, notnull }) =>
      columnPart(String(name), String(type).toLowerCase(), notnull === 0),
    ),
    ...(await checksOf(connection, table)),
    keyPart(key.map(({ name }) => String(name))),
    ...(await indexesOf(connection, named)),
    ...(await referencesOf(connection, named)),
  ]
}

/** SQLite keeps checks only in the text of their table. */
async function checksOf(connection: Connection, table: Table): Promise<readonly Part[]> {
  const [stored] = await connection.rows("select sql from sqlite_schema where type = 'table' and name = ?", [
    table.name,
  ])
  const text = String(stored?.['sql'])
  return table.columns.flatMap((column): Part[] => {
    const name = checkName(table.name, column)
    const check = checkSql(sqliteDialect, table.name, column)
    if (check === undefined || !text.includes(quote(name))) return []
    return [{ kind: 'check', name, text: text.includes(check) ? check : '' }]
  })
}

async function indexesOf(connection: Connection, named: string): Promise<readonly Part[]> {
  const parts: Part[] = []
  for (const { name, unique, partial } of await connection.rows(`pragma index_list(${named})`)) {
    const columns = await connection.rows(`pragma index_xinfo(${quote(String(name))})`)
    const own = columns.filter(({ key }) => key === 1)
    const unusual = [
      ...(partial === 1 ? ['partial'] : []),
      ...own.flatMap(({ desc, coll }) => (desc === 0 && coll === 'BINARY' ? [] : [`${coll} ${desc}`])),
    ]
    const names = own.map((column) => String(column['name']))
    parts.push(indexPart(String(name), unique === 1, names, unusual))
  }
  return parts
}

async function referencesOf(connection: Connection, named: string): Promise<readonly Part[]> {
  const rows = await connection.rows(`pragma foreign_key_list(${named})`)
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((pairs) => {
    const ordered = pairs.toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
    return referencePart(
      ordered.map(({ from }) => String(from)),
      String(ordered[0]?.['table']),
      ordered.map(({ to }) => String(to)),
    )
  })
}
