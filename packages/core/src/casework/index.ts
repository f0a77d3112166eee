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
export { type DoubleBenefit, type EnrolledUnit, findDoubleBenefits } from './double-benefits.ts'
export {
  doubleBenefitsOf,
  doubleBenefitsOn,
  type EnrolmentWithPeople,
  takesPart,
  withPeople,
} from './enrolled-units.ts'
export {
  type ImportedEnrolments,
  importEnrolments,
  type ListedParticipant,
  type ParticipantList,
  type ParticipantRefusal,
} from './import-enrolments.ts'
export { type ParticipantEntry, participantsOf } from './participants.ts'
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
export {
  type AppealState,
  appealStates,
  applicationStates,
  correctionStates,
  enrolmentStates,
  paymentStates,
  proposalListStates,
  proposalStates,
  recheckStates,
} from './states.ts'
