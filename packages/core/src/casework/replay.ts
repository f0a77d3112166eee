import { hexToBytes } from '@noble/hashes/utils.js'
import { decide, type Pack, type UnitFacts } from '../eligibility/index.ts'
import {
  asciiJson,
  type CanonicalValue,
  canonicalBytes,
  type Digest,
  type Instant,
  LumbungError,
  saltedDigest,
  sha256Hex,
} from '../kernel/index.ts'
import type { ReadTransaction, Stored, Transaction } from '../storage/index.ts'
import { decisions, decisionValues, rulebooks } from './collections.ts'
import { type CaseResult, type CaseworkContext, refuse } from './context.ts'
import type { DecisionId, DecisionValues } from './records.ts'
import { digestOfText, packOfText } from './rulebook.ts'

/**
 * What came of deciding again.
 *
 * - `same`: to the same bytes, whose SHA-256 is given;
 * - `differs`: in these parts of the document, by name; `values` where what is stored is not what the decision holds
 *   the digest of, `rulebook` where the rules are not;
 * - `erased`: facts and document are gone.
 */
export type Replay =
  | { readonly outcome: 'same'; readonly digest: Digest }
  | { readonly outcome: 'differs'; readonly parts: readonly string[] }
  | { readonly outcome: 'erased'; readonly erasedAt: Instant }

/** Packs by the digest of their rulebook: to compose one takes far longer than to decide. */
const composed = new Map<Digest, Pack>()
const composedMax = 8

/**
 * Decides once more from the facts and the rules that were stored with a decision, whatever became of both since, and
 * compares the canonical bytes of the two documents.
 *
 * @throws LumbungError `casework/no-such-decision`; details: `decision`
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, DecisionId, replayDecision } from '@lumbung/core/casework'
 * import { VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const id = DecisionId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const village = VillageId.parse('v')
 * await storage.read(village, (tx) => replayDecision(tx, id)) // throws 'casework/no-such-decision'
 * ```
 */
export async function replayDecision(tx: ReadTransaction, id: DecisionId): Promise<Replay> {
  const record = await tx.get(decisions, { id })
  const values = await tx.get(decisionValues, { decision: id })
  if (record === undefined || values === undefined) throw noSuchDecision(id)
  if (values.erasedAt !== null) return { outcome: 'erased', erasedAt: values.erasedAt }
  const { facts, document } = values
  if (facts === null || document === null || !hold(values, record.values)) return differs(['values'])
  const pack = await packOfDigest(tx, record.rulebook)
  if (pack === undefined) return differs(['rulebook'])
  // The digest vouches that these are the texts that were written.
  const unit = JSON.parse(facts) as UnitFacts
  const again = decide(pack, { programme: record.programme, on: record.on, ...unit })
  const [before, after] = [JSON.parse(document), JSON.parse(asciiJson(again))] as [Parts, Parts]
  const [then, now] = [digestOf(before), digestOf(after)]
  if (then === now) return { outcome: 'same', digest: now }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return differs(names.filter((name) => digestOf(before[name] ?? null) !== digestOf(after[name] ?? null)))
}

type Parts = Readonly<Record<string, CanonicalValue>>

function differs(parts: readonly string[]): Replay {
  return { outcome: 'differs', parts }
}

function digestOf(value: CanonicalValue): Digest {
  return sha256Hex(canonicalBytes('decision', value))
}

function hold({ salt, facts, sources, document }: DecisionValues, digest: Digest): boolean {
  return salt !== null && saltedDigest(hexToBytes(salt), { facts, sources, document }) === digest
}

async function packOfDigest(tx: ReadTransaction, digest: Digest): Promise<Pack | undefined> {
  const rulebook = await tx.get(rulebooks, { digest })
  if (rulebook === undefined || digestOfText(rulebook.text) !== digest) return undefined
  const pack = composed.get(digest) ?? packOfText(rulebook.text)
  if (pack === undefined) return undefined
  const [oldest] = composed.keys()
  if (composed.size >= composedMax && oldest !== undefined) composed.delete(oldest)
  composed.set(digest, pack)
  return pack
}

/**
 * Erases what a decision was made of and what it said. Its record stays, with the digest that the audit log vouches
 * for, and {@link replayDecision} says `erased`. Refused with `casework/unknown-record`, also for what was erased before.
 *
 * @example
 * ```ts
 * import { openMemory } from '@lumbung/core/storage'
 * import { caseworkCollections, DecisionId, eraseDecisionValues } from '@lumbung/core/casework'
 * import { Instant, VillageId } from '@lumbung/core/kernel'
 *
 * const storage = openMemory({ collections: caseworkCollections, streams: [] })
 * const id = DecisionId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const now = Instant.parse('2026-11-24T03:00:00.000Z')
 * const result = await storage.transact(VillageId.parse('v'), (tx) => eraseDecisionValues(tx, id, { now }))
 * result.ok || result.refusal.code // => 'casework/unknown-record'
 * ```
 */
export async function eraseDecisionValues(
  tx: Transaction,
  id: DecisionId,
  { now, wrote }: Pick<CaseworkContext, 'now' | 'wrote'>,
): Promise<CaseResult<{ readonly record: DecisionValues }>> {
  const stored: Stored<typeof decisionValues> | undefined = await tx.get(decisionValues, { decision: id })
  if (stored === undefined || stored.erasedAt !== null) {
    return refuse({ code: 'casework/unknown-record', record: id })
  }
  const { version } = stored
  const record = { decision: id, salt: null, facts: null, sources: null, document: null, erasedAt: now }
  await tx.update(decisionValues, { ...record, version })
  // Without what was there before, which would live on in the audit log.
  wrote?.({ collection: decisionValues, after: record })
  return { ok: true, record }
}

/** The fault of asking for a decision that is not there. */
export function noSuchDecision(id: DecisionId): LumbungError<'casework/no-such-decision'> {
  return new LumbungError('casework/no-such-decision', 'There is no such decision.', {
    details: { decision: id },
  })
}
