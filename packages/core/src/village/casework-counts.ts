import * as z from 'zod'
import {
  appeals,
  applications,
  benefitCorrections,
  type CaseSubject,
  enrolments,
  packOf,
  paymentLists,
  proposalLists,
  proposals,
  rechecks,
} from '../casework/index.ts'
import type { LocalizedText } from '../kernel/index.ts'
import { caseReach } from './casework-context.ts'
import { caseInput } from './casework-decisions.ts'
import { classRank } from './permission.ts'
import { defineRead } from './use-case.ts'

/** What of a programme waits for somebody, of whom the actor reaches. It names nobody. */
export interface CaseworkCounts {
  readonly programme: string
  readonly title: LocalizedText
  /** Applications without a decision. */
  readonly applications: number
  /** Proposal lists that are not closed. */
  readonly openLists: number
  /** Units on lists in verification that nobody has looked at. */
  readonly toVerify: number
  readonly participants: number
  readonly suspended: number
  /** Appeals without an answer. */
  readonly appeals: number
  readonly rechecks: number
  readonly corrections: number
  /** Lists of payments that wait to be approved; null for whoever does not reach the whole village. */
  readonly pendingPayments: number | null
}

/** Counts what waits for somebody, programme by programme. Input: `programme` where it is one alone. */
export const countCasework = defineRead({
  name: 'casework.counts',
  scope: 'casework.read',
  input: z.strictObject({ programme: caseInput.programme.optional() }),
  async run(context, { programme }): Promise<readonly CaseworkCounts[]> {
    const { tx, permission } = context
    const reach = await caseReach(context)
    // Whoever is shown all of the whole village reaches everybody, and is asked nothing.
    const isAll = permission.isVillageWide && classRank(permission.shows) >= classRank('specific')
    const of = async (records: AsyncIterable<CaseSubject>): Promise<number> => {
      let count = 0
      for await (const record of records) if (isAll || (await reach(record))) count += 1
      return count
    }
    const known = packOf(context.config).programmes
    const counts: CaseworkCounts[] = []
    for (const id of known.keys()) {
      if (programme !== undefined && programme !== id) continue
      let [openLists, toVerify] = [0, 0]
      for await (const list of tx.stream(proposalLists, { where: { programme: id } })) {
        if (list.state === 'closed' || list.state === 'cancelled') continue
        openLists += 1
        if (list.state === 'verifying')
          toVerify += await of(tx.stream(proposals, { where: { list: list.id, state: 'proposed' } }))
      }
      let pendingPayments = 0
      for await (const { approval } of tx.stream(paymentLists, { where: { programme: id } }))
        if (approval.state === 'pending') pendingPayments += 1
      const where = { programme: id }
      counts.push({
        programme: id,
        title: known.get(id)?.config.title ?? { en: id },
        applications: await of(tx.stream(applications, { where: { ...where, state: 'received' } })),
        openLists,
        toVerify,
        participants: await of(tx.stream(enrolments, { where: { ...where, state: 'active' } })),
        suspended: await of(tx.stream(enrolments, { where: { ...where, state: 'suspended' } })),
        appeals:
          (await of(tx.stream(appeals, { where: { ...where, state: 'filed' } }))) +
          (await of(tx.stream(appeals, { where: { ...where, state: 'escalated' } }))),
        rechecks: await of(tx.stream(rechecks, { where: { ...where, state: 'open' } })),
        corrections: await of(tx.stream(benefitCorrections, { where: { ...where, state: 'open' } })),
        pendingPayments: permission.isVillageWide ? pendingPayments : null,
      })
    }
    return counts
  },
})
