import type { VillageId } from '../../kernel/index.ts'
import { recordOf } from '../collection.ts'
import { rowBatches } from '../pages.ts'
import { screenRows } from '../screen-rows.ts'
import { conditionsOf, villageOrder } from '../selection.ts'
import type { AcrossTransaction } from '../storage.ts'
import type { Scope } from './scope.ts'

/** The record face of an analytical read over all villages. */
export function acrossFace({ call, rows }: Scope): AcrossTransaction {
  return {
    async *stream(collection, where) {
      const { table } = collection
      const query = await call(() => ({
        conditions: conditionsOf(collection, where),
        order: villageOrder(table),
      }))
      for await (const batch of rowBatches(rows, table, query)) {
        yield* await call(() =>
          // The village leads every row, and only checked ids are written.
          batch.map((row) => ({ villageId: row[0] as VillageId, record: recordOf(collection, row) })),
        )
      }
    },

    async *screen(facts, screening) {
      const pages = await call(() => screenRows(rows, facts, screening, undefined))
      // Only checked ids are written.
      for await (const page of pages)
        yield* page.map((row) => ({ ...row, villageId: row.villageId as VillageId }))
    },

    count: (collection, where) =>
      call((open) => open.count(collection.table, undefined, conditionsOf(collection, where))),
  }
}
