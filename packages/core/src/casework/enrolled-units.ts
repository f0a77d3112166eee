import type { Pack } from '../eligibility/index.ts'
import type { CivilDate } from '../kernel/index.ts'
import { inForce, type Membership, memberships, recordsWith } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { enrolments } from './collections.ts'
import { type DoubleBenefit, type EnrolledUnit, findDoubleBenefits } from './double-benefits.ts'
import type { Enrolment } from './records.ts'

/** An enrolment with everybody whom it serves on a day. */
export interface EnrolmentWithPeople extends EnrolledUnit {
  readonly enrolment: Enrolment
}

/** Enrolments with the people whom they serve on a day. */
export async function withPeople(
  tx: ReadTransaction,
  given: readonly Enrolment[],
  on: CivilDate,
): Promise<readonly EnrolmentWithPeople[]> {
  const homes = given.filter(({ unit }) => unit === 'household').map(({ subject }) => subject)
  const members = new Map<string, string[]>()
  for (const { household, resident } of await standing(tx, 'household', homes, on))
    members.set(household, [...(members.get(household) ?? []), resident])
  return given.map((enrolment) => {
    const { id, programme, unit, subject } = enrolment
    const people = unit === 'resident' ? [subject] : (members.get(subject) ?? [])
    return { id, programme, subject, people, enrolment }
  })
}

async function standing(
  tx: ReadTransaction,
  field: 'household' | 'resident',
  ids: readonly string[],
  on: CivilDate,
): Promise<readonly Membership[]> {
  const found = await recordsWith(tx, memberships, field, [...new Set(ids)])
  return found.filter((each) => each.retractedAt === null && inForce(each, on))
}

/**
 * Whether somebody takes part on a day, suspended or not.
 *
 * @example
 * ```ts
 * import { Enrolment, enrolmentStates, takesPart } from '@lumbung/core/casework'
 * import { beginProgress, CivilDate } from '@lumbung/core/kernel'
 *
 * const enrolment = Enrolment.parse({
 *   id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 *   programme: 'rice',
 *   unit: 'household',
 *   subject: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 *   ...beginProgress(enrolmentStates, CivilDate.parse('2026-01-01')),
 *   from: '2026-01-01',
 *   to: '2026-07-01',
 *   participantNumber: null,
 *   source: 'import',
 *   proposal: null,
 *   recordedAt: '2026-01-01T03:00:00.000Z',
 * })
 * takesPart(enrolment, CivilDate.parse('2026-06-30')) // => true
 * takesPart(enrolment, CivilDate.parse('2026-07-01')) // => false
 * ```
 */
export function takesPart({ state, from, to }: Enrolment, on: CivilDate): boolean {
  return state !== 'exited' && inForce({ from, to }, on)
}

/**
 * All who take part in any of a village's programmes on a day and whom its law does not allow together.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, doubleBenefitsOn, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const { pack } = rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] })
 * const on = CivilDate.parse('2026-11-24')
 * await storage.read(VillageId.parse('v'), (tx) => doubleBenefitsOn(tx, pack, on)) // => []
 * ```
 */
export async function doubleBenefitsOn(
  tx: ReadTransaction,
  pack: Pack,
  on: CivilDate,
): Promise<readonly DoubleBenefit<EnrolmentWithPeople>[]> {
  const taking: Enrolment[] = []
  for await (const enrolment of tx.stream(enrolments)) if (takesPart(enrolment, on)) taking.push(enrolment)
  return findDoubleBenefits(pack, await withPeople(tx, taking, on), on)
}

/**
 * What stands in the way of new enrolments, stored or not: those in which the same people take part on that day. Of
 * two of the new ones that may not stand together both are told.
 *
 * @param on The day whose law and whose households count: today, or the first day of an enrolment yet to come.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   caseworkCollections,
 *   doubleBenefitsOf,
 *   Enrolment,
 *   enrolmentStates,
 *   rulebookOf,
 * } from '@lumbung/core/casework'
 * import { beginProgress, CivilDate, VillageId } from '@lumbung/core/kernel'
 * import { peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const { pack } = rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const enrolment = Enrolment.parse({
 *   id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 *   programme: 'rice',
 *   unit: 'household',
 *   subject: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 *   ...beginProgress(enrolmentStates, CivilDate.parse('2026-01-01')),
 *   from: '2026-01-01',
 *   to: '2026-07-01',
 *   participantNumber: null,
 *   source: 'import',
 *   proposal: null,
 *   recordedAt: '2026-01-01T03:00:00.000Z',
 * })
 * await storage.read(VillageId.parse('v'), (tx) => doubleBenefitsOf(tx, pack, [enrolment], on)) // => []
 * ```
 */
export async function doubleBenefitsOf(
  tx: ReadTransaction,
  pack: Pack,
  candidates: readonly Enrolment[],
  on: CivilDate,
): Promise<readonly DoubleBenefit<EnrolmentWithPeople>[]> {
  const units = await withPeople(tx, candidates, on)
  const people = units.flatMap((unit) => unit.people)
  const homes = (await standing(tx, 'resident', people, on)).map(({ household }) => household)
  const subjects = [...new Set([...people, ...homes, ...candidates.map(({ subject }) => subject)])]
  const own = new Set(candidates.map(({ id }) => id))
  const others = (await recordsWith(tx, enrolments, 'subject', subjects)).filter(
    (each) => !own.has(each.id) && takesPart(each, on),
  )
  const found = findDoubleBenefits(pack, [...(await withPeople(tx, others, on)), ...units], on)
  return found.filter(({ first, second }) => own.has(first.enrolment.id) || own.has(second.enrolment.id))
}
