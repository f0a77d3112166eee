import { CivilDate, createIdGenerator } from '@lumbung/core/kernel'
import { households, residents } from '@lumbung/core/people'
import {
  defineVillage,
  factDefinitionsOf,
  importParticipants,
  importPopulation,
  openVillage,
  recordDatedFact,
  type VillageConfig,
} from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import { openDatabase } from '../src/node/index.ts'
import { config as plainConfig, sampleWorkbook } from './sample-village.ts'

const officer = [
  { scope: 'casework.read', shows: 'specific' },
  { scope: 'casework.write' },
  { scope: 'casework.erase' },
  { scope: 'casework.verify' },
  { scope: 'casework.apply' },
  { scope: 'casework.appeal' },
  { scope: 'payment.read', shows: 'specific' },
  { scope: 'payment.prepare' },
  { scope: 'payment.record' },
  { scope: 'payment.correct' },
  { scope: 'payment.export', shows: 'specific' },
  { scope: 'recheck.read', shows: 'specific' },
  { scope: 'recheck.decide' },
  { scope: 'enrolment.import' },
  { scope: 'enrolment.read', shows: 'specific' },
  { scope: 'enrolment.export', shows: 'specific' },
  { scope: 'targeting.read' },
]

const chair = [
  { scope: 'village.read' },
  { scope: 'account.own' },
  { scope: 'resident.read', shows: 'personal' },
  { scope: 'programme.read' },
  { scope: 'casework.read', shows: 'specific' },
  { scope: 'casework.forum' },
  { scope: 'casework.answer' },
  { scope: 'payment.read', shows: 'specific' },
  { scope: 'payment.approve' },
]

const family = [
  { scope: 'casework.read', reach: 'own-household', shows: 'specific' },
  { scope: 'casework.apply', reach: 'own-household' },
  { scope: 'casework.appeal', reach: 'own-household' },
  { scope: 'payment.read', reach: 'own-household', shows: 'specific' },
]

// Each duty is here with the one who has it, so that what needs two persons shows.
const isCasework = /^(casework|enrolment|payment|recheck|targeting)\./

/** The village of the tests with what follows a decision: who proposes, who decides, and a family. */
export const config: VillageConfig = defineVillage({
  ...plainConfig,
  roles: [
    ...plainConfig.roles.map((role) => {
      const more = role.id === 'secretary' ? officer : role.id === 'resident' ? family : []
      const others = role.grants.filter(({ scope }) => !isCasework.test(scope))
      return { ...role, grants: [...others, ...more] }
    }),
    { id: 'chair', label: { id: 'Ketua musyawarah', en: 'Chair of the forum' }, grants: chair },
  ] as VillageConfig['roles'],
  casework: {
    appeal: { filed: { within: { days: 30 } }, answered: { within: { days: 14 } } },
    forum: { majority: { above: { numerator: 1, denominator: 2 }, of: 'cast' } },
    payments: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'rejection' },
    groups: [
      {
        id: 'woman-heads',
        label: { id: 'Dikepalai perempuan', en: 'Headed by a woman' },
        when: "household.members.exists(m, m.relationship == '1' && m.sex == 'female')",
      },
    ],
  },
})

/** Eight families on two hamlets: of the first nothing is known, of the others a decile of their number. */
export async function fillCasework(database: string): Promise<readonly string[]> {
  const storage = await openDatabase(database, config)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const { rows } = await readPopulation(sampleWorkbook(8))
  const actor = { kind: 'service', id: 'test', roles: ['secretary'], hamlets: [] } as const
  const clerk = village.as(actor, { purpose: 'administration' })
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  await clerk.perform(importPopulation, { population })
  const found: string[] = []
  const people: string[] = []
  await storage.read(config.id, async (tx) => {
    for await (const { id, number } of tx.stream(households)) found[Number(number?.slice(-5))] = id
    for await (const { id } of tx.stream(residents)) people.push(id)
  })
  const tell = async (
    unit: 'household' | 'resident',
    subject: string,
    name: string,
    value: string | number,
  ) => {
    const fact = { unit, subject, name, value, from: '2026-01-01', to: null }
    await clerk.perform(recordDatedFact, { ...fact, source: 'survei', degree: 'declared' })
  }
  for (const [index, id] of found.entries()) {
    if (index > 0) await tell('household', id, 'welfareDecile', index === 1 ? 9 : index)
  }
  for (const id of people) await tell('resident', id, 'occupation', '1')
  // Who takes part already, by a list of somebody else: one who is not eligible, and one in two programmes at once.
  const participant = (family: number) => {
    const number = `99010101012${String(family).padStart(5, '0')}`
    return { key: number, of: 'family' as const, number, participantNumber: null }
  }
  const span = { from: CivilDate.parse('2026-01-01'), to: null, keepDoubles: true }
  for (const [programme, family] of [
    ['sembako', 1],
    ['pkh', 6],
    ['blt-dana-desa', 6],
  ] as const) {
    const participants = [participant(family)]
    const { refused } = await clerk.perform(importParticipants, { programme, ...span, participants })
    if (refused.length > 0) throw new Error(JSON.stringify(refused))
  }
  await storage.close()
  return found
}
