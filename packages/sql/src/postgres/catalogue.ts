import type { IntegrityFault, Table } from '@lumbung/core/storage'
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
import { postgresDialect } from './dialect.ts'

/** Where the tables of a database differ from their definitions. */
export function integrityFaultsOf(
  connection: Connection,
  tables: readonly Table[],
): Promise<readonly IntegrityFault[]> {
  return orDamaged(async () => structureFaults(postgresDialect, tables, await foundParts(connection)))
}

/** A row of the catalogue: which relation, and what it says of it. */
type Found = Readonly<Record<string, unknown>>

const ownRelations = 'join pg_namespace on pg_namespace.oid = relnamespace where nspname = current_schema'

/** By table, what it is made of. PostgreSQL writes a check in its own words, so only the name of it can be compared. */
async function foundParts(connection: Connection): Promise<ReadonlyMap<string, readonly Part[]>> {
  const relations = await connection.rows(
    `select pg_class.oid as id, relname as name, relkind as kind from pg_class ${ownRelations}`,
  )
  const attributes = await connection.rows(
    `select attrelid as relation, attnum as number, attname as name from pg_attribute
      join pg_class on pg_class.oid = attrelid ${ownRelations} and attnum > 0`,
  )
  const nameOf = new Map(relations.map(({ id, name }) => [id, String(name)]))
  const columnOf = new Map(
    attributes.map(({ relation, number, name }) => [`${relation} ${number}`, String(name)]),
  )
  const columnNames = (relation: unknown, numbers: readonly unknown[]) =>
    numbers.map((number) => columnOf.get(`${relation} ${number}`) ?? '')
  const parts: [table: string, part: Part][] = [
    ...relations.flatMap(({ kind, name }): [string, Part][] =>
      kind === 'r' ? [[String(name), { kind: 'table', name: String(name), text: '' }]] : [],
    ),
    ...(await columnRows(connection)),
    ...(await constraintRows(connection)).map((row): [string, Part] => [
      nameOf.get(row['relation']) ?? '',
      constraintPart(row, nameOf, columnNames),
    ]),
    ...(await indexRows(connection)).map((row): [string, Part] => [
      nameOf.get(row['relation']) ?? '',
      indexPart(
        nameOf.get(row['index']) ?? '',
        row['is_unique'] === true,
        columnNames(row['relation'], String(row['columns']).split(' ')),
        [
          ...(row['is_valid'] === true ? [] : ['not valid']),
          ...(row['is_whole'] === true ? [] : ['partial']),
        ],
      ),
    ]),
  ]
  const grouped = Map.groupBy(parts, ([table]) => table)
  return new Map([...grouped].map(([table, own]) => [table, own.map(([, part]) => part)]))
}

async function columnRows(connection: Connection): Promise<[string, Part][]> {
  const rows = await connection.rows(
    `select table_name, column_name, data_type, collation_name, is_nullable from information_schema.columns
      where table_schema = current_schema`,
  )
  return rows.map((row) => {
    const collation = row['collation_name'] === null ? '' : ` collate "${row['collation_name']}"`
    const type = `${row['data_type']}${collation}`
    return [
      String(row['table_name']),
      columnPart(String(row['column_name']), type, row['is_nullable'] === 'YES'),
    ]
  })
}

function constraintRows(connection: Connection): Promise<readonly Found[]> {
  return connection.rows(
    `select conname as name, contype as kind, conrelid as relation, confrelid as target, conkey as columns,
        confkey as target_columns, convalidated as is_held
      from pg_constraint join pg_class on pg_class.oid = conrelid ${ownRelations}`,
  )
}

function indexRows(connection: Connection): Promise<readonly Found[]> {
  return connection.rows(
    `select indexrelid as index, indrelid as relation, indkey as columns, indisunique as is_unique,
        indisvalid as is_valid, indpred is null as is_whole
      from pg_index join pg_class on pg_class.oid = indrelid ${ownRelations}`,
  )
}

function constraintPart(
  { name, kind, relation, target, columns, target_columns: targetColumns, is_held: isHeld }: Found,
  nameOf: ReadonlyMap<unknown, string>,
  columnNames: (relation: unknown, numbers: readonly unknown[]) => readonly string[],
): Part {
  const own = columnNames(relation, Array.isArray(columns) ? columns : [])
  if (kind === 'p') return keyPart(own)
  if (kind === 'f') {
    const named = columnNames(target, Array.isArray(targetColumns) ? targetColumns : [])
    return referencePart(own, nameOf.get(target) ?? '', named, isHeld === true)
  }
  return { kind: 'check', name: String(name), text: isHeld === true ? '' : 'not held' }
}
