export type { SqlDialectName, SqlText } from './fragment.ts'
export { operationSql } from './operations.ts'
export type { SqlColumn, SqlList, SqlRecord, SqlRoot, SqlRows, SqlSource, SqlValues } from './source.ts'
export { type SqlJoin, type SqlOptions, type SqlScreening, screenSql, sqlOf } from './sql-of.ts'
