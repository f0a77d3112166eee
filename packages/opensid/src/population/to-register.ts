import { foldText } from '@lumbung/core/kernel'
import {
  headRelationship,
  type Population,
  type PopulationFact,
  type PopulationHousehold,
} from '@lumbung/core/people'
import { createReport, type Finding, type Report } from '../report/finding.ts'
import type { PopulationRow } from './record.ts'

/** The population that the rows of a workbook make, as a register takes it. */
export interface RegisterPopulation {
  readonly population: Population
  /** Rows that a register cannot hold: without a sex or a birth date. */
  readonly faults: readonly Finding[]
}

/** Relationships to the head of a family, by their codes in the register: `head` is the one that core knows. */
const headCode = 1
const female = 2
const pregnantCode = 1
const alive = 1
const statuses: ReadonlyMap<number, 'present' | 'dead' | 'moved' | 'missing' | 'away' | 'invalid'> = new Map([
  [alive, 'present'],
  [2, 'dead'],
  [3, 'moved'],
  [4, 'missing'],
  [6, 'away'],
  [9, 'invalid'],
])

/** A number that stands in for an identity number begins with 0, as no region code does. */
const isTemporary = (number: string | undefined): boolean => number?.startsWith('0') === true

const source = 'OpenSID'

/** The fields of a row that become facts under the same name, as they stand. */
const factFields = [
  'religion',
  'completedEducation',
  'currentEducation',
  'occupation',
  'maritalStatus',
  'citizenship',
  'bloodType',
  'disability',
  'contraception',
  'healthInsurance',
  'healthInsuranceNumber',
  'identityCard',
  'identityCardState',
  'fatherName',
  'fatherIdentityNumber',
  'motherName',
  'motherIdentityNumber',
  'ethnicity',
  'birthCertificate',
  'passport',
  'passportExpiresOn',
  'stayPermit',
  'marriageCertificate',
  'marriedOn',
  'divorceCertificate',
  'divorcedOn',
  'currentAddress',
] as const

/**
 * The population that rows of a workbook make: hamlets and neighbourhoods, a household for each family card, the
 * people with their place in it, and as dated facts all else that the workbook carries, under the names of
 * `registerFacts` in `@lumbung/indonesia`. Since when a fact holds the workbook does not say, so `from` is open.
 *
 * A register keeps nobody without a sex and a birth date: such a row is a fault.
 *
 * @example
 * ```ts
 * import { populationOf, readPopulation, writePopulation } from '@lumbung/opensid'
 *
 * const person = { hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1 }
 * const { rows } = await readPopulation(writePopulation([person]))
 * populationOf(rows).faults.map(({ column }) => column) // => ['sex', 'tanggallahir']
 * ```
 */
export function populationOf(rows: readonly PopulationRow[]): RegisterPopulation {
  const areas = new Map<string, Population['areas'][number]>()
  const households = new Map<string, PopulationHousehold>()
  const residents: Population['residents'][number][] = []
  const report = createReport(rows.length * 2 + rows.length * lengthsMax.length)
  for (const row of rows) {
    const { sex, birthDate, place, familyCardNumber } = row
    const given = { id: 'isi', en: 'something' }
    if (sex === undefined) report.fault({ code: 'row/no-sex', ...place, column: 'sex', expected: given })
    if (birthDate === undefined) {
      report.fault({ code: 'row/no-birth-date', ...place, column: 'tanggallahir', expected: given })
    }
    const isHeld = isWithinRegister(row, report)
    if (sex === undefined || birthDate === undefined || !isHeld) continue
    const area = areaOf(row, areas)
    if (!households.has(familyCardNumber)) {
      households.set(familyCardNumber, {
        key: familyCardNumber,
        kind: 'family',
        number: familyCardNumber,
        address: row.address ?? '',
        area,
      })
    }
    const { identityNumber } = row
    residents.push({
      key: `${place.sheet}:${place.row}`,
      identityNumber: isTemporary(identityNumber) ? null : (identityNumber ?? null),
      ...(isTemporary(identityNumber) && identityNumber !== undefined
        ? { temporaryNumber: identityNumber }
        : {}),
      name: row.name,
      sex: sex === female ? 'female' : 'male',
      birthDate,
      birthPlace: row.birthPlace ?? null,
      area,
      status: statuses.get(row.lifeStatus ?? alive) ?? 'present',
      memberships: [
        {
          household: familyCardNumber,
          relationship: row.familyRole === headCode ? headRelationship : String(row.familyRole),
        },
      ],
      facts: factsOf(row),
    })
  }
  return {
    population: { areas: [...areas.values()], households: [...households.values()], residents },
    faults: report.faults,
  }
}

/** The most letters of a text that a register takes, which is less than a cell holds. */
const lengthsMax = [
  { field: 'name', column: 'nama', max: 200 },
  { field: 'birthPlace', column: 'tempatlahir', max: 200 },
  { field: 'hamlet', column: 'dusun', max: 200 },
  { field: 'address', column: 'alamat', max: 500 },
] as const

function isWithinRegister(row: PopulationRow, report: Report): boolean {
  const tooLong = lengthsMax.filter(({ field, max }) => (row[field]?.length ?? 0) > max)
  for (const { field, column, max } of tooLong) {
    const expected = { id: `paling banyak ${max} huruf`, en: `at most ${max} letters` }
    const found = `${row[field]?.slice(0, 40)}…`
    report.fault({ code: 'cell/too-long', ...row.place, column, expected, found })
  }
  return tooLong.length === 0
}

/** The key of the smallest area of a row, which is noted with those around it. */
function areaOf({ hamlet, rw, rt }: PopulationRow, areas: Map<string, Population['areas'][number]>): string {
  const outer = foldText(hamlet)
  if (!areas.has(outer)) areas.set(outer, { key: outer, kind: 'hamlet', name: hamlet })
  if (rw === undefined && rt === undefined) return outer
  const name = [rw === undefined ? '' : `RW ${rw}`, rt === undefined ? '' : `RT ${rt}`].join(' ').trim()
  const key = `${outer}/${name}`
  if (!areas.has(key)) areas.set(key, { key, kind: 'neighbourhood', parent: outer, name })
  return key
}

function factsOf(row: PopulationRow): readonly PopulationFact[] {
  const facts: PopulationFact[] = []
  const add = (name: string, value: string | number | boolean | undefined) => {
    if (value === undefined) return
    // Codes are closed sets of texts in the register, whatever their numbers.
    facts.push({ name, value: typeof value === 'number' ? String(value) : value, source, degree: 'declared' })
  }
  for (const field of factFields) add(field, row[field])
  add('identityCardTag', row.cardTag)
  if (row.pregnancy !== undefined) add('pregnant', row.pregnancy === pregnantCode)
  add('latitude', row.latitude?.toFixed(6))
  add('longitude', row.longitude?.toFixed(6))
  return facts
}
