import { type Decision, type Outcome, programmeOf, programmeOn, screen } from '../eligibility/index.ts'
import { beginProgress, idSchema } from '../kernel/index.ts'
import { inForce, recordsWith } from '../people/index.ts'
import type { FactValues } from '../rules/index.ts'
import type { Stored, Transaction } from '../storage/index.ts'
import { addRecords, changeRecord, stepBy } from './change.ts'
import { decisions, decisionValues, enrolments, proposals, rechecks } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { decisionOn, type MadeDecision, storeDecisions } from './decide-case.ts'
import { moveEnrolment } from './enrol.ts'
import { factsOfCases, nobodyThere, storedFacts } from './facts-of-cases.ts'
import { type DecisionId, type Enrolment, Recheck } from './records.ts'
import { recheckStates } from './states.ts'

type StoredEnrolment = Stored<typeof enrolments>
type StoredRecheck = Stored<typeof rechecks>

/** What a day's re-check came to. */
export interface Rechecked {
  readonly looked: number
  readonly raised: number
  /** Open ones that nothing is left of, since the unit is indicated as eligible again, or takes part no longer. */
  readonly cleared: number
  /** Of a programme without a version in force there is no decision, and so no re-check. */
  readonly notInForce: number
}

/**
 * Looks at everybody who takes part in a programme today, and raises a re-check where they are no longer indicated as
 * eligible, or it can no longer be told: facts changed, a birthday came, a new version of the law is in force. Screened
 * in columns, so it costs little; a decision is written down only of whom a re-check is raised. A second run of the
 * same day comes to nothing more. Whom an officer kept, or the forum included, is raised again only when what they were
 * kept for has changed.
 *
 * @param options.isStored Whether the stored snapshot is one of this day, so that facts are read from it, which is many
 * times quicker than to build them from the dated records. Default: it is not.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, recheckEnrolments, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const result = await storage.transact(village, (tx) => recheckEnrolments(tx, context))
 * result // => { looked: 0, raised: 0, cleared: 0, notInForce: 0 }
 * ```
 */
export async function recheckEnrolments(
  tx: Transaction,
  context: CaseworkContext,
  { isStored = false }: { readonly isStored?: boolean } = {},
): Promise<Rechecked> {
  const { on, rulebook } = context
  const byProgramme = new Map<string, StoredEnrolment[]>()
  const here = new Set<string>()
  for (const state of ['active', 'suspended'] as const) {
    for (const id of rulebook.pack.programmes.keys()) {
      for await (const enrolment of tx.stream(enrolments, { where: { programme: id, state } })) {
        if (!inForce(enrolment, on)) continue
        here.add(enrolment.id)
        byProgramme.set(id, [...(byProgramme.get(id) ?? []), enrolment])
      }
    }
  }
  const open = new Map<string, StoredRecheck>()
  for await (const recheck of tx.stream(rechecks, { where: { state: 'open' } }))
    open.set(recheck.enrolment, recheck)
  let [notInForce, raised, cleared] = [0, 0, 0]
  const clear = async (enrolment: string) => {
    const recheck = open.get(enrolment)
    if (recheck === undefined) return
    await stepOf(tx, recheck, { action: 'clear' }, { ...context, by: undefined })
    cleared += 1
  }
  for (const enrolled of byProgramme.values()) {
    const failing: StoredEnrolment[] = []
    for await (const { enrolment, outcome } of outcomesOf(tx, enrolled, context, isStored)) {
      if (outcome === null) notInForce += 1
      else if (outcome === 'eligible') await clear(enrolment.id)
      else if (!open.has(enrolment.id)) failing.push(enrolment)
    }
    raised += await raise(tx, failing, context)
  }
  for (const enrolment of open.keys()) if (!here.has(enrolment)) await clear(enrolment)
  return { looked: here.size, raised, cleared, notInForce }
}

/** A unit as it is screened, with what it is asked for. */
interface Asked {
  readonly id: string
  readonly household: FactValues
  readonly member?: number | undefined
  readonly enrolment: StoredEnrolment
}

/** The outcome of each enrolment of one programme; of whom nobody is there any more it is not known. */
async function* outcomesOf(
  tx: Transaction,
  enrolled: readonly StoredEnrolment[],
  { rulebook, snapshot, on }: CaseworkContext,
  isStored: boolean,
): AsyncGenerator<{ readonly enrolment: StoredEnrolment; readonly outcome: Outcome | null }> {
  const programme = enrolled[0]?.programme
  if (programme === undefined) return
  const gone: StoredEnrolment[] = []
  async function* there(): AsyncGenerator<Asked> {
    const units = isStored ? storedFacts(tx, snapshot, enrolled) : factsOfCases(tx, snapshot, enrolled, on)
    for await (const { given, facts } of units) {
      if (facts === undefined) gone.push(given)
      else yield { id: given.id, household: facts.household, member: facts.member, enrolment: given }
    }
  }
  for await (const screened of screen(rulebook.pack, there(), { on, programmes: [programme] })) {
    // What was given comes back as it is.
    const { enrolment, member } = screened.household as Asked
    // Every member of a household is screened for a programme of residents, and one is asked for.
    if (screened.member === member) yield { enrolment, outcome: screened.outcome }
  }
  const isInForce = programmeOn(programmeOf(rulebook.pack, programme), on) !== undefined
  for (const enrolment of gone) yield { enrolment, outcome: isInForce ? 'undetermined' : null }
}

async function raise(
  tx: Transaction,
  failing: readonly StoredEnrolment[],
  context: CaseworkContext,
): Promise<number> {
  if (failing.length === 0) return 0
  const kept = await keptFor(tx, failing)
  const made: { readonly recheck: Recheck; readonly decision: MadeDecision }[] = []
  const eligibleBefore = await lastEligible(tx, failing)
  const units = factsOfCases(tx, context.snapshot, failing, context.on)
  for await (const { given: enrolment, facts } of units) {
    const { programme, unit, subject } = enrolment
    const decision = decisionOn(
      facts ?? nobodyThere(enrolment),
      { programme, unit, subject, on: context.on },
      context,
    )
    if (decision === undefined || kept.get(enrolment.id) === groundsOf(decision.document)) continue
    const before = eligibleBefore.get(`${programme}/${subject}`)
    made.push({
      decision,
      recheck: Recheck.parse({
        ...beginProgress(recheckStates, context.on),
        id: idSchema('Recheck').parse(context.nextId()),
        enrolment: enrolment.id,
        programme,
        unit,
        subject,
        cause: before !== undefined && before !== lawOf(decision.document) ? 'law' : 'facts',
        decision: decision.record.id,
      }),
    })
  }
  await storeDecisions(
    tx,
    made.map(({ decision }) => decision),
    context,
  )
  await addRecords(
    tx,
    rechecks,
    made.map(({ recheck }) => recheck),
    context,
  )
  return made.length
}

/** What an outcome rests on, without the day: each clause with its facts, and the law. */
function groundsOf(document: Decision): string {
  const { outcome, criteria } = document
  return JSON.stringify([outcome, criteria, lawOf(document)])
}

/** The law that a decision was made by: the version in force and its parameters. */
function lawOf({ version, parameters }: Decision): string {
  return JSON.stringify([version.from ?? null, version.to ?? null, parameters])
}

/** What those who were kept last were kept for, and what those were included for of whom only the forum spoke. */
async function keptFor(
  tx: Transaction,
  enrolled: readonly Enrolment[],
): Promise<ReadonlyMap<string, string>> {
  const words = new Map<string, DecisionId>()
  const ofProposal = new Map(enrolled.map(({ id, proposal }) => [proposal as string | null, id]))
  for (const unit of await recordsWith(tx, proposals, 'id', [...ofProposal.keys()].filter(isThere))) {
    const enrolment = ofProposal.get(unit.id)
    if (unit.override?.towards === 'include' && enrolment !== undefined) words.set(enrolment, unit.decision)
  }
  const last = new Map<string, StoredRecheck>()
  const ids = enrolled.map(({ id }) => id)
  for (const recheck of await recordsWith(tx, rechecks, 'enrolment', ids)) {
    if (recheck.id > (last.get(recheck.enrolment)?.id ?? '')) last.set(recheck.enrolment, recheck)
  }
  for (const { enrolment, state, decision } of last.values())
    if (state === 'kept') words.set(enrolment, decision)
  const documents = await documentsOf(tx, [...words.values()])
  return new Map(
    [...words].flatMap(([enrolment, decision]) => {
      const document = documents.get(decision)
      return document === undefined ? [] : [[enrolment, groundsOf(document)] as const]
    }),
  )
}

function isThere(id: string | null): id is string {
  return id !== null
}

/** The law of the last decision by which each was found eligible, by programme and subject. */
async function lastEligible(
  tx: Transaction,
  enrolled: readonly Enrolment[],
): Promise<ReadonlyMap<string, string>> {
  const last = new Map<string, { readonly id: string; readonly decision: string }>()
  const subjects = [...new Set(enrolled.map(({ subject }) => subject))]
  for (const { id, programme, subject, outcome } of await recordsWith(tx, decisions, 'subject', subjects)) {
    const key = `${programme}/${subject}`
    if (outcome === 'eligible' && id > (last.get(key)?.id ?? '')) last.set(key, { id, decision: id })
  }
  const documents = await documentsOf(
    tx,
    [...last.values()].map(({ decision }) => decision),
  )
  return new Map(
    [...last].flatMap(([key, { decision }]) => {
      const document = documents.get(decision)
      return document === undefined ? [] : [[key, lawOf(document)] as const]
    }),
  )
}

/** Decision documents as they were written down; those that were erased are not among them. */
async function documentsOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Decision>> {
  const found = new Map<string, Decision>()
  for (const { decision, document } of await recordsWith(tx, decisionValues, 'decision', ids)) {
    // What stands there was written from a decision.
    if (document !== null) found.set(decision, JSON.parse(document) as Decision)
  }
  return found
}

/** What follows a re-check: the unit is kept, which says why, or it leaves the programme today. */
export interface RecheckStep {
  readonly recheck: Recheck['id']
  readonly action: 'keep' | 'exit'
  readonly reason: string
}

/**
 * Decides what follows a re-check. With `exit` the enrolment ends, and today is the first day without it.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, Recheck, rulebookOf, settleRecheck } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const on = CivilDate.parse('2026-11-24')
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const village = VillageId.parse('v')
 * const recheck = Recheck.shape.id.parse(id)
 * const step = { recheck, action: 'keep', reason: 'The child is ill.' } as const
 * const result = await storage.transact(village, (tx) => settleRecheck(tx, step, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function settleRecheck(
  tx: Transaction,
  { recheck: id, action, reason }: RecheckStep,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly recheck: Recheck; readonly enrolment: Enrolment }>> {
  const { on } = context
  const found = await tx.get(rechecks, { id })
  const enrolment = found && (await tx.get(enrolments, { id: found.enrolment }))
  if (found === undefined || enrolment === undefined)
    return refuse({ code: 'casework/unknown-record', record: id })
  if (action === 'keep') {
    const stepped = await stepOf(tx, found, { action, reason }, context)
    return stepped.ok ? { ok: true, recheck: stepped.recheck, enrolment } : stepped
  }
  const left = await moveEnrolment(tx, { id: enrolment.id, action, reason, on }, context)
  if (!left.ok) return left
  const stepped = await stepOf(tx, found, { action, reason }, context)
  return stepped.ok ? { ok: true, recheck: stepped.recheck, enrolment: left.record } : stepped
}

async function stepOf(
  tx: Transaction,
  before: StoredRecheck,
  step: { readonly action: 'keep' | 'exit' | 'clear'; readonly reason?: string | undefined },
  context: CaseworkContext,
): Promise<CaseResult<{ readonly recheck: Recheck }>> {
  const taken = stepBy(recheckStates, before, step, context)
  return taken.ok
    ? { ok: true, recheck: await changeRecord(tx, rechecks, before, taken.progress, context) }
    : taken
}
