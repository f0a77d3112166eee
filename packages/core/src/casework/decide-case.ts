import { bytesToHex } from '@noble/hashes/utils.js'
import { type Decision, decide } from '../eligibility/index.ts'
import { ActedBy, asciiJson, type CivilDate, saltedDigest } from '../kernel/index.ts'
import type { Transaction } from '../storage/index.ts'
import { ownUnit } from './belonging.ts'
import { type CaseFacts, caseFactsOn } from './case-facts.ts'
import { decisions, decisionValues } from './collections.ts'
import { type Case, type CaseResult, type CaseworkContext, refuse } from './context.ts'
import { DecisionId, type DecisionRecord, type DecisionValues } from './records.ts'
import { keepRulebook } from './rulebook.ts'

/** What a decision is asked of. */
export interface CaseQuestion extends Case {
  /** The day chooses the version of the programme, its parameters, and the facts (semantics 12). */
  readonly on: CivilDate
  /** The decision that this one takes the place of. */
  readonly replaces?: DecisionId | undefined
}

/** A decision with what it was made of, before or after it is written. */
export interface MadeDecision {
  readonly record: DecisionRecord
  readonly values: DecisionValues
  readonly document: Decision
}

/**
 * Decides on a household or a resident by what the register knows now, and writes the decision down: once the
 * rulebook, by its digest; the record, with a salted digest of its values; and beside it the values, which are facts,
 * their sources and the decision document. Refused with `casework/unknown-programme`, `casework/wrong-unit`,
 * `casework/nobody-there` where nobody belonged to the unit on that day, and `casework/no-version-in-force`.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, decideCase, rulebookOf } from '@lumbung/core/casework'
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { defineSnapshot, peopleCollections } from '@lumbung/core/people'
 *
 * const storage = openMemory({ collections: [...peopleCollections, ...caseworkCollections], streams: [] })
 * const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * const on = CivilDate.parse('2026-11-24')
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on,
 *   nextId: () => id,
 *   random: (bytes: number) => new Uint8Array(bytes),
 *   rulebook: rulebookOf({ name: { en: 'Hill Village' }, facts: [], packs: [] }),
 *   snapshot: defineSnapshot([]),
 *   policy: {},
 * }
 * const asked = { programme: 'rice', unit: 'household', subject: id, on } as const
 * const result = await storage.transact(VillageId.parse('v'), (tx) => decideCase(tx, asked, context))
 * result.ok || result.refusal.code // => 'casework/unknown-programme'
 * ```
 */
export async function decideCase(
  tx: Transaction,
  question: CaseQuestion,
  context: CaseworkContext,
): Promise<CaseResult<MadeDecision>> {
  if ((await ownUnit(tx, [question], context)) !== undefined)
    return refuse({ code: 'casework/same-person', record: question.subject })
  const made = await makeDecision(tx, question, context)
  if (made.ok) await storeDecisions(tx, [made], context)
  return made
}

/** As {@link decideCase}, but nothing is written yet, so that more can be looked at first. */
export async function makeDecision(
  tx: Transaction,
  question: CaseQuestion,
  context: CaseworkContext,
): Promise<CaseResult<MadeDecision>> {
  const { programme, unit, subject, on } = question
  const known = context.rulebook.pack.programmes.get(programme)
  if (known === undefined) return refuse({ code: 'casework/unknown-programme', record: programme })
  if (known.config.unit !== unit) return refuse({ code: 'casework/wrong-unit', record: programme })
  const facts = await caseFactsOn(tx, context.snapshot, question, on)
  if (facts === undefined) return refuse({ code: 'casework/nobody-there', record: subject, on })
  const made = decisionOn(facts, question, context)
  return made === undefined ? refuse({ code: 'casework/no-version-in-force', on }) : { ok: true, ...made }
}

/** The decision on a unit whose facts are at hand; undefined where no version is in force. */
export function decisionOn(
  { sources, ...facts }: CaseFacts,
  { programme, unit, subject, on, replaces }: CaseQuestion,
  { rulebook, now, on: madeOn, by, nextId, random }: CaseworkContext,
): MadeDecision | undefined {
  const document = decide(rulebook.pack, { programme, on, ...facts })
  if (document.kind !== 'decision') return undefined
  const id = DecisionId.parse(nextId())
  const salt = random(16)
  const texts = {
    facts: asciiJson(facts),
    sources: asciiJson(sources),
    document: asciiJson(document),
  }
  return {
    document,
    record: {
      id,
      programme,
      unit,
      subject,
      on,
      recordedAt: now,
      madeOn,
      madeBy: by === undefined ? null : ActedBy.parse(by),
      outcome: document.outcome,
      rulebook: rulebook.digest,
      values: saltedDigest(salt, texts),
      replaces: replaces ?? null,
    },
    values: { decision: id, salt: bytesToHex(salt), ...texts, erasedAt: null },
  }
}

/**
 * Writes decisions down. The audit log hears of their records alone: the digest in each stands for its values, which
 * must lie in one place to be erased there.
 */
export async function storeDecisions(
  tx: Transaction,
  made: readonly Pick<MadeDecision, 'record' | 'values'>[],
  { rulebook, now, wrote }: CaseworkContext,
): Promise<void> {
  if (made.length === 0) return
  await keepRulebook(tx, rulebook, now)
  await tx.insertMany(
    decisions,
    made.map(({ record }) => record),
  )
  await tx.insertMany(
    decisionValues,
    made.map(({ values }) => values),
  )
  wrote?.(...made.map(({ record }) => ({ collection: decisions, after: record })))
}
