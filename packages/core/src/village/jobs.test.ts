import { describe, expect, test } from 'vitest'
import { CivilDate, instantOf } from '../kernel/index.ts'
import { openMemory, type Transaction } from '../storage/index.ts'
import { config, peopled, sessionOf } from './fixtures.ts'
import { datesDue, type JobDefinition, runDueJobs } from './jobs.ts'
import { jobLeases, jobRuns, jobStates, snapshotDays } from './records.ts'
import { recordDatedFact } from './register-changes.ts'
import { snapshotOfConfig, villageSchema } from './schema.ts'

const day = (text: string) => CivilDate.parse(text)

describe('when a job is due', () => {
  test.each([
    ['daily', undefined, '2026-11-24', ['2026-11-24']],
    ['daily', '2026-11-24', '2026-11-24', []],
    ['daily', '2026-11-21', '2026-11-24', ['2026-11-22', '2026-11-23', '2026-11-24']],
    ['weekly', '2026-11-01', '2026-11-16', ['2026-11-08', '2026-11-15']],
    ['monthly', '2026-01-31', '2026-04-30', ['2026-02-28', '2026-03-31', '2026-04-30']],
    ['daily', '2026-11-25', '2026-11-24', []],
  ] as const)('%s, done for %s, on %s', (rhythm, doneOn, on, dates) => {
    const begun = doneOn === undefined ? {} : { doneOn: day(doneOn) }
    expect(datesDue(rhythm, begun, day(on))).toEqual(dates)
  })

  test('a job that was tried and never done is due from the day it was tried first', () => {
    const dates = ['2026-11-22', '2026-11-23', '2026-11-24']
    expect(datesDue('daily', { triedOn: day('2026-11-22') }, day('2026-11-24'))).toEqual(dates)
  })
})

function counting(log: string[], fails: () => boolean = () => false): JobDefinition {
  return {
    name: 'count',
    rhythm: 'daily',
    async run(_, { on }) {
      if (fails()) throw new Error('The well is dry.')
      log.push(on)
      return { days: 1 }
    },
  }
}

function open(definitions: readonly JobDefinition[]) {
  const storage = openMemory(villageSchema(config))
  const clock = { now: Date.parse('2026-11-24T03:00:00.000Z') }
  const faults: unknown[] = []
  const run = (on: string, holder = 'one') =>
    runDueJobs({
      onFault: (error) => faults.push(error),
      storage,
      villageId: config.id,
      definitions,
      on: day(on),
      clock: () => clock.now,
      holder,
    })
  return { storage, clock, run, faults }
}

describe('running jobs', () => {
  test('days missed while the machine was off are caught up in order, each once', async () => {
    const log: string[] = []
    const { run } = open([counting(log)])
    await run('2026-11-20')
    await run('2026-11-23')
    await run('2026-11-23')
    expect(log).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'])
  })

  test('a job that fails is noted, holds up its later dates and no other job, and is tried again', async () => {
    const log: string[] = []
    let dry = true
    const other: string[] = []
    const { storage, run, faults } = open([counting(log, () => dry), { ...counting(other), name: 'other' }])
    const first = await run('2026-11-20')
    const failed = await storage.read(config.id, (tx) =>
      tx.get(jobRuns, { job: 'count', on: day('2026-11-20') }),
    )
    // What was thrown may tell of a person: it goes to whoever keeps the machine, and into no record.
    expect(failed?.result).toEqual({ code: 'village/job-failed' })
    expect(faults).toEqual([new Error('The well is dry.')])
    expect(first).toMatchObject({
      runs: [
        { job: 'count', outcome: 'failed' },
        { job: 'other', outcome: 'done' },
      ],
    })
    dry = false
    await run('2026-11-21')
    expect(log).toEqual(['2026-11-20', '2026-11-21'])
    expect(other).toEqual(['2026-11-20', '2026-11-21'])
  })

  test('while somebody else holds the lease nothing runs, until it ends', async () => {
    const log: string[] = []
    const { storage, clock, run } = open([counting(log)])
    const until = instantOf(clock.now + 60_000)
    await storage.transact(config.id, (tx) => tx.insert(jobLeases, { name: 'jobs', holder: 'two', until }))
    expect(await run('2026-11-24')).toEqual({ status: 'busy', until, runs: [] })
    clock.now += 61_000
    expect(await run('2026-11-24')).toMatchObject({ status: 'done', runs: [{ on: '2026-11-24' }] })
  })

  test('whoever has lost the lease to another stops, and writes nothing more', async () => {
    const log: string[] = []
    const until = instantOf(Date.parse('2026-11-25T03:00:00.000Z'))
    let takenOver: Promise<unknown> = Promise.resolve()
    const { storage, run } = open([
      {
        ...counting(log),
        async run(_, { on }) {
          log.push(on)
          // It waits for its turn, and has it right after this day.
          if (on === '2026-11-22') takenOver = storage.transact(config.id, takeOver)
          return {}
        },
      },
    ])
    async function takeOver(tx: Transaction): Promise<void> {
      const lease = await tx.get(jobLeases, { name: 'jobs' })
      if (lease !== undefined) await tx.update(jobLeases, { ...lease, holder: 'two', until })
    }
    await run('2026-11-20')
    const outcome = await run('2026-11-24')
    await takenOver
    expect(outcome).toMatchObject({
      status: 'busy',
      until,
      runs: [{ on: '2026-11-21' }, { on: '2026-11-22' }],
    })
    expect(log).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
    const lease = await storage.read(config.id, (tx) => tx.get(jobLeases, { name: 'jobs' }))
    expect(lease?.holder).toBe('two')
  })

  test('two that start at once do the work once', async () => {
    const log: string[] = []
    const { run } = open([counting(log)])
    const both = await Promise.all([run('2026-11-24', 'one'), run('2026-11-24', 'two')])
    expect(both.map(({ status }) => status).sort()).toEqual(['busy', 'done'])
    expect(log).toEqual(['2026-11-24'])
  })
})

describe("the turn of the register's day", () => {
  const dayMs = 86_400_000
  const snapshot = snapshotOfConfig(config)

  /** From 26 November on a decile holds that was told before. */
  async function opened() {
    const { village, clock, ids } = await peopled()
    const secretary = sessionOf(village, 'secretary')
    const fact = { unit: 'household', subject: ids['CARD-1'], name: 'welfareDecile', source: 'survey' }
    const told = { ...fact, value: 3, from: '2026-11-26', to: null, degree: 'declared' } as never
    expect((await secretary.perform(recordDatedFact, told)).ok).toBe(true)
    const run = async (more: { readonly on?: CivilDate } = {}) => {
      const due = await village.runDueJobs({ holder: 'test', ...more })
      // A village has other jobs beside this one.
      return { ...due, runs: due.runs.filter(({ job }) => job === 'snapshot-turn') }
    }
    const decile = async () => {
      const rows: unknown[] = []
      await village.storage.read(config.id, async (tx) => {
        const where = { household: ids['CARD-1'] } as never
        for await (const row of tx.stream(snapshot.households, { where })) rows.push(row)
      })
      return (rows[0] as { readonly welfareDecile: number | null } | undefined)?.welfareDecile
    }
    return { village, clock, run, decile }
  }

  test('it is a job that every village has, and goes on after the first day', async () => {
    const { clock, run, decile } = await opened()
    const first = await run()
    expect(first).toMatchObject({ runs: [{ job: 'snapshot-turn', on: '2026-11-24', outcome: 'done' }] })
    expect(await decile()).toBeNull()
    clock.now += 2 * dayMs
    expect(await run()).toMatchObject({
      runs: [{ on: '2026-11-25' }, { on: '2026-11-26', result: { changed: 1 } }],
    })
    expect(await decile()).toBe(3)
  })

  test('a day that has not come is refused, and the snapshot stays at today', async () => {
    const { village, run, decile } = await opened()
    await expect(run({ on: day('2026-11-27') })).rejects.toMatchObject({ code: 'village/day-to-come' })
    await run()
    expect(await decile()).toBeNull()
    const kept = await village.storage.read(config.id, (tx) => tx.get(snapshotDays, { snapshot: 'today' }))
    expect(kept?.on).toBe('2026-11-24')
  })

  test('a village that was brought to a day to come is brought back, and turns again', async () => {
    const { village, clock, run, decile } = await opened()
    clock.now += 30 * dayMs
    await run()
    expect(await decile()).toBe(3)
    clock.now -= 30 * dayMs
    await run()
    expect(await decile()).toBeNull()
    clock.now += dayMs
    expect(await run()).toMatchObject({ runs: [{ on: '2026-11-25', outcome: 'done' }] })
    clock.now += dayMs
    expect(await run()).toMatchObject({ runs: [{ on: '2026-11-26', outcome: 'done' }] })
    expect(await decile()).toBe(3)
    const job = await village.storage.read(config.id, (tx) => tx.get(jobStates, { name: 'snapshot-turn' }))
    expect(job?.doneOn).toBe('2026-11-26')
  })
})
