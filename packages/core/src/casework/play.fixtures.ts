// Random steps of a proposal list and what follows, against a model of a few lines. The model knows what must happen;
// after every step the stored records are what it says, a refusal has changed nothing, and every decision replays.

import fc from 'fast-check'
import { expect } from 'vitest'
import { sha256Hex } from '../kernel/index.ts'
import type { Storage } from '../storage/index.ts'
import { openCasework, today, village } from './casework.fixtures.ts'
import { enrolments, proposalLists } from './collections.ts'
import type { CaseResult } from './context.ts'
import { draftProposalList } from './draft-list.ts'
import { enrolProposal, moveEnrolment } from './enrol.ts'
import { recordForumDecision } from './forum.ts'
import type { Proposal } from './records.ts'
import { replayDecision } from './replay.ts'
import { closeProposalList, reopenProposalList, settleProposalList } from './settle-list.ts'
import { moveProposalList, proposalsOf, verifyProposal } from './verify-list.ts'
import { declineProposal } from './waiting-list.ts'

const families = 4
const places = 2

interface Model {
  list: 'draft' | 'verifying' | 'before-forum' | 'closed' | 'cancelled'
  isSettled: boolean
  /** In the order of the programme. */
  units: Proposal['state'][]
  parts: ('none' | 'active' | 'suspended' | 'exited')[]
}

const listSteps = ['submit', 'convene', 'cancel', 'settle', 'reopen', 'close'] as const
const unitSteps = [
  'verify',
  'reject',
  'doubt',
  'enrol',
  'decline',
  'suspend',
  'resume',
  'exit',
  'reinstate',
] as const

type Play =
  | { readonly step: (typeof listSteps)[number] }
  | { readonly step: (typeof unitSteps)[number]; readonly unit: number }

/** Towards the end of the process, or there would be no enrolments to play with. */
const plays: fc.Arbitrary<readonly Play[]> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        { weight: 1, arbitrary: fc.record({ step: fc.constantFrom(...listSteps) }) },
        {
          weight: 3,
          arbitrary: fc.record({ step: fc.constantFrom(...unitSteps), unit: fc.nat({ max: families - 1 }) }),
        },
      ),
      { maxLength: 25 },
    ),
  )
  .map(([isAhead, random]): readonly Play[] => {
    const looked = Array.from({ length: families }, (_, unit) => ({ step: 'verify', unit }) as const)
    const ahead: readonly Play[] = [
      { step: 'submit' },
      ...looked,
      { step: 'convene' },
      { step: 'settle' },
      { step: 'close' },
    ]
    return isAhead ? [...ahead, ...random] : random
  })

function takenIn({ units, parts }: Model): number {
  return units.filter(
    (state, unit) => state === 'accepted' || (state === 'enrolled' && parts[unit] !== 'exited'),
  ).length
}

function moveUp(model: Model): void {
  model.units.forEach((state, unit) => {
    if (state === 'waiting' && takenIn(model) < places) model.units[unit] = 'accepted'
  })
}

/** What must come of a play; false where it is refused. */
function playModel(model: Model, play: Play): boolean {
  const { list, units, parts } = model
  const isOpen = list === 'draft' || list === 'verifying' || list === 'before-forum'
  if (!('unit' in play)) {
    switch (play.step) {
      case 'submit':
        if (list !== 'draft') return false
        model.list = 'verifying'
        return true
      case 'convene':
        if (list !== 'verifying' || units.includes('proposed')) return false
        model.list = 'before-forum'
        return true
      case 'cancel':
        if (!isOpen) return false
        model.list = 'cancelled'
        return true
      case 'settle': {
        if (list !== 'before-forum' || units.some((state) => state !== 'verified' && state !== 'rejected'))
          return false
        let free = places
        model.units = units.map((state) =>
          state !== 'verified' ? state : free-- > 0 ? 'accepted' : 'waiting',
        )
        model.isSettled = true
        return true
      }
      case 'reopen':
        if (list !== 'before-forum') return false
        model.units = units.map((state) => (state === 'rejected' ? state : 'verified'))
        model.isSettled = false
        return true
      case 'close':
        if (list !== 'before-forum' || !model.isSettled) return false
        model.list = 'closed'
        return true
    }
  }
  const { step, unit } = play
  const [state, part] = [units[unit], parts[unit]]
  const turn = (
    isAllowed: boolean,
    to: { unit?: Proposal['state']; part?: Model['parts'][number] },
  ): boolean => {
    if (!isAllowed) return false
    if (to.unit !== undefined) units[unit] = to.unit
    if (to.part !== undefined) parts[unit] = to.part
    return true
  }
  switch (step) {
    case 'verify':
      return turn(list === 'verifying' && state === 'proposed', { unit: 'verified' })
    case 'reject':
      return turn(list === 'verifying' && state === 'proposed', { unit: 'rejected' })
    case 'doubt':
      return turn(list === 'verifying' && (state === 'verified' || state === 'rejected'), {
        unit: 'proposed',
      })
    case 'enrol':
      return turn(list === 'closed' && state === 'accepted', { unit: 'enrolled', part: 'active' })
    case 'decline': {
      const isDone =
        state === 'waiting'
          ? turn(true, { unit: 'refused' })
          : turn(list === 'closed' && state === 'accepted', { unit: 'declined' })
      if (isDone && list === 'closed') moveUp(model)
      return isDone
    }
    case 'suspend':
      return turn(part === 'active', { part: 'suspended' })
    case 'resume':
      return turn(part === 'suspended', { part: 'active' })
    case 'exit': {
      const isDone = turn(part === 'active' || part === 'suspended', { part: 'exited' })
      if (isDone) moveUp(model)
      return isDone
    }
    case 'reinstate':
      return turn(part === 'exited' && takenIn(model) < places, { part: 'active' })
  }
}

async function playOn(storage: Storage | undefined, played: readonly Play[]): Promise<void> {
  const house = await openCasework([1, 2, 3, 4], storage === undefined ? {} : { storage })
  const { work } = house
  const drafted = await work((tx, context) =>
    draftProposalList(tx, { programme: 'rice', title: 'Rice', on: today, places }, context),
  )
  const minutes = sha256Hex(new Uint8Array())
  const votes = { for: 1, against: 0, abstained: 0 }
  const forum = await work((tx, context) =>
    recordForumDecision(tx, { on: today, minutes, votes, subject: 'Rice' }, context),
  )
  if (!drafted.ok || !forum.ok) throw new Error('There is no list.')
  const { id } = drafted.list
  const ids = drafted.proposals.map((unit) => unit.id)
  const reason = 'For a reason'
  const clerk = { by: { actor: 'clerk' } }
  const stored = () =>
    house.storage.read(village, async (tx) => {
      const parts = new Map<string, string>()
      for await (const { proposal, state } of tx.stream(enrolments)) parts.set(proposal ?? '', state)
      const list = await tx.get(proposalLists, { id })
      const found = new Map((await proposalsOf(tx, id)).map((unit) => [unit.id, unit.state]))
      return {
        list: list?.state,
        units: ids.map((each) => found.get(each)),
        parts: ids.map((each) => parts.get(each) ?? 'none'),
      }
    })
  const take = (play: Play): Promise<CaseResult<object>> => {
    if (!('unit' in play)) {
      const { step } = play
      if (step === 'settle')
        return work(
          (tx, context) =>
            settleProposalList(tx, { list: id, forum: forum.record.id, overrides: [] }, context),
          clerk,
        )
      if (step === 'reopen')
        return work((tx, context) => reopenProposalList(tx, { id, reason }, context), clerk)
      if (step === 'close') return work((tx, context) => closeProposalList(tx, id, context), clerk)
      return work((tx, context) => moveProposalList(tx, { id, action: step, reason }, context))
    }
    const { step, unit } = play
    const [proposal] = ids.slice(unit)
    if (proposal === undefined) throw new Error('There is no such unit.')
    if (step === 'verify' || step === 'reject' || step === 'doubt')
      return work((tx, context) => verifyProposal(tx, { id: proposal, action: step, reason }, context))
    if (step === 'enrol') return work((tx, context) => enrolProposal(tx, { proposal, from: today }, context))
    if (step === 'decline')
      return work((tx, context) => declineProposal(tx, { id: proposal, reason }, context))
    return work(async (tx, context) => {
      const { records } = await tx.query(enrolments, { where: { programme: 'rice' } })
      const enrolment = records.find((each) => each.proposal === proposal)
      const nobody = { ok: false, refusal: { code: 'casework/unknown-record' } } as const
      return enrolment === undefined
        ? nobody
        : await moveEnrolment(tx, { id: enrolment.id, action: step, reason }, context)
    })
  }
  const model: Model = {
    list: 'draft',
    isSettled: false,
    units: ids.map(() => 'proposed'),
    parts: ids.map(() => 'none'),
  }
  for (const play of played) {
    const isExpected = playModel(model, play)
    const result = await take(play)
    expect([play, result.ok]).toEqual([play, isExpected])
    const { list, units, parts } = model
    expect(await stored()).toEqual({ list, units, parts })
    if (list === 'closed') expect(takenIn(model)).toBeLessThanOrEqual(places)
  }
  for (const { decision } of await house.storage.read(village, (tx) => proposalsOf(tx, id)))
    expect(await house.storage.read(village, (tx) => replayDecision(tx, decision))).toMatchObject({
      outcome: 'same',
    })
}

/** Plays on stores that `open` gives, empty each time; the default is memory. */
export async function playCasework(
  runs: number | undefined,
  open: () => Promise<{ readonly storage?: Storage; readonly close: () => Promise<void> }> = async () => ({
    close: async () => undefined,
  }),
): Promise<void> {
  const property = fc.asyncProperty(plays, async (played) => {
    const { storage, close } = await open()
    try {
      await playOn(storage, played)
    } finally {
      await close()
    }
  })
  await fc.assert(property, runs === undefined ? {} : { numRuns: runs })
}
