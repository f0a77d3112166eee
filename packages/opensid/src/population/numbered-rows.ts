import { residents } from '@lumbung/core/people'
import type { ReadTransaction } from '@lumbung/core/storage'
import type { PopulationRow } from './record.ts'
import { assignTemporaryNumbers, type RegisteredPerson } from './temporary-numbers.ts'

/**
 * Rows in which everybody has a number: who has none gets a temporary one, where the village's code makes them.
 * Whoever is in the register already is known again by name, place and date of birth. That stays in here, so
 * nobody's data are given out.
 *
 * @param villageCode Ten digits, with or without dots; with any other, rows stay as they are.
 *
 * @example
 * ```ts
 * import { peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 * import { VillageId } from '@lumbung/core/kernel'
 * import { numberedRows } from '@lumbung/opensid'
 *
 * const storage = openMemory({ collections: peopleCollections, streams: [] })
 * await storage.read(VillageId.parse('99.01.01.2001'), (tx) => numberedRows(tx, '99.01.01.2001', [])) // => []
 * ```
 */
export async function numberedRows(
  tx: ReadTransaction,
  villageCode: string,
  rows: readonly PopulationRow[],
): Promise<readonly PopulationRow[]> {
  const code = villageCode.replaceAll('.', '')
  if (!/^\d{10}$/.test(code) || rows.every(({ identityNumber }) => identityNumber !== undefined)) return rows
  const registered: RegisteredPerson[] = []
  for await (const resident of tx.stream(residents)) {
    const { name, birthDate, birthPlace, identityNumber, temporaryNumber } = resident
    const number = identityNumber ?? temporaryNumber ?? undefined
    registered.push({ name, birthDate, birthPlace: birthPlace ?? undefined, identityNumber: number })
  }
  return assignTemporaryNumbers(rows, code, registered).people
}
