import type { ResidentId } from '../kernel/index.ts'
import { merges, residents } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'

/**
 * The record in which somebody stands today: their own, or the one that has taken it over. An account names the
 * record that it was made for, and a merge must not shut its person out.
 */
export async function survivorOf(tx: ReadTransaction, id: ResidentId): Promise<ResidentId> {
  const seen = new Set<string>([id])
  let current = id
  for (;;) {
    const next = (await tx.get(residents, { id: current }))?.mergedInto ?? null
    if (next === null || seen.has(next)) return current
    seen.add(next)
    current = next
  }
}

/** The record of somebody and those that it has taken over: whoever read one of them has read of this person. */
export async function recordsOf(tx: ReadTransaction, id: ResidentId): Promise<readonly ResidentId[]> {
  const found = new Set<ResidentId>([id])
  for (const kept of found) {
    for await (const { merged, undoneAt } of tx.stream(merges, { where: { kept } })) {
      if (undoneAt === null) found.add(merged)
    }
  }
  return [...found]
}
