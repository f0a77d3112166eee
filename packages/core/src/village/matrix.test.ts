import { expect, test } from 'vitest'
import { isLumbungError } from '../kernel/index.ts'
import { areas, households as householdsOf, residents } from '../people/index.ts'
import { giveConsentRecord, saveRepresentationRecord } from './agreement-changes.ts'
import { saveAreaRecord } from './area-changes.ts'
import { fileAppealRecord } from './casework-appeals.ts'
import { submitApplicationRecord } from './casework-applications.ts'
import { recordDecision } from './casework-decisions.ts'
import { listEnrolments } from './casework-enrolments.ts'
import { recordForum } from './casework-forum.ts'
import { draftList, moveList, readProposalList } from './casework-lists.ts'
import { importParticipants } from './enrolment-import.ts'
import { config, openTestVillage, population, sessionOf } from './fixtures.ts'
import { saveOrganisationRecord } from './organisation-changes.ts'
import { importPopulation, recordDatedFact } from './register-changes.ts'
import type { UseCase } from './use-case.ts'
import { villageUseCases } from './use-cases.ts'

/** What each use case is asked for about a resident; an input that a use case lacks fails the test. */
function inputFor(name: string, ids: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const resident = ids['N-3'] ?? ''
  const on = '2026-11-24'
  const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'village.glance': {},
    'area.list': {},
    'resident.search': { text: 'darto' },
    'resident.list': { text: 'darto' },
    'resident.read': { id: resident },
    'resident.show-numbers': { id: resident },
    'household.read': { id: ids['CARD-2'] },
    'household.show-number': { id: ids['CARD-2'] },
    'life-event.list': { resident },
    'resident.save': {
      id: resident,
      identityNumber: 'N-3',
      temporaryNumber: null,
      name: 'Darto Wibowo',
      sex: 'male',
      birthDate: '1968-07-01',
      birthPlace: null,
      status: 'present',
      statusSince: '1968-07-01',
      area: ids['West'],
    },
    'fact.record': {
      unit: 'household',
      subject: ids['CARD-2'],
      name: 'welfareDecile',
      value: 3,
      from: on,
      to: null,
      source: 'survey',
      degree: 'declared',
    },
    'life-event.record': {
      on,
      details: { kind: 'move-out', residents: [resident], newHeads: [], destination: null },
    },
    'duplicate.list': {},
    'merge.list': {},
    'resident.merge': { kept: resident, merged: ids['N-1'] },
    'resident.unmerge': { id: resident },
    'population.check': { population },
    'population.import': { population, isDryRun: true },
    'facts.import': { facts: [], isDryRun: true },
    'reads.own': {},
    'reads.list': { resident },
    'audit.resident': { resident },
    'job.list': {},
    'area.history': {},
    'area.save': { kind: 'hamlet', parent: null, code: null, name: 'North', from: null, to: null },
    'area.record': { area: ids['West'], kind: 'named', on, name: 'Sunset' },
    'area.end': { area: ids['North'], on, isDryRun: true },
    'area.reopen': { area: ids['West'] },
    'area.split': { area: ids['West'], on, parts: [{ name: 'Sunset' }], goesOn: true },
    'organisation.list': {},
    'organisation.read': { id: ids['Mill School'] },
    'affiliation.list': { organisation: ids['Mill School'] },
    'organisation.save': { kind: 'school', name: 'Ridge School', area: ids['West'], from: null, to: null },
    'affiliation.save': {
      organisation: ids['Mill School'],
      resident,
      role: 'head',
      from: on,
      to: null,
    },
    'agreement.list': { resident },
    'consent.give': { resident, purpose: 'health', basis: 'Form', from: on, to: null },
    'consent.withdraw': { id: ids['consent'] },
    'representation.save': {
      resident,
      representative: ids['N-1'],
      kind: 'proxy',
      purposes: ['health'],
      basis: 'Letter',
      from: on,
    },
    'programme.list': {},
    'programme.read': { id: 'rice' },
    'eligibility.decide': { household: ids['CARD-2'] },
    'eligibility.decide-resident': { resident },
    'eligibility.next-question': { household: ids['CARD-2'] },
    'eligibility.screen': {},
    'eligibility.list': { programme: 'rice' },
    'decision.record': { programme: 'rice', unit: 'household', subject: ids['CARD-2'] },
    'decision.list': {},
    'decision.read': { id: ids['decision'] },
    'decision.replay': { id: ids['decision'] },
    'decision.erase': { id: ids['decision'] },
    'application.submit': {
      programme: 'rice',
      unit: 'household',
      subject: ids['CARD-2'],
      applicant: resident,
      representative: null,
    },
    'application.show-documents': { id: ids['application'], documents: [] },
    'application.withdraw': { id: ids['application'] },
    'application.decide': { id: ids['application'] },
    'application.list': {},
    'proposal-list.draft': { programme: 'rice', title: 'Rice again' },
    'proposal-list.add': { list: ids['list'], subject: ids['CARD-2'] },
    'proposal-list.move': { id: ids['list'], action: 'submit' },
    'proposal-list.list': {},
    'proposal-list.read': { id: ids['list'] },
    'proposal.verify': { id: ids['proposal'], action: 'verify' },
    'forum.record': {
      minutes: 'f'.repeat(64),
      votes: { for: 5, against: 1, abstained: 0 },
      subject: 'Rice for this year',
    },
    'forum.list': {},
    'proposal-list.settle': { list: ids['list'], forum: ids['forum'] },
    'proposal-list.reopen': { id: ids['list'], reason: 'Another vote' },
    'proposal-list.close': { id: ids['list'] },
    'proposal.enrol': { proposal: ids['proposal'] },
    'proposal.decline': { id: ids['proposal'], reason: 'Moves away' },
    'casework.counts': {},
    'enrolment.list': {},
    'enrolment.move': { id: ids['enrolment'], action: 'exit', reason: 'Moved away' },
    'appeal.file': { decision: ids['decision'], appellant: resident, reason: 'We are poorer' },
    'appeal.withdraw': { id: ids['appeal'] },
    'appeal.answer': { id: ids['appeal'], action: 'dismiss', reason: 'The decile stands' },
    'appeal.list': {},
    'enrolment.import': {
      programme: 'rice',
      from: on,
      to: null,
      participants: [{ key: '1', of: 'family', number: 'CARD-2', participantNumber: null }],
    },
    'enrolment.export': { programme: 'rice' },
    'enrolment.doubles': {},
    'payment.prepare': { programme: 'rice', from: '2026-11-01', to: '2026-12-01', payOn: on },
    'payment.decide': { list: resident, outcome: 'approve', digest: 'f'.repeat(64) },
    'payment.withdraw': { list: resident, reason: 'Wrong day' },
    'payment.record': { payments: [resident], action: 'pay' },
    'payment.lists': {},
    'payment.list': { list: resident },
    'payment.of-unit': { unit: 'household', subject: ids['CARD-2'] },
    'payment.instructions': { list: resident },
    'correction.find': { programme: 'rice' },
    'correction.settle': { correction: resident, action: 'settle' },
    'correction.list': { programme: 'rice' },
    'recheck.list': { programme: 'rice' },
    'recheck.decide': { recheck: resident, action: 'keep', reason: 'The roof fell in' },
    'targeting.read': { programme: 'rice' },
    'eligibility.simulate': { programme: 'rice', parameters: { decileMax: 3 } },
    'eligibility.rank': { programme: 'rice' },
  }
  const input = inputs[name]
  if (input === undefined) throw new Error(`There is no sample input for ${name}.`)
  return input
}

test('who may read and do what: every use case with every role', async () => {
  const askers = [...config.roles.map(({ id }) => id), guardian]
  const lines = [
    'Every use case of core, asked by every role of the sample village about a man of another hamlet, and by a',
    'resident who acts for him.',
    '',
    `| use case | ${askers.join(' | ')} |`,
    `| --- | ${askers.map(() => '---').join(' | ')} |`,
  ]
  for (const useCase of villageUseCases as readonly UseCase[]) {
    const cells: string[] = []
    for (const asker of askers) cells.push(await outcomeOf(useCase, asker))
    lines.push(`| ${useCase.name} | ${cells.join(' | ')} |`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.txt')
})

/** A resident who has a power over the man. */
const guardian = 'resident who acts for him'

/** What is about the man's household: a decision, an application, a list on which it stands, and what follows. */
async function withCases(
  secretary: ReturnType<typeof sessionOf>,
  ids: Readonly<Record<string, string>>,
  name: string,
): Promise<Record<string, string>> {
  const asked = { programme: 'rice', unit: 'household', subject: ids['CARD-2'] as never } as const
  const decile = { unit: 'household', name: 'welfareDecile', value: 3, from: null, to: null } as const
  const fact = { ...decile, subject: ids['CARD-2'] as never, source: 'Survey', degree: 'verified' } as const
  await secretary.perform(recordDatedFact, fact)
  const idOf = (result: { readonly ok: boolean; readonly record?: { readonly id: string } }) =>
    result.record?.id ?? ''
  const decision = idOf(await secretary.perform(recordDecision, asked))
  const found: Record<string, string> = { decision }
  const applicant = ids['N-3'] as never
  if (name !== 'application.submit')
    found['application'] = idOf(await secretary.perform(submitApplicationRecord, { ...asked, applicant }))
  const person = { decision: decision as never, appellant: applicant, reason: 'We are poorer' }
  if (name !== 'appeal.file') found['appeal'] = idOf(await secretary.perform(fileAppealRecord, person))
  const list = idOf(await secretary.perform(draftList, { programme: 'rice', title: 'Rice' }))
  const { proposals } = await secretary.perform(readProposalList, { id: list as never })
  found['list'] = list
  found['proposal'] = proposals.find(({ subject }) => subject === ids['CARD-2'])?.id ?? ''
  const votes = { for: 5, against: 1, abstained: 0 }
  const forum = { minutes: 'f'.repeat(64) as never, votes, subject: 'Rice' }
  found['forum'] = idOf(await secretary.perform(recordForum, forum))
  if (name === 'proposal.verify') {
    await secretary.perform(moveList, { id: list as never, action: 'submit' })
    return found
  }
  const participants = [{ key: '1', of: 'family', number: 'CARD-2', participantNumber: null }] as const
  const brought = { programme: 'rice', from: '2026-11-01' as never, to: null, participants }
  await secretary.perform(importParticipants, brought as never)
  const { items } = await secretary.perform(listEnrolments, {})
  found['enrolment'] = items[0]?.id ?? ''
  return found
}

async function outcomeOf(useCase: UseCase, asker: string): Promise<string> {
  const role = asker === guardian ? 'resident' : asker
  const { village } = openTestVillage()
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importPopulation, { population })
  const ids: Record<string, string> = {}
  await village.storage.read(config.id, async (tx) => {
    for await (const { id, identityNumber } of tx.stream(residents)) ids[identityNumber ?? ''] = id
    for await (const { id, name } of tx.stream(areas)) ids[name] = id
  })
  const spare = { kind: 'hamlet', parent: null, code: null, name: 'North', from: null, to: null } as const
  const made = await secretary.perform(saveAreaRecord, spare)
  ids['North'] = made.ok ? made.record.id : ''
  const { records } = await village.storage.read(config.id, (tx) => tx.query(householdsOf, {}))
  for (const { id, number } of records) ids[number ?? ''] = id
  const school = { kind: 'school', name: 'Mill School', area: null, from: null, to: null } as const
  const body = await secretary.perform(saveOrganisationRecord, school)
  const agreed = { purpose: 'administration', basis: 'Form', from: null, to: null }
  const consent = await secretary.perform(giveConsentRecord, { ...agreed, resident: ids['N-3'] as never })
  for (const [name, saved] of Object.entries({ 'Mill School': body, consent }))
    ids[name] = saved.ok ? saved.record.id : ''
  if (asker === guardian) {
    const pair = { resident: ids['N-3'] as never, representative: ids['N-1'] as never }
    const power = { kind: 'guardian', purposes: [], basis: 'Judgment', from: null } as const
    await secretary.perform(saveRepresentationRecord, { ...pair, ...power })
  }
  if (useCase.scope.startsWith('casework.')) Object.assign(ids, await withCases(secretary, ids, useCase.name))
  const session = sessionOf(village, role, {
    purpose: role === 'health-worker' ? 'health' : 'administration',
    // The two who are merged have two numbers.
    reason: 'A test',
    ...(role === 'hamlet-head' ? { hamlets: [ids['East'] ?? ''] } : {}),
    ...(role === 'resident' ? { resident: ids['N-1'] ?? '' } : {}),
  })
  try {
    const answer: unknown = await session.perform(useCase, inputFor(useCase.name, ids))
    return answer !== null && typeof answer === 'object' && 'ok' in answer && answer.ok === false
      ? 'refused'
      : 'yes'
  } catch (error) {
    if (!isLumbungError(error)) throw error
    return error.code === 'village/forbidden' ? '–' : error.code
  }
}
