export type { AmountDue, NotPayableReason } from './amount-due.ts'
export {
  type AppealAnswer,
  type AppealInput,
  answerAppeal,
  escalateAppeals,
  fileAppeal,
  lastDayOfAppeal,
  withdrawAppeal,
} from './appeal.ts'
export {
  type ApplicationInput,
  decideApplication,
  showDocuments,
  submitApplication,
  withdrawApplication,
} from './apply.ts'
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
export {
  type ComposedPacks,
  composePacks,
  type PackSet,
  packOf,
  type UncheckedPacks,
} from './compose-packs.ts'
export type {
  Case,
  CaseResult,
  CaseSubject,
  CaseworkContext,
  CaseworkRefusal,
  CaseworkRefusalCode,
} from './context.ts'
export {
  type CorrectionStep,
  type FoundCorrections,
  findCorrections,
  settleCorrection,
  type UntoldPayment,
} from './corrections.ts'
export { type CaseQuestion, decideCase, type MadeDecision } from './decide-case.ts'
export { type DoubleBenefit, type EnrolledUnit, findDoubleBenefits } from './double-benefits.ts'
export {
  type AddedProposal,
  addProposal,
  type DraftedList,
  draftProposalList,
  type ProposalListInput,
} from './draft-list.ts'
export { type EnrolInput, type EnrolmentMove, enrolProposal, moveEnrolment } from './enrol.ts'
export {
  doubleBenefitsOf,
  doubleBenefitsOn,
  type EnrolmentWithPeople,
  takesPart,
} from './enrolled-units.ts'
export { type ForumDecisionInput, hasMajority, recordForumDecision } from './forum.ts'
export {
  type ImportedEnrolments,
  importEnrolments,
  type ListedParticipant,
  type ParticipantList,
  type ParticipantRefusal,
} from './import-enrolments.ts'
export { type ParticipantEntry, participantsOf } from './participants.ts'
export { holdsOf, type PaymentHold } from './payment-holds.ts'
export {
  type DecidedList,
  decidePaymentList,
  type ListDecision,
  type PaymentRefusal,
  type PaymentResult,
  type PaymentStep,
  recordPayments,
  withdrawPaymentList,
} from './payment-steps.ts'
export {
  digestOfList,
  type NotPayable,
  type PaymentsAsked,
  type PreparedPayments,
  preparePayments,
} from './payments.ts'
export { CaseworkPolicy } from './policy.ts'
export { type Rechecked, type RecheckStep, recheckEnrolments, settleRecheck } from './rechecks.ts'
export {
  Appeal,
  AppealId,
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
  closeProposalList,
  type OverrideInput,
  reopenProposalList,
  type SettledList,
  type SettlementInput,
  settleProposalList,
} from './settle-list.ts'
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
export {
  type SmallOr,
  type TargetingCounts,
  type TargetingError,
  type TargetingErrors,
  targetingErrors,
  withoutSmall,
} from './targeting.ts'
export {
  type ListAction,
  moveProposalList,
  proposalsOf,
  type VerificationInput,
  verifyProposal,
} from './verify-list.ts'
export { type DeclineInput, declineProposal } from './waiting-list.ts'
