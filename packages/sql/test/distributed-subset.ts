import { parseSync } from 'libpg-query'
import { isNode, lastName, listAt, type Node, nodeAt } from './syntax-tree.ts'

/** Whose rows a statement may touch: those of the village that it names, or all. */
export type Scope = 'one-village' | 'all-villages'

/** Whatever is not listed is refused: a list of what is forbidden would forget something. */
const allowed = {
  statements: new Set([
    'SelectStmt',
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'TransactionStmt',
    'CreateStmt',
    'AlterTableStmt',
    'IndexStmt',
    'DropStmt',
    'VariableSetStmt',
    'VariableShowStmt',
  ]),
  settings: new Set(['lock_timeout', 'synchronous_commit', 'fsync']),
  functions: new Set([
    ...['count', 'max', 'sum', 'length', 'unnest'],
    // Of rules: each reckons with the values of one row, or adds up the rows of one village, wherever they are.
    ...['abs', 'min', 'right', 'starts_with', 'strpos', 'substr'],
  ]),
  alterations: new Set(['AT_AddColumn', 'AT_AddConstraint', 'AT_DropConstraint', 'AT_DropNotNull']),
  drops: new Set(['OBJECT_INDEX']),
  transactions: new Set([
    'TRANS_STMT_BEGIN',
    'TRANS_STMT_COMMIT',
    'TRANS_STMT_ROLLBACK',
    'TRANS_STMT_SAVEPOINT',
    'TRANS_STMT_RELEASE',
    'TRANS_STMT_ROLLBACK_TO',
  ]),
  constraints: new Set([
    'CONSTR_NULL',
    'CONSTR_NOTNULL',
    'CONSTR_DEFAULT',
    'CONSTR_CHECK',
    'CONSTR_PRIMARY',
    'CONSTR_UNIQUE',
    'CONSTR_FOREIGN',
  ]),
}

/**
 * What in a statement lies outside the subset of PostgreSQL on which Citus, CockroachDB and YugabyteDB scale
 * out with the village as the distribution key. The tables `migration_*` belong to no village. The parser must
 * have been loaded.
 */
export function faultsOf(sql: string, scope: Scope): string[] {
  const faults: string[] = []
  for (const { stmt } of parseSync(sql).stmts ?? []) {
    for (const tag of Object.keys(stmt ?? {})) {
      if (!allowed.statements.has(tag)) faults.push(`the statement ${tag}`)
    }
    visit(stmt, '', (tag, node, table) => faults.push(...featureFaults(tag, node, table)))
    if (scope === 'one-village') visit(stmt, '', (tag, node) => faults.push(...rangeFaults(tag, node)))
  }
  return faults
}

/** Calls `look` for every tagged node with the table of the statement that defines it. */
function visit(value: unknown, table: string, look: (tag: string, node: Node, table: string) => void): void {
  if (Array.isArray(value)) for (const part of value) visit(part, table, look)
  if (!isNode(value)) return
  for (const [tag, part] of Object.entries(value)) {
    const own = /^[A-Z]/.test(tag) && isNode(part) ? part : undefined
    const relation = nodeAt(own, 'relation')['relname']
    const within = typeof relation === 'string' ? relation : table
    if (own !== undefined) look(tag, own, within)
    visit(part, within, look)
  }
  // A relation and the query of an INSERT or a UNION stand untagged in the tree.
  for (const [name, tag] of [
    ['relation', 'RangeVar'],
    ['rel', 'RangeVar'],
    ['typeName', 'TypeName'],
    ['onConflictClause', 'OnConflictClause'],
    ['larg', 'SelectStmt'],
    ['rarg', 'SelectStmt'],
  ] as const) {
    const part = value[name]
    if (isNode(part) && !(tag in part)) look(tag, part, table)
  }
}

/** What no statement may use, whoever's rows it touches. */
function featureFaults(tag: string, node: Node, table: string): string[] {
  const ours = !table.startsWith('migration_')
  switch (tag) {
    case 'FuncCall': {
      const name = lastName(node['funcname'])
      return allowed.functions.has(name) ? [] : [`the function ${name}`]
    }
    case 'TypeName': {
      const name = lastName(node['names'])
      return name.includes('serial') ? [`the type ${name}`] : []
    }
    case 'RangeVar':
      return node['relpersistence'] === 'p' ? [] : ['a temporary or unlogged table']
    case 'DefElem':
      return node['defname'] === 'transaction_deferrable' ? ['a deferrable transaction'] : []
    case 'AlterTableCmd':
      return allowed.alterations.has(String(node['subtype'])) ? [] : [`the change ${node['subtype']}`]
    case 'TransactionStmt':
      return allowed.transactions.has(String(node['kind'])) ? [] : [String(node['kind'])]
    case 'UpdateStmt':
    case 'OnConflictClause':
      return movesVillage(node) ? ['a row that moves to another village'] : []
    case 'VariableSetStmt':
    case 'VariableShowStmt': {
      const name = String(node['name'])
      return allowed.settings.has(name) ? [] : [`the setting ${name}`]
    }
    case 'DropStmt':
      return allowed.drops.has(String(node['removeType'])) ? [] : [`a drop of ${node['removeType']}`]
    case 'Constraint':
      return constraintFaults(node, ours)
    case 'CreateStmt': {
      const constraints = listAt(node, 'tableElts').map((part) => nodeAt(part, 'Constraint')['contype'])
      return [
        ...(ours && !constraints.includes('CONSTR_PRIMARY')
          ? ['a table with no primary key of its own']
          : []),
        ...('partspec' in node || 'inhRelations' in node ? ['a table made of others'] : []),
      ]
    }
    case 'IndexStmt': {
      const [first] = listAt(node, 'indexParams')
      return ours && nodeAt(first, 'IndexElem')['name'] !== 'village_id'
        ? ['an index that the village does not lead']
        : []
    }
  }
  return []
}

function constraintFaults(node: Node, ours: boolean): string[] {
  const kind = String(node['contype'])
  const leads = (...lists: string[]) =>
    lists.every((list) => nodeAt(listAt(node, list)[0], 'String')['sval'] === 'village_id')
  if (kind.startsWith('CONSTR_ATTR_DEFERR')) return ['a deferrable constraint']
  if (!allowed.constraints.has(kind)) return [kind]
  switch (kind) {
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
    case 'CONSTR_FOREIGN': {
      const led = kind === 'CONSTR_FOREIGN' ? leads('fk_attrs', 'pk_attrs') : leads('keys')
      return [
        ...(ours && !led ? [`${kind} that the village does not lead`] : []),
        ...(node['deferrable'] || node['initdeferred'] ? ['a deferrable constraint'] : []),
      ]
    }
  }
  return []
}

function movesVillage(node: Node): boolean {
  return listAt(node, 'targetList').some((part) => nodeAt(part, 'ResTarget')['name'] === 'village_id')
}

/** Whether a query, at whatever depth, names its one village. */
function rangeFaults(tag: string, node: Node): string[] {
  if (!['SelectStmt', 'UpdateStmt', 'DeleteStmt'].includes(tag)) return []
  const own = isNode(node['relation']) ? [{ RangeVar: node['relation'] }] : []
  const named = [...own, ...listAt(node, 'fromClause'), ...listAt(node, 'usingClause')]
  const [first] = named
  // One condition says nothing of a second table, so the village of each could not be told.
  if (named.length > 1) return [`${tag} of more than one table`]
  if (isNode(first) && 'JoinExpr' in first)
    return joinFaults(tag, nodeAt(first, 'JoinExpr'), node['whereClause'])
  const table = nodeAt(first, 'RangeVar')['relname']
  if (typeof table !== 'string' || table.startsWith('migration_')) return []
  return villageParameters(node['whereClause']).length > 0 ? [] : [`${tag} of ${table} that names no village`]
}

/**
 * A join of two tables is done where their rows are if each table names the same parameter as its village: the left
 * one in WHERE, the right one in ON. Rules ask so of a record and of one that it names.
 */
function joinFaults(tag: string, join: Node, where: unknown): string[] {
  const alias = (side: string) => nodeAt(join, side, 'RangeVar', 'alias')['aliasname']
  const villages = (condition: unknown, of: unknown) =>
    typeof of === 'string' ? villageParameters(condition, of) : []
  const left = villages(where, alias('larg'))
  const right = villages(join['quals'], alias('rarg'))
  return left.some((number) => right.includes(number)) ? [] : [`${tag} of more than one table`]
}

/** The conditions all of which must hold. */
function conjuncts(where: unknown): unknown[] {
  const both = nodeAt(where, 'BoolExpr')
  return both['boolop'] === 'AND_EXPR' ? listAt(both, 'args').flatMap(conjuncts) : [where]
}

/**
 * The numbers of the parameters that a condition asks the village to be, all of them at once; with an alias only where
 * the village is said to be that of its table.
 */
export function villageParameters(where: unknown, alias?: string): number[] {
  return conjuncts(where).flatMap((condition) => {
    const comparison = nodeAt(condition, 'A_Expr')
    const number = nodeAt(comparison['rexpr'], 'ParamRef')['number']
    const fields = nodeAt(comparison['lexpr'], 'ColumnRef')['fields']
    const isOfTable =
      alias === undefined ||
      (Array.isArray(fields) && fields.length === 2 && nodeAt(fields[0], 'String')['sval'] === alias)
    const isVillage =
      isOfTable &&
      comparison['kind'] === 'AEXPR_OP' &&
      lastName(comparison['name']) === '=' &&
      lastName(fields) === 'village_id'
    return isVillage && typeof number === 'number' ? [number] : []
  })
}
