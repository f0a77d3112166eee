import { expect, test } from 'vitest'
import { PackConfig } from '../eligibility/index.ts'
import { CivilDate, ResidentId, sha256Hex } from '../kernel/index.ts'
import { answerAppeal, fileAppeal } from './appeal.ts'
import { openCasework, packsWith, today, village } from './casework.fixtures.ts'
import { decisions } from './collections.ts'
import type { CaseResult } from './context.ts'
import { draftProposalList } from './draft-list.ts'
import { enrolProposal, moveEnrolment } from './enrol.ts'
import { recordForumDecision } from './forum.ts'
import { importEnrolments } from './import-enrolments.ts'
import { preparePayments } from './payments.ts'
import { recheckEnrolments } from './rechecks.ts'
import type { Proposal } from './records.ts'
import { rulebookOf } from './rulebook.ts'
import { closeProposalList, reopenProposalList, settleProposalList } from './settle-list.ts'
import { moveProposalList, proposalsOf, verifyProposal } from './verify-list.ts'
import { declineProposal } from './waiting-list.ts'

function done<Done extends object>(result: CaseResult<Done>): Done {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result
}

const clerk = { by: { actor: 'clerk' } }

/** A list before the forum, of which every unit was verified. */
async function beforeForum(
  deciles: readonly (number | null)[],
  limits: { readonly places?: number | null; readonly budgetMinor?: number | null } = {},
  more: object = {},
) {
  const office = await openCasework(deciles, more)
  const { work } = office
  const asked = { programme: 'rice', title: 'Rice', on: today, places: null, ...limits }
  const { list } = done(await work((tx, context) => draftProposalList(tx, asked, context)))
  const id = list.id
  done(await work((tx, context) => moveProposalList(tx, { id, action: 'submit' }, context)))
  const units = () => office.storage.read(village, (tx) => proposalsOf(tx, id))
  for (const unit of await units())
    done(await work((tx, context) => verifyProposal(tx, { id: unit.id, action: 'verify' }, context)))
  done(await work((tx, context) => moveProposalList(tx, { id, action: 'convene' }, context)))
  const votes = { for: 1, against: 0, abstained: 0 }
  const minutes = sha256Hex(new Uint8Array())
  const forum = done(
    await work((tx, context) =>
      recordForumDecision(tx, { on: today, minutes, votes, subject: 'Rice' }, context),
    ),
  ).record.id
  const settle = (overrides: Parameters<typeof settleProposalList>[1]['overrides'] = []) =>
    work((tx, context) => settleProposalList(tx, { list: id, forum, overrides }, context), clerk)
  const reopen = () =>
    work((tx, context) => reopenProposalList(tx, { id, reason: 'Once more' }, context), clerk)
  return { ...office, list: id, forum, units, settle, reopen }
}

/** Somebody of the household appeals, and another officer than the one who verified upholds. */
async function appealed(
  office: Awaited<ReturnType<typeof openCasework>>,
  { decision }: Pick<Proposal, 'decision'>,
  who: string,
) {
  const input = {
    decision,
    appellant: ResidentId.parse(office.id(who)),
    representative: null,
    reason: 'Wrong',
  }
  const appeal = done(
    await office.work((tx, context) => fileAppeal(tx, { ...input, purpose: 'services' }, context)),
  ).record
  const answer = { id: appeal.id, action: 'uphold', reason: 'So it is' } as const
  return done(await office.work((tx, context) => answerAppeal(tx, answer, context), clerk))
}

test('what an override said of the cost goes with it, and does not stand against what the rules say', async () => {
  const office = await beforeForum([1, 2], { budgetMinor: 1_500 })
  const [first, second] = await office.units()
  const overrides = [first, second].map((unit) => ({
    proposal: unit?.id ?? ('' as never),
    towards: 'include' as const,
    reason: 'They need it',
    costMinor: 1,
  }))
  expect(await office.settle(overrides)).toMatchObject({ ok: false, refusal: { code: 'casework/no-place' } })
  done(await office.settle(overrides.slice(0, 1)))
  done(await office.reopen())
  expect((await office.units()).map(({ costMinor }) => costMinor)).toEqual([1_000, 1_000])
})

test('who is upheld before the forum takes their place in the order', async () => {
  const office = await beforeForum([2, 3, 8], { places: 1 })
  const units = await office.units()
  expect(units).toHaveLength(2)
  const last = units[1]
  if (last === undefined) throw new Error('There is no unit.')
  await office.tell('CARD-1', 1)
  await appealed(office, last, 'head-1')
  expect((await office.units()).map(({ subject }) => subject)).toEqual([
    office.id('CARD-1'),
    office.id('CARD-0'),
  ])
})

test('who was refused by the rules and is upheld takes their place when the list is settled anew', async () => {
  const office = await beforeForum([2, null], { places: 1 })
  done(await office.settle())
  const refused = (await office.units()).find(({ state }) => state === 'refused')
  if (refused === undefined) throw new Error('Nobody was refused.')
  await office.tell('CARD-1', 1)
  await appealed(office, refused, 'head-1')
  done(await office.reopen())
  done(await office.settle())
  expect((await office.units()).map(({ subject, state }) => [subject, state])).toEqual([
    [office.id('CARD-1'), 'accepted'],
    [office.id('CARD-0'), 'waiting'],
  ])
})

test('who waits and is not meant by the rules, as an appeal showed, does not move up', async () => {
  const office = await beforeForum([1, 2, 3], { places: 1 })
  done(await office.settle())
  done(await office.work((tx, context) => closeProposalList(tx, office.list, context)))
  const [first, second, third] = await office.units()
  if (first === undefined || second === undefined) throw new Error('The list is too short.')
  await office.tell('CARD-1', 9)
  await appealed(office, second, 'head-1')
  const declined = { id: first.id, reason: 'They found work' }
  const { movedUp } = done(await office.work((tx, context) => declineProposal(tx, declined, context)))
  expect(movedUp.map(({ id }) => id)).toEqual([third?.id])
})

test('an appeal against the first decision counts also where the unit was verified meanwhile', async () => {
  const office = await beforeForum([2, 3], { places: 1 })
  const [, last] = await office.units()
  const made = last && (await office.storage.read(village, (tx) => tx.get(decisions, { id: last.decision })))
  if (made == null || made.replaces === null) throw new Error('It was not decided on anew.')
  await office.tell('CARD-1', 1)
  await appealed(office, { decision: made.replaces }, 'head-1')
  expect((await office.units()).map(({ subject }) => subject)).toEqual([
    office.id('CARD-1'),
    office.id('CARD-0'),
  ])
})

test('nobody answers their own appeal', async () => {
  const office = await beforeForum([2])
  const [unit] = await office.units()
  if (unit === undefined) throw new Error('There is no unit.')
  const appellant = office.id('head-0') as never
  const appeal = done(
    await office.work((tx, context) =>
      fileAppeal(
        tx,
        { decision: unit.decision, appellant, representative: null, purpose: 'x', reason: 'Wrong' },
        context,
      ),
    ),
  ).record
  expect(
    await office.work(
      (tx, context) => answerAppeal(tx, { id: appeal.id, action: 'uphold', reason: 'x' }, context),
      {
        by: { actor: appellant },
      },
    ),
  ).toMatchObject({ ok: false, refusal: { code: 'casework/same-person' } })
})

async function importOne(
  office: Awaited<ReturnType<typeof openCasework>>,
  to: string | null,
  more: object = {},
) {
  return await office.work((tx, { now, on, nextId }) =>
    importEnrolments(
      tx,
      {
        programme: 'rice',
        unit: 'household',
        from: CivilDate.parse('2026-01-01'),
        to: to === null ? null : CivilDate.parse(to),
        participants: [{ key: '0', of: 'family', number: 'CARD-0', participantNumber: null }],
        ...more,
      },
      { now, on, nextId },
    ),
  )
}

test('an exit never lengthens a part that has ended', async () => {
  const office = await openCasework([2])
  const { added } = await importOne(office, '2026-07-01')
  const id = added[0]?.id ?? ('' as never)
  const moved = await office.work((tx, context) =>
    moveEnrolment(tx, { id, action: 'exit', reason: 'x' }, context),
  )
  expect(moved).toMatchObject({ record: { to: '2026-07-01' } })
})

test('who took part all of a month and left after it is paid for it', async () => {
  const policy = { payments: { approvals: 1, roles: ['chair'], reasonRequiredOn: 'rejection' } }
  const office = await openCasework([2], { policy })
  const { added } = await importOne(office, null)
  const id = added[0]?.id ?? ('' as never)
  done(
    await office.work((tx, context) =>
      moveEnrolment(tx, { id, action: 'exit', reason: 'x', on: CivilDate.parse('2026-11-10') }, context),
    ),
  )
  const asked = {
    programme: 'rice',
    from: CivilDate.parse('2026-10-01'),
    to: CivilDate.parse('2026-11-01'),
    payOn: today,
  }
  const prepared = done(await office.work((tx, context) => preparePayments(tx, asked, context)))
  expect(prepared.payments).toMatchObject([{ amountMinor: 1_000 }])
})

test('whom the forum included is raised only when something changed', async () => {
  const office = await beforeForum([2, null])
  const [, left] = await office.units()
  if (left === undefined) throw new Error('There is no unit.')
  done(await office.settle([{ proposal: left.id, towards: 'include', reason: 'They need it' }]))
  done(await office.work((tx, context) => closeProposalList(tx, office.list, context)))
  done(await office.work((tx, context) => enrolProposal(tx, { proposal: left.id, from: today }, context)))
  expect(await office.work((tx, context) => recheckEnrolments(tx, context))).toMatchObject({
    looked: 1,
    raised: 0,
  })
  await office.tell('CARD-1', 9)
  expect(await office.work((tx, context) => recheckEnrolments(tx, context))).toMatchObject({
    looked: 1,
    raised: 1,
  })
})

test('a resident of whom nobody knows is raised', async () => {
  const office = await openCasework([2])
  await office.work((tx, { now, on, nextId }) =>
    importEnrolments(
      tx,
      {
        programme: 'books',
        unit: 'resident',
        from: CivilDate.parse('2026-01-01'),
        to: null,
        participants: [{ key: '0', of: 'resident', number: 'child-0', participantNumber: null }],
      },
      { now, on, nextId },
    ),
  )
  await office.work(async (tx) => {
    const { residents } = await import('../people/index.ts')
    for (const person of (await tx.query(residents)).records)
      if (person.identityNumber === 'child-0')
        await tx.update(residents, { ...person, status: 'dead', statusSince: '2026-11-01' } as never)
    const { memberships } = await import('../people/index.ts')
    for (const held of (await tx.query(memberships)).records)
      if (held.resident === office.id('child-0'))
        await tx.update(memberships, { ...held, to: CivilDate.parse('2026-11-01') })
  })
  expect(await office.work((tx, context) => recheckEnrolments(tx, context))).toMatchObject({
    looked: 1,
    raised: 1,
  })
})

test('an exit is not taken back where the place of the other programme does not allow it by now', async () => {
  const office = await openCasework([2])
  const { added } = await importOne(office, null)
  const id = added[0]?.id ?? ('' as never)
  const law = packsWith()
  const [pack] = law.packs
  if (pack === undefined) throw new Error('There is no pack.')
  const programmes = pack.programmes.map((programme) =>
    programme.id !== 'rice'
      ? programme
      : {
          ...programme,
          versions: programme.versions.map((version) => ({
            ...version,
            combinations: [{ with: 'books', allowed: false }],
          })),
        },
  )
  const rulebook = rulebookOf({ ...law, packs: [PackConfig.parse({ ...pack, programmes })] })
  const move = (action: 'exit' | 'reinstate') =>
    office.work((tx, context) => moveEnrolment(tx, { id, action, reason: 'By mistake' }, context), {
      rulebook,
    })
  done(await move('exit'))
  await importOne(office, null, {
    programme: 'books',
    unit: 'resident',
    participants: [{ key: '0', of: 'resident', number: 'child-0', participantNumber: null }],
  })
  expect(await move('reinstate')).toMatchObject({
    refusal: { code: 'casework/double-benefit', name: 'books' },
  })
})
