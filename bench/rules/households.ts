import type { FactType, GivenFacts, RecordFact } from '@lumbung/core/rules'

/** A member of a household as the programmes look at it; null is unknown. A type, since rules take no interface for facts. */
export type Member = {
  readonly age: number | null
  readonly birth: string | null
  readonly income: number | null
  readonly isStudent: boolean | null
  readonly isPregnant: boolean | null
  readonly isChronicallyIll: boolean | null
}

/** A household as the programmes look at it; null is unknown. */
export type Household = {
  readonly welfareDecile: number | null
  readonly income: number | null
  readonly savings: number | null
  readonly area: number | null
  readonly hasCivilServant: boolean | null
  readonly hasOwnLand: boolean | null
  readonly tenure: string | null
  readonly floor: string | null
  readonly members: readonly Member[] | null
}

const nullable = { known: false } as const
const range = (minimum: number, maximum: number) =>
  ({ minimum, maximum, promised: true, known: false }) as const

const member: RecordFact = {
  kind: 'record',
  facts: {
    age: { kind: 'int', ...range(0, 130) },
    birth: { kind: 'date', promised: true, known: false },
    income: { kind: 'money', ...range(0, 1_000_000_000) },
    isStudent: { kind: 'bool', ...nullable },
    isPregnant: { kind: 'bool', ...nullable },
    isChronicallyIll: { kind: 'bool', ...nullable },
  },
}

/** What the programmes may read; every fact may be unknown. */
export const householdFacts: Readonly<Record<string, FactType>> = {
  household: {
    kind: 'record',
    facts: {
      welfareDecile: { kind: 'int', ...range(1, 10) },
      income: { kind: 'money', ...range(0, 1_000_000_000) },
      savings: { kind: 'money', ...range(0, 1_000_000_000) },
      area: { kind: 'int', ...range(0, 10_000) },
      hasCivilServant: { kind: 'bool', ...nullable },
      hasOwnLand: { kind: 'bool', ...nullable },
      tenure: { kind: 'enum', values: tenures(), ...nullable },
      floor: { kind: 'enum', values: floors(), ...nullable },
      members: { kind: 'list', item: member, itemsMax: 64, ...nullable },
    },
  },
}

function tenures(): readonly string[] {
  return ['owned', 'rented', 'borrowed', 'squatted']
}

function floors(): readonly string[] {
  return ['tiles', 'cement', 'wood', 'bamboo', 'earth']
}

/** Fictional households, the same ones for the same random numbers. Each fact is unknown with the given chance. */
export function fictionalHouseholds(count: number, random: () => number, unknownShare: number): Household[] {
  const whole = (minimum: number, maximum: number) => minimum + Math.floor(random() * (maximum - minimum + 1))
  const maybe = <Fact>(fact: Fact): Fact | null => (random() < unknownShare ? null : fact)
  const one = (labels: readonly string[]) => labels[whole(0, labels.length - 1)] ?? ''
  const memberOf = (): Member => ({
    age: maybe(whole(0, 85)),
    birth: maybe(`${whole(1941, 2026)}-${padded(whole(1, 10))}-${padded(whole(1, 28))}`),
    income: maybe(random() < 0.5 ? 0 : whole(1, 40) * 100_000),
    isStudent: maybe(random() < 0.25),
    isPregnant: maybe(random() < 0.04),
    isChronicallyIll: maybe(random() < 0.07),
  })
  return Array.from({ length: count }, () => ({
    welfareDecile: maybe(whole(1, 10)),
    income: maybe(whole(0, 90) * 100_000),
    savings: maybe(whole(0, 200) * 50_000),
    area: maybe(whole(6, 140)),
    hasCivilServant: maybe(random() < 0.06),
    hasOwnLand: maybe(random() < 0.4),
    tenure: maybe(one(tenures())),
    floor: maybe(one(floors())),
    members: maybe(Array.from({ length: whole(1, 7) }, memberOf)),
  }))
}

function padded(number: number): string {
  return String(number).padStart(2, '0')
}

/** The same households as rules read them. */
export function givenFactsOf(households: readonly Household[]): GivenFacts[] {
  return households.map((household) => ({ household }))
}
