import { HouseholdId, ResidentId, type VillageId } from '@lumbung/core/kernel'
import { households, residents } from '@lumbung/core/people'
import type { Storage } from '@lumbung/core/storage'

/** Who is meant by a number as it was imported, or by our own id. */
export type Subjects = (
  unit: 'resident' | 'household',
  id: string,
) => { readonly subject: string } | 'unknown' | 'ambiguous'

/**
 * The people and households of a village by their numbers, temporary ones too. Of households with one number
 * those that still stand count, and the others only where none does.
 */
export async function subjectsIn(storage: Storage, village: VillageId): Promise<Subjects> {
  return await storage.read(village, async (tx) => {
    const people = new Map<string, Set<string>>()
    const homes = new Map<string, Set<string>>()
    const closed = new Map<string, Set<string>>()
    const add = (map: Map<string, Set<string>>, number: string | null, id: string): void => {
      if (number === null) return
      const ids = map.get(number) ?? new Set()
      map.set(number, ids.add(id))
    }
    // A number that stayed with a merged record still means the person, whose other record then takes the facts.
    for await (const { id, identityNumber, temporaryNumber } of tx.stream(residents)) {
      add(people, id, id)
      add(people, identityNumber, id)
      add(people, temporaryNumber, id)
    }
    for await (const { id, number, to } of tx.stream(households)) {
      add(homes, id, id)
      add(to === null ? homes : closed, number, id)
    }
    return (unit, given) => {
      const id = (unit === 'resident' ? ResidentId : HouseholdId).safeParse(given.toLowerCase()).data ?? given
      const ids = unit === 'resident' ? people.get(id) : (homes.get(id) ?? closed.get(id))
      const [subject, ...others] = ids ?? []
      if (subject === undefined) return 'unknown'
      return others.length > 0 ? 'ambiguous' : { subject }
    }
  })
}
