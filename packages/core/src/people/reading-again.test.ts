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
      mergeResidents(tx, { kept: kept.id, merged: merged.id, reason: 'one card was lost' }, context),
    )
    expect(result.ok).toBe(true)
    const tell = (list: readonly KeyedFact[]) => run((tx, context) => addFacts(tx, list, context))
    const heights = (subject: string) =>
      read(async (tx) => {
        const all = await tx.query(datedFacts, {
          where: { subject, retractedAt: null },
          orderBy: ['recordedAt'],
        })
        return all.records.map(({ value }) => value)
      })
    const again = (once: Population) => run((tx, context) => addPopulation(tx, once, context))
    return {
      again,
      tell,
      heights,
      kept: kept.id,
      merged: merged.id,
      keptNow: () => read((tx) => tx.get(residents, { id: kept.id })),
    }
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

  test('of facts lands on the kept record where it tells something new of the merged one, once', async () => {
    const { tell, heights, kept, merged } = await openMerged(twoRows('N-2'), 'Sari')
    const list = [height(merged, 151, 'Workbook', 'declared'), height(merged, 170, 'Post', 'verified')]
    const told = [{ ...list[0], from: null }, list[1]] as readonly KeyedFact[]
    expect(await tell(told)).toMatchObject({ added: 1, unchanged: 1, refused: [] })
    expect([await heights(kept), await heights(merged)]).toEqual([['150', '170'], ['151']])
    expect(await tell(told)).toMatchObject({ added: 0, unchanged: 2, refused: [] })
  })

  test('of facts adds nothing where the merge moved what it told, and it is told of both', async () => {
    const facts = { facts: [] }
    const { tell, heights, kept, merged } = await openMerged(twoRows('N-2', facts), 'Sari')
    const list = [
      height(kept, 150, 'Post', 'declared'),
      height(merged, 152, 'Post', 'declared'),
      height(merged, 153, 'Post', 'verified'),
    ]
    expect(await tell(list)).toMatchObject({ added: 3, unchanged: 0 })
    expect(await tell(list)).toMatchObject({ added: 0, unchanged: 3 })
    expect(await heights(merged)).toEqual([])
    expect((await heights(kept)).at(-1)).toBe('153')
  })

  test('of facts that a merge moved to the kept record is read again without adding any', async () => {
    const { run, read } = openRegister()
    const two = twoRows('N-2', { facts: [] })
    const bare = { ...two, residents: two.residents.map((row) => ({ ...row, facts: [] })) }
    await run((tx, context) => addPopulation(tx, bare, context))
    const people = await read(async (tx) => (await tx.query(residents, { orderBy: ['name'] })).records)
    const [kept, merged] = people.map(({ id }) => id)
    if (kept === undefined || merged === undefined) throw new Error('two people were to come in')
    const list = [height(merged, 150, 'Family', 'declared'), height(merged, 160, 'Post', 'verified')]
    await run((tx, context) => addFacts(tx, list, context))
    const pair = { kept, merged, reason: 'one card was lost' }
    expect((await run((tx, context) => mergeResidents(tx, pair, context))).ok).toBe(true)
    const again = await run((tx, context) => addFacts(tx, list, context))
    expect(again).toMatchObject({ added: 0, unchanged: 2, refused: [] })
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

test.each([
  ['blank', ' '],
  ['of what cannot be seen', '\u200b'],
  ['with a control character', 'Sa\u0007ri'],
  ['on two lines', 'Sa\nri'],
  ['with a turn of the direction of writing', '\u202eiraS'],
])('a name that is %s is refused by the key of its row, also that of an area', async (_, name) => {
  const { run, read } = openRegister()
  const rows = await run((tx, context) => addPopulation(tx, person({ name }), context))
  expect(rows.refused).toMatchObject([{ key: 'row', refusal: { code: 'people/unfit-name' } }])
  const areas = [{ key: 'a', kind: 'hamlet', name }] as const
  const places = await run((tx, context) => addPopulation(tx, { ...person(), areas }, context))
  expect(places.refused).toMatchObject([{ key: 'a', refusal: { code: 'people/unfit-name' } }])
  expect(await read((tx) => tx.count(residents))).toBe(1)
})
