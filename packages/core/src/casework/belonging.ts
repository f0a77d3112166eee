import type { CivilDate, ResidentId } from '../kernel/index.ts'
import {
  inForce,
  mayRepresent,
  memberships,
  type Representation,
  recordsWith,
  representations,
} from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import type { CaseSubject } from './context.ts'

/** Who asks for something: the person concerned, and who came in their place. */
export interface Requester {
  readonly person: ResidentId
  /** Null where the person came. */
  readonly representative: ResidentId | null
  /** For which the representative needs a power. */
  readonly purpose: string
}

/** Whether a resident is the one that something is about, or lives in the household that it is about. */
export async function isOfUnit(
  tx: ReadTransaction,
  { unit, subject }: CaseSubject,
  resident: ResidentId,
  on: CivilDate,
): Promise<boolean> {
  if (unit === 'resident') return subject === resident
  const held = await recordsWith(tx, memberships, 'resident', [resident])
  const standing = held.filter((each) => each.retractedAt === null && inForce(each, on))
  // Who is in no household is one by themselves.
  if (subject === resident) return standing.length === 0
  return standing.some((each) => each.household === subject)
}

/** Whether the representative, where one came, may act for the person. */
export async function mayAsk(
  tx: ReadTransaction,
  { person, representative, purpose }: Requester,
  on: CivilDate,
): Promise<boolean> {
  if (representative === null) return true
  const powers: Representation[] = []
  for await (const power of tx.stream(representations, { where: { representative } })) powers.push(power)
  return mayRepresent(powers, { resident: person, representative, purpose, on })
}
