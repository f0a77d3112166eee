import {
  addDays,
  addMonths,
  type CivilDate,
  epochMsOf,
  type Instant,
  instantOf,
  isLumbungError,
  type VillageId,
} from '../kernel/index.ts'
import type { Storage, Transaction } from '../storage/index.ts'
import { jobLeases, jobRuns, jobs } from './records.ts'

/** What a job did, by name: counts, or words. */
export type JobResult = Readonly<Record<string, number | string>>

/** Work that a village has done once a day, week or month, whoever is there. */
export interface JobDefinition {
  readonly name: string
  readonly rhythm: 'daily' | 'weekly' | 'monthly'
  /**
   * Does the work of one civil date in a transaction that also notes that it was done. It must come to the same
   * when it is run again, since a transaction may be.
   */
  readonly run: (tx: Transaction, at: { readonly on: CivilDate; readonly now: Instant }) => Promise<JobResult>
}

/** One run of a job, for one civil date. */
export interface JobRun {
  readonly job: string
  readonly on: CivilDate
  readonly outcome: 'done' | 'failed'
  readonly result: JobResult
}

/** What a call of {@link runDueJobs} did. `busy`: somebody else runs the jobs at present. */
export type DueJobs =
  | { readonly status: 'done'; readonly runs: readonly JobRun[] }
  | { readonly status: 'busy'; readonly until: Instant }

/** How long a lease holds without being renewed, in milliseconds: above the time of any single run. */
const leaseMs = 5 * 60_000
const leaseName = 'jobs'

/** What {@link runDueJobs} takes. */
export interface RunDueJobs {
  readonly storage: Storage
  readonly villageId: VillageId
  readonly definitions: readonly JobDefinition[]
  /** The civil date up to which jobs are due. */
  readonly on: CivilDate
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Who runs them: another holder waits until the lease ends. */
  readonly holder: string
}

/**
 * Runs what is due up to a civil date, each missed date in order, under a lease, so that two processes do not do
 * the same work at once. A job that fails is noted, holds up its own later dates, and no other job; it is tried
 * again at the next call.
 */
export async function runDueJobs(work: RunDueJobs): Promise<DueJobs> {
  const { storage, villageId, definitions, on } = work
  const lease = await takeLease(work)
  if (lease !== undefined) return { status: 'busy', until: lease }
  const runs: JobRun[] = []
  try {
    for (const definition of definitions) {
      const job = await storage.read(villageId, (tx) => tx.get(jobs, { name: definition.name }))
      for (const date of datesDue(definition.rhythm, job?.doneOn, on)) {
        const run = await runOnce(work, definition, date)
        if (run !== undefined) runs.push(run)
        if (run?.outcome === 'failed') break
        await takeLease(work)
      }
    }
  } finally {
    await releaseLease(work)
  }
  return { status: 'done', runs }
}

/** The dates for which a job is due: each one missed, in order; of a job that never ran, the last one alone. */
export function datesDue(
  rhythm: JobDefinition['rhythm'],
  doneOn: CivilDate | undefined,
  on: CivilDate,
): readonly CivilDate[] {
  if (doneOn === undefined) return [on]
  const dates: CivilDate[] = []
  // From the first date each time: a month that is added to the 31st must not drift to the 28th.
  for (let count = 1; ; count += 1) {
    const next =
      rhythm === 'monthly'
        ? addMonths(doneOn, count)
        : addDays(doneOn, rhythm === 'weekly' ? 7 * count : count)
    if (next > on) return dates
    dates.push(next)
  }
}

/** Takes or renews the lease; gives the instant until which another holder has it. */
async function takeLease(work: RunDueJobs): Promise<Instant | undefined> {
  const { storage, villageId, holder, clock } = work
  return await storage.transact(villageId, async (tx) => {
    const now = clock()
    const lease = await tx.get(jobLeases, { name: leaseName })
    if (lease !== undefined && lease.holder !== holder && epochMsOf(lease.until) > now) return lease.until
    const until = instantOf(now + leaseMs)
    if (lease === undefined) await tx.insert(jobLeases, { name: leaseName, holder, until })
    else await tx.update(jobLeases, { ...lease, holder, until })
    return undefined
  })
}

async function releaseLease({ storage, villageId, holder }: RunDueJobs): Promise<void> {
  await storage.transact(villageId, async (tx) => {
    const lease = await tx.get(jobLeases, { name: leaseName })
    if (lease?.holder === holder) await tx.remove(jobLeases, lease)
  })
}

/** One run with its note, in one transaction; undefined where it was done meanwhile. */
async function runOnce(
  { storage, villageId, clock }: RunDueJobs,
  definition: JobDefinition,
  on: CivilDate,
): Promise<JobRun | undefined> {
  const { name } = definition
  const startedAt = instantOf(clock())
  const note = async (tx: Transaction, outcome: JobRun['outcome'], result: JobResult) => {
    const before = await tx.get(jobRuns, { job: name, on })
    const run = { job: name, on, startedAt, finishedAt: instantOf(clock()), outcome, result: { ...result } }
    if (before === undefined) await tx.insert(jobRuns, run)
    else await tx.update(jobRuns, { ...before, ...run })
    return { job: name, on, outcome, result }
  }
  try {
    return await storage.transact(villageId, async (tx) => {
      const before = await tx.get(jobRuns, { job: name, on })
      if (before?.outcome === 'done') return undefined
      const result = await definition.run(tx, { on, now: startedAt })
      const job = await tx.get(jobs, { name })
      if (job === undefined) await tx.insert(jobs, { name, doneOn: on })
      else await tx.update(jobs, { ...job, doneOn: on })
      return await note(tx, 'done', result)
    })
  } catch (error) {
    const code = isLumbungError(error) ? error.code : 'village/job-failed'
    const message = error instanceof Error ? error.message : String(error)
    return await storage.transact(villageId, (tx) => note(tx, 'failed', { code, message }))
  }
}
