import type { CivilDate, ResidentId } from '../kernel/index.ts'
import { mayRepresent, type Representation, representations } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'

/**
 * For whom a person may act on a day. A power for some purposes counts only where one of them was named; one for
 * everything always does.
 */
export async function representedBy(
  tx: ReadTransaction,
  asked: {
    readonly representative: ResidentId
    readonly purpose: string | undefined
    readonly on: CivilDate
  },
): Promise<readonly ResidentId[]> {
  const { representative, purpose = '', on } = asked
  const powers: Representation[] = []
  for await (const power of tx.stream(representations, { where: { representative } })) powers.push(power)
  const represented = new Set(powers.map(({ resident }) => resident))
  return [...represented].filter((resident) =>
    mayRepresent(powers, { resident, representative, purpose, on }),
  )
}
