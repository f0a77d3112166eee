import { parseSync } from 'libpg-query'
import { villageParameters } from './distributed-subset.ts'
import { isNode, listAt, type Node, nodeAt } from './syntax-tree.ts'

/** A text is parsed once, however often it is sent. */
const numbersOf = new Map<string, readonly number[]>()

/**
 * The villages whose rows a statement names with these values. It knows the shapes in which an everyday
 * statement may name them: a condition, a row of values, an array of each column.
 */
export function touchedVillages(sql: string, values: readonly unknown[]): unknown[] {
  const numbers =
    numbersOf.get(sql) ??
    (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (isNode(stmt) ? numbersIn(stmt) : []))
  numbersOf.set(sql, numbers)
  return numbers.flatMap((number) => [values[number - 1]].flat())
}

function numbersIn(stmt: Node): number[] {
  const queries = ['SelectStmt', 'UpdateStmt', 'DeleteStmt'].map((tag) => nodeAt(stmt, tag))
  const asked = queries.flatMap((query) => villageParameters(query['whereClause']))
  const insert = nodeAt(stmt, 'InsertStmt')
  const place = listAt(insert, 'cols').findIndex(
    (column) => nodeAt(column, 'ResTarget')['name'] === 'village_id',
  )
  const source = nodeAt(insert, 'selectStmt', 'SelectStmt')
  const rows = listAt(source, 'valuesLists').map((row) => listAt(nodeAt(row, 'List'), 'items')[place])
  const arrays = listAt(source, 'fromClause').map((part) => {
    const [call] = listAt(nodeAt(part, 'RangeFunction'), 'functions')
    const [unnest] = listAt(nodeAt(call, 'List'), 'items')
    return nodeAt(listAt(nodeAt(unnest, 'FuncCall'), 'args')[place], 'TypeCast')['arg']
  })
  const inserted = [...rows, ...arrays].flatMap((part) => {
    const { number } = nodeAt(part, 'ParamRef')
    return typeof number === 'number' ? [number] : []
  })
  return [...asked, ...inserted]
}
