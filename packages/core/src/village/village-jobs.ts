import { rebuildSnapshot, todaySnapshot, turnSnapshot } from '../people/index.ts'
import type { VillageConfig } from './config.ts'
import type { JobDefinition } from './jobs.ts'
import { snapshotDays } from './records.ts'
import { snapshotOfConfig } from './schema.ts'

/** The jobs that every village has. */
export function villageJobs(config: VillageConfig): readonly JobDefinition[] {
  const snapshot = snapshotOfConfig(config)
  return [
    {
      name: 'snapshot-turn',
      rhythm: 'daily',
      async run(tx, { on }) {
        const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
        // An earlier day is a job run late by hand; the snapshot has moved on already.
        if (day !== undefined && day.on >= on) return { added: 0, changed: 0, removed: 0 }
        const changes =
          day === undefined
            ? await rebuildSnapshot(tx, snapshot, on)
            : await turnSnapshot(tx, snapshot, day.on, on)
        if (day === undefined) await tx.insert(snapshotDays, { snapshot: todaySnapshot, on })
        else await tx.update(snapshotDays, { ...day, on })
        return { ...changes }
      },
    },
  ]
}
