import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CivilDate, type Digest } from '../kernel/index.ts'
import { memberships } from '../people/index.ts'
import { openCasework, village } from './casework.fixtures.ts'
import { decisions, enrolments, payments } from './collections.ts'
import { findCorrections, settleCorrection } from './corrections.ts'
import { moveEnrolment } from './enrol.ts'
import { importEnrolments } from './import-enrolments.ts'
import { holdsOf } from './payment-holds.ts'
import { amountOfParts, dayOfPayment, partsOfTime } from './payment-parts.ts'
import { decidePaymentList, recordPayments, withdrawPaymentList } from './payment-steps.ts'
import { preparePayments } from './payments.ts'
import { CaseworkPolicy } from './policy.ts'
import type { PaymentId, PaymentListId } from './records.ts'

const day = (text: string) => CivilDate.parse(text)
const policy = { payments: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'rejection' } }
const november = {
  programme: 'rice',
  from: day('2026-11-01'),
  to: day('2026-12-01'),
  payOn: day('2026-11-24'),
}

/** Families by their deciles, all of them enrolled in rice since the beginning of the year. */
async function enrolled(deciles: readonly (number | null)[], more: { readonly decileMax?: number } = {}) {
  const office = await openCasework(deciles, { policy, ...more })
  await office.work((tx, { now, on, nextId }) => {
    const participants = deciles.map((_, index) => ({
      key: String(index),
      of: 'family' as const,
      number: `CARD-${index}`,
      participantNumber: null,
    }))
    const list = {
      programme: 'rice',
      unit: 'household' as const,
      from: day('2026-01-01'),
      to: null,
      participants,
    }
    return importEnrolments(tx, list, { now, on, nextId })
  })
  const prepare = (asked: object = {}) =>
    office.work(async (tx, context) => {
      const result = await preparePayments(tx, { ...november, ...asked }, context)
      if (!result.ok) throw new Error(result.refusal.code)
      return result
    })
  const approve = (list: PaymentListId, digest: Digest, more: object = {}, by = 'head') =>
    office.work(
      (tx, context) =>
        decidePaymentList(tx, { list, digest, outcome: 'approve', roles: ['chair'], ...more }, context),
      { by: { actor: by } },
    )
  const stored = () =>
    office.storage.read(village, async (tx) => {
      const found = []
      for await (const payment of tx.stream(payments)) found.push(payment)
      return found
    })
  /** Prepares, approves and pays a time. */
  const pay = async (asked: object = {}) => {
    const { list, payments: prepared } = await prepare(asked)
    if (list === null) return []
    expect((await approve(list.id, list.approval.digest)).ok).toBe(true)
    const ids = prepared.map(({ id }) => id)
    expect(
      await office.work((tx, context) => recordPayments(tx, { payments: ids, action: 'pay' }, context)),
    ).toMatchObject({
      ok: true,
    })
    return ids
  }
  const correct = () =>
    office.work(async (tx, context) => {
      const result = await findCorrections(tx, { programme: 'rice' }, context)
      if (!result.ok) throw new Error(result.refusal.code)
      return result
    })
  return { ...office, prepare, approve, stored, pay, correct }
}

describe('preparing', () => {
  test('each gets what the decision of the day gives, and who cannot be paid is told why', async () => {
    const office = await enrolled([2, null, 9])
    const { list, payments: prepared, notPayable } = await office.prepare()
    expect(prepared).toMatchObject([{ subject: office.id('CARD-0'), amountMinor: 1_000, state: 'prepared' }])
    expect(list).toMatchObject({
      totalMinor: 1_000,
      approval: { state: 'pending', proposedBy: { actor: 'officer' } },
    })
    expect(notPayable.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))).toMatchObject([
      { subject: office.id('CARD-2'), reason: 'ineligible' },
      { subject: office.id('CARD-1'), reason: 'undetermined', missing: ['household.welfareDecile'] },
    ])
    const kept = await office.storage.read(village, async (tx) =>
      tx.get(decisions, { id: prepared[0]?.decision as never }),
    )
    expect(kept).toMatchObject({ outcome: 'eligible', on: '2026-11-24' })
  })

  test('three months at once are three parts, and half a month is none', async () => {
    const office = await enrolled([2])
    const half = await office.prepare({ to: day('2026-11-16') })
    expect(half).toMatchObject({ list: null, notPayable: [{ reason: 'time-does-not-fit' }] })
    const quarter = await office.prepare({ from: day('2026-10-01'), to: day('2027-01-01') })
    expect(quarter.payments).toMatchObject([{ amountMinor: 3_000 }])
  })

  test('without a word of the village on who approves, no payment is prepared', async () => {
    const office = await openCasework([2])
    expect(await office.work((tx, context) => preparePayments(tx, november, context))).toMatchObject({
      ok: false,
      refusal: { code: 'casework/no-payment-policy' },
    })
  })

  test('an id of the caller makes one list', async () => {
    const office = await enrolled([2, 3])
    const id = office.contextOf().nextId() as PaymentListId
    await office.prepare({ id })
    await expect(office.prepare({ id, from: day('2026-12-01'), to: day('2027-01-01') })).rejects.toThrow(
      'casework/already-prepared',
    )
    expect(await office.stored()).toHaveLength(2)
  })
})

describe('the parts of a benefit', () => {
  const year = { per: 'year', payments: 4 } as const
  const time = (from: string, to: string) => ({ from: day(from), to: day(to) })

  test('are counted from January, and come to the whole to the last unit', () => {
    expect(partsOfTime(year, time('2026-04-01', '2026-07-01'), 0)).toEqual([1])
    expect(partsOfTime(year, time('2026-10-01', '2027-04-01'), 0)).toEqual([3, 0])
    expect(partsOfTime(year, time('2026-10-01', '2026-12-01'), 0)).toBeUndefined()
    expect([0, 1, 2, 3].map((part) => amountOfParts(1_000_003, 4, [part]))).toEqual([
      250_001, 250_001, 250_001, 250_000,
    ])
    expect(amountOfParts(1_000_003, 4, [0, 1, 2, 3])).toBe(1_000_003)
  })

  test('of what is given once follow one another, whatever the time', () => {
    const once = { per: 'once', payments: 2 } as const
    expect(partsOfTime(once, time('2026-10-01', '2026-12-01'), 1)).toEqual([1])
    expect(partsOfTime(once, time('2026-10-01', '2026-12-01'), 2)).toEqual([])
  })

  test('are decided on the day of the payment, or the nearest day of the time', () => {
    const november = time('2026-11-01', '2026-12-01')
    expect(['2026-10-05', '2026-11-05', '2026-12-05'].map((on) => dayOfPayment(november, day(on)))).toEqual([
      '2026-11-01',
      '2026-11-05',
      '2026-11-30',
    ])
  })
})

describe('a list', () => {
  test('is approved by somebody else, with the role, about what they saw', async () => {
    const office = await enrolled([2, 3])
    const { list } = await office.prepare()
    if (list === null) throw new Error('There is no list.')
    const { digest } = list.approval
    const codes = [
      await office.approve(list.id, digest, {}, 'officer'),
      await office.approve(list.id, digest, { roles: ['clerk'] }),
      await office.approve(list.id, 'f'.repeat(64) as Digest),
      await office.approve(list.id, digest, { outcome: 'reject' }),
    ].map((result) => result.ok || result.refusal.code)
    expect(codes).toEqual([
      'approval/own-proposal',
      'approval/role-missing',
      'approval/body-changed',
      'states/reason-missing',
    ])
    const before = await office.stored()
    expect(before.every(({ state, version }) => state === 'prepared' && version === 1)).toBe(true)
    expect(await office.approve(list.id, digest)).toMatchObject({
      ok: true,
      list: { approval: { state: 'approved' } },
    })
    expect((await office.stored()).map(({ state }) => state)).toEqual(['approved', 'approved'])
  })

  test('that was altered beside its approval is approved by nobody', async () => {
    const office = await enrolled([2])
    const { list } = await office.prepare()
    await office.work(async (tx) => {
      const [payment] = (await tx.query(payments)).records
      if (payment !== undefined) await tx.update(payments, { ...payment, amountMinor: 9_000 })
    })
    if (list === null) throw new Error('There is no list.')
    expect(await office.approve(list.id, list.approval.digest)).toMatchObject({
      ok: false,
      refusal: { code: 'approval/body-changed' },
    })
  })

  test('that is rejected or taken back gives its time free, and that of another stays', async () => {
    const office = await enrolled([2])
    const first = await office.prepare()
    if (first.list === null) throw new Error('There is no list.')
    expect((await office.prepare()).notPayable).toMatchObject([{ reason: 'already-paid' }])
    const rejected = { outcome: 'reject', reason: 'The money is not there' }
    await office.approve(first.list.id, first.list.approval.digest, rejected)
    const second = await office.prepare()
    if (second.list === null) throw new Error('There is no list.')
    const withdrawal = { list: second.list.id, reason: 'Wrong day' }
    expect(
      await office.work((tx, context) => withdrawPaymentList(tx, withdrawal, context), {
        by: { actor: 'head' },
      }),
    ).toMatchObject({ refusal: { code: 'approval/not-proposer' } })
    expect(await office.work((tx, context) => withdrawPaymentList(tx, withdrawal, context))).toMatchObject({
      ok: true,
    })
    expect((await office.prepare()).payments).toHaveLength(1)
    expect((await office.stored()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'prepared'])
  })
})

test('a payment fails, is tried again and paid; all of a step is done or nothing', async () => {
  const office = await enrolled([2, 3])
  const { list, payments: prepared } = await office.prepare()
  if (list === null) throw new Error('There is no list.')
  const ids = prepared.map(({ id }) => id)
  const record = (step: object) =>
    office.work((tx, context) => recordPayments(tx, { payments: ids, action: 'pay', ...step }, context))
  expect(await record({})).toMatchObject({ refusal: { code: 'casework/list-pending' } })
  await office.approve(list.id, list.approval.digest)
  expect(await record({ action: 'fail' })).toMatchObject({ refusal: { code: 'states/reason-missing' } })
  expect(await record({ on: day('2026-12-24') })).toMatchObject({ refusal: { code: 'casework/not-yet' } })
  const [first] = ids
  expect(await record({ payments: [first], action: 'fail', reason: 'The account is closed' })).toMatchObject({
    ok: true,
  })
  // One of them failed, so they cannot be paid together, and neither is.
  expect(await record({})).toMatchObject({ refusal: { code: 'states/unknown-action' } })
  expect((await office.stored()).map(({ state }) => state).toSorted()).toEqual(['approved', 'failed'])
  await record({ payments: [first], action: 'retry' })
  expect(await record({})).toMatchObject({ ok: true })
})

describe('a correction', () => {
  test('says what was paid too much or too little by what is known now, and the payment stays', async () => {
    const office = await enrolled([2, 3])
    const ids = await office.pay()
    expect(await office.correct()).toMatchObject({ looked: 2, raised: [] })
    await office.tell('CARD-0', 9)
    const { raised } = await office.correct()
    expect(raised).toMatchObject([{ payment: ids[0], paidMinor: 1_000, dueMinor: 0, state: 'open' }])
    expect(await office.correct()).toMatchObject({ raised: [], replaced: 0 })
    // What was wrong is told again before anybody settled it: nothing is left of it.
    await office.tell('CARD-0', 1)
    expect(await office.correct()).toMatchObject({ raised: [], replaced: 1 })
    expect(await office.stored()).toMatchObject([
      { amountMinor: 1_000, state: 'paid' },
      { amountMinor: 1_000, state: 'paid' },
    ])
  })

  test('that was waived comes back only when something else is due', async () => {
    const office = await enrolled([2])
    await office.pay()
    await office.tell('CARD-0', 9)
    const [correction] = (await office.correct()).raised
    if (correction === undefined) throw new Error('There is no correction.')
    const settle = (step: object) =>
      office.work((tx, context) =>
        settleCorrection(tx, { correction: correction.id, action: 'waive', ...step }, context),
      )
    expect(await settle({})).toMatchObject({ refusal: { code: 'states/reason-missing' } })
    expect(await settle({ reason: 'Spent on food' })).toMatchObject({ ok: true })
    expect((await office.correct()).raised).toEqual([])
  })

  test('cannot be told where facts are missing now', async () => {
    const office = await enrolled([2])
    await office.pay()
    // The same decile under a law that asks for it no longer settles it: here the fact itself is gone.
    await office.work(async (tx, context) => {
      const { datedFacts } = await import('../people/index.ts')
      for (const fact of (await tx.query(datedFacts)).records)
        await tx.update(datedFacts, { ...fact, retractedAt: context.now })
    })
    expect(await office.correct()).toMatchObject({
      raised: [],
      untold: [{ reason: 'undetermined', missing: ['household.welfareDecile'] }],
    })
  })
})

// What holds of any course of things: no time is paid twice, and what was paid and settled is what is due.
test('in any order of work no time is paid twice, and corrections come to what would have been paid', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('pay' as const),
      month: fc.integer({ min: 1, max: 9 }),
      months: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      kind: fc.constant('tell' as const),
      family: fc.nat(1),
      decile: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ kind: fc.constant('correct' as const), settles: fc.boolean() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const office = await enrolled([2, 5])
      const deciles = [2, 5]
      const month = (count: number) => day(`2026-${String(count).padStart(2, '0')}-01`)
      const settled = new Map<string, number>()
      for (const each of steps) {
        if (each.kind === 'pay') {
          const from = month(each.month)
          await office.pay({ from, to: month(each.month + each.months), payOn: from })
        } else if (each.kind === 'tell') {
          deciles[each.family] = each.decile
          await office.tell(`CARD-${each.family}`, each.decile)
        } else {
          for (const correction of (await office.correct()).raised) {
            if (!each.settles) continue
            const done = { correction: correction.id, action: 'settle' } as const
            await office.work((tx, context) => settleCorrection(tx, done, context))
            const { payment, dueMinor, paidMinor } = correction
            settled.set(payment, (settled.get(payment) ?? 0) + dueMinor - paidMinor)
          }
        }
      }
      const paid = await office.stored()
      for (const one of paid) {
        for (const other of paid) {
          if (one.id === other.id || one.subject !== other.subject) continue
          expect(one.from < other.to && other.from < one.to).toBe(false)
        }
      }
      // Whatever is open is settled now.
      for (;;) {
        await office.correct()
        const open = await office.work(async (tx) => {
          const { benefitCorrections } = await import('./collections.ts')
          return (await tx.query(benefitCorrections, { where: { state: 'open' } })).records
        })
        for (const { id: correction, payment, dueMinor, paidMinor } of open) {
          await office.work((tx, context) => settleCorrection(tx, { correction, action: 'settle' }, context))
          settled.set(payment, (settled.get(payment) ?? 0) + dueMinor - paidMinor)
        }
        if (open.length === 0) break
      }
      for (const { id, subject, from, to, amountMinor } of paid) {
        const decile = deciles[subject === office.id('CARD-0') ? 0 : 1] ?? 0
        const months = Number(to.slice(5, 7)) - Number(from.slice(5, 7))
        expect(amountMinor + (settled.get(id) ?? 0)).toBe(decile <= 4 ? 1_000 * months : 0)
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)

describe('the time that is paid', () => {
  /** A family that takes part from a day on, up to another. */
  const takes = async (
    office: Awaited<ReturnType<typeof enrolled>>,
    times: readonly (readonly [string, string?])[],
  ) => {
    await office.work(async (tx) => {
      const stored = (await tx.query(enrolments)).records
      for (const [index, [from, to]] of times.entries()) {
        const before = stored[index]
        if (before !== undefined)
          await tx.update(enrolments, { ...before, from: day(from), to: to === undefined ? null : day(to) })
      }
    })
  }

  test('is that of the parts in which a unit takes part', async () => {
    const office = await enrolled([2, 3, 4])
    await takes(office, [['2026-11-10'], ['2026-01-01', '2026-10-15'], ['2026-12-01']])
    const asked = { from: day('2026-09-01'), to: day('2026-12-01'), payOn: day('2026-09-01') }
    const { payments: prepared, notPayable } = await office.prepare(asked)
    expect(prepared.map(({ from, to, amountMinor }) => [from, to, amountMinor]).toSorted()).toEqual([
      ['2026-09-01', '2026-11-01', 2_000],
      ['2026-11-01', '2026-12-01', 1_000],
    ])
    expect(notPayable).toEqual([])
  })

  test('of who left is that of the parts before, and none is paid twice by two enrolments', async () => {
    const office = await enrolled([2])
    const [first] = await office.work(async (tx) => (await tx.query(enrolments)).records)
    if (first === undefined) throw new Error('Nobody takes part.')
    const exit = { id: first.id, action: 'exit', reason: 'Moved', on: day('2026-11-10') } as const
    await office.work((tx, context) => moveEnrolment(tx, exit, context))
    const asked = { from: day('2026-09-01'), to: day('2026-12-01'), payOn: day('2026-09-01') }
    expect(
      (await office.work((tx, context) => preparePayments(tx, forTime(asked), context))) as object,
    ).toMatchObject({
      payments: [{ from: '2026-09-01', to: '2026-11-01', amountMinor: 2_000 }],
    })
  })

  test('is no longer than the policy allows, a year where it says nothing', async () => {
    const office = await enrolled([2])
    const long = forTime({ from: day('0206-11-01'), to: day('2026-12-01') })
    expect(await office.work((tx, context) => preparePayments(tx, long, context))).toMatchObject({
      refusal: { code: 'casework/time-too-long', on: '0207-11-01' },
    })
    const quarter = forTime({ from: day('2026-09-01') })
    const two = CaseworkPolicy.parse({ ...policy, paymentMonthsMax: 2 })
    expect(
      await office.work((tx, context) => preparePayments(tx, quarter, context), { policy: two }),
    ).toMatchObject({ refusal: { code: 'casework/time-too-long', on: '2026-11-01' } })
  })

  test('crosses no change of the law', async () => {
    const office = await enrolled([2])
    const asked = forTime({ from: day('2025-12-01'), to: day('2026-02-01') })
    expect(await office.work((tx, context) => preparePayments(tx, asked, context))).toMatchObject({
      refusal: { code: 'casework/law-changes', on: '2026-01-01' },
    })
  })
})

const forTime = (more: object) => ({ ...november, ...more })

test('what has changed since the approval holds a payment until somebody says why it is paid', async () => {
  const office = await enrolled([2, 3, 4])
  const { list, payments: prepared } = await office.prepare()
  if (list === null) throw new Error('There is no list.')
  await office.approve(list.id, list.approval.digest)
  const [suspended, emptied, fine] = prepared
  if (suspended === undefined || emptied === undefined || fine === undefined)
    throw new Error('There is no payment.')
  const suspend = { id: suspended.enrolment, action: 'suspend', reason: 'In doubt' } as const
  await office.work((tx, context) => moveEnrolment(tx, suspend, context))
  await office.work(async (tx, context) => {
    for (const held of (await tx.query(memberships, { where: { household: emptied.subject as never } }))
      .records)
      await tx.update(memberships, { ...held, retractedAt: context.now })
  })
  expect([...(await office.work((tx, context) => holdsOf(tx, prepared, context)))]).toEqual([
    [suspended.id, 'suspended'],
    [emptied.id, 'nobody-there'],
  ])
  const pay = (id: PaymentId, reason?: string) =>
    office.work((tx, context) => recordPayments(tx, { payments: [id], action: 'pay', reason }, context))
  for (const { id } of [suspended, emptied])
    expect(await pay(id)).toMatchObject({ refusal: { code: 'casework/on-hold', record: id } })
  expect(await pay(fine.id)).toMatchObject({ ok: true })
  expect(await pay(emptied.id, 'Handed to the heirs')).toMatchObject({ ok: true })
})
