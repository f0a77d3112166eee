import type { PackConfigInput } from '../eligibility/index.ts'
import { PackConfig } from '../eligibility/index.ts'
import { CivilDate, createIdGenerator, instantOf, VillageId } from '../kernel/index.ts'
import {
  addPopulation,
  defineSnapshot,
  FactConfig,
  factDefinitionOf,
  households,
  type PeopleContext,
  type Population,
  peopleCollections,
  recordFact,
  residents,
} from '../people/index.ts'
import { openMemory, type Storage, type StorageSchema, type Transaction } from '../storage/index.ts'
import { caseworkCollections } from './collections.ts'
import type { PackSet } from './compose-packs.ts'
import type { CaseworkContext } from './context.ts'
import { CaseworkPolicy } from './policy.ts'
import { rulebookOf } from './rulebook.ts'

const bylaw = { source: 'bylaw', confidence: 'medium' } as const

const facts = [
  {
    name: 'welfareDecile',
    unit: 'household',
    type: { kind: 'int', minimum: 1, maximum: 10 },
    label: { en: 'Welfare decile' },
    fieldClass: 'specific',
  },
  {
    name: 'inSchool',
    unit: 'resident',
    type: { kind: 'bool' },
    label: { en: 'Goes to school' },
    fieldClass: 'personal',
  },
].map((fact) => FactConfig.parse(fact))

/** Rice for families of a low decile, the lowest first, and books for children in school. */
export function packWith(decileMax = 4): PackConfigInput {
  const all = { id: 'whole', label: { en: 'All conditions' } }
  return {
    id: 'hills',
    version: String(decileMax),
    title: { en: 'Programmes of the hills' },
    sources: { bylaw: { title: 'Bylaw 3' } },
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
            values: [{ value: decileMax, citation: bylaw }],
          },
          sack: {
            type: { kind: 'money' },
            label: { en: 'Worth of a sack' },
            values: [{ value: 1_000, citation: bylaw }],
          },
        },
        versions: [
          {
            from: CivilDate.parse('2026-01-01'),
            legalBasis: [bylaw],
            criteria: {
              ...all,
              all: [
                {
                  id: 'decile',
                  label: { en: 'The decile is low' },
                  when: 'household.welfareDecile <= parameters.decileMax',
                },
              ],
            },
            benefit: {
              per: 'month',
              components: [{ id: 'sack', label: { en: 'A sack' }, amount: 'parameters.sack' }],
            },
            ranking: [{ label: { en: 'Lowest first' }, by: 'household.welfareDecile', order: 'ascending' }],
            quota: { units: 2 },
            documents: [{ id: 'family-card', label: { en: 'Family card' } }],
          },
        ],
      },
      {
        id: 'books',
        title: { en: 'Books for children' },
        purpose: { en: 'Books for a year' },
        unit: 'resident',
        versions: [
          {
            from: CivilDate.parse('2026-01-01'),
            legalBasis: [bylaw],
            criteria: {
              ...all,
              all: [{ id: 'school', label: { en: 'Goes to school' }, when: 'resident.inSchool' }],
            },
          },
        ],
      },
    ],
  }
}

export const packsWith = (decileMax?: number): PackSet => ({
  name: { en: 'Hill Village' },
  facts,
  packs: [PackConfig.parse(packWith(decileMax))],
})

export const village = VillageId.parse('hill-village')
export const today = CivilDate.parse('2026-11-24')

/** How the register gives these facts to rules. */
export const snapshot = defineSnapshot(facts.map(factDefinitionOf))

export const testSchema: StorageSchema = {
  collections: [...peopleCollections, ...snapshot.collections, ...caseworkCollections],
  streams: [],
}

/** Families by their deciles, of which null is not known: each a woman who is its head and a boy. */
export function familiesOf(deciles: readonly (number | null)[]): Population {
  return {
    areas: [{ key: 'east', kind: 'hamlet', name: 'East' }],
    households: deciles.map((decile, index) => ({
      key: `h${index}`,
      kind: 'family',
      number: `CARD-${index}`,
      address: `Mill lane ${index}`,
      area: 'east',
      facts:
        decile === null
          ? []
          : [{ name: 'welfareDecile', value: decile, source: 'Survey', degree: 'declared' as const }],
    })),
    residents: deciles.flatMap((_, index) =>
      (['head', 'child'] as const).map((relationship) => ({
        key: `${relationship}${index}`,
        identityNumber: `${relationship}-${index}`,
        name: relationship === 'head' ? `Sari ${index}` : `Budi ${index}`,
        sex: relationship === 'head' ? ('female' as const) : ('male' as const),
        birthDate: CivilDate.parse(relationship === 'head' ? '1985-03-12' : '2018-05-20'),
        birthPlace: null,
        memberships: [{ household: `h${index}`, relationship }],
      })),
    ),
  }
}

/**
 * A register of families with the hands to work on it. The same seed gives the same ids and salts; `work` does
 * something in one transaction.
 */
export async function openCasework(
  deciles: readonly (number | null)[],
  more: { readonly storage?: Storage; readonly policy?: unknown; readonly decileMax?: number } = {},
) {
  const storage = more.storage ?? openMemory(testSchema)
  let drawn = 0
  const random = (bytes: number) =>
    Uint8Array.from({ length: bytes }, () => {
      drawn += 1
      return (drawn * 73) & 255
    })
  let clock = Date.parse('2026-11-24T03:00:00.000Z')
  const nextId = createIdGenerator({ clock: () => clock, random })
  const people = (on: CivilDate): PeopleContext => ({ now: instantOf(clock), on, nextId, snapshot })
  const contextOf = (options: Partial<CaseworkContext> = {}): CaseworkContext => ({
    now: instantOf(clock),
    on: today,
    by: { actor: 'officer' },
    nextId,
    random,
    rulebook: rulebookOf(packsWith(more.decileMax)),
    snapshot,
    policy: CaseworkPolicy.parse(more.policy ?? {}),
    ...options,
  })
  await storage.transact(village, (tx) => addPopulation(tx, familiesOf(deciles), people(today)))
  const ids: Record<string, string> = {}
  await storage.read(village, async (tx) => {
    for await (const { id, number } of tx.stream(households)) ids[number ?? ''] = id
    for await (const { id, identityNumber } of tx.stream(residents)) ids[identityNumber ?? ''] = id
  })
  return {
    storage,
    contextOf,
    /** The id of a household `CARD-0` or of a person `head-0`. */
    id: (name: string): string => ids[name] ?? '',
    work: async <Done>(
      run: (tx: Transaction, context: CaseworkContext) => Promise<Done>,
      options?: Partial<CaseworkContext>,
    ): Promise<Done> => {
      clock += 1_000
      return await storage.transact(village, (tx) => run(tx, contextOf(options)))
    },
    /** Somebody tells the register a decile. */
    tell: async (name: string, decile: number, degree: 'declared' | 'verified' = 'verified') => {
      clock += 1_000
      const fact = { name: 'welfareDecile', value: decile, source: 'Visit', degree, from: null, to: null }
      const subject = ids[name] ?? ''
      return await storage.transact(village, (tx) =>
        recordFact(tx, 'household', { ...fact, subject }, people(today)),
      )
    },
  }
}
