import {
  type FactType,
  type FactValue,
  factNumberMax,
  type ListFact,
  type RecordFact,
  type ScalarFact,
} from '@lumbung/core/rules'
import type { SqlDialectName, SqlSource } from '@lumbung/core/rules/sql'
import type { Cells, Rows } from './rule-database.ts'

const everything = { minimum: -factNumberMax, maximum: factNumberMax }
const open = { known: false, promised: false }
const anyText: ScalarFact = { kind: 'text', known: false }
const anyWhole: ScalarFact = { kind: 'int', ...everything, ...open }

/** The facts of one kind of record, by name. The names of columns are those of facts. */
type Scalars = Readonly<Record<string, ScalarFact>>

const jobs: Scalars = {
  wage: { kind: 'money', minimum: 0, maximum: 1_000_000, known: false, promised: true },
  since: { kind: 'date', known: true, promised: true },
}

const members: Scalars = {
  birth: { kind: 'date', ...open },
  born: { kind: 'date', known: true, promised: true },
  years: { kind: 'int', minimum: 0, maximum: 130, known: true, promised: true },
  weight: anyWhole,
  income: { kind: 'money', ...everything, ...open },
  sex: { kind: 'enum', values: ['f', 'm'], known: false },
  insured: { kind: 'bool', known: false },
  name: anyText,
}

/** The name of what every object inherits, which TypeScript would not let stand here as it is. */
const inherited: string = 'toString'

const household: Scalars = {
  poor: { kind: 'bool', known: false },
  owner: { kind: 'bool', known: true },
  large: anyWhole,
  small: { kind: 'int', minimum: 1, maximum: 10, known: false, promised: true },
  rooms: { kind: 'int', minimum: 0, maximum: 100, known: true, promised: true },
  income: { kind: 'money', ...everything, ...open },
  rent: { kind: 'money', minimum: 0, maximum: 5_000_000, known: false, promised: true },
  area: { kind: 'decimal', scale: 2, ...everything, ...open },
  'per cent': { kind: 'decimal', scale: 9, ...everything, ...open },
  place: anyText,
  [inherited]: { kind: 'text', known: true },
  roof: { kind: 'enum', values: ['tiles', 'ijuk', 'NULL'], known: false },
  moved: { kind: 'date', ...open },
  built: { kind: 'date', known: false, promised: true },
}

const record = (named: Readonly<Record<string, FactType>>): RecordFact => ({ kind: 'record', facts: named })
const list = (item: ListFact['item']): ListFact => ({ kind: 'list', item, itemsMax: 64, known: false })

/** What the random rules may read. */
export const facts: Readonly<Record<string, FactType>> = {
  household: record({
    ...household,
    members: list(record({ ...members, jobs: list(record(jobs)) })),
    visitors: list(record(members)),
    tags: list(anyText),
    scores: list(anyWhole),
    dates: list({ kind: 'date', ...open }),
  }),
}

const columns = (scalars: Scalars) =>
  Object.fromEntries(Object.keys(scalars).map((column) => [column, { column }]))

/** Where all that stands. */
export const source: SqlSource = {
  household: {
    alias: 'h',
    columns: columns(household),
    lists: {
      members: {
        table: 'member "s"',
        join: { home: 'id' },
        where: { kind: 'lives' },
        item: {
          columns: columns(members),
          lists: {
            jobs: {
              table: 'jobs',
              join: { worker: 'id' },
              stateColumn: 'work',
              item: { columns: columns(jobs) },
            },
          },
        },
      },
      visitors: {
        table: 'member "s"',
        join: { home: 'id' },
        where: { kind: 'visits' },
        stateColumn: 'roster',
        item: { columns: columns(members) },
      },
      tags: { column: 'tags', stateColumn: 'tagging' },
      scores: { column: 'scores' },
      dates: { column: 'dates' },
    },
  },
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

function typeOf(kind: string, dialect: SqlDialectName): string {
  if (kind === 'bool') return dialect === 'sqlite' ? 'integer' : 'boolean'
  if (['int', 'money', 'decimal'].includes(kind)) return dialect === 'sqlite' ? 'integer' : 'bigint'
  return 'text'
}

/** The tables as anybody might have them: no checks, and a text order that is not that of code points. */
export function tablesFor(dialect: SqlDialectName): readonly string[] {
  const plain = (scalars: Scalars) =>
    Object.entries(scalars).map(([name, { kind }]) => {
      const type = typeOf(kind, dialect)
      const collation = type !== 'text' ? '' : dialect === 'sqlite' ? ' collate nocase' : ' collate folded'
      return `${quote(name)} ${type}${collation}`
    })
  const array = (type: string) => (dialect === 'sqlite' ? 'text' : `${type}[]`)
  const whole = dialect === 'sqlite' ? 'integer' : 'bigint'
  const strict = dialect === 'sqlite' ? ' strict' : ''
  return [
    ...(dialect === 'sqlite'
      ? []
      : [`create collation folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`]),
    `create table households (id ${whole} primary key, ${plain(household).join(', ')}, roster text, tagging text, tags ${array('text')}, scores ${array('bigint')}, dates ${array('text')})${strict}`,
    `create table "member ""s""" (id ${whole} primary key, home ${whole}, kind text, ${plain(members).join(', ')}, work text)${strict}`,
    `create table jobs (id ${whole} primary key, worker ${whole}, ${plain(jobs).join(', ')})${strict}`,
    `create index of_home on "member ""s""" (home)`,
    `create index of_worker on jobs (worker)`,
  ]
}

type Facts = Readonly<Record<string, FactValue>>

const stateOf = (value: FactValue | undefined): string | null =>
  Array.isArray(value) ? 'complete' : value === null || value === undefined ? null : 'incomplete'
const itemsOf = (value: FactValue | undefined): readonly FactValue[] =>
  Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null && 'items' in value
      ? (value['items'] as readonly FactValue[])
      : []

/** Rows of each table that hold the given households. */
export function rowsOf(households: readonly Facts[]): Rows {
  const rows = { households: [] as Cells[], 'member "s"': [] as Cells[], jobs: [] as Cells[] }
  households.forEach((given, id) => {
    const arrayOf = (value: FactValue | undefined) => (stateOf(value) === null ? null : itemsOf(value))
    rows.households.push([
      id,
      ...Object.keys(household).map((name) => given[name] ?? null),
      stateOf(given['visitors']),
      stateOf(given['tags']),
      arrayOf(given['tags']),
      arrayOf(given['scores']),
      arrayOf(given['dates']),
    ])
    for (const [kind, name] of [
      ['lives', 'members'],
      ['visits', 'visitors'],
    ] as const) {
      for (const member of itemsOf(given[name]) as readonly Facts[]) {
        const memberId = rows['member "s"'].length
        rows['member "s"'].push([
          memberId,
          id,
          kind,
          ...Object.keys(members).map((key) => member[key] ?? null),
          stateOf(member['jobs']),
        ])
        for (const job of itemsOf(member['jobs']) as readonly Facts[]) {
          rows.jobs.push([rows.jobs.length, memberId, ...Object.keys(jobs).map((key) => job[key] ?? null)])
        }
      }
    }
  })
  return rows
}
