// What follows a decision, told as a village lives it: an application, a list before the forum, places and a waiting
// list, an appeal. Every refusal is typed and changes nothing.

import { expect, test } from 'vitest'
import { addDays, type CivilDate, ResidentId, sha256Hex } from '../kernel/index.ts'
import { representations } from '../people/index.ts'
import { answerAppeal, escalateAppeals, fileAppeal, withdrawAppeal } from './appeal.ts'
import { decideApplication, showDocuments, submitApplication, withdrawApplication } from './apply.ts'
import { openCasework, testSchema, today, village } from './casework.fixtures.ts'
import { appeals, applications, decisions, enrolments, proposalLists, proposals } from './collections.ts'
import type { CaseResult, CaseworkContext } from './context.ts'
import { decideCase } from './decide-case.ts'
import { addProposal, draftProposalList } from './draft-list.ts'
import { enrolProposal, moveEnrolment } from './enrol.ts'
import { recordForumDecision } from './forum.ts'
import { playCasework } from './play.fixtures.ts'
import type { Proposal, ProposalList } from './records.ts'
import { replayDecision } from './replay.ts'
import { closeProposalList, reopenProposalList, settleProposalList } from './settle-list.ts'
import { moveProposalList, proposalsOf, verifyProposal } from './verify-list.ts'
import { declineProposal } from './waiting-list.ts'

type House = Awaited<ReturnType<typeof openCasework>>
const minutes = sha256Hex(new TextEncoder().encode('minutes'))
const forumBy = { by: { actor: 'forum-clerk' } } satisfies Partial<CaseworkContext>

function done<Done extends object>(result: CaseResult<Done>): Done {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result
}

const codeOf = (result: CaseResult<object>): string => (result.ok ? 'done' : result.refusal.code)

/** All that is stored, to compare. */
const stateOf = ({ storage }: House) =>
  storage.read(village, async (tx) => {
    const state: Record<string, unknown[]> = {}
    for (const collection of testSchema.collections ?? []) {
      const records: unknown[] = []
      for await (const record of tx.stream(collection)) records.push(record)
      state[collection.name] = records
    }
    return state
  })

/** Something that is refused with a code, and changes nothing. */
async function refused(house: House, code: string, work: () => Promise<CaseResult<object>>): Promise<void> {
  const before = await stateOf(house)
  expect(codeOf(await work())).toBe(code)
  expect(await stateOf(house)).toEqual(before)
}

/** A list of the programme, drafted, and taken as far as verification with all units verified. */
async function verifiedList(house: House): Promise<ProposalList> {
  const input = { programme: 'rice', title: 'Rice 2026', on: today }
  const { list, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'submit' }, context)))
  for (const { id } of units)
    done(await house.work((tx, context) => verifyProposal(tx, { id, action: 'verify' }, context)))
  return list
}

async function forumOf(house: House, votes = { for: 7, against: 2, abstained: 1 }) {
  const input = { on: today, minutes, votes, subject: 'Rice 2026' }
  return done(await house.work((tx, context) => recordForumDecision(tx, input, context), forumBy)).record
}

const unitsOf = ({ storage }: House, list: ProposalList): Promise<readonly Proposal[]> =>
  storage.read(village, (tx) => proposalsOf(tx, list.id))

/** A list whose forum has met and which is closed. */
async function closedList(house: House): Promise<ProposalList> {
  const list = await verifiedList(house)
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  const forum = await forumOf(house)
  const settlement = { list: list.id, forum: forum.id, overrides: [] }
  done(await house.work((tx, context) => settleProposalList(tx, settlement, context), forumBy))
  return done(await house.work((tx, context) => closeProposalList(tx, list.id, context), forumBy)).record
}

const names = (house: House, units: readonly Proposal[]) =>
  units.map(({ subject, state }) => {
    const index = [0, 1, 2, 3, 4, 5].find((each) => house.id(`CARD-${each}`) === subject)
    return `${index} ${state}`
  })

test('a list holds who is indicated as eligible, in order, and apart who is to be verified', async () => {
  const house = await openCasework([4, 2, 9, null, 3])
  const { list, proposals: units } = done(
    await house.work((tx, context) =>
      draftProposalList(tx, { programme: 'rice', title: 'Rice 2026', on: today }, context),
    ),
  )
  expect(list).toMatchObject({ state: 'draft', places: 2, budgetMinor: null })
  expect(units.map(({ subject, rank, outcome, costMinor }) => [subject, rank, outcome, costMinor])).toEqual([
    [house.id('CARD-1'), 1, 'eligible', 1_000],
    [house.id('CARD-4'), 2, 'eligible', 1_000],
    [house.id('CARD-0'), 3, 'eligible', 1_000],
    [house.id('CARD-3'), null, 'undetermined', null],
  ])
  for (const { decision } of units)
    expect(await house.storage.read(village, (tx) => replayDecision(tx, decision))).toMatchObject({
      outcome: 'same',
    })
})

test('units that only their id tells apart at the line are marked, so that people settle it', async () => {
  const house = await openCasework([2, 4, 4])
  const { proposals: units } = done(
    await house.work((tx, context) =>
      draftProposalList(tx, { programme: 'rice', title: 'Rice', on: today }, context),
    ),
  )
  expect(units.map(({ isTied }) => isTied)).toEqual([false, true, true])
})

test('a unit is decided on again when it is verified, and the order is found anew', async () => {
  const house = await openCasework([4, 2, null])
  const input = { programme: 'rice', title: 'Rice', on: today }
  const { list, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  await house.tell('CARD-2', 1)
  await house.tell('CARD-1', 8)
  const [first] = units
  if (first === undefined) throw new Error('The list is empty.')
  const act = (action: 'submit' | 'convene') =>
    house.work((tx, context) => moveProposalList(tx, { id: list.id, action }, context))
  const look = (id: Proposal['id'], action: 'verify' | 'reject' | 'doubt', reason?: string) =>
    house.work((tx, context) => verifyProposal(tx, { id, action, reason }, context))
  await refused(house, 'casework/list-is-fixed', () => look(first.id, 'verify'))
  done(await act('submit'))
  await refused(house, 'states/guard-not-met', () => act('convene'))
  await refused(house, 'states/reason-missing', () => look(first.id, 'reject'))
  for (const { id } of units) done(await look(id, 'verify'))
  await refused(house, 'states/unknown-action', () => look(first.id, 'verify'))
  done(await look(first.id, 'doubt', 'The wrong house'))
  const { record } = done(await look(first.id, 'verify'))
  expect(record).toMatchObject({ outcome: 'ineligible', costMinor: null })
  expect(await house.storage.read(village, (tx) => tx.get(decisions, { id: record.decision }))).toMatchObject(
    {
      outcome: 'ineligible',
    },
  )
  done(await act('convene'))
  expect((await unitsOf(house, list)).map(({ subject, rank }) => [subject, rank])).toEqual([
    [house.id('CARD-2'), 1],
    [house.id('CARD-0'), 2],
    [house.id('CARD-1'), null],
  ])
})

test('the forum settles by the order, and against it for a reason; what it settled can be opened again', async () => {
  const house = await openCasework([1, 2, 3, 9])
  const list = await verifiedList(house)
  const add = (card: string) =>
    house.work((tx, context) => addProposal(tx, { list: list.id, subject: house.id(card) }, context))
  await refused(house, 'casework/already-listed', () => add('CARD-0'))
  const added = done(await add('CARD-3')).record
  const rejection = { id: added.id, action: 'reject', reason: 'Nobody was at home' } as const
  done(await house.work((tx, context) => verifyProposal(tx, rejection, context)))
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  await refused(house, 'casework/list-is-fixed', () => add('CARD-3'))
  const forum = await forumOf(house)
  const [first] = await unitsOf(house, list)
  if (first === undefined) throw new Error('The list is empty.')
  const overrides = [
    { proposal: added.id, towards: 'include', reason: 'Their house burnt down' },
    { proposal: first.id, towards: 'exclude', reason: 'They asked to be left out' },
  ] as const
  const settle = (more: object = {}, by: Partial<CaseworkContext> = forumBy) =>
    house.work(
      (tx, context) =>
        settleProposalList(tx, { list: list.id, forum: forum.id, overrides, ...more }, context),
      by,
    )
  const nobody = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
  await refused(house, 'casework/unknown-record', () => settle({ forum: nobody }))
  await refused(house, 'casework/same-person', () => settle({}, {}))
  const [one] = overrides
  await refused(house, 'casework/not-on-list', () => settle({ overrides: [one, one] }))
  await refused(house, 'casework/not-on-list', () => settle({ overrides: [{ ...one, proposal: nobody }] }))
  const includes = (await unitsOf(house, list)).slice(0, 2).map(({ id }) => ({ ...one, proposal: id }))
  await refused(house, 'casework/no-place', () => settle({ overrides: [one, ...includes] }))
  await refused(house, 'states/guard-not-met', () =>
    house.work((tx, context) => closeProposalList(tx, list.id, context), forumBy),
  )
  done(await settle())
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 refused',
    '1 accepted',
    '2 waiting',
    '3 accepted',
  ])
  const stored = (await unitsOf(house, list)).map(({ override }) => override?.reason ?? null)
  expect(stored).toEqual(['They asked to be left out', null, null, 'Their house burnt down'])
  await refused(house, 'casework/already-settled', () => settle())
  const reopen = (reason: string) =>
    house.work((tx, context) => reopenProposalList(tx, { id: list.id, reason }, context), forumBy)
  await refused(house, 'states/reason-missing', () => reopen(' '))
  done(await reopen('The votes were counted wrongly'))
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 verified',
    '1 verified',
    '2 verified',
    '3 rejected',
  ])
  done(await settle({ overrides: [] }))
  done(await house.work((tx, context) => closeProposalList(tx, list.id, context), forumBy))
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 accepted',
    '1 accepted',
    '2 waiting',
    '3 rejected',
  ])
  await refused(house, 'casework/list-is-fixed', () => reopen('Too late'))
})

test('who is verified and not indicated as eligible is left out by the rules themselves', async () => {
  const house = await openCasework([1, null])
  const list = await verifiedList(house)
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  const forum = await forumOf(house)
  const settlement = { list: list.id, forum: forum.id, overrides: [] }
  done(await house.work((tx, context) => settleProposalList(tx, settlement, context), forumBy))
  expect(names(house, await unitsOf(house, list))).toEqual(['0 accepted', '1 refused'])
})

test('a budget ends the list, and an inclusion whose cost nobody knows needs one', async () => {
  const house = await openCasework([1, 2, 3, 9])
  const input = { programme: 'rice', title: 'Rice', on: today, places: null, budgetMinor: 2_500 }
  const { list, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'submit' }, context)))
  const { record: added } = done(
    await house.work((tx, context) =>
      addProposal(tx, { list: list.id, subject: house.id('CARD-3') }, context),
    ),
  )
  for (const { id } of [...units, added])
    done(await house.work((tx, context) => verifyProposal(tx, { id, action: 'verify' }, context)))
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  const forum = await forumOf(house)
  const include = { proposal: added.id, towards: 'include', reason: 'A widow' } as const
  const settle = (override: object) =>
    house.work(
      (tx, context) =>
        settleProposalList(
          tx,
          { list: list.id, forum: forum.id, overrides: [{ ...include, ...override }] },
          context,
        ),
      forumBy,
    )
  await refused(house, 'casework/unknown-cost', () => settle({}))
  await refused(house, 'casework/no-place', () => settle({ costMinor: 3_000 }))
  done(await settle({ costMinor: 1_000 }))
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 accepted',
    '1 waiting',
    '2 waiting',
    '3 accepted',
  ])
})

test('a later unit never overtakes one that the money does not suffice for', async () => {
  const house = await openCasework([1, 2, 3])
  const input = { programme: 'rice', title: 'Rice', on: today, places: null, budgetMinor: 2_500 }
  const { list, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'submit' }, context)))
  for (const { id } of units)
    done(await house.work((tx, context) => verifyProposal(tx, { id, action: 'verify' }, context)))
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  await house.work(async (tx) => {
    for (const [index, costMinor] of [1_000, 2_000, 500].entries()) {
      const [id] = units.slice(index).map((unit) => unit.id)
      const stored = id && (await tx.get(proposals, { id }))
      if (stored) await tx.update(proposals, { ...stored, costMinor })
    }
  })
  const forum = await forumOf(house)
  const settlement = { list: list.id, forum: forum.id, overrides: [] }
  done(await house.work((tx, context) => settleProposalList(tx, settlement, context), forumBy))
  expect(names(house, await unitsOf(house, list))).toEqual(['0 accepted', '1 waiting', '2 waiting'])
})

test('votes must be cast, and carry a decision by the policy of the village', async () => {
  const majority = { above: { numerator: 1, denominator: 2 }, of: 'cast', castMin: 5 }
  const house = await openCasework([1], { policy: { forum: { majority } } })
  const input = { on: today, minutes, subject: 'Rice', votes: { for: 0, against: 0, abstained: 0 } }
  const record = (more: object) =>
    house.work((tx, context) => recordForumDecision(tx, { ...input, ...more }, context))
  await refused(house, 'casework/no-votes', () => record({}))
  await refused(house, 'casework/not-yet', () => record({ on: addDays(today, 1) }))
  const list = await verifiedList(house)
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  const settleBy = async (votes: { for: number; against: number; abstained: number }) => {
    const forum = await forumOf(house, votes)
    return () =>
      house.work(
        (tx, context) => settleProposalList(tx, { list: list.id, forum: forum.id, overrides: [] }, context),
        forumBy,
      )
  }
  await refused(house, 'casework/no-majority', await settleBy({ for: 5, against: 4, abstained: 1 }))
  await refused(house, 'casework/no-majority', await settleBy({ for: 4, against: 0, abstained: 0 }))
  done(await (await settleBy({ for: 6, against: 4, abstained: 1 }))())
})

test('accepted units are enrolled, and those who wait move up when a place becomes free', async () => {
  const house = await openCasework([1, 2, 3, 4])
  const list = await closedList(house)
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 accepted',
    '1 accepted',
    '2 waiting',
    '3 waiting',
  ])
  const [a, b, c] = await unitsOf(house, list)
  if (a === undefined || b === undefined || c === undefined) throw new Error('The list is too short.')
  const enrol = (proposal: Proposal['id'], from = today) =>
    house.work((tx, context) => enrolProposal(tx, { proposal, from }, context))
  await refused(house, 'states/unknown-action', () => enrol(c.id))
  const { record } = done(await enrol(a.id))
  expect(record).toMatchObject({ state: 'active', from: today, to: null, source: 'proposal', proposal: a.id })
  await refused(house, 'casework/already-enrolled', () => enrol(a.id))
  const decline = (id: Proposal['id'], reason = 'They moved away') =>
    house.work((tx, context) => declineProposal(tx, { id, reason }, context))
  await refused(house, 'states/reason-missing', () => decline(b.id, ''))
  const declined = done(await decline(b.id))
  expect(declined.movedUp.map(({ id }) => id)).toEqual([c.id])
  expect(names(house, await unitsOf(house, list))).toEqual([
    '0 enrolled',
    '1 declined',
    '2 accepted',
    '3 waiting',
  ])
  const move = (action: 'suspend' | 'resume' | 'exit' | 'reinstate', more: object = {}) =>
    house.work((tx, context) =>
      moveEnrolment(tx, { id: record.id, action, reason: 'For a reason', ...more }, context),
    )
  await refused(house, 'states/reason-missing', () => move('suspend', { reason: undefined }))
  await refused(house, 'casework/not-yet', () => move('suspend', { on: addDays(today, 1) }))
  await refused(house, 'states/too-early', () => move('suspend', { on: addDays(today, -1) }))
  await refused(house, 'states/unknown-action', () => move('resume'))
  done(await move('suspend'))
  done(await move('resume', { reason: undefined }))
  const exit = done(await move('exit'))
  expect(exit.record).toMatchObject({ state: 'exited', to: today })
  expect(names(house, exit.movedUp)).toEqual(['3 accepted'])
  await refused(house, 'states/guard-not-met', () => move('reinstate'))
})

test('an exit by mistake is taken back while the place is free', async () => {
  const house = await openCasework([1])
  const list = await closedList(house)
  const [unit] = await unitsOf(house, list)
  if (unit === undefined) throw new Error('The list is empty.')
  const { record } = done(
    await house.work((tx, context) =>
      enrolProposal(tx, { proposal: unit.id, from: addDays(today, 7) }, context),
    ),
  )
  const move = (action: 'exit' | 'reinstate') =>
    house.work((tx, context) =>
      moveEnrolment(tx, { id: record.id, action, reason: 'The wrong family' }, context),
    )
  // Nobody took part yet, so the enrolment covers no day.
  expect(done(await move('exit')).record).toMatchObject({ from: addDays(today, 7), to: addDays(today, 7) })
  const later = { on: addDays(today, 8) }
  const back = await house.work(
    (tx, context) =>
      moveEnrolment(tx, { id: record.id, action: 'reinstate', reason: 'The wrong family' }, context),
    later,
  )
  expect(done(back).record).toMatchObject({ state: 'active', to: null })
  expect(await house.storage.read(village, (tx) => tx.count(enrolments))).toBe(1)
})

test('who is enrolled takes a place of the quota, and is on no other list', async () => {
  const house = await openCasework([1, 2, 3])
  const list = await closedList(house)
  for (const { id, state } of await unitsOf(house, list))
    if (state === 'accepted')
      done(await house.work((tx, context) => enrolProposal(tx, { proposal: id, from: today }, context)))
  const again = { programme: 'rice', title: 'Rice again', on: today }
  const next = done(await house.work((tx, context) => draftProposalList(tx, again, context)))
  expect(next.list.places).toBe(0)
  expect(names(house, next.proposals)).toEqual(['2 proposed'])
  await refused(house, 'casework/already-enrolled', () =>
    house.work((tx, context) =>
      addProposal(tx, { list: next.list.id, subject: house.id('CARD-0') }, context),
    ),
  )
})

test('an application is received, its papers shown, and decided on', async () => {
  const house = await openCasework([3, 9])
  const applicant = ResidentId.parse(house.id('head-0'))
  const input = {
    programme: 'rice',
    unit: 'household',
    subject: house.id('CARD-0'),
    applicant,
    representative: null,
    note: '',
  } as const
  const apply = (more: object = {}) =>
    house.work((tx, context) =>
      submitApplication(tx, { ...input, purpose: 'services', documents: [], ...more }, context),
    )
  await refused(house, 'casework/unknown-programme', () => apply({ programme: 'bread' }))
  await refused(house, 'casework/wrong-unit', () => apply({ unit: 'resident' }))
  await refused(house, 'casework/unknown-document', () => apply({ documents: ['passport'] }))
  await refused(house, 'casework/not-of-unit', () => apply({ applicant: house.id('head-1') }))
  await refused(house, 'casework/not-represented', () => apply({ representative: house.id('head-1') }))
  const { record } = done(await apply())
  await refused(house, 'casework/already-applied', () => apply())
  const decide = () => house.work((tx, context) => decideApplication(tx, record.id, context))
  const show = (documents: readonly string[]) =>
    house.work((tx, context) => showDocuments(tx, record.id, documents, context))
  await refused(house, 'states/guard-not-met', decide)
  await refused(house, 'casework/unknown-document', () => show(['passport']))
  expect(done(await show(['family-card'])).record.documents).toEqual(['family-card'])
  const { record: decided, made } = done(await decide())
  expect(decided).toMatchObject({ state: 'decided', decision: made.record.id })
  await refused(house, 'states/final', decide)
  await refused(house, 'states/final', () => show(['family-card']))
  await refused(house, 'states/final', () =>
    house.work((tx, context) => withdrawApplication(tx, { id: record.id }, context)),
  )
  expect(await house.storage.read(village, (tx) => tx.count(applications))).toBe(1)
})

test('who is not indicated as eligible need bring no papers to be told so', async () => {
  const house = await openCasework([9])
  const applicant = ResidentId.parse(house.id('head-0'))
  const input = {
    programme: 'rice',
    unit: 'household',
    subject: house.id('CARD-0'),
    applicant,
    representative: null,
  } as const
  const { record } = done(
    await house.work((tx, context) =>
      submitApplication(tx, { ...input, note: '', purpose: '', documents: [] }, context),
    ),
  )
  const { made } = done(await house.work((tx, context) => decideApplication(tx, record.id, context)))
  expect(made.record.outcome).toBe('ineligible')
})

test('a proxy applies and appeals by a power that covers the purpose', async () => {
  const house = await openCasework([9, 1])
  const [person, proxy] = [house.id('head-0'), house.id('head-1')].map((id) => ResidentId.parse(id))
  if (person === undefined || proxy === undefined) throw new Error('Nobody is there.')
  await house.work(async (tx) => {
    const power = {
      resident: person,
      representative: proxy,
      kind: 'proxy',
      purposes: ['services'],
      basis: 'Letter',
      from: null,
      to: null,
    } as const
    await tx.insert(representations, { ...power, id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' as never })
  })
  const input = {
    programme: 'rice',
    unit: 'household',
    subject: house.id('CARD-0'),
    applicant: person,
    representative: proxy,
    note: '',
    documents: [],
  } as const
  const apply = (purpose: string) =>
    house.work((tx, context) => submitApplication(tx, { ...input, purpose }, context))
  await refused(house, 'casework/not-represented', () => apply('savings'))
  expect(done(await apply('services')).record.representative).toBe(proxy)
  const asked = { programme: 'rice', unit: 'household', subject: house.id('CARD-0'), on: today } as const
  const made = done(await house.work((tx, context) => decideCase(tx, asked, context)))
  const appeal = { decision: made.record.id, appellant: person, representative: proxy, reason: 'We are six' }
  const file = (purpose: string) =>
    house.work((tx, context) => fileAppeal(tx, { ...appeal, purpose }, context))
  await refused(house, 'casework/not-represented', () => file('savings'))
  expect(done(await file('services')).record.representative).toBe(proxy)
})

const terms = { appeal: { filed: { within: { days: 30 } }, answered: { within: { days: 14 } } } }

async function appealed(house: House) {
  const asked = { programme: 'rice', unit: 'household', subject: house.id('CARD-0'), on: today } as const
  const made = done(await house.work((tx, context) => decideCase(tx, asked, context)))
  const input = {
    decision: made.record.id,
    appellant: ResidentId.parse(house.id('head-0')),
    representative: null,
    purpose: '',
    reason: 'The decile is old',
  }
  const file = (on: CivilDate, more: object = {}) =>
    house.work((tx, context) => fileAppeal(tx, { ...input, ...more }, context), { on })
  return { made, file }
}

test('an appeal comes within its term, and is upheld by a new decision in place of the old one', async () => {
  const house = await openCasework([9], { policy: terms })
  const { made, file } = await appealed(house)
  await refused(house, 'casework/too-late', () => file(addDays(today, 31)))
  await refused(house, 'casework/not-of-unit', () =>
    file(today, { appellant: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40' }),
  )
  const { record } = done(await file(addDays(today, 30)))
  await refused(house, 'casework/already-appealed', () => file(today))
  await house.tell('CARD-0', 2)
  const answer = (action: 'uphold' | 'dismiss', by: string, reason = 'The survey of May counts') =>
    house.work((tx, context) => answerAppeal(tx, { id: record.id, action, reason }, context), {
      on: addDays(today, 31),
      by: { actor: by },
    })
  await refused(house, 'casework/same-person', () => answer('uphold', 'officer'))
  await refused(house, 'states/reason-missing', () => answer('dismiss', 'head', ' '))
  const upheld = done(await answer('uphold', 'head'))
  expect(upheld.made?.record).toMatchObject({ outcome: 'eligible', replaces: made.record.id, on: today })
  expect(upheld.record).toMatchObject({ state: 'upheld', newDecision: upheld.made?.record.id })
  await refused(house, 'states/final', () => answer('dismiss', 'head'))
  await refused(house, 'casework/already-appealed', () => file(today))
  expect(await house.storage.read(village, (tx) => replayDecision(tx, made.record.id))).toMatchObject({
    outcome: 'same',
  })
})

test('what is not answered in time goes to the next instance, once, and can still be answered', async () => {
  const house = await openCasework([9], { policy: terms })
  const { file } = await appealed(house)
  const { record } = done(await file(today))
  const escalate = (on: CivilDate) => house.work((tx, context) => escalateAppeals(tx, context), { on })
  expect(await escalate(addDays(today, 14))).toEqual([])
  const [escalated] = await escalate(addDays(today, 15))
  expect(escalated).toMatchObject({ id: record.id, state: 'escalated', history: [{ action: 'escalate' }] })
  expect(escalated?.history[0]).not.toHaveProperty('by')
  expect(await escalate(addDays(today, 15))).toEqual([])
  const dismissal = { id: record.id, action: 'dismiss', reason: 'The decile stands' } as const
  const options = { on: addDays(today, 16), by: { actor: 'district' } }
  const { record: dismissed } = done(
    await house.work((tx, context) => answerAppeal(tx, dismissal, context), options),
  )
  expect(dismissed).toMatchObject({ state: 'dismissed', newDecision: null })
})

test('a withdrawn appeal leaves room for another', async () => {
  const house = await openCasework([9])
  const { file } = await appealed(house)
  const { record } = done(await file(today))
  done(await house.work((tx, context) => withdrawAppeal(tx, { id: record.id }, context)))
  done(await file(today))
  expect(await house.storage.read(village, (tx) => tx.count(appeals))).toBe(2)
})

test('a term in working days counts those of the calendar of the village', async () => {
  const calendar = {
    restDays: [6, 7],
    holidays: [{ date: '2026-11-25', name: { en: 'Holiday' } }],
    known: { from: '2026-01-01', to: '2027-01-01' },
    source: 'Gazette',
    confidence: 'high',
  }
  const policy = { appeal: { filed: { within: { workingDays: 3 } } }, calendar }
  const house = await openCasework([9], { policy })
  const { file } = await appealed(house)
  // Tuesday 24; Wednesday is a holiday; Thursday, Friday, and after the weekend Monday 30.
  await refused(house, 'casework/too-late', () => file('2026-12-01' as CivilDate))
  done(await file('2026-11-30' as CivilDate))
})

test('an appeal that is upheld changes what a unit stands by on an open list', async () => {
  const house = await openCasework([1, null])
  const input = { programme: 'rice', title: 'Rice', on: today }
  const { proposals: units } = done(await house.work((tx, context) => draftProposalList(tx, input, context)))
  const unit = units.find(({ outcome }) => outcome === 'undetermined')
  if (unit === undefined) throw new Error('Nobody is to be verified.')
  const file = {
    decision: unit.decision,
    appellant: ResidentId.parse(house.id('head-1')),
    representative: null,
    purpose: '',
    reason: 'Our decile is 2',
  }
  const { record } = done(await house.work((tx, context) => fileAppeal(tx, file, context)))
  await house.tell('CARD-1', 2)
  const upholding = { id: record.id, action: 'uphold', reason: 'It was measured' } as const
  const { made } = done(
    await house.work((tx, context) => answerAppeal(tx, upholding, context), { by: { actor: 'head' } }),
  )
  expect(await house.storage.read(village, (tx) => tx.get(proposals, { id: unit.id }))).toMatchObject({
    decision: made?.record.id,
    outcome: 'eligible',
    costMinor: 1_000,
  })
})

test('a list is cancelled for a reason, and nothing can be done with it after that', async () => {
  const house = await openCasework([1])
  const { list, proposals: units } = done(
    await house.work((tx, context) =>
      draftProposalList(tx, { programme: 'rice', title: 'Rice', on: today }, context),
    ),
  )
  const move = (action: 'submit' | 'cancel', reason?: string) =>
    house.work((tx, context) => moveProposalList(tx, { id: list.id, action, reason }, context))
  await refused(house, 'states/reason-missing', () => move('cancel'))
  done(await move('cancel', 'The programme was stopped'))
  await refused(house, 'states/final', () => move('submit'))
  const [unit] = units
  if (unit === undefined) throw new Error('The list is empty.')
  await refused(house, 'casework/list-is-fixed', () =>
    house.work((tx, context) => verifyProposal(tx, { id: unit.id, action: 'verify' }, context)),
  )
  expect(await house.storage.read(village, (tx) => tx.count(proposalLists))).toBe(1)
})

test('random steps come to what a model of a few lines says, and every refusal leaves all as it was', async () => {
  await playCasework(30)
})
