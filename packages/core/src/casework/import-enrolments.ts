import { beginProgress, type CivilDate, type Instant, type ResidentId } from '../kernel/index.ts'
import { households, inForce, memberships, recordsWith, residents } from '../people/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import { enrolments } from './collections.ts'
import { Enrolment, EnrolmentId } from './records.ts'
import { enrolmentStates } from './states.ts'

/** A participant of a list that somebody else keeps, by what the list's reader calls them. */
export interface ListedParticipant {
  /** What a report calls the participant: a row, say. */
  readonly key: string
  /** What `number` is: that of a person, of a family card, or of people who live and eat together. */
  readonly of: 'resident' | 'family' | 'dwelling'
  readonly number: string
  /** The number of the card that the programme gave. */
  readonly participantNumber: string | null
}

/** A list of participants of one programme. */
export interface ParticipantList {
  readonly programme: string
  readonly unit: Enrolment['unit']
  readonly from: CivilDate
  /** The first day on which they no longer take part; null where the list names no end. */
  readonly to: CivilDate | null
  readonly participants: readonly ListedParticipant[]
}

/**
 * Why a participant is not taken in.
 *
 * - `casework/unknown-participant`, `casework/ambiguous-participant`: nobody in the register has the number, or
 *   several have;
 * - `casework/no-family`: the programme is for households, and the person named is on no family card today;
 * - `casework/unit-differs`: the programme is for residents, and the list names households;
 * - `casework/listed-twice`: another row names the same resident or household; `other` is its key;
 * - `casework/participant-number-differs`: they take part already, under another card;
 * - `casework/participant-number-taken`: somebody else takes part under this card.
 */
export interface ParticipantRefusal {
  readonly key: string
  readonly code:
    | 'casework/unknown-participant'
    | 'casework/ambiguous-participant'
    | 'casework/no-family'
    | 'casework/unit-differs'
    | 'casework/listed-twice'
    | 'casework/participant-number-differs'
    | 'casework/participant-number-taken'
  readonly other?: string
}

/** What {@link importEnrolments} came to. With a refusal nothing was written. */
export interface ImportedEnrolments {
  readonly added: readonly Enrolment[]
  /** The keys of those added, in the same order. */
  readonly keys: readonly string[]
  /** Those who took part already, as a second import of the same list finds them. */
  readonly unchanged: number
  readonly refused: readonly ParticipantRefusal[]
}

/** When and on which day they are taken in, and how new ids are made. */
export interface EnrolmentContext {
  readonly now: Instant
  readonly on: CivilDate
  readonly nextId: () => string
}

/**
 * Takes in the participants of a list that somebody else keeps, or none of them. People and households are found by
 * their numbers; a person named for a programme of households stands for the family that they belong to today. Who
 * takes part already in the same time is left as they are, also where they left since, so the same list adds nothing
 * the second time.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, importEnrolments } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const list = {
 *   programme: 'rice',
 *   unit: 'household',
 *   from: on,
 *   to: null,
 *   participants: [{ key: 'row 2', of: 'family', number: 'CARD-1', participantNumber: null }],
 * } as const
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const context = { now, on, nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }
 * const village = VillageId.parse('v')
 * const { refused } = await storage.transact(village, (tx) => importEnrolments(tx, list, context))
 * refused // => [{ key: 'row 2', code: 'casework/unknown-participant' }]
 * ```
 */
export async function importEnrolments(
  tx: Transaction,
  list: ParticipantList,
  { now, on, nextId }: EnrolmentContext,
): Promise<ImportedEnrolments> {
  const { programme, unit, from, to } = list
  const found = await subjectsOf(tx, list, on)
  const refused: ParticipantRefusal[] = []
  const bySubject = new Map<string, ListedParticipant>()
  for (const participant of list.participants) {
    const subject = found(participant)
    const other = subject.ok ? bySubject.get(subject.subject) : undefined
    if (!subject.ok) refused.push({ key: participant.key, code: subject.code })
    else if (other !== undefined)
      refused.push({ key: participant.key, code: 'casework/listed-twice', other: other.key })
    else bySubject.set(subject.subject, participant)
  }

  const standing = new Map<string, Enrolment[]>()
  const numbers = new Map<string, string>()
  for await (const enrolment of tx.stream(enrolments, { where: { programme } })) {
    const { subject, participantNumber, state } = enrolment
    standing.set(subject, [...(standing.get(subject) ?? []), enrolment])
    if (participantNumber !== null && state !== 'exited') numbers.set(participantNumber, subject)
  }
  const added: Enrolment[] = []
  const keys: string[] = []
  let unchanged = 0
  for (const [subject, { key, participantNumber }] of bySubject) {
    const taken = participantNumber === null ? undefined : numbers.get(participantNumber)
    const before = standing.get(subject)?.find((each) => isSameTime(each, list))
    if (taken !== undefined && taken !== subject)
      refused.push({ key, code: 'casework/participant-number-taken' })
    else if (before === undefined) {
      if (participantNumber !== null) numbers.set(participantNumber, subject)
      const began = from < on ? from : on
      keys.push(key)
      added.push(
        Enrolment.parse({
          ...beginProgress(enrolmentStates, began),
          id: EnrolmentId.parse(nextId()),
          programme,
          unit,
          subject,
          from,
          to,
          participantNumber,
          source: 'import',
          proposal: null,
          recordedAt: now,
        }),
      )
    } else if (participantNumber !== null && before.participantNumber !== participantNumber)
      refused.push({ key, code: 'casework/participant-number-differs' })
    else unchanged += 1
  }
  if (refused.length > 0) return { added: [], keys: [], unchanged: 0, refused: inOrder(refused, list) }
  await tx.insertMany(enrolments, added)
  return { added, keys, unchanged, refused }
}

/** One who left is of the same time as a list that begins when theirs did, and not of one that begins later. */
function isSameTime(enrolment: Enrolment, { from, to }: ParticipantList): boolean {
  if (enrolment.from === from) return true
  const ended = enrolment.to ?? undefined
  return (to === null || enrolment.from < to) && (ended === undefined || from < ended)
}

function inOrder(
  refused: readonly ParticipantRefusal[],
  { participants }: ParticipantList,
): readonly ParticipantRefusal[] {
  const places = new Map(participants.map(({ key }, index) => [key, index]))
  return refused.toSorted((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0))
}

type Found =
  | { readonly ok: true; readonly subject: string }
  | { readonly ok: false; readonly code: ParticipantRefusal['code'] }

const refusal = (code: ParticipantRefusal['code']): Found => ({ ok: false, code })

/** Finds whom the numbers of a list mean, in few queries. */
async function subjectsOf(
  tx: ReadTransaction,
  { unit, participants }: ParticipantList,
  on: CivilDate,
): Promise<(participant: ListedParticipant) => Found> {
  const numbersOf = (isPerson: boolean) => [
    ...new Set(
      participants.filter((each) => (each.of === 'resident') === isPerson).map(({ number }) => number),
    ),
  ]
  const people = new Map<string, Set<ResidentId>>()
  for (const field of ['identityNumber', 'temporaryNumber'] as const) {
    for (const resident of await recordsWith(tx, residents, field, numbersOf(true))) {
      const number = resident[field]
      if (number === null || resident.status === 'merged') continue
      people.set(number, (people.get(number) ?? new Set()).add(resident.id))
    }
  }
  const homes = new Map<string, { readonly id: string; readonly isOpen: boolean }[]>()
  for (const { id, kind, number, to } of await recordsWith(tx, households, 'number', numbersOf(false))) {
    const key = `${kind}/${number}`
    homes.set(key, [...(homes.get(key) ?? []), { id, isOpen: to === null || on < to }])
  }
  const families = unit === 'household' ? await familiesOf(tx, people, on) : new Map<string, string>()
  return ({ of, number }) => {
    if (of !== 'resident') {
      if (unit === 'resident') return refusal('casework/unit-differs')
      const named = homes.get(`${of}/${number}`) ?? []
      const open = named.filter(({ isOpen }) => isOpen)
      // Of households with one number those that still stand count, and the others only where none does.
      return oneOf((open.length > 0 ? open : named).map(({ id }) => id))
    }
    const person = oneOf([...(people.get(number) ?? [])])
    if (!person.ok || unit === 'resident') return person
    const family = families.get(person.subject)
    return family === undefined ? refusal('casework/no-family') : { ok: true, subject: family }
  }
}

function oneOf([subject, ...others]: readonly string[]): Found {
  if (subject === undefined) return refusal('casework/unknown-participant')
  return others.length > 0 ? refusal('casework/ambiguous-participant') : { ok: true, subject }
}

async function familiesOf(
  tx: ReadTransaction,
  people: ReadonlyMap<string, ReadonlySet<ResidentId>>,
  on: CivilDate,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...people.values()].flatMap((found) => [...found])
  const families = new Map<string, string>()
  for (const membership of await recordsWith(tx, memberships, 'resident', ids)) {
    if (membership.kind !== 'family' || membership.retractedAt !== null || !inForce(membership, on)) continue
    families.set(membership.resident, membership.household)
  }
  return families
}
