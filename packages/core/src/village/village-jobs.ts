import { escalateAppeals } from '../casework/index.ts'
import { addDays, type CivilDate } from '../kernel/index.ts'
import { rebuildSnapshot, type SnapshotChanges, todaySnapshot, turnSnapshot } from '../people/index.ts'
import type { Transaction } from '../storage/index.ts'
import { appendAudit, type Change } from './audit.ts'
import type { VillageConfig } from './config.ts'
import type { JobDefinition } from './jobs.ts'
import { recheckJob } from './rechecks.ts'
import { jobRuns, jobStates, snapshotDays } from './records.ts'
import { factsText, snapshotOfConfig } from './schema.ts'

/** Appeals whose answer is overdue go to the next instance. */
const escalation = 'casework-appeals'

/** What jobs write audit links with. */
export interface JobHands {
  readonly ids: () => string
  /** So many bytes of chance, for salts. */
  readonly random: (bytes: number) => Uint8Array
}

/** The jobs that every village has. */
export function villageJobs(config: VillageConfig, hands: JobHands): readonly JobDefinition[] {
  const snapshot = snapshotOfConfig(config)
  return [
    {
      name: 'snapshot-turn',
      rhythm: 'daily',
      async run(tx, { on }) {
        const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
        // An earlier day is a job run late by hand; the snapshot has moved on already.
        if (day === undefined || day.on >= on) return { added: 0, changed: 0, removed: 0 }
        const changes = await turnSnapshot(tx, snapshot, day.on, on)
        await tx.update(snapshotDays, { ...day, on })
        return { ...changes }
      },
    },
    {
      name: escalation,
      rhythm: 'daily',
      async run(tx, { on, now }) {
        const changes: Change[] = []
        const wrote = (...added: readonly Change[]) => void changes.push(...added)
        const escalated = await escalateAppeals(tx, { on, policy: config.casework ?? {}, wrote })
        if (changes.length > 0) {
          const actor = { kind: 'service', id: escalation, roles: [], hamlets: [] } as const
          await appendAudit(
            tx,
            { useCase: `job.${escalation}`, actor, changes },
            { now, nextId: hands.ids, random: hands.random },
          )
        }
        return { escalated: escalated.length }
      },
    },
    recheckJob(config, hands),
  ]
}

/**
 * Builds the stored snapshot anew where its day is unknown, lies after today, or where it was made for other facts:
 * the tables of a database are emptied when its villages keep other facts than before.
 *
 * @returns What changed; undefined where it was in order.
 */
export async function mendSnapshot(
  tx: Transaction,
  config: VillageConfig,
  today: CivilDate,
): Promise<SnapshotChanges | undefined> {
  const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
  const facts = factsText(config)
  if (day !== undefined && day.on <= today && day.facts === facts) return undefined
  const changes = await rebuildSnapshot(tx, snapshotOfConfig(config), today)
  if (day === undefined) await tx.insert(snapshotDays, { snapshot: todaySnapshot, on: today, facts })
  else await tx.update(snapshotDays, { ...day, on: today, facts })
  return changes
}

/** Forgets what was noted for days that are still to come, so that they are not left out when they come. */
export async function forgetDaysToCome(tx: Transaction, today: CivilDate): Promise<void> {
  const toCome = []
  for await (const run of tx.stream(jobRuns, { where: { on: { from: addDays(today, 1) } } })) toCome.push(run)
  for (const run of toCome) await tx.remove(jobRuns, run)
  const ahead = []
  for await (const job of tx.stream(jobStates)) if (job.doneOn > today) ahead.push(job)
  for (const job of ahead) await tx.update(jobStates, { ...job, doneOn: today })
}
