import { LumbungError } from '@lumbung/core/kernel'
import {
  answerAppealRecord,
  decidePayments,
  preparePaymentList,
  recordDecision,
  recordForum,
  verifyListed,
} from '@lumbung/core/village'
import type { Visit } from '../../server/visit.ts'

const duties = [
  recordDecision,
  verifyListed,
  recordForum,
  answerAppealRecord,
  preparePaymentList,
  decidePayments,
]

/** Whether the visitor has a part in casework other than their own affairs. */
export function hasDesk({ may }: Pick<Visit, 'may'>): boolean {
  return duties.some((useCase) => may(useCase))
}

/** Refuses the desk to whoever has no part in it; their own affairs stand on pages of their own. */
export function requireDesk(visit: Visit): void {
  if (!hasDesk(visit)) throw new LumbungError('village/forbidden', 'The actor has no part in casework.')
}
