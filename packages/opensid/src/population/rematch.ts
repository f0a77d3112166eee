import { createReport, type Finding, type Report } from '../report/finding.ts'
import type { FindingCode } from '../report/messages.ts'
import { columns } from './columns.ts'
import { personKey } from './person-key.ts'
import type { PopulationRecord, PopulationRow } from './record.ts'

/** A field in which a row differs from what is registered. */
export interface FieldChange {
  readonly field: keyof PopulationRecord
  readonly before: string | number | undefined
  readonly after: string | number
}

/** A row of a person who is registered already. */
export interface MatchedRow<Existing> {
  readonly row: PopulationRow
  readonly existing: Existing
}

/** Which rows are new, and what the others change. Each row stands in exactly one of the lists. */
export interface Rematch<Existing> {
  readonly added: readonly PopulationRow[]
  readonly unchanged: readonly MatchedRow<Existing>[]
  readonly changed: readonly (MatchedRow<Existing> & { readonly changes: readonly FieldChange[] })[]
  /** Rows that would change what an import may not; nothing of them is taken. */
  readonly refused: readonly (MatchedRow<Existing> & { readonly changes: readonly FieldChange[] })[]
  /** Why they are refused. */
  readonly warnings: readonly Finding[]
}

/** What an import may not change: each is an event in the life of a family, to be recorded as such. */
const protectedFields: ReadonlyMap<keyof PopulationRecord, FindingCode> = new Map([
  ['familyCardNumber', 'rematch/family-card-changed'],
  ['familyRole', 'rematch/family-role-changed'],
  ['lifeStatus', 'rematch/status-changed'],
])

const asRegistered = { id: 'nilai yang sudah terdaftar', en: 'the value that is registered' }

/**
 * Compares the rows of a workbook with the people who are registered, as a second import does. A person is known
 * again by the identity number; without one by name, place and date of birth.
 *
 * An empty cell changes nothing. A row that would change the family card, the family relationship or the life
 * status is refused as a whole, with a warning: those are events, and recorded as such.
 *
 * @param existing The people who are registered; where two could be meant, the first.
 *
 * @example
 * ```ts
 * import { readPopulation, rematch, writePopulation } from '@lumbung/opensid'
 *
 * const siti = { hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1, identityNumber: '9999014101900001' }
 * const { rows } = await readPopulation(writePopulation([siti]))
 * rematch([], rows).added.length // => 1
 * rematch([siti], rows).unchanged.length // => 1
 * rematch([{ ...siti, name: 'Sity' }], rows).changed[0]?.changes // => [{ field: 'name', before: 'Sity', after: 'Siti' }]
 * rematch([{ ...siti, familyRole: 4 }], rows).warnings[0]?.code // => 'rematch/family-role-changed'
 * ```
 */
export function rematch<Existing extends PopulationRecord>(
  existing: Iterable<Existing>,
  rows: readonly PopulationRow[],
): Rematch<Existing> {
  const { byNumber, byPerson } = indexesOf(existing)
  const report = createReport(Number.POSITIVE_INFINITY)
  const added: PopulationRow[] = []
  const unchanged: MatchedRow<Existing>[] = []
  const changed: (MatchedRow<Existing> & { changes: readonly FieldChange[] })[] = []
  const refused: (MatchedRow<Existing> & { changes: readonly FieldChange[] })[] = []
  for (const row of rows) {
    const key = row.identityNumber === undefined ? personKey(row) : undefined
    const found =
      row.identityNumber === undefined ? byPerson.get(key ?? '') : byNumber.get(row.identityNumber)
    if (found === undefined) {
      added.push(row)
      continue
    }
    const changes = changesOf(found, row)
    const forbidden = changes.filter(({ field }) => protectedFields.has(field))
    for (const change of forbidden) warnOf(change, row, report)
    const match = { row, existing: found }
    if (forbidden.length > 0) refused.push({ ...match, changes })
    else if (changes.length > 0) changed.push({ ...match, changes })
    else unchanged.push(match)
  }
  return { added, unchanged, changed, refused, warnings: report.warnings }
}

function indexesOf<Existing extends PopulationRecord>(existing: Iterable<Existing>) {
  const byNumber = new Map<string, Existing>()
  const byPerson = new Map<string, Existing>()
  for (const person of existing) {
    const { identityNumber } = person
    const key = personKey(person)
    if (identityNumber !== undefined && !byNumber.has(identityNumber)) byNumber.set(identityNumber, person)
    if (key !== undefined && !byPerson.has(key)) byPerson.set(key, person)
  }
  return { byNumber, byPerson }
}

function changesOf(before: PopulationRecord, row: PopulationRow): readonly FieldChange[] {
  return columns.flatMap(({ field }) => {
    const after = row[field]
    return after === undefined || after === before[field] ? [] : [{ field, before: before[field], after }]
  })
}

function warnOf({ field, after }: FieldChange, row: PopulationRow, report: Report): void {
  const code = protectedFields.get(field)
  const column = columns.find((one) => one.field === field)?.name
  if (code === undefined || column === undefined) return
  report.warn({ code, ...row.place, column, expected: asRegistered, found: String(after) })
}
