import { listAgreements } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import type { Option } from '../../ui/index.ts'
import { nameOf } from '../people.tsx'
import { caseSession } from './parts.tsx'

/** What stands where the person came. */
export const cameThemselves = 'self'

/** Who may come in the place of a person, after the person; for whoever writes down who came. */
export async function whoMayCome(
  parts: PortalParts,
  visit: Visit,
  resident: string,
): Promise<readonly Option[]> {
  const { words } = visit
  const own = { value: cameThemselves, label: words.say('case.cameThemselves') }
  // Whoever acts in their own name is the one who came.
  if (visit.actor.resident !== undefined || !visit.may(listAgreements)) return [own]
  const session = caseSession(parts, visit, listAgreements)
  const { representatives } = await session.perform(listAgreements, { resident })
  return [
    own,
    ...representatives
      .filter(({ holds }) => holds)
      .map(({ representative, actsFor }) => ({
        value: representative,
        label: actsFor === null ? words.say('agreements.outOfReach') : nameOf(actsFor, words),
        hint: words.say('case.cameForThem'),
      })),
  ]
}

/** For whom somebody who acts in their own name may ask for something: themselves, and those for whom they may act. */
export async function mayAskFor(
  parts: PortalParts,
  visit: Visit,
  own: string,
): Promise<ReadonlySet<string | null>> {
  if (!visit.may(listAgreements)) return new Set([own])
  const session = caseSession(parts, visit, listAgreements)
  const { represented } = await session.perform(listAgreements, { resident: own })
  return new Set([own, ...represented.filter(({ holds }) => holds).map(({ resident }) => resident)])
}
