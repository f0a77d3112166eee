// The goal: at the counter of this village as little as possible is asked, by what its own register lets expect.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide, nextQuestion } from '@lumbung/core/eligibility'
import { createIdGenerator, parseCivilDate } from '@lumbung/core/kernel'
import {
  defineSnapshot,
  households,
  type KeyedFact,
  loadUnits,
  residents,
  snapshotOf,
  todaySnapshot,
} from '@lumbung/core/people'
import type { FactValue, FactValues } from '@lumbung/core/rules'
import { openMemory, type Storage } from '@lumbung/core/storage'
import {
  type ExpectationOf,
  expectationsIn,
  factDefinitionsOf,
  importFacts,
  importPopulation,
  openVillage,
  packOf,
  villageSchema,
} from '@lumbung/core/village'
import { populationOf, readPopulation } from '@lumbung/opensid'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import config from './village.config.ts'

const on = parseCivilDate('2026-11-24')
const programmes = ['pkh', 'sembako', 'blt-dana-desa']
const pack = packOf(config)

const file = (name: string) => readFileSync(join(import.meta.dirname, 'data', name))

test('over the families of the village the chosen order needs at most 0.6 of the questions of the fixed one', async () => {
  const { families, expectationOf } = await openedVillage()
  expect(families.length).toBeGreaterThan(1_000)
  let [chosen, fixed] = [0, 0]
  const t0 = performance.now()
  for (const facts of families.filter((_, index) => index % 10 === 0)) {
    chosen += questionsUntilSettled(
      facts,
      (known) => nextQuestion(pack, { on, household: known, programmes, expectationOf })?.path,
    )
    // A form asks in the order in which the facts stand, until everything is settled.
    let order: readonly string[] | undefined
    fixed += questionsUntilSettled(facts, (known) => {
      const missing = missingIn(known)
      order ??= [...new Set(missing)]
      const [next, ...rest] = order
      order = rest
      return missing.length === 0 ? undefined : next
    })
  }
  console.log(chosen, fixed, chosen / fixed, performance.now() - t0)
  expect(fixed).toBeGreaterThan(0)
  expect(chosen / fixed).toBeLessThanOrEqual(0.6)
})

/** The village in memory as its two files fill it, and its families as rules read them. */
async function openedVillage(): Promise<{
  readonly families: readonly FactValues[]
  readonly expectationOf: ExpectationOf
}> {
  const clock = () => Date.parse(`${on}T03:00:00.000Z`)
  let drawn = 0
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => (drawn++ * 73) & 255)
  const ids = createIdGenerator({ clock, random })
  const storage = openMemory(villageSchema(config))
  const village = openVillage({ config, storage, clock, ids, random })
  const secretary = village.as(
    { kind: 'person', id: 'secretary', roles: ['village-secretary'], hamlets: [] },
    { purpose: 'administration' },
  )
  const { population } = populationOf((await readPopulation(file('penduduk.xlsx'))).rows)
  await secretary.perform(importPopulation, { population })
  await secretary.perform(importFacts, { facts: await factsOfFile(storage) })
  const definition = defineSnapshot(factDefinitionsOf(config))
  return await storage.read(config.id, async (tx) => {
    const cards: string[] = []
    for await (const { id } of tx.stream(households, { where: { kind: 'family' } })) cards.push(id)
    const asOf = { snapshot: todaySnapshot, on }
    const families = (await loadUnits(tx, cards, asOf)).flatMap((unit) => {
      const rows = snapshotOf(definition, unit, asOf)
      if (rows === undefined) return []
      const members = rows.members.map((row) => definition.faces.resident.valuesOf(row))
      return [definition.faces.household.valuesOf(rows.household, { members })]
    })
    return { families, expectationOf: await expectationsIn(tx, config) }
  })
}

async function factsOfFile(storage: Storage): Promise<readonly KeyedFact[]> {
  const ids = await storage.read(config.id, async (tx) => {
    const found = new Map<string, string>()
    for await (const { id, identityNumber } of tx.stream(residents))
      found.set(`resident/${identityNumber}`, id)
    for await (const { id, number } of tx.stream(households)) found.set(`household/${number}`, id)
    return found
  })
  const rows: readonly Readonly<Record<string, string>>[] = parse(file('facts.csv'), { columns: true })
  return rows.map(({ id, fact, from, to, ...row }, index) => {
    const subject = ids.get(`${row['unit']}/${id}`) ?? ''
    const days = { from: from === '' ? null : from, to: to === '' ? null : to }
    // The columns are those of an import, which checks them.
    return { ...row, ...days, key: String(index + 2), name: fact, subject } as unknown as KeyedFact
  })
}

/**
 * Who belongs to the household is known at a counter, and nothing else. What the register does not know of somebody
 * is answered with no: most of what it asks for, such as a severe disability, is written down only where there is one.
 */
function questionsUntilSettled(facts: FactValues, ask: (known: FactValues) => string | undefined): number {
  const members = membersOf(facts)
  let known: FactValues = { members: members.map(() => ({})) }
  for (let questions = 0; ; questions += 1) {
    const path = ask(known)
    if (path === undefined) return questions
    const [, index, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(path) ?? []
    if (index === undefined) known = { ...known, [name]: answerOf(facts, name) }
    else {
      const asked = membersOf(known).map((member, position): FactValue => {
        if (position !== Number(index)) return member
        return { ...member, [name]: answerOf(members[position] ?? {}, name) }
      })
      known = { ...known, members: asked }
    }
  }
}

function membersOf(facts: FactValues): readonly FactValues[] {
  return facts['members'] as readonly FactValues[]
}

function answerOf(facts: FactValues, name: string): FactValue {
  const value = facts[name] ?? null
  const type = config.facts.find((fact) => fact.name === name)?.type
  if (value !== null || type === undefined) return value
  if (type.kind === 'bool') return false
  // A family of which no decile is known is not among the poor, and who has no work on record has none.
  return type.kind === 'int' ? type.maximum : type.kind === 'enum' ? (type.values[0] ?? null) : null
}

function missingIn(known: FactValues): readonly string[] {
  return programmes.flatMap((programme) => {
    const decision = decide(pack, { programme, on, household: known })
    return decision.kind === 'decision' ? decision.missing : []
  })
}
