// What follows a decision, as the people of a village meet it: a resident reads and appeals their own, a hamlet head
// verifies, the forum's clerk settles, and both logs know of it.

import { expect, test } from 'vitest'
import { appeals, decisionValues } from '../casework/index.ts'
import { auditFaults } from './audit.ts'
import { answerAppealRecord, fileAppealRecord, listAppeals } from './casework-appeals.ts'
import { listApplications, submitApplicationRecord } from './casework-applications.ts'
import {
  eraseDecision,
  listDecisions,
  readDecision,
  recordDecision,
  replayRecordedDecision,
} from './casework-decisions.ts'
import { listEnrolments, moveEnrolmentRecord } from './casework-enrolments.ts'
import { closeList, enrolListed, listForumDecisions, recordForum, settleList } from './casework-forum.ts'
import {
  addToList,
  draftList,
  listProposalLists,
  moveList,
  readProposalList,
  verifyListed,
} from './casework-lists.ts'
import { defineVillage } from './config.ts'
import { config, links, peopled, sessionOf } from './fixtures.ts'
import { auditLog, auditValues } from './records.ts'
import { recordDatedFact } from './register-changes.ts'

const terms = { appeal: { filed: { within: { days: 30 } }, answered: { within: { days: 14 } } } }
const withTerms = defineVillage({ ...config, casework: { ...config.casework, ...terms } })
const votes = { for: 9, against: 1, abstained: 0 }

function done<Done extends object>(result: ({ readonly ok: true } & Done) | { readonly ok: false }): Done {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}

const within = { scope: 'casework.read', reach: 'hamlets', shows: 'internal' } as const

async function office(of = withTerms) {
  const { village, clock, ids } = await peopled(of)
  const id = (name: string) => (ids[name] ?? '') as never
  const clerk = sessionOf(village, 'secretary')
  const resident = sessionOf(village, 'resident', { resident: ids['N-1'] ?? '' })
  const head = (hamlet: string) => sessionOf(village, 'hamlet-head', { hamlets: [ids[hamlet] ?? ''] })
  const tell = (card: string, value: number) =>
    clerk.perform(recordDatedFact, {
      unit: 'household',
      subject: id(card),
      name: 'welfareDecile',
      value,
      from: null,
      to: null,
      source: 'Survey',
      degree: 'declared',
    })
  const decide = async (card: string) =>
    done(await clerk.perform(recordDecision, { programme: 'rice', unit: 'household', subject: id(card) }))
      .record
  return { village, clock, id, clerk, resident, head, tell, decide }
}

test('a resident reads the decisions on their own household, with reasons, and of nobody else', async () => {
  const { village, id, resident, tell, decide } = await office()
  await tell('CARD-1', 8)
  const [own, other] = [await decide('CARD-1'), await decide('CARD-2')]
  const { items } = await resident.perform(listDecisions, {})
  expect(items.map((item) => [item.id, item.outcome, item.title])).toEqual([
    [own.id, 'ineligible', { en: 'Rice for families' }],
  ])
  const { reads } = await links(village)
  const file = await resident.perform(readDecision, { id: own.id })
  expect(file).toMatchObject({
    outcome: 'ineligible',
    isMasked: false,
    madeBy: 'secretary',
    appealUntil: '2026-12-24',
    sources: [{ path: 'household.welfareDecile', source: 'Survey', degree: 'declared' }],
  })
  expect(file.explanation.map(({ key }) => key)).toContain('not-met')
  expect(file.members.map((member) => member?.name)).toEqual(
    expect.arrayContaining(['Sari Puspita', 'Budi Puspita']),
  )
  expect((await links(village)).reads).toBe(reads + 1)
  await expect(resident.perform(readDecision, { id: other.id })).rejects.toMatchObject({
    code: 'village/not-found',
  })
  expect(await resident.perform(replayRecordedDecision, { id: own.id })).toMatchObject({ outcome: 'same' })
  expect(id('CARD-1')).toBe(own.subject)
})

test('whoever may not see a fact reads the outcome without the clauses that read it', async () => {
  const { head, tell, decide } = await office()
  await tell('CARD-1', 8)
  const { id } = await decide('CARD-1')
  const file = await head('East').perform(readDecision, { id })
  expect(file).toMatchObject({ outcome: 'ineligible', isMasked: true, sources: [] })
  expect(JSON.stringify(file)).not.toContain('welfareDecile')
  await expect(head('West').perform(readDecision, { id })).rejects.toMatchObject({
    code: 'village/not-found',
  })
})

test('erased, a decision says so, and neither its values nor the audit log keep a fact', async () => {
  const { village, clerk, tell, decide } = await office()
  await tell('CARD-1', 3)
  const { id } = await decide('CARD-1')
  done(await clerk.perform(eraseDecision, { id }))
  expect(await clerk.perform(replayRecordedDecision, { id })).toMatchObject({ outcome: 'erased' })
  expect(await clerk.perform(readDecision, { id })).toMatchObject({
    decision: null,
    members: [],
    sources: [],
  })
  await village.storage.read(config.id, async (tx) => {
    expect(await tx.get(decisionValues, { decision: id })).toMatchObject({
      facts: null,
      document: null,
      salt: null,
    })
    for await (const { collection, before, after } of tx.stream(auditValues)) {
      if (!['decisions', 'decision_values'].includes(collection)) continue
      expect(`${before} ${after}`).not.toContain('welfareDecile')
    }
    expect(await auditFaults(tx)).toEqual([])
  })
})

test('from a draft over verification and the forum to enrolment, by the hands that each step asks for', async () => {
  const { village, id, clerk, resident, head, tell } = await office()
  await tell('CARD-1', 3)
  const drafted = done(await clerk.perform(draftList, { programme: 'rice', title: 'Rice 2026', places: 1 }))
  const list = drafted.record.id
  expect(drafted.proposals).toBe(2)
  await expect(
    head('East').perform(moveList as never, { id: list, action: 'submit' } as never),
  ).rejects.toMatchObject({
    code: 'village/forbidden',
  })
  done(await clerk.perform(moveList, { id: list, action: 'submit' }))
  await tell('CARD-2', 4)
  for (const hamlet of ['East', 'West']) {
    const { proposals } = await head(hamlet).perform(readProposalList, { id: list })
    expect(proposals).toHaveLength(1)
    for (const unit of proposals)
      done(await head(hamlet).perform(verifyListed, { id: unit.id, action: 'verify' }))
  }
  expect(await clerk.perform(addToList, { list, subject: id('CARD-2') })).toMatchObject({
    ok: false,
    refusal: { code: 'casework/already-listed' },
  })
  done(await clerk.perform(moveList, { id: list, action: 'convene' }))
  const forum = done(
    await clerk.perform(recordForum, { minutes: 'a'.repeat(64) as never, votes, subject: 'Rice 2026' }),
  ).record
  const settled = done(await clerk.perform(settleList, { list, forum: forum.id }))
  expect(settled).toMatchObject({ accepted: 1, waiting: 1, refused: 0 })
  done(await clerk.perform(closeList, { id: list }))
  const file = await clerk.perform(readProposalList, { id: list })
  expect(file).toMatchObject({
    forum: { votes },
    list: { state: 'closed', counts: { accepted: 1, waiting: 1 } },
  })
  const [alone] = await clerk.perform(listProposalLists, { id: list })
  expect(alone).toEqual(file.list)
  const one = await clerk.perform(readProposalList, {
    id: list,
    units: file.proposals.slice(1).map(({ id }) => id),
  })
  expect([one.count, one.proposals]).toEqual([1, file.proposals.slice(1)])
  const [first, second] = file.proposals
  if (first === undefined || second === undefined) throw new Error('The list is too short.')
  expect([first.listed?.resident.name, first.isDeclared]).toEqual(['Sari Puspita', true])
  const { record } = done(await clerk.perform(enrolListed, { proposal: first.id, participantNumber: 'P-1' }))
  expect((await resident.perform(listEnrolments, {})).items).toMatchObject([
    { programme: 'rice', state: 'active', participantNumber: 'P-1' },
  ])
  expect((await head('West').perform(listEnrolments, {})).items).toEqual([])
  const moved = done(
    await clerk.perform(moveEnrolmentRecord, { id: record.id, action: 'exit', reason: 'Moved away' }),
  )
  expect(moved).toMatchObject({ movedUp: 1, record: { state: 'exited', to: '2026-11-24' } })
  expect((await clerk.perform(listForumDecisions, {})).items).toMatchObject([{ hasMajority: true }])
  const [summary] = await head('East').perform(listProposalLists, {})
  expect(summary?.counts).toMatchObject({ enrolled: 1, accepted: 0 })
  expect(await village.storage.read(config.id, auditFaults)).toEqual([])
})

test('whoever verified a unit does not settle the list too', async () => {
  const { clerk, tell } = await office()
  await tell('CARD-1', 3)
  const list = done(await clerk.perform(draftList, { programme: 'rice', title: 'Rice' })).record.id
  done(await clerk.perform(moveList, { id: list, action: 'submit' }))
  const { proposals } = await clerk.perform(readProposalList, { id: list })
  for (const { id } of proposals) done(await clerk.perform(verifyListed, { id, action: 'verify' }))
  done(await clerk.perform(moveList, { id: list, action: 'convene' }))
  const forum = done(
    await clerk.perform(recordForum, { minutes: 'a'.repeat(64) as never, votes, subject: 'Rice' }),
  )
  expect(await clerk.perform(settleList, { list, forum: forum.record.id })).toMatchObject({
    ok: false,
    refusal: { code: 'casework/same-person' },
  })
})

test('a resident applies and appeals in their own name, whoever they say came', async () => {
  const { id, clerk, resident, head, tell, decide } = await office()
  await tell('CARD-1', 8)
  const asked = { programme: 'rice', unit: 'household', subject: id('CARD-1') } as const
  const applied = await resident.perform(submitApplicationRecord, {
    ...asked,
    applicant: id('N-1'),
    representative: id('N-3'),
    note: 'We were six last year',
  })
  expect(done(applied).record).toMatchObject({ applicant: id('N-1'), representative: null })
  await expect(
    resident.perform(submitApplicationRecord, { ...asked, subject: id('CARD-2'), applicant: id('N-3') }),
  ).rejects.toMatchObject({ code: 'village/not-found' })
  expect((await resident.perform(listApplications, {})).items).toMatchObject([
    { note: 'We were six last year' },
  ])
  expect((await head('West').perform(listApplications, {})).items).toEqual([])
  const [sent] = (await resident.perform(listApplications, {})).items
  const byId = async (id: unknown) =>
    (await resident.perform(listApplications, { id: id as never })).items.length
  expect([await byId(sent?.id), await byId(id('N-1'))]).toEqual([1, 0])
  const { id: decision } = await decide('CARD-1')
  const appeal = { decision, appellant: id('N-1'), reason: 'The decile is old' }
  const filed = done(await resident.perform(fileAppealRecord, appeal)).record
  expect((await resident.perform(listAppeals, {})).items).toMatchObject([
    { reason: 'The decile is old', answerUntil: '2026-12-08' },
  ])
  const answer = { id: filed.id, action: 'uphold', reason: 'It was' } as const
  expect(await clerk.perform(answerAppealRecord, answer)).toMatchObject({
    refusal: { code: 'casework/same-person' },
  })
})

test('the daily job escalates what is overdue, as time does, and the audit log knows', async () => {
  const { village, clock, id, resident, decide } = await office()
  const { id: decision } = await decide('CARD-1')
  const appeal = { decision, appellant: id('N-1'), reason: 'The decile is old' }
  done(await resident.perform(fileAppealRecord, appeal))
  clock.now += 15 * 86_400_000
  const ran = await village.runDueJobs({ holder: 'test' })
  expect(ran).toMatchObject({ status: 'done' })
  expect(ran.runs).toContainEqual(
    expect.objectContaining({ job: 'casework-appeals', result: { escalated: 1 } }),
  )
  await village.storage.read(config.id, async (tx) => {
    const { records } = await tx.query(appeals, {})
    expect(records).toMatchObject([{ state: 'escalated' }])
    const named: string[] = []
    for await (const { event } of tx.events(auditLog, 'village')) named.push(event.useCase)
    expect(named).toContain('job.casework-appeals')
    expect(await auditFaults(tx)).toEqual([])
  })
})

test('a page of decisions ends where the next begins', async () => {
  const { clerk, decide } = await office()
  const made = [await decide('CARD-1'), await decide('CARD-2'), await decide('CARD-1')]
  const first = await clerk.perform(listDecisions, { limit: 2 })
  const second = await clerk.perform(listDecisions, { limit: 2, after: first.next ?? '' })
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id))
  expect(second.next).toBeUndefined()
})

test('without a purpose of the role nothing is read', async () => {
  const { village, id } = await office()
  const session = sessionOf(village, 'hamlet-head', { hamlets: [id('East')], purpose: 'health' })
  await expect(session.perform(listEnrolments, {})).rejects.toMatchObject({ code: 'village/forbidden' })
})

test('whoever may not see outcomes or facts learns neither by asking for one nor by a digest', async () => {
  const roles = withTerms.roles.map((role) =>
    role.id === 'hamlet-head'
      ? { ...role, grants: [...role.grants.filter(({ scope }) => scope !== 'casework.read'), within] }
      : role,
  )
  const { id, head, tell, decide } = await office(defineVillage({ ...withTerms, roles }))
  await tell('CARD-1', 8)
  const made = await decide('CARD-1')
  expect(id('CARD-1')).toBe(made.subject)
  const east = head('East')
  expect((await east.perform(listDecisions, {})).items).toMatchObject([{ id: made.id, outcome: null }])
  expect((await east.perform(listDecisions, { outcome: 'ineligible' })).items).toEqual([])
  expect(await east.perform(replayRecordedDecision, { id: made.id })).toEqual({
    outcome: 'same',
    digest: null,
  })
})
