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

/** Whether somebody takes part on a day, suspended or not. */
export function takesPart({ state, from, to }: Enrolment, on: CivilDate): boolean {
  return state !== 'exited' && inForce({ from, to }, on)
}

/** All who take part in any of a village's programmes on a day and whom its law does not allow together. */
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
