export type { CaseFacts, FactSource } from './case-facts.ts'
export {
  appeals,
  applications,
  benefitCorrections,
  caseworkCollections,
  decisions,
  decisionValues,
  enrolments,
  forumDecisions,
  paymentLists,
  payments,
  proposalLists,
  proposals,
  rechecks,
  rulebooks,
} from './collections.ts'
export type {
  Case,
  CaseResult,
  CaseSubject,
  CaseworkContext,
  CaseworkRefusal,
  CaseworkRefusalCode,
} from './context.ts'
export { type CaseQuestion, decideCase, type MadeDecision } from './decide-case.ts'
export { CaseworkPolicy } from './policy.ts'
export {
  Appeal,
  Application,
  ApplicationId,
  BenefitCorrection,
  DecisionId,
  DecisionRecord,
  DecisionValues,
  Enrolment,
  EnrolmentId,
  ForumDecision,
  ForumDecisionId,
  Payment,
  PaymentId,
  PaymentList,
  PaymentListId,
  Proposal,
  ProposalId,
  ProposalList,
  ProposalListId,
  Recheck,
  Rulebook,
} from './records.ts'
export { eraseDecisionValues, type Replay, replayDecision } from './replay.ts'
export { type RulebookInUse, rulebookOf } from './rulebook.ts'
export {
  type AppealState,
  appealStates,
  applicationStates,
  correctionStates,
  decisionStates,
  enrolmentStates,
  paymentStates,
  proposalListStates,
  proposalStates,
  recheckStates,
} from './states.ts'
