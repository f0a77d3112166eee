import { LumbungError } from '@lumbung/core/kernel'
import { personKey } from './person-key.ts'
import type { PopulationRecord } from './record.ts'

/** A person who is registered already, with the number that they have. */
export type RegisteredPerson = Pick<PopulationRecord, 'name' | 'birthPlace' | 'birthDate'> & {
  readonly identityNumber?: string | undefined
}

/** People with numbers, and which of them got theirs here. */
export interface TemporaryNumbers<Person extends PopulationRecord> {
  /** The same people in the same order, each with a number. */
  readonly people: readonly (Person & { readonly identityNumber: string })[]
  /** Where in the list people got a number: a new one, or the one that they are registered under. */
  readonly assigned: readonly { readonly index: number; readonly isNew: boolean }[]
}

const serialDigits = 5
const lastSerial = 10 ** serialDigits - 1

/**
 * Gives people without an identity number a temporary one, as the register does: 0, the ten digits of the
 * village, five of a serial. Someone who is registered already, known again by name, place and date of birth,
 * keeps the number that they have there.
 *
 * Serials go on after the greatest one that is in use, and none is given twice.
 *
 * @param villageCode The region code of the village, ten digits without dots.
 * @param registered Everyone who is registered already.
 * @throws `opensid/invalid-village-code` if the code has not ten digits; details: `villageCode`
 * @throws `opensid/no-serial-left` if all 99,999 serials are in use; details: `villageCode`
 *
 * @example
 * ```ts
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { assignTemporaryNumbers } from '@lumbung/opensid'
 *
 * const family = { hamlet: 'Timur', familyCardNumber: '9999010101110001', familyRole: 4 }
 * const siti = { ...family, name: 'Siti', birthDate: parseCivilDate('2026-01-01') }
 * const { people, assigned } = assignTemporaryNumbers([siti], '9999012001', [])
 * people[0]?.identityNumber // => '0999901200100001'
 * assigned // => [{ index: 0, isNew: true }]
 * assignTemporaryNumbers([siti], '99.99', []) // throws 'opensid/invalid-village-code'
 * ```
 */
export function assignTemporaryNumbers<Person extends PopulationRecord>(
  rows: readonly Person[],
  villageCode: string,
  registered: Iterable<RegisteredPerson>,
): TemporaryNumbers<Person> {
  if (!/^\d{10}$/.test(villageCode)) {
    throw new LumbungError('opensid/invalid-village-code', 'The code of a village has ten digits.', {
      details: { villageCode },
    })
  }
  const prefix = `0${villageCode}`
  const known = new Map<string, string>()
  let serial = 0
  const take = ({ identityNumber, ...person }: RegisteredPerson) => {
    if (identityNumber === undefined) return
    const key = personKey(person)
    if (key !== undefined && !known.has(key)) known.set(key, identityNumber)
    if (identityNumber.startsWith(prefix))
      serial = Math.max(serial, Number(identityNumber.slice(prefix.length)))
  }
  for (const person of registered) take(person)
  for (const row of rows) take(row)

  const assigned: { index: number; isNew: boolean }[] = []
  const people = rows.map((row, index) => {
    if (row.identityNumber !== undefined) return { ...row, identityNumber: row.identityNumber }
    const key = personKey(row)
    const had = key === undefined ? undefined : known.get(key)
    assigned.push({ index, isNew: had === undefined })
    if (had !== undefined) return { ...row, identityNumber: had }
    serial += 1
    if (serial > lastSerial) {
      throw new LumbungError('opensid/no-serial-left', 'All temporary numbers of the village are in use.', {
        details: { villageCode },
      })
    }
    const identityNumber = prefix + String(serial).padStart(serialDigits, '0')
    if (key !== undefined) known.set(key, identityNumber)
    return { ...row, identityNumber }
  })
  return { people, assigned }
}
