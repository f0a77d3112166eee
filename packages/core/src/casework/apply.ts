import { programmeOn } from '../eligibility/index.ts'
import { beginProgress } from '../kernel/index.ts'
import type { Transaction } from '../storage/index.ts'
import { isOfUnit, mayAsk } from './belonging.ts'
import { addRecords, changeRecord, stepBy } from './change.ts'
import { applications } from './collections.ts'
import { type Case, type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { type MadeDecision, makeDecision, storeDecisions } from './decide-case.ts'
import { Application, ApplicationId } from './records.ts'
import { applicationStates } from './states.ts'

/** A request to be taken into a programme, as it is made. */
export interface ApplicationInput extends Case, Pick<Application, 'applicant' | 'representative' | 'note'> {
  readonly id?: ApplicationId | undefined
  /** For which the representative needs a power. */
  readonly purpose: string
  /** Ids of the programme's documents that were shown. */
  readonly documents: readonly string[]
}

/**
 * Receives an application. Refused with `casework/unknown-programme`, `casework/wrong-unit`,
 * `casework/no-version-in-force`, `casework/unknown-document`, `casework/not-of-unit` where the applicant neither is
 * the resident nor lives in the household, `casework/not-represented` where the representative has no power for the
 * purpose, and `casework/already-applied` where an application for the same is open.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, rulebookOf, submitApplication } from '@lumbung/core/casework'
 * import { CivilDate, Instant, ResidentId, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on: CivilDate.parse('2026-11-24'),
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const applicant = ResidentId.parse(id)
 * const asked = { programme: 'rice', unit: 'resident', subject: id, applicant, representative: null } as const
 * const input = { ...asked, purpose: 'services', documents: [], note: '' }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => submitApplication(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-programme'
 * ```
 */
export async function submitApplication(
  tx: Transaction,
  { id, purpose, ...input }: ApplicationInput,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Application }>> {
  const { on, now } = context
  const { programme, unit, subject, applicant, representative } = input
  const known = context.rulebook.pack.programmes.get(programme)
  if (known === undefined) return refuse({ code: 'casework/unknown-programme', record: programme })
  if (known.config.unit !== unit) return refuse({ code: 'casework/wrong-unit', record: programme })
  const needed = documentsOf(context, programme)
  if (needed === undefined) return refuse({ code: 'casework/no-version-in-force', on })
  const other = input.documents.find((document) => !needed.includes(document))
  if (other !== undefined) return refuse({ code: 'casework/unknown-document', name: other })
  if (!(await isOfUnit(tx, input, applicant, on)))
    return refuse({ code: 'casework/not-of-unit', record: applicant })
  if (!(await mayAsk(tx, { person: applicant, representative, purpose }, on))) {
    return refuse({ code: 'casework/not-represented', record: applicant })
  }
  const { records } = await tx.query(applications, {
    where: { subject, programme, state: 'received' },
    limit: 1,
  })
  if (records[0] !== undefined) return refuse({ code: 'casework/already-applied', record: records[0].id })
  const record = Application.parse({
    ...input,
    ...beginProgress(applicationStates, on),
    id: id ?? ApplicationId.parse(context.nextId()),
    documents: [...new Set(input.documents)],
    decision: null,
    recordedAt: now,
  })
  await addRecords(tx, applications, [record], context)
  return { ok: true, record }
}

/** Ids of the documents that a programme asks for today; undefined where no version is in force. */
export function documentsOf(
  { rulebook, on }: Pick<CaseworkContext, 'rulebook' | 'on'>,
  programme: string,
): readonly string[] | undefined {
  const known = rulebook.pack.programmes.get(programme)
  const inForce = known && programmeOn(known, on)
  return inForce?.version.documents.map(({ id }) => id)
}

/**
 * Notes that more documents were shown for an application that is open. Refused with `casework/unknown-record`,
 * `casework/unknown-document`, and `states/final` for one that was decided or withdrawn.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { ApplicationId, caseworkCollections, rulebookOf, showDocuments } from '@lumbung/core/casework'
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
 * const [application, shown] = [ApplicationId.parse(id), ['family-card']]
 * const result = await storage.transact(village, (tx) => showDocuments(tx, application, shown, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function showDocuments(
  tx: Transaction,
  id: ApplicationId,
  documents: readonly string[],
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Application }>> {
  const before = await tx.get(applications, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  if (before.state !== 'received') return refuse({ code: 'states/final', state: before.state })
  const needed = documentsOf(context, before.programme) ?? []
  const other = documents.find((document) => !needed.includes(document))
  if (other !== undefined) return refuse({ code: 'casework/unknown-document', name: other })
  const shown = Application.shape.documents.parse([...new Set([...before.documents, ...documents])])
  return { ok: true, record: await changeRecord(tx, applications, before, { documents: shown }, context) }
}

/**
 * Withdraws an application that is open. Refused with `casework/unknown-record` and `states/final`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import {
 *   ApplicationId,
 *   caseworkCollections,
 *   rulebookOf,
 *   withdrawApplication,
 * } from '@lumbung/core/casework'
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
 * const input = { id: ApplicationId.parse(id), reason: 'They move away.' }
 * const result = await storage.transact(village, (tx) => withdrawApplication(tx, input, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function withdrawApplication(
  tx: Transaction,
  { id, reason }: { readonly id: ApplicationId; readonly reason?: string | undefined },
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Application }>> {
  const before = await tx.get(applications, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const step = stepBy(applicationStates, before, { action: 'withdraw', reason }, context)
  if (!step.ok) return step
  return { ok: true, record: await changeRecord(tx, applications, before, step.progress, context) }
}

/**
 * Decides on an application by what the register knows today, and writes the decision down. Who is indicated as
 * eligible must have shown all documents that the programme asks for. Refused with `casework/unknown-record`, what
 * {@link decideCase} refuses, and `states/guard-not-met` for documents that are missing.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { ApplicationId, caseworkCollections, decideApplication, rulebookOf } from '@lumbung/core/casework'
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
 * const application = ApplicationId.parse(id)
 * const result = await storage.transact(village, (tx) => decideApplication(tx, application, context))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function decideApplication(
  tx: Transaction,
  id: ApplicationId,
  context: CaseworkContext,
): Promise<CaseResult<{ readonly record: Application; readonly made: MadeDecision }>> {
  const before = await tx.get(applications, { id })
  if (before === undefined) return refuse({ code: 'casework/unknown-record', record: id })
  const { programme, unit, subject, documents } = before
  const made = await makeDecision(tx, { programme, unit, subject, on: context.on }, context)
  if (!made.ok) return made
  const isShown = documentsOf(context, programme)?.every((document) => documents.includes(document)) === true
  const guards = { documentsShown: isShown || made.record.outcome !== 'eligible' }
  const step = stepBy(applicationStates, before, { action: 'decide', guards }, context)
  if (!step.ok) return step
  await storeDecisions(tx, [made], context)
  const changes = { ...step.progress, decision: made.record.id }
  return { ok: true, made, record: await changeRecord(tx, applications, before, changes, context) }
}
