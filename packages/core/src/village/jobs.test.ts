import { describe, expect, test } from 'vitest'
import { CivilDate, instantOf } from '../kernel/index.ts'
import { openMemory } from '../storage/index.ts'
import { config, openTestVillage } from './fixtures.ts'
import { datesDue, type JobDefinition, runDueJobs } from './jobs.ts'
import { jobLeases, jobRuns } from './records.ts'
import { villageSchema } from './schema.ts'

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
    expect(datesDue(rhythm, doneOn === undefined ? undefined : day(doneOn), day(on))).toEqual(dates)
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
  const run = (on: string, holder = 'one') =>
    runDueJobs({
      storage,
      villageId: config.id,
      definitions,
      on: day(on),
      clock: () => clock.now,
      holder,
    })
  return { storage, clock, run }
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
    const { storage, run } = open([counting(log, () => dry), { ...counting(other), name: 'other' }])
    const first = await run('2026-11-20')
    expect(first).toMatchObject({
      runs: [
        { job: 'count', outcome: 'failed' },
        { job: 'other', outcome: 'done' },
      ],
    })
    dry = false
    await run('2026-11-21')
    expect(log).toEqual(['2026-11-21'])
    expect(other).toEqual(['2026-11-20', '2026-11-21'])
    const noted = await storage.read(config.id, (tx) =>
      tx.get(jobRuns, { job: 'count', on: day('2026-11-20') }),
    )
    expect(noted?.result).toEqual({ code: 'village/job-failed', message: 'The well is dry.' })
  })

  test('while somebody else holds the lease nothing runs, until it ends', async () => {
    const log: string[] = []
    const { storage, clock, run } = open([counting(log)])
    const until = instantOf(clock.now + 60_000)
    await storage.transact(config.id, (tx) => tx.insert(jobLeases, { name: 'jobs', holder: 'two', until }))
    expect(await run('2026-11-24')).toEqual({ status: 'busy', until })
    clock.now += 61_000
    expect(await run('2026-11-24')).toMatchObject({ status: 'done', runs: [{ on: '2026-11-24' }] })
  })

  test('two that start at once do the work once', async () => {
    const log: string[] = []
    const { run } = open([counting(log)])
    const both = await Promise.all([run('2026-11-24', 'one'), run('2026-11-24', 'two')])
    expect(both.map(({ status }) => status).sort()).toEqual(['busy', 'done'])
    expect(log).toEqual(['2026-11-24'])
  })

  test('the turn of the snapshot is a job that every village has', async () => {
    const { village } = openTestVillage()
    const outcome = await village.runDueJobs({ holder: 'test' })
    expect(outcome).toMatchObject({ runs: [{ job: 'snapshot-turn', on: '2026-11-24', outcome: 'done' }] })
  })
})
