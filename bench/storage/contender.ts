import type { Storage } from '@lumbung/core/storage'
import { type Resident, residents, type StoredResident, village } from './residents.ts'

/** Is given every record that is read, so that no side can leave one out. */
export type Visit = (resident: StoredResident) => void

/** Rows on a page. */
export const pageRows = 25

/** The work that is compared. Every method runs the same transactions on either side. */
export interface Contender {
  /** All in one transaction. */
  insertAll(records: readonly Resident[]): Promise<void>
  /** All by id, in one transaction and in constant memory. */
  streamAll(visit: Visit): Promise<void>
  /** Each in a transaction of its own. */
  getEach(ids: readonly string[], visit: Visit): Promise<void>
  /** All in one transaction. */
  getWithin(ids: readonly string[], visit: Visit): Promise<void>
  /** The first pages of a hamlet by name, each page in a transaction of its own. */
  readPages(hamlet: string, pages: number, visit: Visit): Promise<void>
  close(): Promise<void>
}

/** The work through our storage. */
export function lumbungContender(storage: Storage): Contender {
  return {
    async insertAll(records) {
      await storage.transact(village, (transaction) => transaction.insertMany(residents, records))
    },
    async streamAll(visit) {
      await storage.read(village, async (transaction) => {
        for await (const resident of transaction.stream(residents)) visit(resident)
      })
    },
    async getEach(ids, visit) {
      for (const id of ids) {
        const found = await storage.read(village, (transaction) => transaction.get(residents, { id }))
        if (found !== undefined) visit(found)
      }
    },
    async getWithin(ids, visit) {
      await storage.read(village, async (transaction) => {
        for (const id of ids) {
          const found = await transaction.get(residents, { id })
          if (found !== undefined) visit(found)
        }
      })
    },
    async readPages(hamlet, pages, visit) {
      let after: string | undefined
      for (let page = 0; page < pages; page += 1) {
        const query = { where: { hamlet }, orderBy: ['nameKey'], limit: pageRows } as const
        const from = after === undefined ? {} : { after }
        const { records, next } = await storage.read(village, (transaction) =>
          transaction.query(residents, { ...query, ...from }),
        )
        for (const resident of records) visit(resident)
        if (next === undefined) return
        after = next
      }
    },
    close: () => storage.close(),
  }
}
