import { expect, test } from 'vitest'
import { isLumbungError } from '../kernel/index.ts'
import { defineVillage } from './config.ts'
import { findBenefitCorrections, listBenefitCorrections, settleBenefitCorrection } from './corrections.ts'
import { listDoubleBenefits } from './double-benefits.ts'
import { importParticipants } from './enrolment-import.ts'
import { config, links, peopled, sessionOf } from './fixtures.ts'
import { readsOfResident } from './oversight.ts'
import { decidePayments, preparePaymentList, recordPaymentSteps } from './payments-prepare.ts'
import { listPaymentLists, paymentInstructions, paymentsOfUnit, readPaymentList } from './payments-read.ts'
import { decideRecheck, listRechecks } from './rechecks.ts'
import { recordDatedFact } from './register-changes.ts'
import { readTargeting } from './targeting.ts'

const november = { programme: 'rice', from: '2026-11-01', to: '2026-12-01', payOn: '2026-11-24' } as never

async function enrolled() {
  const { village, clock, ids } = await peopled()
  const secretary = sessionOf(village, 'secretary')
  const tell = async (card: string, value: number) => {
    const fact = { unit: 'household', subject: ids[card], name: 'welfareDecile', value, from: null, to: null }
    const saved = await secretary.perform(recordDatedFact, {
      ...fact,
      source: 'survey',
      degree: 'declared',
    } as never)
    expect(saved.ok).toBe(true)
  }
  await tell('CARD-1', 3)
  await tell('CARD-2', 4)
  await secretary.perform(importParticipants, {
    programme: 'rice',
    from: '2026-01-01' as never,
    to: null,
    participants: ['CARD-1', 'CARD-2'].map((number) => ({
      key: number,
      of: 'family' as const,
      number,
      participantNumber: `P-${number}`,
    })),
  })
  const prepare = async (asked: object = {}) => {
    const prepared = await secretary.perform(preparePaymentList, {
      ...(november as object),
      ...asked,
    } as never)
    if (!prepared.ok || prepared.list === null) throw new Error(JSON.stringify(prepared))
    return prepared.list
  }
  return { village, clock, ids, secretary, treasurer: sessionOf(village, 'treasurer'), tell, prepare }
}

test('a list is prepared by one and approved by another, and each step is a link of the audit log', async () => {
  const { village, secretary, treasurer, prepare } = await enrolled()
  const before = await links(village)
  const rehearsed = await secretary.perform(preparePaymentList, {
    ...(november as object),
    isDryRun: true,
  } as never)
  expect(rehearsed).toMatchObject({ ok: true, payable: 2, list: { totalMinor: 2_000 } })
  expect(await links(village)).toEqual(before)
  const list = await prepare()
  expect((await links(village)).audit).toBe(before.audit + 1)
  expect(list).toMatchObject({
    state: 'pending',
    totals: { prepared: { count: 2, amountMinor: 2_000 } },
    mayDecide: 'approval/role-missing',
  })
  const decision = { list: list.id, outcome: 'approve', digest: list.digest } as const
  await expect(secretary.perform(decidePayments, decision)).rejects.toMatchObject({
    code: 'village/forbidden',
  })
  const [seen] = (await treasurer.perform(listPaymentLists, {})).lists
  expect(seen).toMatchObject({ id: list.id, mayDecide: true })
  expect(await treasurer.perform(decidePayments, decision)).toMatchObject({
    ok: true,
    list: { state: 'approved', approvedBy: ['treasurer'], totals: { approved: { count: 2 } } },
  })
  const { payments } = await secretary.perform(readPaymentList, { list: list.id })
  expect(payments.map(({ who, amountMinor }) => [who.resident?.name, amountMinor]).toSorted()).toEqual([
    ['Darto Wibowo', 1_000],
    ['Sari Puspita', 1_000],
  ])
  const paid = { payments: payments.map(({ id }) => id), action: 'pay' } as const
  expect(await secretary.perform(recordPaymentSteps, paid)).toMatchObject({ ok: true })
})

test('a payment that is asked for by its id is read alone, and nobody else stands in the log for it', async () => {
  const { ids, secretary, treasurer, prepare } = await enrolled()
  const list = await prepare()
  const { payments } = await secretary.perform(readPaymentList, { list: list.id })
  const first = payments.find(({ who }) => who.household === ids['CARD-1'])
  const readsOf = async (resident: string) =>
    (await secretary.perform(readsOfResident, { resident: ids[resident] as never })).reads.length
  const [own, others] = [await readsOf('N-1'), await readsOf('N-3')]
  const alone = await secretary.perform(readPaymentList, { list: list.id, payment: first?.id })
  expect(alone.payments).toEqual([first])
  expect([await readsOf('N-1'), await readsOf('N-3')]).toEqual([own + 1, others])
  expect((await treasurer.perform(listPaymentLists, { id: list.id })).lists).toHaveLength(1)
})

test('instructions name whom to pay in full once the list is approved, and note everybody as read', async () => {
  const { village, secretary, treasurer, prepare } = await enrolled()
  const list = await prepare()
  expect(await secretary.perform(paymentInstructions, { list: list.id })).toEqual([])
  await treasurer.perform(decidePayments, { list: list.id, outcome: 'approve', digest: list.digest })
  const { reads } = await links(village)
  const lines = await secretary.perform(paymentInstructions, { list: list.id })
  expect(lines.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))).toMatchObject([
    {
      name: 'Darto Wibowo',
      identityNumber: 'N-3',
      participantNumber: 'P-CARD-2',
      amountMinor: 1_000,
      currency: 'EUR',
    },
    { name: 'Sari Puspita', identityNumber: 'N-1', participantNumber: 'P-CARD-1' },
  ])
  expect((await links(village)).reads).toBe(reads + 1)
  await expect(treasurer.perform(paymentInstructions, { list: list.id })).rejects.toMatchObject({
    code: 'village/forbidden',
  })
})

test('payments are seen within reach, and amounts by whoever may see them', async () => {
  const { village, ids, prepare } = await enrolled()
  const list = await prepare()
  const head = sessionOf(village, 'hamlet-head', { hamlets: [ids['East'] ?? ''] })
  const seen = await head.perform(readPaymentList, { list: list.id })
  expect(seen.list).toBeNull()
  expect(seen.payments).toMatchObject([
    { who: { household: ids['CARD-1'], isPersonal: false }, amountMinor: null },
  ])
  const own = sessionOf(village, 'resident', { resident: ids['N-1'] ?? '' })
  const unit = (card: string) => ({ unit: 'household', subject: ids[card] ?? '' }) as const
  expect((await own.perform(paymentsOfUnit, unit('CARD-1'))).payments).toMatchObject([{ amountMinor: 1_000 }])
  await expect(own.perform(paymentsOfUnit, unit('CARD-2'))).rejects.toMatchObject({
    code: 'village/not-found',
  })
})

test('what was overpaid is found, listed and settled', async () => {
  const { secretary, treasurer, tell, prepare } = await enrolled()
  const list = await prepare()
  await treasurer.perform(decidePayments, { list: list.id, outcome: 'approve', digest: list.digest })
  const { payments } = await secretary.perform(readPaymentList, { list: list.id })
  await secretary.perform(recordPaymentSteps, { payments: payments.map(({ id }) => id), action: 'pay' })
  await tell('CARD-2', 8)
  expect(await secretary.perform(findBenefitCorrections, { programme: 'rice' })).toEqual({
    ok: true,
    looked: 2,
    raised: 1,
    replaced: 0,
    untold: [],
  })
  const { corrections } = await secretary.perform(listBenefitCorrections, { programme: 'rice' })
  expect(corrections).toMatchObject([
    { paidMinor: 1_000, dueMinor: 0, differenceMinor: -1_000, who: { resident: { name: 'Darto Wibowo' } } },
  ])
  const [correction] = corrections
  const byId = { programme: 'rice', id: correction?.id }
  expect((await secretary.perform(listBenefitCorrections, byId)).corrections).toEqual(corrections)
  if (correction === undefined) throw new Error('There is no correction.')
  const settled = { correction: correction.id, action: 'settle' } as const
  expect(await secretary.perform(settleBenefitCorrection, settled)).toEqual({ ok: true, state: 'settled' })
})

test('the daily job raises who is no longer indicated, once, and says so in the audit log', async () => {
  const { village, clock, ids, secretary, tell } = await enrolled()
  await tell('CARD-2', 8)
  const run = async () => {
    const due = await village.runDueJobs({ holder: 'test' })
    return due.runs.find(({ job }) => job === 'casework-recheck')?.result
  }
  const { audit } = await links(village)
  expect(await run()).toEqual({ looked: 2, raised: 1, cleared: 0 })
  expect((await links(village)).audit).toBe(audit + 1)
  // Two days later nothing is new, and the day in between is not decided after the fact.
  clock.now += 2 * 24 * 60 * 60 * 1_000
  const due = await village.runDueJobs({ holder: 'test' })
  expect(
    due.runs.filter(({ job }) => job === 'casework-recheck').map(({ result }) => result['looked']),
  ).toEqual([0, 2])
  expect((await links(village)).audit).toBe(audit + 1)
  const { rechecks } = await secretary.perform(listRechecks, { programme: 'rice' })
  const byId = async (id: unknown) =>
    (await secretary.perform(listRechecks, { programme: 'rice', id: id as never })).rechecks.length
  expect([await byId(rechecks[0]?.id), await byId(ids['N-1'])]).toEqual([1, 0])
  expect(rechecks).toMatchObject([
    { cause: 'facts', outcome: 'ineligible', who: { household: ids['CARD-2'] } },
  ])
  const [recheck] = rechecks
  if (recheck === undefined) throw new Error('There is no re-check.')
  const exit = { recheck: recheck.id, action: 'exit', reason: 'Above the decile' } as const
  expect(await secretary.perform(decideRecheck, exit)).toEqual({ ok: true, state: 'exited' })
  expect(await secretary.perform(preparePaymentList, november)).toMatchObject({ payable: 1 })
})

test('how well a programme reaches those whom it means is told by hamlet and group, small parts hidden', async () => {
  const { ids, secretary, tell } = await enrolled()
  await tell('CARD-1', 9)
  const told = await secretary.perform(readTargeting, { programme: 'rice', fewest: 1 })
  expect(told).toMatchObject({
    isInForce: true,
    enrolledElsewhere: 0,
    total: {
      counts: { enrolled: { eligible: 1, ineligible: 1, undetermined: 0 } },
      exclusion: { share: 0 },
      inclusion: { share: 0.5, low: 0.5, high: 0.5 },
    },
    hamlets: [
      { id: ids['East'], exclusion: { share: null }, inclusion: { share: 1 } },
      { id: ids['West'], inclusion: { share: 0 } },
    ],
    groups: [
      {
        id: 'woman-heads',
        parts: [
          { isIn: true, inclusion: { share: 1 } },
          { isIn: false, inclusion: { share: 0 } },
          { isIn: null, inclusion: { share: null } },
        ],
      },
    ],
  })
  const hidden = await secretary.perform(readTargeting, { programme: 'rice' })
  expect(hidden.hamlets).toEqual([{ isSmall: true }, { isSmall: true }])
})

test('with nobody in two programmes there is no double benefit', async () => {
  const { secretary } = await enrolled()
  expect(await secretary.perform(listDoubleBenefits, {})).toMatchObject({ count: 0, doubles: [] })
})

test('a group whose rule does not hold refuses the config, with its place', () => {
  const group = { id: 'low', label: { en: 'Low' } }
  for (const when of ['household.welfareDezile <= 3', 'household.welfareDecile']) {
    try {
      defineVillage({ ...config, casework: { groups: [{ ...group, when }] } } as never)
      expect.unreachable()
    } catch (error) {
      if (!isLumbungError(error)) throw error
      expect(error.message).toContain('casework.groups.0.when')
    }
  }
})
