import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { programmeFacts, registerFacts } from '@lumbung/indonesia'
import type { PopulationRecord } from '@lumbung/opensid'
import { describe, expect, test } from 'vitest'
import { askPostgres } from '../../sql/test/embedded-server.ts'
import { lumbung } from './lumbung.ts'
import { databases, json, newPath, people, village, workbook } from './village.ts'

// The goal: what a programme says of a stored register is the same in each database and in memory, unknown facts included.

const on = '2026-03-01'
const families = 24
type Row = Readonly<Record<string, unknown>>

const cardOf = (family: number) => `99990101012${String(family).padStart(5, '0')}`
const numberOf = (family: number, member: number) =>
  `999901${String(10 + family)}019${member}${String(family * 3 + member).padStart(5, '0')}`.slice(0, 16)

/** Families of three, of whom each fact is known of some and unknown of others. */
function records(): readonly PopulationRecord[] {
  const [first] = people
  if (first === undefined) throw new Error('There is nobody.')
  return Array.from({ length: families * 3 }, (_, index): PopulationRecord => {
    const [family, member] = [Math.floor(index / 3), index % 3]
    const birthDate = `${[1950, 1985, 2014][member] ?? 1985 + (family % 20)}-0${1 + (family % 9)}-15`
    return {
      ...first,
      name: `ORANG ${index}`,
      familyCardNumber: cardOf(family),
      familyRole: member === 0 ? 1 : 4,
      identityNumber: numberOf(family, member),
      sex: index % 2 === 0 ? 1 : 2,
      // The dates are those of real days.
      birthDate: birthDate as PopulationRecord['birthDate'],
    }
  })
}

function factsFile(): string {
  const lines = ['unit,id,fact,value,from,to,source,degree']
  const add = (unit: string, id: string, fact: string, value: string | number | boolean) =>
    lines.push(`${unit},${id},${fact},${value},2020-01-01,,Daftar,verified`)
  for (let family = 0; family < families; family += 1) {
    if (family % 5 !== 0) add('household', cardOf(family), 'welfareDecile', 1 + (family % 10))
    if (family % 3 !== 0) add('household', cardOf(family), 'bltDecisionOnRecord', family % 2 === 0)
    if (family % 4 === 0) add('household', cardOf(family), 'enrolledInPkh', family % 8 === 0)
    for (let member = 0; member < 3; member += 1) {
      const at = family + member
      if (at % 4 !== 0) add('resident', numberOf(family, member), 'occupation', at % 7 === 0 ? 5 : 9)
      if (at % 3 === 0) add('resident', numberOf(family, member), 'pipDecisionOnRecord', at % 2 === 0)
      if (at % 5 === 1) add('resident', numberOf(family, member), 'pregnant', at % 2 === 0)
    }
  }
  const path = newPath('csv')
  writeFileSync(path, lines.join('\n'))
  return path
}

async function ask(db: string, sql: string, parameters: readonly string[] = []): Promise<readonly Row[]> {
  if (!db.startsWith('sqlite:')) return await askPostgres(db, sql, parameters)
  const database = new DatabaseSync(db.slice('sqlite:'.length), { readOnly: true })
  try {
    return database.prepare(sql).all(...parameters)
  } finally {
    database.close()
  }
}

const kinds = new Map([...registerFacts, ...programmeFacts].map(({ name, type }) => [name, type]))

/** A stored row as a line of facts: what a column holds in place of a truth value or a fraction becomes one. */
function factsOf(row: Row): Row {
  const given = Object.entries(row).map(([column, value]) => {
    const name = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const type = kinds.get(name)
    if (value === null) return [name, null]
    if (type?.kind === 'bool') return [name, value === true || Number(value) === 1]
    if (type?.kind === 'decimal') return [name, Number(value) / 10 ** type.scale]
    return [name, typeof value === 'bigint' || type?.kind === 'int' ? Number(value) : value]
  })
  return Object.fromEntries(given)
}

/** The snapshot as lines for `decide`, and the members of each household by their position. */
async function linesOf(db: string) {
  const households = await ask(db, 'select * from snapshot_households order by id')
  const members = await ask(db, 'select * from snapshot_members order by home, resident')
  const path = newPath('ndjson')
  const of = new Map(households.map(({ id }) => [id, members.filter(({ home }) => home === id)]))
  const lines = households.map((row) =>
    JSON.stringify({
      id: row['id'],
      household: { ...factsOf(row), members: (of.get(row['id']) ?? []).map(factsOf) },
    }),
  )
  writeFileSync(path, lines.join('\n'))
  return { path, members: of }
}

const outcomes = new Map<unknown, string>([
  [true, 'eligible'],
  [false, 'ineligible'],
  [null, 'undetermined'],
])

describe.each(['sqlite', 'postgres'] as const)('on %s', (store) => {
  test('each programme says of everybody in SQL what decide says', async () => {
    const db = await databases[store]()
    const target = ['--db', db, '--village', village]
    const imported = await lumbung(['import', 'opensid', workbook(records()), ...target])
    expect(imported.code, imported.stderr).toBe(0)
    await json(['import', 'facts', factsFile(), ...target])
    const { path, members } = await linesOf(db)
    const decided = await lumbung(['decide', 'indonesia', '--facts', path, '--on', on, '--ndjson'])
    expect(decided.code, decided.stderr).toBe(0)
    const byMemory = decided.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
    const seen = new Set<string>()
    for (const programme of ['pkh', 'sembako', 'blt-dana-desa', 'pip', 'pbi-jkn']) {
      const asked = ['--programme', programme, '--dialect', store, '--on', on]
      const { sql, parameters } = await json(['rules', 'sql', 'indonesia', ...asked])
      const rows = await ask(db, String(sql), parameters as readonly string[])
      const inDatabase = rows.map((row) => {
        const value = Object.values(row).at(-1) ?? null
        const outcome = outcomes.get(value === null ? null : Boolean(Number(value))) ?? ''
        seen.add(outcome)
        return `${row['id'] ?? row['home']} ${row['resident'] ?? ''} ${outcome}`
      })
      const inMemory = byMemory
        .filter((row) => row.programme === programme)
        .map(({ id, member, outcome }) => {
          const resident = member === undefined ? '' : members.get(id)?.[member]?.['resident']
          return `${id} ${resident} ${outcome}`
        })
      expect(inDatabase.length, programme).toBeGreaterThanOrEqual(families)
      expect(inDatabase.toSorted(), programme).toEqual(inMemory.toSorted())
    }
    expect([...seen].toSorted()).toEqual(['eligible', 'ineligible', 'undetermined'])
  })
})
