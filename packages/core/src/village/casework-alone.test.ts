// Who is on no family card is a household by themselves where a programme is for households.

import { expect, test } from 'vitest'
import { memberships } from '../people/index.ts'
import { fileAppealRecord } from './casework-appeals.ts'
import { readDecision } from './casework-decisions.ts'
import { closeList, enrolListed, recordForum, settleList } from './casework-forum.ts'
import { draftList, moveList, readProposalList, verifyListed } from './casework-lists.ts'
import { exportParticipants } from './enrolment-import.ts'
import { config, peopled, sessionOf } from './fixtures.ts'
import { preparePaymentList } from './payments-prepare.ts'
import { paymentsOfUnit } from './payments-read.ts'

test('a person on no family card is seen, verified, enrolled, paid and may appeal', async () => {
  const { village, ids } = await peopled(config)
  const person = ids['N-1'] ?? ''
  await village.storage.transact(config.id, async (tx) => {
    for (const held of (await tx.query(memberships)).records)
      if (held.resident === person) await tx.remove(memberships, held)
  })
  // Somebody else than who settles, and of no household on the list.
  const clerk = village.as(
    { kind: 'person', id: 'clerk', roles: ['secretary'], hamlets: [] },
    { purpose: 'administration' },
  )
  const drafted = await clerk.perform(draftList, { programme: 'rice', title: 'Rice' })
  if (!drafted.ok) throw new Error(drafted.refusal.code)
  const id = drafted.record.id
  await clerk.perform(moveList, { id, action: 'submit' })
  const file = await clerk.perform(readProposalList, { id })
  expect(file.count).toBe(drafted.proposals)
  const alone = file.proposals.find(({ subject }) => subject === person)
  if (alone === undefined) throw new Error('Nobody sees them.')
  expect(alone.listed).toMatchObject({ household: null, resident: { name: 'Sari Puspita' } })
  for (const unit of file.proposals)
    expect(await clerk.perform(verifyListed, { id: unit.id, action: 'verify' })).toMatchObject({ ok: true })
  expect(await clerk.perform(moveList, { id, action: 'convene' })).toMatchObject({ ok: true })
  const own = sessionOf(village, 'resident', { resident: person })
  expect(await own.perform(readDecision, { id: alone.decision })).toMatchObject({ isMasked: false })
  const appeal = { decision: alone.decision, appellant: person, reason: 'I have nothing' } as never
  expect(await own.perform(fileAppealRecord, appeal)).toMatchObject({ ok: true })
  const other = sessionOf(village, 'resident', { resident: ids['N-3'] ?? '' })
  await expect(other.perform(readDecision, { id: alone.decision })).rejects.toMatchObject({
    code: 'village/not-found',
  })

  // Whoever verified does not settle.
  const chief = sessionOf(village, 'secretary')
  const votes = { for: 9, against: 1, abstained: 0 }
  const forum = await chief.perform(recordForum, { minutes: 'a'.repeat(64) as never, votes, subject: 'Rice' })
  if (!forum.ok) throw new Error(forum.refusal.code)
  const include = file.proposals.map(({ id: proposal }) => ({
    proposal,
    towards: 'include' as const,
    reason: 'They have nothing',
    costMinor: 1_000,
  }))
  const settled = await chief.perform(settleList, { list: id, forum: forum.record.id, overrides: include })
  expect(settled).toMatchObject({ ok: true, accepted: 2 })
  expect(await chief.perform(closeList, { id })).toMatchObject({ ok: true })
  expect(await chief.perform(enrolListed, { proposal: alone.id })).toMatchObject({ ok: true })
  const time = { from: '2026-11-01', to: '2026-12-01', payOn: '2026-11-24' } as never
  const prepared = await chief.perform(preparePaymentList, {
    programme: 'rice',
    ...(time as object),
  } as never)
  expect(prepared).toMatchObject({ ok: true, payable: 1 })
  const unit = { unit: 'household', subject: person } as const
  expect((await own.perform(paymentsOfUnit, unit)).payments).toMatchObject([{ amountMinor: 1_000 }])
  await expect(other.perform(paymentsOfUnit, unit)).rejects.toMatchObject({ code: 'village/not-found' })
  expect(await chief.perform(exportParticipants, { programme: 'rice' })).toMatchObject([
    { of: 'resident', number: 'N-1', holder: { name: 'Sari Puspita' } },
  ])
})
