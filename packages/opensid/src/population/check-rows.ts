import { foldText, maskDigits } from '@lumbung/core/kernel'
import { compareIdentity } from '@lumbung/indonesia'
import type { Place, Report } from '../report/finding.ts'
import type { FindingCode } from '../report/messages.ts'
import type { PopulationCounts } from './counts.ts'
import { personKey } from './person-key.ts'
import type { PopulationRow } from './record.ts'

const female = 2
const male = 1
const head = 1
const alive = 1

const agreement = {
  id: 'NIK, tanggal lahir dan jenis kelamin yang cocok',
  en: 'an identity number, birth date and sex that agree',
}
const given = { id: 'isi', en: 'something' }
const onlyOnce = { id: 'nilai yang hanya ada di satu baris', en: 'a value that stands in one row only' }
const oneHead = { id: 'tepat satu kepala keluarga', en: 'exactly one head of the family' }
const oneSpelling = { id: 'satu cara penulisan', en: 'one spelling' }

interface Family {
  readonly first: Place
  hasHead: boolean
  livingHead?: Place
}

/** Compares each row with itself and with those before it, and counts. */
export function createRowChecks(report: Report) {
  const numbers = new Map<string, Place>()
  const unnumbered = new Map<string, Place>()
  const tags = new Map<string, Place>()
  const families = new Map<string, Family>()
  const hamlets = new Map<string, string>()
  const counts = { rows: 0, male: 0, female: 0, sexUnknown: 0, withoutNumber: 0 }

  /** Whether a value is new; where it is not, a fault names the row that has it. */
  const isFirst = (
    seen: Map<string, Place>,
    key: string | undefined,
    row: PopulationRow,
    code: FindingCode,
    column: string,
  ): boolean => {
    const other = key === undefined ? undefined : seen.get(key)
    if (key !== undefined && other === undefined) seen.set(key, row.place)
    if (key === undefined || other === undefined) return true
    const found = code === 'row/repeated-person' ? row.name : maskDigits(key)
    report.fault({ code, ...row.place, column, expected: onlyOnce, found, other })
    return false
  }

  const isUnique = (row: PopulationRow): boolean => {
    const { identityNumber, cardTag } = row
    const key = identityNumber === undefined ? personKey(row) : undefined
    const isNumberNew = isFirst(numbers, identityNumber, row, 'row/repeated-number', 'nik')
    const isPersonNew = isFirst(unnumbered, key, row, 'row/repeated-person', 'nama')
    const isTagNew = isFirst(tags, cardTag, row, 'row/repeated-tag', 'tag_id_card')
    return isNumberNew && isPersonNew && isTagNew
  }

  const checkFamily = ({ familyCardNumber, familyRole, lifeStatus = alive, place }: PopulationRow) => {
    const family = families.get(familyCardNumber) ?? { first: place, hasHead: false }
    families.set(familyCardNumber, family)
    if (familyRole !== head) return
    family.hasHead = true
    // One who died or left may still stand as head beside the new one.
    if (lifeStatus !== alive) return
    if (family.livingHead === undefined) {
      family.livingHead = place
      return
    }
    report.warn({
      code: 'family/several-heads',
      ...place,
      column: 'kk_level',
      expected: oneHead,
      found: maskDigits(familyCardNumber),
      other: family.livingHead,
    })
  }

  return {
    /** Whether the row may stay; in any case it is counted and compared. */
    add(row: PopulationRow): boolean {
      const isKept = isUnique(row)
      counts.rows += 1
      if (row.sex === male) counts.male += 1
      else if (row.sex === female) counts.female += 1
      else counts.sexUnknown += 1
      if (row.identityNumber === undefined) counts.withoutNumber += 1
      warnOfIdentity(row, report)
      checkFamily(row)
      const spelling = hamlets.get(foldText(row.hamlet))
      if (spelling === undefined) hamlets.set(foldText(row.hamlet), row.hamlet)
      else if (spelling !== row.hamlet) {
        const told = { ...row.place, column: 'dusun', expected: oneSpelling, found: row.hamlet }
        report.warn({ code: 'hamlet/several-spellings', ...told })
      }
      return isKept
    },
    /** What can be said only after the last row. */
    finish(): PopulationCounts {
      for (const [number, family] of families) {
        if (family.hasHead) continue
        const told = {
          ...family.first,
          column: 'kk_level',
          expected: oneHead,
          found: maskDigits(number),
        }
        report.warn({ code: 'family/no-head', ...told })
      }
      return { ...counts, familyCards: families.size, hamlets: hamlets.size }
    },
  }
}

function warnOfIdentity({ identityNumber, birthDate, sex, place }: PopulationRow, report: Report): void {
  if (sex === undefined) report.warn({ code: 'row/no-sex', ...place, column: 'sex', expected: given })
  if (birthDate === undefined) {
    report.warn({ code: 'row/no-birth-date', ...place, column: 'tanggallahir', expected: given })
  }
  if (identityNumber === undefined) return
  const known = {
    birthDate,
    sex: sex === undefined ? undefined : sex === female ? 'female' : 'male',
  } as const
  for (const { code } of compareIdentity(identityNumber, known)) {
    // The form was checked when the cell was read, and a temporary number is nothing to warn of.
    if (code === 'identity/not-digits' || code === 'identity/wrong-length' || code === 'identity/temporary')
      continue
    const told = { ...place, column: 'nik', expected: agreement, found: maskDigits(identityNumber) }
    report.warn({ code, ...told })
  }
}
