import { type CivilDate, foldText } from '@lumbung/core/kernel'
import type { FactDefinition, Population, PopulationFact, Resident } from '@lumbung/core/people'
import { codeLabel, codeName, codeTables } from '@lumbung/indonesia'
import { columns } from '../population/columns.ts'
import type { PopulationRecord, PopulationRow } from '../population/record.ts'
import { assignTemporaryNumbers, type RegisteredPerson } from '../population/temporary-numbers.ts'
import { createReport, type Finding } from '../report/finding.ts'

/** What {@link populationOf} takes besides the rows. */
export interface PopulationOfOptions {
  /**
   * The region code of the village, ten digits: people without an identity number then get a temporary number, as
   * the register gives it. Default: they stay without.
   */
  readonly villageCode?: string
  /** Everyone who has a number in the register already. Default: nobody. */
  readonly registered?: Iterable<RegisteredPerson>
  /** The facts that the village keeps: a coded column of such a name becomes one. Default: none. */
  readonly facts?: readonly Pick<FactDefinition, 'name' | 'unit' | 'type'>[]
}

/** Rows as a population of the register; what a register cannot do without is a fault. */
export interface PopulationOfWorkbook {
  readonly population: Population
  readonly faults: readonly Finding[]
}

const given = { id: 'isi', en: 'something' }
const statuses: ReadonlyMap<number, Exclude<Resident['status'], 'merged'>> = new Map([
  [1, 'present'],
  [2, 'dead'],
  [3, 'moved'],
  [4, 'missing'],
  [6, 'away'],
  [9, 'invalid'],
])
/** A number that begins with 0 belongs to no province: the register gave it until there is a real one. */
const isTemporary = (number: string): boolean => number.startsWith('0')

/**
 * The rows of a workbook as the population that `addPopulation` of core takes: hamlets with their neighbourhoods,
 * a household for each family card, and people with their facts. The key of a person is `sheet!row`.
 *
 * @throws LumbungError as `assignTemporaryNumbers`.
 *
 * @example
 * ```ts
 * import { populationOf, readPopulation, writePopulation } from '@lumbung/opensid'
 *
 * const siti = { hamlet: 'Timur', rt: '1', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1, sex: 2 }
 * const { rows } = await readPopulation(writePopulation([siti]))
 * populationOf(rows).faults.map(({ column }) => column) // => ['tanggallahir']
 * populationOf(rows).population.areas.map(({ name }) => name) // => ['Timur', 'RT 1']
 * ```
 */
export function populationOf(
  rows: readonly PopulationRow[],
  options: PopulationOfOptions = {},
): PopulationOfWorkbook {
  const { villageCode, registered = [], facts = [] } = options
  const report = createReport(Number.POSITIVE_INFINITY)
  const numbered =
    villageCode === undefined ? rows : assignTemporaryNumbers(rows, villageCode, registered).people
  const areas = createAreas()
  const households = new Map<string, Population['households'][number]>()
  const residents: Population['residents'][number][] = []
  for (const row of numbered) {
    const area = areas.keyOf(row)
    const { familyCardNumber: key, address = '' } = row
    // The head's row tells where the family lives; until it comes, that of whoever comes first.
    if (!households.has(key) || row.familyRole === 1)
      households.set(key, { key, kind: 'family', number: key, address, area })
    const { sex, birthDate } = row
    if (sex === undefined) report.fault({ code: 'row/no-sex', ...row.place, column: 'sex', expected: given })
    if (birthDate === undefined)
      report.fault({ code: 'row/no-birth-date', ...row.place, column: 'tanggallahir', expected: given })
    if (sex === undefined || birthDate === undefined) continue
    residents.push({ ...personOf(row, sex, birthDate), area, facts: factsOf(row, facts) })
  }
  const population = { areas: areas.all, households: [...households.values()], residents }
  return { population, faults: report.faults }
}

function personOf(
  { identityNumber, name, birthPlace, place, lifeStatus = 1, familyCardNumber, familyRole }: PopulationRow,
  sex: number,
  birthDate: CivilDate,
): Population['residents'][number] {
  const status = statuses.get(lifeStatus)
  const hasOwn = identityNumber !== undefined && !isTemporary(identityNumber)
  return {
    key: `${place.sheet}!${place.row}`,
    identityNumber: hasOwn ? identityNumber : null,
    ...(identityNumber !== undefined && !hasOwn ? { temporaryNumber: identityNumber } : {}),
    name,
    sex: sex === 1 ? 'male' : 'female',
    birthDate,
    birthPlace: birthPlace ?? null,
    ...(status === undefined ? {} : { status }),
    memberships: [
      {
        household: familyCardNumber,
        // Core knows one relationship, that of the head, and this is its name for it.
        relationship: familyRole === 1 ? 'head' : (codeName(codeTables.familyRole, familyRole) ?? 'other'),
      },
    ],
  }
}

/** Hamlets, and in them the neighbourhoods that rows name. */
function createAreas() {
  const all: Population['areas'][number][] = []
  const known = new Set<string>()
  const add = (area: Population['areas'][number]): string => {
    if (!known.has(area.key)) all.push(area)
    known.add(area.key)
    return area.key
  }
  return {
    all,
    keyOf({ hamlet, rw, rt }: PopulationRecord): string {
      const key = add({ key: foldText(hamlet), kind: 'hamlet', name: hamlet })
      const name = [
        ...(rt === undefined ? [] : [`RT ${rt}`]),
        ...(rw === undefined ? [] : [`RW ${rw}`]),
      ].join('/')
      if (name === '') return key
      return add({ key: `${key}/${foldText(name)}`, kind: 'neighbourhood', name, parent: key })
    },
  }
}

/** The coded columns of a row whose names the village's facts have. */
function factsOf(
  row: PopulationRow,
  facts: readonly Pick<FactDefinition, 'name' | 'unit' | 'type'>[],
): readonly PopulationFact[] {
  return facts.flatMap(({ name, unit, type }): PopulationFact[] => {
    const column = columns.find(({ field }) => field === name)
    if (unit !== 'resident' || column?.kind !== 'code') return []
    const code = row[column.field]
    if (typeof code !== 'number') return []
    const value =
      type.kind === 'int'
        ? code
        : type.kind === 'enum'
          ? codeName(column.table, code)
          : type.kind === 'text'
            ? codeLabel(column.table, code, 'id')
            : undefined
    return value === undefined ? [] : [{ name, value, source: 'OpenSID', degree: 'declared' }]
  })
}
