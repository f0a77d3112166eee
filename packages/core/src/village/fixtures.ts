import { type CivilDate, createIdGenerator } from '../kernel/index.ts'
import { areas, households, type Population, residents } from '../people/index.ts'
import { openMemory, type Storage } from '../storage/index.ts'
import { defineVillage, type VillageConfig, type VillageConfigInput } from './config.ts'
import { auditLog, readLog } from './records.ts'
import { importPopulation } from './register-changes.ts'
import { villageSchema } from './schema.ts'
import { openVillage, type Village } from './village.ts'

const regulation = { source: 'regulation', confidence: 'medium' } as const

/** A pack of one programme: rice for families of a low decile in which nobody is too young to cook. */
export const ricePack: VillageConfigInput['packs'] extends readonly (infer Pack)[] | undefined
  ? Pack
  : never = {
  id: 'hills',
  version: '1',
  title: { en: 'Programmes of the hills' },
  extends: [],
  sources: { regulation: { title: 'Regulation on rice' } },
  facts: [],
  programmes: [
    {
      id: 'rice',
      title: { en: 'Rice for families' },
      purpose: { en: 'A sack of rice each month' },
      unit: 'household',
      parameters: {
        decileMax: {
          type: { kind: 'int' },
          label: { en: 'Greatest decile' },
          values: [{ from: '2026-01-01' as CivilDate, value: 4, citation: regulation }],
        },
        sack: {
          type: { kind: 'money' },
          label: { en: 'Worth of a sack' },
          values: [{ value: 1_000, citation: regulation }],
        },
      },
      versions: [
        {
          from: '2026-01-01' as CivilDate,
          legalBasis: [regulation],
          criteria: {
            id: 'rice',
            label: { en: 'All conditions' },
            all: [
              {
                id: 'decile',
                label: { en: 'The decile is low' },
                when: 'household.welfareDecile <= parameters.decileMax',
              },
              {
                id: 'grown',
                label: { en: 'A grown-up lives there' },
                when: 'household.members.exists(m, age(m.birthDate, on) >= 18)',
              },
            ],
          },
          benefit: {
            per: 'month',
            components: [{ id: 'sack', label: { en: 'A sack' }, amount: 'parameters.sack' }],
          },
          changeable: ['household.welfareDecile'],
        },
      ],
    },
  ],
}

/** A village for tests: a secretary, a treasurer, a hamlet head, a health worker, a resident and a visitor. */
export const config = defineVillage({
  id: 'hill-village',
  name: { en: 'Hill Village' },
  timeZone: 'Asia/Jakarta',
  languages: ['en'],
  currency: 'EUR',
  currencyScale: 2,
  childBelowYears: 18,
  purposes: [
    { id: 'administration', label: { en: 'Administration' } },
    { id: 'health', label: { en: 'Health' } },
  ],
  roles: [
    {
      id: 'secretary',
      label: { en: 'Secretary' },
      grants: [
        { scope: 'village.read' },
        { scope: 'resident.read', shows: 'specific' },
        { scope: 'resident.write' },
        { scope: 'resident.merge', shows: 'specific' },
        { scope: 'population.import' },
        { scope: 'reads.list' },
        { scope: 'audit.read' },
        { scope: 'job.read' },
        { scope: 'area.write' },
        { scope: 'organisation.write' },
        { scope: 'consent.write' },
        { scope: 'representation.write' },
        { scope: 'programme.read' },
        { scope: 'eligibility.decide', shows: 'specific', purposes: ['administration'] },
        { scope: 'eligibility.screen', shows: 'personal', purposes: ['administration'] },
        { scope: 'casework.read', shows: 'specific', purposes: ['administration'] },
        { scope: 'casework.write' },
        { scope: 'casework.verify' },
        { scope: 'casework.forum' },
        { scope: 'casework.apply' },
        { scope: 'casework.appeal' },
        { scope: 'casework.answer' },
        { scope: 'casework.erase' },
        { scope: 'enrolment.import' },
        { scope: 'enrolment.export', shows: 'specific', purposes: ['administration'] },
        { scope: 'enrolment.read', shows: 'personal', purposes: ['administration'] },
        { scope: 'payment.prepare' },
        { scope: 'payment.record' },
        { scope: 'payment.correct' },
        { scope: 'payment.read', shows: 'personal', purposes: ['administration'] },
        { scope: 'payment.export', shows: 'specific', purposes: ['administration'] },
        { scope: 'recheck.read', shows: 'personal', purposes: ['administration'] },
        { scope: 'recheck.decide' },
        { scope: 'targeting.read' },
      ],
    },
    {
      id: 'treasurer',
      label: { en: 'Treasurer' },
      grants: [
        { scope: 'village.read' },
        { scope: 'payment.approve' },
        { scope: 'payment.read', shows: 'personal', purposes: ['administration'] },
      ],
    },
    {
      id: 'hamlet-head',
      label: { en: 'Hamlet head' },
      grants: [
        { scope: 'village.read' },
        { scope: 'payment.read', reach: 'hamlets' },
        { scope: 'recheck.read', reach: 'hamlets', shows: 'personal', purposes: ['administration'] },
        { scope: 'resident.read', reach: 'hamlets', shows: 'personal', purposes: ['administration'] },
        { scope: 'programme.read' },
        { scope: 'eligibility.decide', reach: 'hamlets', shows: 'personal', purposes: ['administration'] },
        { scope: 'eligibility.screen', reach: 'hamlets', shows: 'personal', purposes: ['administration'] },
        { scope: 'casework.read', reach: 'hamlets', shows: 'personal', purposes: ['administration'] },
        { scope: 'casework.verify', reach: 'hamlets' },
      ],
    },
    {
      id: 'health-worker',
      label: { en: 'Health worker' },
      grants: [
        { scope: 'village.read' },
        { scope: 'resident.read', shows: 'specific', purposes: ['health'] },
      ],
    },
    {
      id: 'resident',
      label: { en: 'Resident' },
      grants: [
        { scope: 'village.read' },
        { scope: 'resident.read', reach: 'own-household', shows: 'specific' },
        { scope: 'reads.own' },
        { scope: 'consent.write', reach: 'self' },
        { scope: 'programme.read' },
        { scope: 'eligibility.decide', reach: 'own-household', shows: 'specific' },
        { scope: 'casework.read', reach: 'own-household', shows: 'specific' },
        { scope: 'casework.apply', reach: 'own-household' },
        { scope: 'casework.appeal', reach: 'own-household' },
        { scope: 'payment.read', reach: 'own-household', shows: 'personal' },
      ],
    },
    {
      id: 'visitor',
      label: { en: 'Visitor' },
      grants: [{ scope: 'village.read' }, { scope: 'programme.read' }],
    },
  ],
  facts: [
    {
      name: 'welfareDecile',
      unit: 'household',
      type: { kind: 'int', minimum: 1, maximum: 10 },
      label: { en: 'Welfare decile' },
      fieldClass: 'specific',
    },
  ],
  packs: [ricePack],
  casework: {
    payments: { approvals: 1, roles: ['treasurer'], reasonRequiredOn: 'rejection' },
    groups: [
      {
        id: 'woman-heads',
        label: { en: 'A woman is the head' },
        when: 'household.members.exists(m, m.relationship == "head" && m.sex == "female")',
      },
    ],
  },
})

/** Two hamlets with a family each: a grown woman and a child in the one, a man in the other. */
export const population: Population = {
  areas: [
    { key: 'east', kind: 'hamlet', name: 'East' },
    { key: 'west', kind: 'hamlet', name: 'West' },
  ],
  households: [
    { key: 'h1', kind: 'family', number: 'CARD-1', address: 'Mill lane 1', area: 'east' },
    { key: 'h2', kind: 'family', number: 'CARD-2', address: 'Ridge 7', area: 'west' },
  ],
  residents: [
    person('r1', 'N-1', 'Sari Puspita', 'female', '1985-03-12', 'east', 'h1', 'head'),
    person('r2', 'N-2', 'Budi Puspita', 'male', '2018-05-20', 'east', 'h1', 'child'),
    person('r3', 'N-3', 'Darto Wibowo', 'male', '1968-07-01', 'west', 'h2', 'head'),
  ],
}

function person(
  key: string,
  identityNumber: string,
  name: string,
  sex: 'female' | 'male',
  birthDate: string,
  area: string,
  household: string,
  relationship: string,
): Population['residents'][number] {
  return {
    key,
    identityNumber,
    name,
    sex,
    birthDate: birthDate as never,
    birthPlace: null,
    area,
    memberships: [{ household, relationship }],
  }
}

/** A clock that tests set, and a village on a store; the same seed gives the same ids and salts. */
export function openTestVillage(
  storage?: Storage,
  of: VillageConfig = config,
): {
  readonly village: Village
  readonly clock: { now: number }
} {
  const clock = { now: Date.parse('2026-11-24T03:00:00.000Z') }
  let drawn = 0
  const random = (bytes: number) =>
    Uint8Array.from({ length: bytes }, () => {
      drawn += 1
      return (drawn * 73) & 255
    })
  const time = () => clock.now
  const ids = createIdGenerator({ clock: time, random })
  const opened = { config: of, storage: storage ?? openMemory(villageSchema(of)), clock: time, ids, random }
  return { village: openVillage(opened), clock }
}

/** A session in one of the roles above, for a purpose where one is named. */
export function sessionOf(
  village: Village,
  role: string,
  more: {
    readonly hamlets?: readonly string[]
    readonly resident?: string
    readonly purpose?: string
    readonly reason?: string
  } = {},
) {
  const { purpose = 'administration', hamlets = [], resident, reason } = more
  const kind = role === 'visitor' ? 'anonymous' : 'person'
  const actor = { kind, id: role, roles: [role], hamlets, ...(resident === undefined ? {} : { resident }) }
  return village.as(actor as never, { purpose, ...(reason === undefined ? {} : { reason }) })
}

/** The village above with one more role. */
export const withRole = (role: VillageConfig['roles'][number]): VillageConfig =>
  defineVillage({ ...config, roles: [...config.roles, role] })

/** The village above with its people, and their ids by number, those of the households too; those of the hamlets by name. */
export async function peopled(of: VillageConfig = config) {
  const { village, clock } = openTestVillage(undefined, of)
  await sessionOf(village, 'secretary').perform(importPopulation, { population })
  const ids = await village.storage.read(config.id, async (tx) => {
    const found: Record<string, string> = {}
    for await (const { id, identityNumber } of tx.stream(residents)) found[identityNumber ?? ''] = id
    for await (const { id, name } of tx.stream(areas)) found[name] = id
    for await (const { id, number } of tx.stream(households)) found[number ?? ''] = id
    return found
  })
  return { village, clock, ids }
}

/** How long the two logs of a village are. */
export const links = (village: Village) =>
  village.storage.read(config.id, async (tx) => ({
    audit: (await tx.head(auditLog, 'village'))?.seq ?? 0,
    reads: (await tx.head(readLog, 'village'))?.seq ?? 0,
  }))
