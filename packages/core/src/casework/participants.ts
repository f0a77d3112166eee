import { type CivilDate, compareText, type ResidentId } from '../kernel/index.ts'
import {
  headRelationship,
  households,
  inForce,
  memberships,
  recordsWith,
  residents,
} from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { enrolments } from './collections.ts'
import type { ListedParticipant } from './import-enrolments.ts'
import type { Enrolment, EnrolmentId } from './records.ts'

/** A participant as a list shows them, with the numbers that such a list carries. */
export interface ParticipantEntry {
  readonly enrolment: EnrolmentId
  readonly of: ListedParticipant['of']
  /** Of the person, the family card or the dwelling; null where the register has none. */
  readonly number: string | null
  readonly participantNumber: string | null
  /** Who stands for it: the person, or the head of the household. */
  readonly holder: {
    readonly id: ResidentId
    readonly identityNumber: string | null
    readonly name: string
    readonly birthPlace: string | null
    readonly birthDate: CivilDate
    readonly address: string | null
  } | null
  readonly from: CivilDate
  readonly to: CivilDate | null
}

/**
 * The participants of a programme on a day with their numbers, in the order of their own numbers.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, participantsOf } from '@lumbung/core/casework'
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * await storage.read(VillageId.parse('v'), (tx) => participantsOf(tx, 'rice', on)) // => []
 * ```
 */
export async function participantsOf(
  tx: ReadTransaction,
  programme: string,
  on: CivilDate,
): Promise<readonly ParticipantEntry[]> {
  const taking: Enrolment[] = []
  for await (const enrolment of tx.stream(enrolments, { where: { programme } })) {
    if (enrolment.state !== 'exited' && inForce(enrolment, on)) taking.push(enrolment)
  }
  const ofHouseholds = taking.filter(({ unit }) => unit === 'household').map(({ subject }) => subject)
  const homes = new Map(
    (await recordsWith(tx, households, 'id', ofHouseholds)).map((home) => [home.id as string, home]),
  )
  const heads = new Map<string, ResidentId>()
  const addresses = new Map<string, string>()
  for (const held of await recordsWith(tx, memberships, 'household', [...homes.keys()])) {
    if (held.retractedAt !== null || !inForce(held, on)) continue
    if (held.relationship === headRelationship || !heads.has(held.household))
      heads.set(held.household, held.resident)
  }
  // Who is in no household is one by themselves where a programme is for households.
  const isPerson = ({ unit, subject }: Enrolment) => unit === 'resident' || !homes.has(subject)
  const persons = taking.filter(isPerson).map(({ subject }) => subject)
  const ids = [...new Set<string>([...persons, ...heads.values()])]
  const people = new Map(
    (await recordsWith(tx, residents, 'id', ids)).map((person) => [person.id as string, person]),
  )
  for (const home of homes.values()) addresses.set(home.id, home.address)
  return taking
    .map((each): ParticipantEntry => {
      const { id, subject, participantNumber, from, to } = each
      const isOne = isPerson(each)
      const home = homes.get(subject)
      const person = people.get(isOne ? subject : (heads.get(subject) ?? ''))
      const number = isOne ? (person?.identityNumber ?? person?.temporaryNumber) : home?.number
      const { id: holder, identityNumber, name, birthPlace, birthDate } = person ?? {}
      const address = addresses.get(subject) || null
      return {
        enrolment: id,
        of: isOne ? 'resident' : (home?.kind ?? 'family'),
        number: number ?? null,
        participantNumber,
        holder:
          holder === undefined || name === undefined || birthDate === undefined
            ? null
            : {
                id: holder,
                identityNumber: identityNumber ?? null,
                name,
                birthPlace: birthPlace ?? null,
                birthDate,
                address,
              },
        from,
        to,
      }
    })
    .toSorted((a, b) => compareText(a.number ?? '', b.number ?? ''))
}
