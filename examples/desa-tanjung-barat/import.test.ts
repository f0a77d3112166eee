import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CivilDate, createIdGenerator, parseCivilDate } from '@lumbung/core/kernel'
import {
  datedFacts,
  factAge,
  factOn,
  households,
  type KeyedFact,
  type Population,
  residents,
} from '@lumbung/core/people'
import type { Storage } from '@lumbung/core/storage'
import {
  expectationsIn,
  factDefinitionsOf,
  glance,
  importFacts,
  importPopulation,
  listDuplicates,
  openVillage,
  type Village,
  villageSchema,
} from '@lumbung/core/village'
import { indonesianPack } from '@lumbung/indonesia'
import { populationOf, readPopulation } from '@lumbung/opensid'
import { openSqlite } from '@lumbung/sql/sqlite'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { duplicateCount } from './data/slips.ts'
import { familiesOn, questionsOver } from './questions.fixtures.ts'
import config from './village.config.ts'

const file = (name: string) => readFileSync(join(import.meta.dirname, 'data', name))

/** The clock stands still a few days after the register was written out. */
const today = parseCivilDate('2026-11-24')
const clock = () => Date.parse(`${today}T03:00:00.000Z`)

describe('the workbook', () => {
  test('reads without a fault, and warns of each slip that was put into it', async () => {
    const { counts, faults, warnings } = await readPopulation(file('penduduk.xlsx'))
    expect(faults).toEqual([])
    expect(counts).toMatchObject({ familyCards: 1150, hamlets: 5, sexUnknown: 0 })
    expect(countBy(warnings, ({ code }) => code)).toEqual({
      'identity/birth-date-differs': 14,
      'identity/sex-differs': 2,
      'family/no-head': 2,
      'family/several-heads': 2,
      'hamlet/several-spellings': 3,
    })
  })
})

describe('a village in a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-example-'))
  let storage: Storage
  let village: Village
  let population: Population
  let facts: readonly KeyedFact[]

  const secretary = () =>
    village.as(
      { kind: 'person', id: 'secretary', roles: ['village-secretary'], hamlets: [] },
      { purpose: 'administration' },
    )
  const nothing = { areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 }

  beforeAll(async () => {
    let drawn = 0
    const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => (drawn++ * 73) & 255)
    const ids = createIdGenerator({ clock, random })
    storage = await openSqlite({ file: join(folder, 'village.db'), schema: villageSchema(config) })
    village = openVillage({ config, storage, clock, ids, random })
    const read = populationOf((await readPopulation(file('penduduk.xlsx'))).rows)
    expect(read.faults).toEqual([])
    population = read.population
    const report = await secretary().perform(importPopulation, { population })
    expect(report.refused).toEqual([])
    facts = await factsOfFile(storage)
    const added = await secretary().perform(importFacts, { facts })
    expect(added).toEqual({ added: facts.length, unchanged: 0, refused: [] })
  })

  afterAll(async () => {
    await storage.close()
    rmSync(folder, { recursive: true })
  })

  test('holds everybody of the workbook and every row of the list', async () => {
    const stored = await storage.read(config.id, async (tx) => ({
      residents: await tx.count(residents),
      households: await tx.count(households),
      deciles: await tx.count(datedFacts, { name: 'welfareDecile' }),
    }))
    expect(stored.residents).toBe(population.residents.length)
    expect(stored.households).toBe(1150)
    expect(stored.deciles).toBe(facts.filter(({ name }) => name === 'welfareDecile').length)
  })

  test('shows about 3,900 people in 5 hamlets at a glance', async () => {
    const figures = await village
      .as({ kind: 'anonymous', id: 'anonymous', roles: ['visitor'], hamlets: [] })
      .perform(glance, {})
    expect(figures.households).toBe(1150)
    expect(figures.residents).toBeGreaterThan(3850)
    expect(figures.residents).toBeLessThan(3950)
    expect(figures.hamlets.map(({ name }) => name).toSorted()).toEqual([
      'Harapan',
      'Karya',
      'Mekar',
      'Sejahtera',
      'Tirta',
    ])
    for (const { households: cards } of figures.hamlets) expect(cards).toBeGreaterThan(100)
  })

  test('a second import of both files adds nothing, in either order', async () => {
    for (const _ of ['once more', 'and again']) {
      const again = await secretary().perform(importPopulation, { population })
      expect(again).toMatchObject({ added: nothing, changed: nothing, refused: [] })
      const added = await secretary().perform(importFacts, { facts })
      expect(added).toEqual({ added: 0, unchanged: facts.length, refused: [] })
    }
  })

  test('finds those who stand twice, all but the one with another name and another day', async () => {
    const { count, pairs } = await secretary().perform(listDuplicates, {})
    const found = pairs.filter(
      ({ first, second }) => (first.identityNumber === null) !== (second.identityNumber === null),
    )
    expect(found.length).toBeGreaterThanOrEqual(duplicateCount - 1)
    expect(count).toBeLessThan(40)
  })

  test('what was verified later stands above what was declared, and old deciles are stale', async () => {
    const known = await storage.read(config.id, async (tx) => {
      const all = []
      for await (const fact of tx.stream(datedFacts, { where: { name: 'welfareDecile' } })) all.push(fact)
      return all
    })
    const byHousehold = Object.values(Object.groupBy(known, ({ subject }) => subject)).flatMap((all) =>
      all === undefined ? [] : [all],
    )
    const told = byHousehold.filter((all) => all.length > 1)
    expect(told.length).toBeGreaterThan(100)
    for (const all of told) {
      const newest = all.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))[0]
      expect(factOn(all, today)).toEqual(newest)
      expect(newest?.degree).toBe('verified')
    }
    const stale = byHousehold.filter((all) => {
      const fact = factOn(all, today)
      return fact !== undefined && factAge(fact, today, { freshForMonths: 6 }).stale
    })
    expect(stale.length).toBeGreaterThan(80)
    expect(1150 - byHousehold.length).toBeGreaterThan(80)
  })

  test('over all families the chosen order needs at most 0.6 of the questions of a form', async () => {
    const { families, expectationOf } = await storage.read(config.id, async (tx) => ({
      families: await familiesOn(tx, factDefinitionsOf(config), today),
      expectationOf: await expectationsIn(tx, config),
    }))
    expect(families).toHaveLength(1150)
    const programmes = ['pkh', 'sembako', 'blt-dana-desa']
    const counter = { pack: indonesianPack(), programmes, on: today, expectationOf }
    const { chosen, fixed } = questionsOver(families, counter)
    console.log(`${chosen} questions instead of ${fixed}: ${(chosen / fixed).toFixed(3)}`)
    expect(fixed).toBeGreaterThan(families.length)
    expect(chosen / fixed).toBeLessThanOrEqual(0.6)
  })
})

const optional = z.string().transform((text) => (text === '' ? null : CivilDate.parse(text)))
const Row = z.strictObject({
  unit: z.enum(['resident', 'household']),
  id: z.string().regex(/^99\d{14}$/),
  fact: z.string().min(1),
  value: z.string().min(1),
  from: optional,
  to: optional,
  source: z.string().min(1),
  degree: z.enum(['declared', 'verified']),
})

/** The rows of the list, by the ids that people and households have here. */
async function factsOfFile(storage: Storage): Promise<readonly KeyedFact[]> {
  const ids = await storage.read(config.id, async (tx) => {
    const found = new Map<string, string>()
    for await (const { id, identityNumber } of tx.stream(residents))
      found.set(`resident/${identityNumber}`, id)
    for await (const { id, number } of tx.stream(households)) found.set(`household/${number}`, id)
    return found
  })
  const rows = z.array(Row).parse(parse(file('facts.csv'), { columns: true }))
  return rows.map(({ id, fact, ...row }, index) => {
    const subject = ids.get(`${row.unit}/${id}`)
    if (subject === undefined) throw new Error(`Row ${index + 2} is about nobody in the register.`)
    return { ...row, key: String(index + 2), name: fact, subject }
  })
}

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const one of all) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1
  return counts
}
