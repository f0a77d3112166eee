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
import type { ReadTransaction, Storage, Transaction } from '../storage/index.ts'
import { jobLeases, jobRuns, jobStates } from './records.ts'

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

/**
 * What a call of {@link runDueJobs} did. `busy`: somebody else runs the jobs, until then at most; they may have
 * taken over from this call after some runs.
 */
export type DueJobs =
  | { readonly status: 'done'; readonly runs: readonly JobRun[] }
  | { readonly status: 'busy'; readonly until: Instant; readonly runs: readonly JobRun[] }

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
  /** Who runs them, by a text that nobody else has: another holder waits until the lease ends. */
  readonly holder: string
  /** Hears of what a failed job threw; what is stored of it is its code. Default: nobody does. */
  readonly onFault?: ((error: unknown) => void) | undefined
}

/**
 * Runs what is due up to a civil date, each missed date in order, under a lease, so that two processes do not do
 * the same work at once. A job that fails is noted, holds up its own later dates, and no other job; it is tried
 * again at the next call. Whoever has lost the lease meanwhile stops.
 */
export async function runDueJobs(work: RunDueJobs): Promise<DueJobs> {
  const { storage, villageId, definitions, on } = work
  const runs: JobRun[] = []
  const other = await storage.transact(villageId, (tx) => takeLease(tx, work))
  if (other !== undefined) return { status: 'busy', until: other, runs }
  try {
    for (const definition of definitions) {
      const { name, rhythm } = definition
      const begun = await storage.read(villageId, (tx) => begunOf(tx, name))
      for (const date of datesDue(rhythm, begun, on)) {
        const ran = await runOnce(work, definition, date)
        if (ran.status === 'lost') return { status: 'busy', until: ran.until, runs }
        if (ran.status === 'done-before') continue
        runs.push(ran.run)
        if (ran.run.outcome === 'failed') break
      }
    }
  } finally {
    await releaseLease(work)
  }
  return { status: 'done', runs }
}

/** How far a job has come. */
export interface Begun {
  /** The last date that it was done for. */
  readonly doneOn?: CivilDate | undefined
  /** Of a job that was never done, the first date on which it was tried. */
  readonly triedOn?: CivilDate | undefined
}

async function begunOf(tx: ReadTransaction, name: string): Promise<Begun> {
  const job = await tx.get(jobStates, { name })
  if (job !== undefined) return { doneOn: job.doneOn }
  const { records } = await tx.query(jobRuns, { where: { job: name }, orderBy: ['on'], limit: 1 })
  return { triedOn: records[0]?.on }
}

/**
 * The dates for which a job is due: each one missed, in order; of a job that was never done those since it was
 * tried first, and of one that was never tried the last one alone.
 */
export function datesDue(
  rhythm: JobDefinition['rhythm'],
  { doneOn, triedOn }: Begun,
  on: CivilDate,
): readonly CivilDate[] {
  const first = doneOn ?? triedOn
  if (first === undefined) return [on]
  const dates: CivilDate[] = []
  // From the first date each time: a month that is added to the 31st must not drift to the 28th.
  for (let count = doneOn === undefined ? 0 : 1; ; count += 1) {
    const next =
      rhythm === 'monthly' ? addMonths(first, count) : addDays(first, rhythm === 'weekly' ? 7 * count : count)
    if (next > on) return dates
    dates.push(next)
  }
}

/** Takes or renews the lease; gives the instant until which another holder has it. */
async function takeLease(tx: Transaction, { holder, clock }: RunDueJobs): Promise<Instant | undefined> {
  const now = clock()
  const lease = await tx.get(jobLeases, { name: leaseName })
  if (lease !== undefined && lease.holder !== holder && epochMsOf(lease.until) > now) return lease.until
  const until = instantOf(now + leaseMs)
  if (lease === undefined) await tx.insert(jobLeases, { name: leaseName, holder, until })
  else await tx.update(jobLeases, { ...lease, holder, until })
  return undefined
}

async function releaseLease({ storage, villageId, holder }: RunDueJobs): Promise<void> {
  await storage.transact(villageId, async (tx) => {
    const lease = await tx.get(jobLeases, { name: leaseName })
    if (lease?.holder === holder) await tx.remove(jobLeases, lease)
  })
}

/** What came of one date of a job: a run, none since it was done meanwhile, or none since another holds the lease. */
type Ran =
  | { readonly status: 'ran'; readonly run: JobRun }
  | { readonly status: 'done-before' }
  | { readonly status: 'lost'; readonly until: Instant }

/** One run with its note, in one transaction that also renews the lease: whoever has lost it writes nothing. */
async function runOnce(work: RunDueJobs, definition: JobDefinition, on: CivilDate): Promise<Ran> {
  const { storage, villageId, clock, onFault } = work
  const { name } = definition
  const startedAt = instantOf(clock())
  const note = async (tx: Transaction, outcome: JobRun['outcome'], result: JobResult): Promise<Ran> => {
    const before = await tx.get(jobRuns, { job: name, on })
    const run = { job: name, on, startedAt, finishedAt: instantOf(clock()), outcome, result: { ...result } }
    if (before === undefined) await tx.insert(jobRuns, run)
    else await tx.update(jobRuns, { ...before, ...run })
    return { status: 'ran', run: { job: name, on, outcome, result } }
  }
  try {
    return await storage.transact(villageId, async (tx) => {
      const other = await takeLease(tx, work)
      if (other !== undefined) return { status: 'lost', until: other }
      const before = await tx.get(jobRuns, { job: name, on })
      if (before?.outcome === 'done') return { status: 'done-before' }
      const result = await definition.run(tx, { on, now: startedAt })
      const job = await tx.get(jobStates, { name })
      if (job === undefined) await tx.insert(jobStates, { name, doneOn: on })
      else await tx.update(jobStates, { ...job, doneOn: on })
      return await note(tx, 'done', result)
    })
  } catch (error) {
    onFault?.(error)
    // A message may hold what a record says, and this note is read by whoever may see the jobs.
    const code = isLumbungError(error) ? error.code : 'village/job-failed'
    return await storage.transact(villageId, (tx) => note(tx, 'failed', { code }))
  }
}
