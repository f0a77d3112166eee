import type {
  AggregateExpression,
  ElementOfExpression,
  Expression,
  ListExpression,
  SizeExpression,
} from '../expression.ts'
import type { ScalarFact } from '../fact-types.ts'
import { type Element, type Emission, fence, once } from './emission.ts'
import { columnOf, isPromised, listAt, readColumn, readValue } from './facts.ts'
import { bound, type Fragment, identifier, joined, knownIf, raw, sql } from './fragment.ts'
import { inRange, truth } from './shapes.ts'
import type { SqlRows, SqlValues } from './source.ts'

/** Writes an expression. */
export type Emit = (expression: Expression, at: Emission) => Fragment

/** The elements of a list, as a query over them sees them. */
interface Elements {
  readonly from: Fragment
  readonly where: readonly Fragment[]
  /** True where every element is known to be there, and otherwise false or NULL; undefined where that is sure. */
  readonly complete: Fragment | undefined
  readonly element: Element
  /** It is the list of a filter. */
  readonly isFiltered: boolean
  /** Predicates of filters that may be unknown, the innermost first. Those that cannot be stand in `where`. */
  readonly open: readonly Fragment[]
}

function elementsOf(list: ListExpression, at: Emission, emit: Emit): Elements {
  if (list.kind === 'list') {
    const { alias, list: source, type } = listAt(at, list)
    const elements =
      'table' in source ? rowsOf(at, alias, source, type.item) : valuesOf(at, alias, source, type.item)
    if (source.stateColumn === undefined) return elements
    const state = columnOf(alias, source.stateColumn)
    const isComplete = sql`${state} = 'complete'`
    return {
      ...elements,
      // What an unknown list holds is not asked.
      where: [...elements.where, sql`${state} IN ('complete', 'incomplete')`],
      complete: elements.complete === undefined ? isComplete : sql`(${elements.complete} AND ${isComplete})`,
    }
  }
  const elements = elementsOf(list.list, at, emit)
  const predicate = emit(list.body, within(at, elements.element))
  // Behind a filter that may be unknown the order counts: what it leaves out is asked nothing more.
  return predicate.known && elements.open.length === 0
    ? { ...elements, isFiltered: true, where: [...elements.where, predicate] }
    : { ...elements, isFiltered: true, open: [...elements.open, predicate] }
}

function within(at: Emission, element: Element): Emission {
  return { ...at, elements: [...at.elements, element] }
}

type Item = ReturnType<typeof listAt>['type']['item']

function rowsOf(at: Emission, owner: string, source: SqlRows, item: Item): Elements {
  const alias = at.alias()
  const joins = Object.entries(source.join).map(
    ([column, ofOwner]) => sql`${columnOf(alias, column)} = ${columnOf(owner, ofOwner)}`,
  )
  const constants = Object.entries(source.where ?? {}).map(
    ([column, value]) => sql`${columnOf(alias, column)} = ${bound(value, 'column')}`,
  )
  const element: Element =
    'column' in source.item
      ? {
          kind: 'single',
          type: item as ScalarFact,
          value: readColumn(at, alias, source.item, item as ScalarFact),
        }
      : { kind: 'record', alias, type: item as Extract<Item, { kind: 'record' }>, source: source.item }
  return {
    from: sql`${identifier(source.table)} AS ${identifier(alias)}`,
    where: [...constants, ...joins],
    complete: undefined,
    element,
    isFiltered: false,
    open: [],
  }
}

function valuesOf(at: Emission, owner: string, source: SqlValues, item: Item): Elements {
  const alias = at.alias()
  const type = item as ScalarFact
  const column = columnOf(owner, source.column)
  const base = { where: [], isFiltered: false, open: [] }
  if (at.dialect === 'postgres') {
    const value = readColumn(at, alias, { column: 'value' }, type)
    return {
      ...base,
      from: sql`unnest(${column}) AS ${identifier(alias)} ("value")`,
      complete: sql`${column} IS NOT NULL`,
      element: { kind: 'single', type, value },
    }
  }
  // Of what is no JSON at all SQLite would raise an error.
  const array = source.promised
    ? column
    : sql`CASE WHEN json_valid(${column}) THEN CASE WHEN json_type(${column}) = 'array' THEN ${column} END END`
  return {
    ...base,
    from: sql`json_each(${array}) AS ${identifier(alias)}`,
    complete: sql`(${array}) IS NOT NULL`,
    element: { kind: 'single', type, value: jsonValue(at, alias, type, source.promised === true) },
  }
}

/** An element of a JSON array, or NULL where it is of another type. */
function jsonValue(at: Emission, alias: string, type: ScalarFact, promised: boolean): Fragment {
  const [value, kind] = [columnOf(alias, 'value'), columnOf(alias, 'type')]
  const isKnown = promised && type.known
  switch (type.kind) {
    case 'bool':
      return knownIf(isKnown, sql`CASE ${kind} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END`)
    case 'date':
    case 'text':
    case 'enum':
      return readValue(
        at,
        knownIf(isKnown, sql`CASE ${kind} WHEN 'text' THEN ${value} END`),
        type,
        !isPromised(type) || !promised,
      )
    default:
      return readValue(at, value, type, true, sql`${kind} = 'integer'`)
  }
}

/** A query over the elements. `select` is given the body and the predicate of membership, as columns of a row. */
function over(
  at: Emission,
  { from, where, open }: Elements,
  body: Fragment | undefined,
  select: (body: Fragment, isMember: Fragment | undefined) => Fragment,
  condition?: (body: Fragment) => Fragment,
): Fragment {
  const alias = at.alias()
  const columns = [
    ...open.map((predicate, index) => sql`${predicate} AS ${identifier(`k${index + 1}`)}`),
    ...(body === undefined ? [] : [sql`${body} AS ${identifier('v')}`]),
  ]
  const conditions = where.length === 0 ? sql`` : sql` WHERE ${joined(where, ' AND ')}`
  const isHeavy = open.length > 1 || columns.some(({ weight }) => weight > lightWeight)
  const given = columns.length === 0 ? raw('1') : joined(columns, ', ')
  const rows = sql`(SELECT ${given} FROM ${from}${conditions}${isHeavy ? fence(at) : sql``}) AS ${identifier(alias)}`
  const v = knownIf(body?.known ?? false, columnOf(alias, 'v'))
  const isMember = open.reduceRight<Fragment | undefined>((rest, _, index) => {
    const own = columnOf(alias, `k${index + 1}`)
    // What an earlier filter leaves out is not asked; where the earlier one is unknown all is.
    return rest === undefined ? own : sql`CASE WHEN ${own} THEN ${rest} WHEN NOT ${own} THEN ${own} END`
  }, undefined)
  const chosen = condition === undefined ? sql`` : sql` WHERE ${condition(v)}`
  return sql`(SELECT ${select(v, isMember)} FROM ${rows}${chosen})`
}

/** A predicate that may stand twice, once to choose rows and once to tell of them. */
const lightWeight = 16

/** The value where all conditions hold, otherwise unknown. */
function where(conditions: readonly (Fragment | undefined)[], value: Fragment): Fragment {
  const needed = conditions.filter((condition) => condition !== undefined)
  return needed.length === 0 ? value : sql`CASE WHEN ${joined(needed, ' AND ')} THEN ${value} END`
}

const everyMembershipKnown = (isMember: Fragment | undefined): Fragment | undefined =>
  isMember === undefined ? undefined : sql`count(*) = count(${isMember})`

/** `list.exists(x, p)` and `list.all(x, p)`: OR and AND over the elements, in one pass. */
function quantified(at: Emission, elements: Elements, body: Fragment, isExists: boolean): Fragment {
  const { complete, isFiltered, open } = elements
  const [settled, otherwise] = [truth(at, isExists), truth(at, !isExists)]
  const onlyIfComplete = isFiltered ? complete : undefined
  const settles = isExists ? body : sql`NOT ${body}`
  if (body.known && open.length === 0) {
    const conditions = joined([...elements.where, settles], ' AND ')
    const found = sql`EXISTS (SELECT 1 FROM ${elements.from} WHERE ${conditions})`
    if (complete === undefined) return knownIf(true, isExists ? found : sql`(NOT ${found})`)
    return isFiltered
      ? where([complete], isExists ? found : sql`(NOT ${found})`)
      : sql`CASE WHEN ${found} THEN ${settled} WHEN ${complete} THEN ${otherwise} END`
  }
  if (open.length === 0) {
    return over(
      at,
      elements,
      body,
      (v) => {
        const none =
          isFiltered || complete === undefined ? sql`count(*) = 0` : sql`count(*) = 0 AND ${complete}`
        return where(
          [onlyIfComplete],
          sql`CASE WHEN count(${v}) > 0 THEN ${settled} WHEN ${none} THEN ${otherwise} END`,
        )
      },
      (v) => sql`${v} IS NOT ${otherwise}`,
    )
  }
  return over(at, elements, body, (v, isMember = v) => {
    const hits = sql`count(CASE WHEN ${isMember} AND ${isExists ? v : sql`NOT ${v}`} THEN 1 END)`
    const unknowns = sql`count(CASE WHEN ${isMember} AND ${v} IS NULL THEN 1 END)`
    return where(
      [complete, everyMembershipKnown(isMember)],
      sql`CASE WHEN ${hits} > 0 THEN ${settled} WHEN ${unknowns} = 0 THEN ${otherwise} END`,
    )
  })
}

/** Halves of a number whose sums stay within 64 bits: beyond them SQLite raises an error. */
const half = raw(String(2 ** 26))
/** Numbers up to here are summed as they are. */
const plainSumMax = 2 ** 31

/** Writes an aggregate of a list. */
export function aggregateOf(at: Emission, expression: AggregateExpression, emit: Emit): Fragment {
  const { aggregate, list, body, guarded } = expression
  const elements = elementsOf(list, at, emit)
  const written = emit(body, within(at, elements.element))
  if (aggregate === 'exists' || aggregate === 'all') {
    return quantified(at, elements, written, aggregate === 'exists')
  }
  const { range } = body
  const isSmall = range !== undefined && Math.max(-range.minimum, range.maximum) <= plainSumMax
  const isSure = elements.complete === undefined && elements.open.length === 0 && written.known
  const total = over(at, elements, written, (v, isMember) => {
    const term = isMember === undefined ? v : sql`CASE WHEN ${isMember} THEN ${v} END`
    const everyTermKnown = written.known
      ? undefined
      : isMember === undefined
        ? sql`count(*) = count(${v})`
        : sql`count(CASE WHEN ${isMember} AND ${v} IS NULL THEN 1 END) = 0`
    const conditions = [elements.complete, everyMembershipKnown(isMember), everyTermKnown]
    return where(
      conditions,
      aggregate === 'sum' ? sumOf(at, term, isSmall, guarded) : sql`${raw(aggregate)}(${term})`,
    )
  })
  return knownIf(isSure && aggregate === 'sum' && !guarded, total)
}

function sumOf(at: Emission, term: Fragment, isSmall: boolean, guarded: boolean): Fragment {
  if (at.dialect === 'postgres') {
    // The sum of whole numbers is numeric there, so nothing overflows before it is checked.
    const total = sql`coalesce(sum(${term}), 0)`
    return guarded ? inRange(at, total, true) : sql`${total}::bigint`
  }
  const total = isSmall
    ? sql`coalesce(sum(${term}), 0)`
    : sql`coalesce(sum(${term} / ${half}) * ${half} + sum(${term} % ${half}), 0)`
  return guarded ? inRange(at, total) : total
}

/** Writes the size of a list. */
export function sizeOf(at: Emission, { list }: SizeExpression, emit: Emit): Fragment {
  const elements = elementsOf(list, at, emit)
  const count = over(at, elements, undefined, (_, isMember) => {
    const members = isMember === undefined ? raw('count(*)') : sql`count(CASE WHEN ${isMember} THEN 1 END)`
    return where([elements.complete, everyMembershipKnown(isMember)], members)
  })
  return knownIf(elements.complete === undefined && elements.open.length === 0, count)
}

/** Writes whether all of a list is known. */
export function knownList(at: Emission, list: ListExpression, emit: Emit): Fragment {
  const elements = elementsOf(list, at, emit)
  const { complete, open } = elements
  if (open.length > 0) {
    return knownIf(
      true,
      over(at, elements, undefined, (_, isMember = raw('1')) => {
        const known = joined(
          [...(complete === undefined ? [] : [complete]), sql`count(*) = count(${isMember})`],
          ' AND ',
        )
        return sql`coalesce(${known}, ${truth(at, false)})`
      }),
    )
  }
  return complete === undefined
    ? truth(at, true)
    : knownIf(true, sql`coalesce(${complete}, ${truth(at, false)})`)
}

/** Writes whether a value is an element of a list of single values. */
export function elementOf(at: Emission, expression: ElementOfExpression, emit: Emit): Fragment {
  const { list, needle } = expression
  return once(at, [emit(needle, at)], (value) => {
    if (value === undefined) return raw('NULL')
    const elements = elementsOf(list, at, emit)
    if (elements.element.kind === 'record') return raw('NULL')
    const { value: element } = elements.element
    return quantified(at, elements, knownIf(element.known && value.known, sql`(${element} = ${value})`), true)
  })
}
