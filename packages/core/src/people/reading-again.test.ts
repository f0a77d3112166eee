import { describe, expect, test } from 'vitest'
import { CivilDate, Instant, VillageId } from '../kernel/index.ts'
import { openMemory, type Transaction } from '../storage/index.ts'
import { addFacts, type KeyedFact } from './add-facts.ts'
import { addPopulation } from './add-population.ts'
import { datedFacts, peopleCollections, residents } from './collections.ts'
import { factOn } from './facts.ts'
import type { Population } from './population.ts'
import { mergeResidents } from './record-events.ts'
import { defineSnapshot } from './snapshot.ts'

// The goal: a file that was read can be read again, whatever it holds and whatever was told since.
const snapshot = defineSnapshot([
  {
    name: 'height',
    unit: 'resident',
    type: { kind: 'int', minimum: 1, maximum: 300, promised: true, known: false },
    label: { en: 'Height' },
    fieldClass: 'personal',
  },
])
const on = CivilDate.parse('2026-11-24')
const from = CivilDate.parse('2026-01-01')

function openRegister() {
  const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
  const village = VillageId.parse('village')
  let [ids, seconds] = [0, 0]
  const nextId = () => {
    ids += 1
    return `0190a5b8-7e2c-7c3e-9f5b-${String(ids).padStart(12, '0')}`
  }
  const run = <T>(work: (tx: Transaction, context: Parameters<typeof addFacts>[2]) => Promise<T>) => {
    seconds += 1
    const now = Instant.parse(`2026-11-24T03:00:0${seconds}.000Z`)
    return storage.transact(village, (tx) => work(tx, { now, on, snapshot, nextId }))
  }
  const read = <T>(work: Parameters<typeof storage.read<T>>[1]) => storage.read(village, work)
  const heightOn = () =>
    read(async (tx) => {
      const all = []
      for await (const fact of tx.stream(datedFacts)) all.push(fact)
      return factOn(all, on)?.value
    })
  const idOf = () => read(async (tx) => (await tx.query(residents, { limit: 1 })).records[0]?.id ?? '')
  return { run, read, heightOn, idOf }
}

const sari: Population['residents'][number] = {
  key: 'row',
  identityNumber: 'N-1',
  name: 'Sari',
  sex: 'female',
  birthDate: CivilDate.parse('1985-03-12'),
  birthPlace: null,
  memberships: [],
}

const person = (rest: Partial<typeof sari> = {}): Population => ({
  areas: [],
  households: [],
  residents: [{ ...sari, ...rest }],
})

const height = (subject: string, value: number, source: string, degree: KeyedFact['degree']): KeyedFact => ({
  key: `${source}/${value}`,
  unit: 'resident',
  name: 'height',
  subject,
  value,
  from,
  to: null,
  source,
  degree,
})

test('a list that tells one thing twice, of one source or of two, adds nothing when it is read again', async () => {
  const { run, heightOn, idOf } = openRegister()
  await run((tx, context) => addPopulation(tx, person(), context))
  const id = await idOf()
  const list = [
    height(id, 150, 'Family', 'declared'),
    height(id, 160, 'Post', 'declared'),
    height(id, 162, 'Post', 'verified'),
  ]
  expect(await run((tx, context) => addFacts(tx, list, context))).toMatchObject({ added: 3, unchanged: 0 })
  expect(await run((tx, context) => addFacts(tx, list, context))).toMatchObject({ added: 0, unchanged: 3 })
  expect(await heightOn()).toBe('162')
  const longer = [...list, height(id, 163, 'Post', 'verified')]
  expect(await run((tx, context) => addFacts(tx, longer, context))).toMatchObject({ added: 1, unchanged: 3 })
  expect(await heightOn()).toBe('163')
})

test('what a source takes back by telling its former value once more counts again', async () => {
  const { run, heightOn, idOf } = openRegister()
  await run((tx, context) => addPopulation(tx, person(), context))
  const id = await idOf()
  for (const value of [150, 160, 150]) {
    const list = [height(id, value, 'Post', 'declared')]
    expect(await run((tx, context) => addFacts(tx, list, context))).toMatchObject({ added: 1 })
  }
  expect(await heightOn()).toBe('150')
})

test('a population that is read again leaves standing what another source has told since', async () => {
  const { run, heightOn, idOf } = openRegister()
  const population = person({
    facts: [{ name: 'height', value: 150, source: 'Workbook', degree: 'declared' }],
  })
  await run((tx, context) => addPopulation(tx, population, context))
  const list = [height(await idOf(), 160, 'Post', 'verified')]
  await run((tx, context) => addFacts(tx, list, context))
  const again = await run((tx, context) => addPopulation(tx, population, context))
  expect([again.added.facts, again.unchanged.facts]).toEqual([0, 1])
  expect(await heightOn()).toBe('160')
})

test.each([
  ['with a number', 'N-1'],
  ['without one', null],
])('a record %s that names nobody is known again', async (_, identityNumber) => {
  const { run } = openRegister()
  const population = person({ identityNumber, status: 'invalid' })
  await run((tx, context) => addPopulation(tx, population, context))
  const again = await run((tx, context) => addPopulation(tx, population, context))
  expect(again).toMatchObject({ added: { residents: 0 }, unchanged: { residents: 1 }, refused: [] })
})

test('a person is not taken for a record of the same name that names nobody', async () => {
  const { run } = openRegister()
  const nobody = person({ identityNumber: null, status: 'invalid' })
  await run((tx, context) => addPopulation(tx, nobody, context))
  const report = await run((tx, context) => addPopulation(tx, person({ identityNumber: null }), context))
  expect(report).toMatchObject({ added: { residents: 1 }, refused: [] })
})

describe('after a merge of two records, the file from before', () => {
  const home = { key: 'h', kind: 'family', number: 'CARD-1', address: 'Mill lane' } as const
  const fact = (value: number) => ({ name: 'height', value, source: 'Workbook', degree: 'declared' }) as const
  const twoRows = (secondNumber: string | null, change: Partial<typeof sari> = {}): Population => ({
    areas: [],
    households: [home],
    residents: [
      {
        ...sari,
        key: 'first',
        memberships: [{ household: 'h', relationship: 'spouse' }],
        facts: [fact(150)],
      },
      {
        ...sari,
        key: 'second',
        identityNumber: secondNumber,
        name: 'Sarri',
        memberships: [{ household: 'h', relationship: 'head' }],
        facts: [fact(151)],
        ...change,
      },
    ],
  })

  async function openMerged(population: Population, keptName: string) {
    const { run, read } = openRegister()
    expect((await run((tx, context) => addPopulation(tx, population, context))).refused).toEqual([])
    const all = await read(async (tx) => (await tx.query(residents, { orderBy: ['name'] })).records)
    const [kept] = all.filter(({ name }) => name === keptName)
    const [merged] = all.filter(({ name }) => name !== keptName)
    if (kept === undefined || merged === undefined) throw new Error('two people were to come in')
    const result = await run((tx, context) =>
      mergeResidents(tx, { kept: kept.id, merged: merged.id }, context),
    )
    expect(result.ok).toBe(true)
    const again = (once: Population) => run((tx, context) => addPopulation(tx, once, context))
    return { again, keptNow: () => read((tx) => tx.get(residents, { id: kept.id })) }
  }

  test.each([
    ['numbers of both', 'N-2', 'Sari'],
    ['numbers of both', 'N-2', 'Sarri'],
    ['one number', null, 'Sari'],
    ['one number, which went over', null, 'Sarri'],
  ])('with %s (%s, %s is kept), adds and changes nothing', async (_, secondNumber, keptName) => {
    const population = twoRows(secondNumber)
    const { again } = await openMerged(population, keptName)
    const none = { areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 }
    expect(await again(population)).toEqual({
      added: none,
      changed: none,
      unchanged: { areas: 0, households: 1, residents: 2, memberships: 2, facts: 2 },
      refused: [],
    })
  })

  test('changes the kept record where the row of the other tells something new', async () => {
    const { again, keptNow } = await openMerged(twoRows('N-2'), 'Sari')
    const report = await again(twoRows('N-2', { birthPlace: 'Riverside' }))
    expect(report).toMatchObject({ added: { residents: 0 }, changed: { residents: 1 }, refused: [] })
    expect(await keptNow()).toMatchObject({ name: 'Sari', birthPlace: 'Riverside', identityNumber: 'N-1' })
  })

  test('is refused where both rows tell something new', async () => {
    const { again } = await openMerged(twoRows('N-2'), 'Sari')
    const { residents: rows, ...rest } = twoRows('N-2')
    const both = rows.map((row, index) => ({ ...row, birthPlace: `Place ${index}` }))
    expect((await again({ ...rest, residents: both })).refused).toMatchObject([
      { key: 'second', refusal: { code: 'people/listed-twice' } },
    ])
  })
})

test('a person whom the file gives another status than the register is refused, and nothing comes in', async () => {
  const { run, read } = openRegister()
  await run((tx, context) => addPopulation(tx, person(), context))
  const gone = person({ status: 'moved', statusSince: from } as never)
  const report = await run((tx, context) => addPopulation(tx, gone, context))
  expect(report.refused).toMatchObject([{ key: 'row', refusal: { code: 'people/needs-life-event' } }])
  const [kept] = await read(async (tx) => (await tx.query(residents, {})).records)
  expect(kept).toMatchObject({ status: 'present', revision: 1 })
})

test('one refused fact of a list refuses the whole: no other of it is kept', async () => {
  const { run, read, idOf } = openRegister()
  await run((tx, context) => addPopulation(tx, person(), context))
  const subject = await idOf()
  const list = [height(subject, 150, 'Survey', 'declared'), height(subject, 999, 'Survey', 'declared')]
  const report = await run((tx, context) => addFacts(tx, list, context))
  expect(report).toMatchObject({ added: 0, refused: [{ refusal: { code: 'people/fact-out-of-range' } }] })
  expect(await read((tx) => tx.count(datedFacts))).toBe(0)
})
