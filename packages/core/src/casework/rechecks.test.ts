import { expect, test } from 'vitest'
import { CivilDate } from '../kernel/index.ts'
import { recordFact } from '../people/index.ts'
import { openCasework, packsWith, village } from './casework.fixtures.ts'
import { decisions, enrolments, rechecks } from './collections.ts'
import type { CaseworkContext } from './context.ts'
import { decideCase } from './decide-case.ts'
import { importEnrolments } from './import-enrolments.ts'
import { recheckEnrolments, settleRecheck } from './rechecks.ts'
import { rulebookOf } from './rulebook.ts'

const from = CivilDate.parse('2026-01-01')

async function enrolled(deciles: readonly (number | null)[]) {
  const office = await openCasework(deciles)
  await office.work((tx, { now, on, nextId }) => {
    const participants = deciles.map((_, index) => ({
      key: String(index),
      of: 'family' as const,
      number: `CARD-${index}`,
      participantNumber: null,
    }))
    return importEnrolments(
      tx,
      { programme: 'rice', unit: 'household', from, to: null, participants },
      { now, on, nextId },
    )
  })
  return {
    ...office,
    recheck: (options: Partial<CaseworkContext> = {}) =>
      office.work((tx, context) => recheckEnrolments(tx, context), { by: undefined, ...options }),
    stored: () =>
      office.storage.read(village, async (tx) => ({
        rechecks: (await tx.query(rechecks)).records,
        decisions: await tx.count(decisions),
      })),
  }
}

test('who is no longer indicated, or cannot be told any more, is raised once, and nobody else is written down', async () => {
  const office = await enrolled([2, null, 9])
  expect(await office.recheck()).toEqual({ looked: 3, raised: 2, cleared: 0, notInForce: 0 })
  const first = await office.stored()
  expect(first.rechecks.map(({ subject, state, cause }) => [subject, state, cause]).toSorted()).toEqual(
    [
      [office.id('CARD-1'), 'open', 'facts'],
      [office.id('CARD-2'), 'open', 'facts'],
    ].toSorted(),
  )
  expect(first.decisions).toBe(2)
  expect(await office.recheck()).toEqual({ looked: 3, raised: 0, cleared: 0, notInForce: 0 })
  expect(await office.stored()).toEqual(first)
})

test('it is cleared by itself when the unit is indicated again', async () => {
  const office = await enrolled([9])
  await office.recheck()
  await office.tell('CARD-0', 2)
  expect(await office.recheck()).toMatchObject({ raised: 0, cleared: 1 })
  const [recheck] = (await office.stored()).rechecks
  expect(recheck).toMatchObject({ state: 'cleared', history: [{ action: 'clear' }] })
  expect(recheck?.history[0]).not.toHaveProperty('by')
})

test('a new law is named as the cause', async () => {
  const office = await enrolled([4])
  const asked = { programme: 'rice', unit: 'household', subject: office.id('CARD-0'), on: from } as const
  await office.work((tx, context) => decideCase(tx, asked, context))
  expect(await office.recheck()).toMatchObject({ raised: 0 })
  expect(await office.recheck({ rulebook: rulebookOf(packsWith(3)) })).toMatchObject({ raised: 1 })
  expect((await office.stored()).rechecks).toMatchObject([{ cause: 'law' }])
})

test('who was kept is raised again only when what they were kept for has changed', async () => {
  const office = await enrolled([9])
  await office.recheck()
  const [recheck] = (await office.stored()).rechecks
  if (recheck === undefined) throw new Error('There is no re-check.')
  const keep = (reason: string) =>
    office.work((tx, context) => settleRecheck(tx, { recheck: recheck.id, action: 'keep', reason }, context))
  expect(await keep(' ')).toMatchObject({ refusal: { code: 'states/reason-missing' } })
  expect(await keep('The roof fell in')).toMatchObject({ ok: true, recheck: { state: 'kept' } })
  expect(await office.recheck()).toMatchObject({ raised: 0 })
  const next = CivilDate.parse('2026-11-25')
  expect(await office.recheck({ on: next })).toMatchObject({ raised: 0 })
  await office.tell('CARD-0', 10)
  expect(await office.recheck({ on: next })).toMatchObject({ raised: 1 })
})

test('who leaves is out from today, and is not looked at any more', async () => {
  const office = await enrolled([9])
  await office.recheck()
  const [recheck] = (await office.stored()).rechecks
  if (recheck === undefined) throw new Error('There is no re-check.')
  const exit = { recheck: recheck.id, action: 'exit', reason: 'Above the decile' } as const
  expect(await office.work((tx, context) => settleRecheck(tx, exit, context))).toMatchObject({
    ok: true,
    recheck: { state: 'exited' },
    enrolment: { state: 'exited', to: '2026-11-24' },
  })
  expect(await office.recheck()).toMatchObject({ looked: 0, raised: 0 })
})

test('whom nobody belongs to any more is raised, and an exit elsewhere clears what is open', async () => {
  const office = await enrolled([2])
  await office.work(async (tx, context) => {
    const { memberships } = await import('../people/index.ts')
    for (const held of (await tx.query(memberships)).records)
      await tx.update(memberships, { ...held, retractedAt: context.now })
  })
  expect(await office.recheck()).toMatchObject({ raised: 1 })
  await office.work(async (tx) => {
    const [enrolment] = (await tx.query(enrolments)).records
    if (enrolment !== undefined) await tx.update(enrolments, { ...enrolment, state: 'exited' })
  })
  expect(await office.recheck()).toMatchObject({ looked: 0, cleared: 1 })
})

test('where no version is in force there is no decision, and no re-check', async () => {
  const office = await enrolled([9])
  expect(await office.recheck({ on: CivilDate.parse('2025-12-31') })).toMatchObject({ looked: 0 })
})

test('from the stored snapshot it comes to the same as from the dated records', async () => {
  const deciles = [2, null, 9, 4, 5]
  const outcomes = await Promise.all(
    [false, true].map(async (isStored) => {
      const office = await enrolled(deciles)
      // A programme of residents: of two children it is known that one goes to school.
      await office.work(async (tx, { now, on, nextId, snapshot }) => {
        const fact = {
          name: 'inSchool',
          subject: office.id('child-1'),
          value: true,
          source: 'Visit',
        } as const
        const told = { ...fact, degree: 'verified', from: null, to: null } as const
        expect((await recordFact(tx, 'resident', told, { now, on, nextId, snapshot })).ok).toBe(true)
        const participants = ['child-0', 'child-1'].map((number) => ({
          key: number,
          of: 'resident' as const,
          number,
          participantNumber: null,
        }))
        const list = { programme: 'books', unit: 'resident', from, to: null, participants } as const
        await importEnrolments(tx, list, { now, on, nextId })
      })
      const found = await office.work((tx, context) => recheckEnrolments(tx, context, { isStored }))
      const { rechecks: raised } = await office.stored()
      return { found, raised: raised.map(({ subject }) => subject).toSorted(), child: office.id('child-0') }
    }),
  )
  expect(outcomes[1]).toEqual(outcomes[0])
  expect(outcomes[0]?.raised).toContain(outcomes[0]?.child)
  expect(outcomes[0]?.found).toMatchObject({ looked: 7, raised: 4 })
})
