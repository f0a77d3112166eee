import { CivilDate } from '../../kernel/index.ts'
import { checkRule, type Rule } from '../../rules/index.ts'
import { defineFacts, type Facts } from '../facts.ts'
import { all, equal, refused } from './assertions.ts'
import {
  households,
  otherVillage,
  plain,
  resident,
  residents,
  samples,
  tallies,
  village,
} from './fixtures.ts'
import type { StoreTest } from './store-test.ts'

const residentFacts = defineFacts(residents, {
  name: 'resident',
  facts: { name: 'name', number: 'number', onDuty: 'onDuty' },
})
const householdFacts = defineFacts(households, {
  name: 'household',
  facts: { hamlet: 'hamlet' },
  lists: { members: { of: residentFacts, by: 'householdId' } },
})
const sampleFacts = defineFacts(samples, {
  name: 'sample',
  facts: {
    text: 'text',
    short: 'short',
    date: 'date',
    kind: 'kind',
    whole: 'whole',
    small: 'small',
    wide: { field: 'wide', as: 'money' },
    flag: 'flag',
    maybe: 'maybe',
  },
})

const on = CivilDate.parse('2026-11-24')

function rulesOf(facts: readonly Facts[], ...texts: readonly string[]): readonly Rule[] {
  const roots = Object.fromEntries(facts.map(({ name, type }) => [name, type]))
  return texts.map((text) => {
    const checked = checkRule(text, { facts: roots })
    if (checked.ok) return checked.rule
    throw new Error(checked.faults.map(({ message }) => message).join(' '))
  })
}

export function testScreening(test: StoreTest): void {
  test('a rule is unknown where a fact is missing, and where a number leaves what rules reckon with', async (storage) => {
    await storage.transact(village, async (tx) => {
      await tx.insert(samples, {
        ...plain,
        id: 'a',
        text: 'A',
        short: 'b',
        small: -2,
        maybe: false,
        wide: -3n,
      })
      await tx.insert(samples, {
        ...plain,
        id: 'b',
        small: null,
        wide: 2n ** 60n,
        whole: Number.MAX_SAFE_INTEGER,
      })
    })
    const rules = rulesOf(
      [sampleFacts],
      "sample.text == 'a'",
      "sample.short in ['a', 'b']",
      'age(sample.date, on)',
      'sample.kind',
      'sample.whole + 1',
      'sample.small * -1',
      'sample.wide',
      '!sample.maybe || !sample.flag',
      'known(sample.small) ? sample.date : on',
    )
    const found = await storage.read(village, (tx) => all(tx.screen(sampleFacts, { rules, on })))
    equal(found, [
      { key: ['a'], outcomes: [false, true, 2, 'a', 2, 2, -3, true, '2024-02-29'] },
      { key: ['b'], outcomes: [false, null, 2, 'a', null, null, null, null, '2026-11-24'] },
    ])
  })

  test('a rule asks the list of a record, and a record that it names', async (storage) => {
    for (const one of [village, otherVillage]) {
      await storage.transact(one, async (tx) => {
        for (const [id, hamlet] of [
          ['empty', 'a'],
          ['full', 'b'],
        ] as const)
          await tx.insert(households, { id, hamlet })
        await tx.insert(residents, resident('1', { householdId: 'full', onDuty: one === village }))
        await tx.insert(residents, resident('2', { householdId: 'full', number: 'x' }))
        await tx.insert(residents, resident('3'))
      })
    }
    const ofHouseholds = rulesOf(
      [householdFacts],
      'household.members.exists(m, m.onDuty)',
      "household.members.all(m, m.number == 'x')",
      'household.members.size()',
    )
    const screening = { rules: ofHouseholds, on }
    const expected = (isOnDuty: boolean) => [
      { key: ['empty'], outcomes: [false, true, 0] },
      { key: ['full'], outcomes: [isOnDuty, null, 2] },
    ]
    equal(await storage.read(village, (tx) => all(tx.screen(householdFacts, screening))), expected(true))
    equal(
      await storage.readAcrossVillages((tx) => all(tx.screen(householdFacts, screening))),
      [village, otherVillage].flatMap((one) =>
        expected(one === village).map((row) => ({ villageId: one, ...row })),
      ),
    )
    const ofB = { ...screening, where: { hamlet: 'b' } }
    equal(await storage.read(village, (tx) => all(tx.screen(householdFacts, ofB))), expected(true).slice(1))

    const roots = [{ facts: householdFacts, by: 'householdId' }]
    const rules = rulesOf([residentFacts, householdFacts], "household.hamlet == 'b' && !resident.onDuty")
    const found = await storage.read(village, (tx) => all(tx.screen(residentFacts, { rules, on, roots })))
    equal(
      found.map(({ outcomes }) => outcomes[0]),
      [false, true, null],
    )
  })

  test('more records than one page come once each, by key, also of a key of two fields', async (storage) => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `h${String(index).padStart(4, '0')}`)
    await storage.transact(village, (tx) =>
      tx.insertMany(
        households,
        ids.map((id) => ({ id, hamlet: id.slice(-1) })),
      ),
    )
    const rules = rulesOf([householdFacts], "household.hamlet == '7'")
    const found = await storage.read(village, (tx) => all(tx.screen(householdFacts, { rules, on })))
    equal(
      found,
      ids.map((id) => ({ key: [id], outcomes: [id.endsWith('7')] })),
    )

    const tallyFacts = defineFacts(tallies, { name: 'tally', facts: { visits: 'visits' } })
    await storage.transact(village, async (tx) => {
      for (const id of ids)
        await tx.add(tallies, { hamlet: id.slice(0, 3), month: id.slice(3), visits: 1, rupees: 0n })
    })
    const counted = rulesOf([tallyFacts], 'tally.visits')
    const rows = await storage.read(village, (tx) => all(tx.screen(tallyFacts, { rules: counted, on })))
    equal(
      rows,
      ids.map((id) => ({ key: [id.slice(0, 3), id.slice(3)], outcomes: [1] })),
    )
  })

  test('a screening by a field that is not there is refused', async (storage) => {
    const rules = rulesOf([householdFacts], 'true')
    const ask = (screening: object) =>
      storage.read(village, (tx) => all(tx.screen(householdFacts, { rules, on, ...screening })))
    await refused('storage/invalid-query', () => ask({ where: { color: 'red' } }))
    await refused('storage/invalid-query', () => ask({ roots: [{ facts: residentFacts, by: 'hamlet' }] }))
  })
}
