// What keeps a list of people from being settled by the wrong word, or by those who stand too close to it.

import { expect, test } from 'vitest'
import { addDays, type CivilDate, sha256Hex } from '../kernel/index.ts'
import { residents } from '../people/index.ts'
import { openCasework, today } from './casework.fixtures.ts'
import { enrolments, proposalLists } from './collections.ts'
import type { CaseResult } from './context.ts'
import { decideCase } from './decide-case.ts'
import { draftProposalList } from './draft-list.ts'
import { moveEnrolment } from './enrol.ts'
import { recordForumDecision } from './forum.ts'
import { importEnrolments } from './import-enrolments.ts'
import type { ProposalListId } from './records.ts'
import { settleProposalList } from './settle-list.ts'
import { moveProposalList, proposalsOf, verifyProposal } from './verify-list.ts'

type House = Awaited<ReturnType<typeof openCasework>>
const minutes = sha256Hex(new TextEncoder().encode('minutes'))
const codeOf = (result: CaseResult<object>): string => (result.ok ? 'done' : result.refusal.code)

function done<Done extends object>(result: CaseResult<Done>): Done {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result
}

/** A list before the forum, whose first unit was rejected and the others verified. */
async function listBeforeForum(house: House, rejectsBy = 'officer') {
  const input = { programme: 'rice', title: 'Rice 2026', on: today }
  const { list, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'submit' }, context)))
  for (const [index, { id }] of units.entries()) {
    const found =
      index === 0 ? ({ action: 'reject', reason: 'Left' } as const) : ({ action: 'verify' } as const)
    const by = { actor: index === 0 ? rejectsBy : 'officer' }
    done(await house.work((tx, context) => verifyProposal(tx, { id, ...found }, context), { by }))
  }
  done(await house.work((tx, context) => moveProposalList(tx, { id: list.id, action: 'convene' }, context)))
  return list.id
}

const forum = async (house: House, on: CivilDate, more: object = {}) => {
  const votes = { for: 7, against: 2, abstained: 1 }
  const input = { on, minutes, votes, subject: 'Rice', ...more }
  return done(await house.work((tx, context) => recordForumDecision(tx, input, context))).record.id
}

const settleBy = async (
  house: House,
  list: ProposalListId,
  decision: Awaited<ReturnType<typeof forum>>,
  actor = 'clerk',
) =>
  codeOf(
    await house.work(
      (tx, context) => settleProposalList(tx, { list, forum: decision, overrides: [] }, context),
      { by: { actor } },
    ),
  )

test('a decision of the forum from before a list was laid before it settles nothing of it', async () => {
  const house = await openCasework([2, 3])
  const list = await listBeforeForum(house)
  const old = await forum(house, addDays(today, -1))
  expect(await settleBy(house, list, old)).toBe('casework/forum-before-list')
  expect(await settleBy(house, list, await forum(house, today))).toBe('done')
})

test('a decision that names lists settles those alone, and one that names none those of one programme', async () => {
  const house = await openCasework([2, 3])
  const [first, second] = [await listBeforeForum(house), await listBeforeForum(house)]
  const named = await forum(house, today, { lists: [first] })
  expect(await settleBy(house, second, named)).toBe('casework/forum-on-other-list')
  expect(await settleBy(house, first, named)).toBe('done')
  const plain = await forum(house, today)
  // The list that it has settled is of another programme.
  await house.work(async (tx) => {
    const list = await tx.get(proposalLists, { id: first })
    if (list !== undefined) await tx.update(proposalLists, { ...list, programme: 'books', forum: plain })
  })
  expect(await settleBy(house, second, plain)).toBe('casework/forum-on-other-list')
  const both = await forum(house, today, { lists: [first, second] })
  await house.work(async (tx) => {
    const list = await tx.get(proposalLists, { id: first })
    if (list !== undefined) await tx.update(proposalLists, { ...list, forum: both })
  })
  expect(await settleBy(house, second, both)).toBe('done')
})

test('a decision names no list that is not there', async () => {
  const house = await openCasework([2])
  const votes = { for: 7, against: 2, abstained: 1 }
  const lists = [house.contextOf().nextId()] as never
  const result = await house.work((tx, context) =>
    recordForumDecision(tx, { on: today, minutes, votes, subject: 'Rice', lists }, context),
  )
  expect(codeOf(result)).toBe('casework/unknown-record')
})

test('whoever rejected a unit does not settle its list', async () => {
  const house = await openCasework([2, 3])
  const list = await listBeforeForum(house, 'rejecter')
  const decision = await forum(house, today)
  expect(await settleBy(house, list, decision, 'rejecter')).toBe('casework/same-person')
  expect(await settleBy(house, list, decision)).toBe('done')
})

test('nobody verifies, decides on or settles their own household', async () => {
  const house = await openCasework([2, 3])
  const by = { actor: house.id('head-0') }
  const asked = { programme: 'rice', unit: 'household', subject: house.id('CARD-0'), on: today } as const
  const decided = await house.work((tx, context) => decideCase(tx, asked, context), { by })
  expect(codeOf(decided)).toBe('casework/same-person')
  const list = await listBeforeForum(house)
  expect(await settleBy(house, list, await forum(house, today), by.actor)).toBe('casework/same-person')

  const input = { programme: 'rice', title: 'Rice again', on: today }
  const { list: next, proposals: units } = done(
    await house.work((tx, context) => draftProposalList(tx, input, context)),
  )
  done(await house.work((tx, context) => moveProposalList(tx, { id: next.id, action: 'submit' }, context)))
  const codes: Record<string, string> = {}
  for (const { id, subject } of units)
    codes[subject] = codeOf(
      await house.work((tx, context) => verifyProposal(tx, { id, action: 'verify' }, context), { by }),
    )
  expect(codes).toEqual({ [house.id('CARD-0')]: 'casework/same-person', [house.id('CARD-1')]: 'done' })
  expect(await house.work((tx) => proposalsOf(tx, next.id))).toHaveLength(2)
})

const importing = (house: House, of: 'resident' | 'family', number: string, to: CivilDate | null = null) =>
  house.work((tx, { now, on, nextId }) => {
    const participants = [{ key: 'row 2', of, number, participantNumber: null }]
    const list = {
      programme: 'rice',
      unit: 'household',
      from: '2026-01-01' as CivilDate,
      to,
      participants,
    } as const
    return importEnrolments(tx, list, { now, on, nextId })
  })

test('an exit before the end that a list gave keeps that end for when it is taken back', async () => {
  const house = await openCasework([2])
  const end = addDays(today, 30)
  const { added } = await importing(house, 'family', 'CARD-0', end)
  const [enrolment] = added
  if (enrolment === undefined) throw new Error('Nobody was taken in.')
  const move = (action: 'exit' | 'reinstate') =>
    house.work((tx, context) => moveEnrolment(tx, { id: enrolment.id, action, reason: 'Mistake' }, context))
  expect(done(await move('exit')).record).toMatchObject({ to: today, toBesideExit: end })
  const { record } = done(await move('reinstate'))
  expect(record).toMatchObject({ state: 'active', to: end })
  expect('toBesideExit' in record).toBe(false)
  expect(await house.work((tx) => tx.get(enrolments, { id: enrolment.id }))).toMatchObject({ to: end })
})

test('the dead and those who moved away are not taken in for a time that goes on', async () => {
  const house = await openCasework([2])
  for (const [status, code] of [
    ['dead', 'casework/dead-participant'],
    ['moved', 'casework/moved-participant'],
  ] as const) {
    await house.work(async (tx) => {
      const found = await tx.get(residents, { id: house.id('head-0') as never })
      if (found !== undefined) await tx.update(residents, { ...found, status })
    })
    expect(await importing(house, 'resident', 'head-0')).toMatchObject({ refused: [{ key: 'row 2', code }] })
  }
  expect(await importing(house, 'resident', 'head-0', addDays(today, -30))).toMatchObject({ refused: [] })
})
