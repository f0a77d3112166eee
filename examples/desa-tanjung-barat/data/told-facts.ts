import { addDays, addMonths, type CivilDate, parseCivilDate } from '@lumbung/core/kernel'
import { ageOf, dayBetween, registerDay } from './dates.ts'
import { isAged, isHere, maritalStates, type RecordedFamily, type RecordedPerson } from './person.ts'
import type { Random } from './random.ts'

/** A row of the list of facts, as the command `import facts` takes it. */
export interface ToldFact {
  readonly unit: 'resident' | 'household'
  /** Identity or family card number. */
  readonly id: string
  readonly fact: string
  readonly value: string
  readonly from: CivilDate
  readonly to?: CivilDate
  readonly source: string
  readonly degree: 'declared' | 'verified'
}

const day = parseCivilDate

/** What the workbook does not carry of a village: with dates, sources, gaps and contradictions. */
export function toldFacts(random: Random, families: readonly RecordedFamily[]): readonly ToldFact[] {
  return [
    ...families.flatMap((family) => decilesOf(random, family)),
    ...families.flatMap((family) => dwellingOf(random, family)),
    ...families.flatMap((family) => family.members.flatMap((one) => pregnancyOf(random, one, family))),
    ...families.flatMap(({ members }) => members.flatMap((one) => severityOf(random, one))),
  ]
}

/** Decile lists come each quarter; not everybody is on each, and some are on none. */
function decilesOf(random: Random, { family, familyCardNumber }: RecordedFamily): readonly ToldFact[] {
  const decile = (
    value: number,
    from: string,
    source: string,
    to?: CivilDate,
    degree = 'verified',
  ): ToldFact => ({
    unit: 'household',
    id: familyCardNumber,
    fact: 'welfareDecile',
    value: String(Math.min(10, Math.max(1, value))),
    from: day(from),
    ...(to === undefined ? {} : { to }),
    source,
    degree: degree === 'verified' ? 'verified' : 'declared',
  })
  const { welfare } = family
  const near = welfare + random.int(-1, 1)
  switch (random.weighted(decileStories)) {
    case 'fresh':
      return [decile(welfare, '2026-10-01', 'DTSEN 2026-4')]
    case 'two-lists':
      return [
        decile(near, '2026-04-01', 'DTSEN 2026-2', day('2026-10-01')),
        decile(welfare, '2026-10-01', 'DTSEN 2026-4'),
      ]
    case 'ageing':
      return [decile(welfare, '2026-07-01', 'DTSEN 2026-3')]
    case 'stale':
      return [decile(near, '2025-07-01', 'DTSEN 2025-3')]
    case 'very-stale':
      return [decile(welfare - random.int(0, 2), '2024-01-01', 'DTKS 2024-1')]
    case 'declared':
      return [decile(welfare - random.int(1, 2), '2026-08-17', 'Pengakuan keluarga', undefined, 'declared')]
    case 'declared-then-verified':
      // The family put itself lower than the meeting did.
      return [
        decile(welfare - random.int(1, 3), '2026-08-17', 'Pengakuan keluarga', undefined, 'declared'),
        decile(welfare, '2026-09-10', 'Musyawarah desa 2026-09-10'),
      ]
    case 'missing':
      return []
  }
}

const decileStories = [
  ['fresh', 46],
  ['two-lists', 12],
  ['ageing', 11],
  ['stale', 9],
  ['very-stale', 4],
  ['declared', 3],
  ['declared-then-verified', 3],
  ['missing', 12],
] as const

/** How a house is, from a count of houses in 2025, some from 2022; some were looked at again. */
function dwellingOf(random: Random, { family, familyCardNumber }: RecordedFamily): readonly ToldFact[] {
  const story = random.weighted([
    ['counted', 74],
    ['stale', 9],
    ['looked-at', 8],
    ['missing', 9],
  ] as const)
  if (story === 'missing') return []
  const poor = (11 - family.welfare) / 10
  const house = {
    floorAreaSquareMetres: String(random.int(18, 34) + 7 * family.welfare + random.int(0, 12)),
    floorOfEarth: String(random.chance(poor * poor * 0.5)),
    hasCleanWater: String(!random.chance(poor * 0.35)),
    hasToilet: String(!random.chance(poor * 0.3)),
    hasElectricity: String(!random.chance(poor * poor * 0.16)),
  }
  const isStale = story === 'stale'
  const from = isStale ? day('2022-05-20') : dayBetween(random, day('2025-06-02'), day('2025-07-31'))
  const told = (
    fact: string,
    value: string,
    since: CivilDate,
    source: string,
    degree: ToldFact['degree'],
  ) => ({
    unit: 'household' as const,
    id: familyCardNumber,
    fact,
    value,
    from: since,
    source,
    degree,
  })
  const source = isStale ? 'Pendataan rumah 2022' : 'Pendataan rumah 2025'
  const facts = Object.entries(house)
    // A question that was left empty, or the house was locked.
    .filter(() => random.chance(0.97))
    .map(([fact, value]) => told(fact, value, from, source, 'declared'))
  if (story !== 'looked-at') return facts
  const visited = dayBetween(random, day('2026-08-03'), day('2026-10-30'))
  return [
    ...facts,
    told('floorOfEarth', String(house.floorOfEarth !== 'true'), visited, 'Kunjungan petugas', 'verified'),
    told('hasToilet', 'true', visited, 'Kunjungan petugas', 'verified'),
  ]
}

/** Pregnancies as the health post knows them: begun, ended by a birth, forgotten, or denied. */
function pregnancyOf(random: Random, one: RecordedPerson, { members }: RecordedFamily): readonly ToldFact[] {
  const { person, record } = one
  const { identityNumber: id } = record
  const isWife = person.maritalStatus === maritalStates.married && person.sex === 'female'
  if (id === undefined || !isWife || !isHere(person) || !isAged(person, 18, 43)) return []
  const told = (value: boolean, from: CivilDate, source: string, more: Partial<ToldFact> = {}): ToldFact => ({
    unit: 'resident',
    id,
    fact: 'pregnant',
    value: String(value),
    from,
    source,
    degree: 'verified',
    ...more,
  })
  const post = `Posyandu ${record.hamlet}`
  const births = members
    .filter((child) => child.record.motherIdentityNumber === id)
    .map((child) => child.person.birthDate)
    .toSorted()
  const last = births.at(-1)
  if (last !== undefined && last > '2026-01-31') {
    if (!random.chance(0.7)) return []
    const from = addMonths(last, -random.int(4, 7))
    return [told(true, from, post, { to: last }), told(false, last, post)]
  }
  const isSpaced = last === undefined || last < '2025-06-01'
  if (!isSpaced || births.length > 3) return []
  switch (random.weighted(pregnancyStories)) {
    case 'pregnant':
      return [told(true, dayBetween(random, day('2026-05-04'), day('2026-11-14')), post)]
    case 'said-then-seen': {
      const said = dayBetween(random, day('2026-06-01'), day('2026-09-30'))
      return [
        told(true, said, 'Pengakuan keluarga', { degree: 'declared' }),
        told(random.chance(0.6), addDays(said, random.int(14, 40)), post),
      ]
    }
    case 'forgotten':
      return [told(true, dayBetween(random, day('2025-04-01'), day('2025-10-30')), post)]
    case 'not':
      return []
  }
}

const pregnancyStories = [
  ['pregnant', 70],
  ['said-then-seen', 16],
  ['forgotten', 7],
  ['not', 907],
] as const

/** How severe a disability is the workbook does not say. Some families said so themselves, and were visited. */
function severityOf(random: Random, { person, record }: RecordedPerson): readonly ToldFact[] {
  const { identityNumber: id, disability } = record
  const none = 7
  if (id === undefined || disability === undefined || disability === none || !isHere(person)) return []
  const told = (value: boolean, from: CivilDate, source: string, degree: ToldFact['degree']): ToldFact => ({
    unit: 'resident',
    id,
    fact: 'severeDisability',
    value: String(value),
    from,
    source,
    degree,
  })
  const isSevere = random.chance(ageOf(person.birthDate) < 60 ? 0.42 : 0.3)
  const visited = dayBetween(random, day('2025-02-01'), registerDay)
  switch (
    random.weighted([
      ['verified', 50],
      ['declared', 12],
      ['declared-then-verified', 12],
      ['stale', 8],
      ['missing', 18],
    ] as const)
  ) {
    case 'verified':
      return [told(isSevere, visited, 'Puskesmas Tanjung', 'verified')]
    case 'declared':
      return [told(true, visited, 'Pengakuan keluarga', 'declared')]
    case 'declared-then-verified':
      return [
        told(true, day('2025-01-20'), 'Pengakuan keluarga', 'declared'),
        told(isSevere, visited, 'Puskesmas Tanjung', 'verified'),
      ]
    case 'stale':
      return [told(isSevere, day('2023-03-15'), 'Puskesmas Tanjung', 'verified')]
    case 'missing':
      return []
  }
}
