// Lists over the whole village: in which order help is given, how it was on another day, and who is on no family card.
import { expect, test } from 'vitest'

import { defineVillage, type VillageConfigInput } from './config.ts'
import { rankProgramme } from './eligibility-ranking.ts'
import { decideResident } from './eligibility-resident.ts'
import { listScreened, screenVillage } from './eligibility-screening.ts'
import { simulateProgramme } from './eligibility-simulation.ts'
import { config, links, peopled, ricePack, sessionOf } from './fixtures.ts'
import { importPopulation, recordDatedFact } from './register-changes.ts'
import type { Village } from './village.ts'

const [rice] = ricePack.programmes
if (rice === undefined) throw new Error('There is no such programme.')
const [version] = rice.versions
if (version === undefined) throw new Error('There is no such version.')

/** Rice by decile, for one family and 1,500 in all, and a sack for each grown-up on their own. */
const ranked = defineVillage({
  ...config,
  packs: [
    {
      ...ricePack,
      programmes: [
        {
          ...rice,
          versions: [
            {
              ...version,
              ranking: [
                { label: { en: 'Low deciles first' }, by: 'household.welfareDecile', order: 'ascending' },
              ],
              quota: { units: 1, budgetMinor: 1_500 },
            },
          ],
        },
        {
          id: 'grown',
          title: { en: 'Help for grown-ups' },
          purpose: { en: 'Help' },
          unit: 'resident',
          versions: [
            {
              legalBasis: version.legalBasis,
              criteria: {
                id: 'grown',
                label: { en: 'All' },
                all: [{ id: 'age', label: { en: 'Of age' }, when: 'age(resident.birthDate, on) >= 18' }],
              },
            },
          ],
        },
      ],
    } satisfies NonNullable<VillageConfigInput['packs']>[number],
  ],
})

async function tellDecile(village: Village, subject: string | undefined, value: number, from: string) {
  const fact = { unit: 'household', subject, name: 'welfareDecile', value, from, to: null }
  const told = { ...fact, source: 'survey', degree: 'declared' }
  const saved = await sessionOf(village, 'secretary').perform(recordDatedFact, told as never)
  expect(saved.ok).toBe(true)
}

async function told(first: number, second: number) {
  const { village, ids } = await peopled(ranked)
  await tellDecile(village, ids['CARD-1'], first, '2026-06-01')
  await tellDecile(village, ids['CARD-2'], second, '2026-06-01')
  return { village, ids, secretary: sessionOf(village, 'secretary') }
}

test('the order is that of the programme, and the line that of its quota, unless others are asked for', async () => {
  const { secretary, village } = await told(3, 2)
  const before = (await links(village)).reads
  const found = await secretary.perform(rankProgramme, { programme: 'rice' })
  expect((await links(village)).reads).toBe(before + 1)
  expect(found).toMatchObject({
    order: [{ label: { en: 'Low deciles first' }, order: 'ascending', kind: 'number' }],
    stated: { units: 1, budgetMinor: 1_500 },
    limit: 'quota',
    count: 2,
    served: 1,
    waiting: 1,
    spentMinor: 1_000,
    tiedAtLine: 0,
    per: 'month',
    places: [
      { position: 1, rank: 1, isServed: true, resident: { name: 'Darto Wibowo' }, costMinor: 1_000 },
      { position: 2, rank: 2, isServed: false, resident: { name: 'Sari Puspita' } },
    ],
  })
  expect(found.hamlets.map(({ name, served, waiting }) => [name, served, waiting])).toEqual([
    ['East', 0, 1],
    ['West', 1, 0],
  ])
  const wider = await secretary.perform(rankProgramme, { programme: 'rice', units: null })
  expect(wider).toMatchObject({ limit: 'budget', served: 1, limits: { units: null, budgetMinor: 1_500 } })
  const open = { programme: 'rice', units: null, budgetMinor: null }
  expect(await secretary.perform(rankProgramme, open)).toMatchObject({ limit: null, served: 2, waiting: 0 })
})

test('a tie at the line is told, and a page begins where the last one ended', async () => {
  const { secretary } = await told(3, 3)
  const first = await secretary.perform(rankProgramme, { programme: 'rice', limit: 1 })
  expect(first).toMatchObject({
    tiedAtLine: 2,
    next: 2,
    places: [{ position: 1, rank: 1, isTiedAtLine: true }],
  })
  const second = await secretary.perform(rankProgramme, { programme: 'rice', limit: 1, from: 2 })
  expect(second).toMatchObject({ places: [{ position: 2, rank: 1, isTiedAtLine: true, isServed: false }] })
  expect(second.next).toBeUndefined()
})

test('what ranks a family is hidden from whoever may not see it, and only those within reach are ranked', async () => {
  const { village, ids, secretary } = await told(3, 2)
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
  const seen = await head.perform(rankProgramme, { programme: 'rice' })
  expect(seen).toMatchObject({ count: 1, places: [{ keys: [{ value: null, isHidden: true }] }] })
  // The secretary screens with personal data only, and the decile is specific.
  const { places } = await secretary.perform(rankProgramme, { programme: 'rice' })
  expect(places[0]?.keys).toEqual([{ value: null, isHidden: true }])
  const open = defineVillage({
    ...ranked,
    roles: ranked.roles.map((role) => ({
      ...role,
      grants: role.grants.map((grant) =>
        grant.scope === 'eligibility.screen' ? { ...grant, shows: 'specific' as const } : grant,
      ),
    })),
  })
  const other = await peopled(open)
  await tellDecile(other.village, other.ids['CARD-1'], 3, '2026-06-01')
  const shown = await sessionOf(other.village, 'secretary').perform(rankProgramme, { programme: 'rice' })
  expect(shown.places[0]?.keys).toEqual([{ value: 3, isHidden: false }])
})

test('on a day without a version nobody is ranked, and without an order all are equal', async () => {
  const { secretary } = await told(3, 2)
  const before = { programme: 'rice', on: '2025-06-01' as never }
  expect(await secretary.perform(rankProgramme, before)).toMatchObject({ isInForce: false, count: 0 })
  const found = await secretary.perform(rankProgramme, { programme: 'grown', units: 1 })
  expect(found).toMatchObject({ order: [], tiedAtLine: 2, unit: 'resident', per: null })
})

test('screening, list and what-if speak of the day that is asked for', async () => {
  const { village, ids, secretary } = await told(3, 4)
  await tellDecile(village, ids['CARD-1'], 9, '2026-09-01')
  const eligibleOn = async (on?: string) => {
    const day = on === undefined ? {} : { on: on as never }
    const { programmes } = await secretary.perform(screenVillage, { programmes: ['rice'], ...day })
    const list = await secretary.perform(listScreened, { programme: 'rice', ...day })
    const what = { programme: 'rice', parameters: { decileMax: 3 }, ...day }
    const { before, after } = await secretary.perform(simulateProgramme, what)
    expect([list.count, before.eligible]).toEqual([
      programmes[0]?.total.eligible,
      programmes[0]?.total.eligible,
    ])
    return [before.eligible, after.eligible]
  }
  expect(await eligibleOn()).toEqual([1, 0])
  expect(await eligibleOn('2026-08-31')).toEqual([2, 1])
  expect(await eligibleOn('2026-05-31')).toEqual([0, 0])
})

test('the stored snapshot and what is built from dated records say the same', async () => {
  const { village, secretary } = await told(3, 4)
  const built = await secretary.perform(screenVillage, {})
  await village.runDueJobs({ holder: 'test' })
  expect(await secretary.perform(screenVillage, {})).toEqual(built)
  expect(built.programmes.map(({ total }) => total.eligible)).toEqual([2, 2])
})

test('somebody on no family card is decided for the programmes of residents, and told which need a card', async () => {
  const { village, ids } = await peopled(ranked)
  const secretary = sessionOf(village, 'secretary')
  const alone = {
    areas: [{ key: 'east', kind: 'hamlet', name: 'East' }],
    households: [],
    residents: [
      {
        ...{ key: 'r9', identityNumber: 'N-9', name: 'Wati', sex: 'female', birthDate: '1950-01-01' },
        ...{ birthPlace: null, area: 'east', memberships: [] },
      },
    ],
  }
  await secretary.perform(importPopulation, { population: alone as never })
  const { units } = await secretary.perform(listScreened, { programme: 'grown' })
  const { programmes } = await secretary.perform(screenVillage, {})
  expect(programmes.map(({ id, onNoCard }) => [id, onNoCard])).toEqual([
    ['rice', 1],
    ['grown', 0],
  ])
  const open = { programme: 'rice', outcome: 'undetermined' } as const
  expect((await secretary.perform(listScreened, open)).count).toBe(2)
  const wati = units.find(({ household }) => household === null)?.resident.id
  const found = await secretary.perform(decideResident, { resident: wati as never, withNext: true })
  expect(found).toMatchObject({
    household: null,
    belongs: true,
    decisions: [{ decision: { programme: 'grown', outcome: 'eligible' } }],
    ofHouseholds: [{ id: 'rice' }],
    next: null,
  })
  const sari = await secretary.perform(decideResident, { resident: ids['N-1'] as never })
  expect(sari).toMatchObject({ household: ids['CARD-1'], decisions: [{ decision: { outcome: 'eligible' } }] })
  const early = { resident: ids['N-1'] as never, on: '1980-01-01' as never }
  expect(await secretary.perform(decideResident, early)).toMatchObject({ belongs: false, decisions: [] })
  const own = sessionOf(village, 'resident', { resident: wati ?? '' })
  expect((await own.perform(decideResident, { resident: wati as never })).decisions).toHaveLength(1)
  await expect(own.perform(decideResident, { resident: ids['N-1'] as never })).rejects.toMatchObject({
    code: 'village/not-found',
  })
})
