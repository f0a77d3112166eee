export { giveConsentRecord, saveRepresentationRecord, withdrawConsentRecord } from './agreement-changes.ts'
export {
  type Agreements,
  type ConsentView,
  type HeldRole,
  listAgreements,
  type RepresentationView,
} from './agreements.ts'
export {
  endAreaRecord,
  recordAreaChange,
  reopenAreaRecord,
  saveAreaRecord,
  splitAreaRecord,
} from './area-changes.ts'
export { type AreaWithHistory, readAreaHistory } from './area-history.ts'
export {
  type AuditFault,
  type AuditLink,
  auditFaults,
  type BulkChange,
  type Change,
  historyOf,
} from './audit.ts'
export {
  type AppealView,
  answerAppealRecord,
  fileAppealRecord,
  listAppeals,
  withdrawAppealRecord,
} from './casework-appeals.ts'
export {
  type ApplicationView,
  decideApplicationRecord,
  listApplications,
  showApplicationDocuments,
  submitApplicationRecord,
  withdrawApplicationRecord,
} from './casework-applications.ts'
export type { ShownCase } from './casework-context.ts'
export { type CaseworkCounts, countCasework } from './casework-counts.ts'
export {
  type CasePage,
  type DecisionFile,
  type DecisionReplay,
  type DecisionSummary,
  eraseDecision,
  listDecisions,
  readDecision,
  recordDecision,
  replayRecordedDecision,
} from './casework-decisions.ts'
export { type EnrolmentView, listEnrolments, moveEnrolmentRecord } from './casework-enrolments.ts'
export {
  closeList,
  declineListed,
  enrolListed,
  type ForumDecisionView,
  listForumDecisions,
  recordForum,
  reopenList,
  settleList,
} from './casework-forum.ts'
export {
  addToList,
  draftList,
  listProposalLists,
  moveList,
  type ProposalListFile,
  type ProposalListSummary,
  type ProposalView,
  readProposalList,
  verifyListed,
} from './casework-lists.ts'
export { defineVillage, VillageConfig, type VillageConfigInput } from './config.ts'
export {
  type CorrectionsFound,
  findBenefitCorrections,
  listBenefitCorrections,
  settleBenefitCorrection,
} from './corrections.ts'
export { type DoubleBenefitView, listDoubleBenefits } from './double-benefits.ts'
export {
  type CounterQuestion,
  type DecisionView,
  decideHousehold,
  type HouseholdDecisions,
  nextQuestionFor,
} from './eligibility-decisions.ts'
export type { ListedUnit } from './eligibility-population.ts'
export {
  listProgrammes,
  type ProgrammeSummary,
  type ProgrammeView,
  readProgramme,
} from './eligibility-programmes.ts'
export {
  type RankedListing,
  type RankingLimits,
  type RankingOrder,
  rankProgramme,
  type VillageRanking,
} from './eligibility-ranking.ts'
export { decideResident, type ResidentDecisions } from './eligibility-resident.ts'
export {
  type HamletOutcomes,
  listScreened,
  type OutcomeCounts,
  type ScreenedList,
  type ScreenedProgramme,
  screenVillage,
  type VillageScreening,
} from './eligibility-screening.ts'
export { type ExpectationOf, expectationsIn } from './eligibility-shares.ts'
export { type SimulatedCounts, simulateProgramme, type VillageSimulation } from './eligibility-simulation.ts'
export {
  exportParticipants,
  importParticipants,
  type ParticipantReport,
  type ParticipantTwice,
} from './enrolment-import.ts'
export type { FactView } from './fact-view.ts'
export { type AgeBand, type Glance, glance, type HamletCount } from './glance.ts'
export { checkImport, type ImportInChunks, importInChunks } from './import-in-chunks.ts'
export type {
  DueJobs,
  JobDefinition,
  JobResult,
  JobRun,
} from './jobs.ts'
export { type LifeEventView, listLifeEvents, listMerges, type MergeView } from './life-events.ts'
export { type AreaView, listAreas } from './list-areas.ts'
export { listResidents } from './list-residents.ts'
export { type ResidentNumbers, showHouseholdNumber, showResidentNumbers } from './numbers.ts'
export { saveAffiliationRecord, saveOrganisationRecord } from './organisation-changes.ts'
export {
  type AffiliationView,
  listAffiliations,
  listOrganisations,
  type OrganisationView,
  readOrganisation,
} from './organisations.ts'
export {
  type DuplicateView,
  type JobView,
  listDuplicates,
  listJobs,
  ownReads,
  readsOfResident,
} from './oversight.ts'
export type { CorrectionView, PaymentListView, PaymentTotal, PaymentView } from './payment-views.ts'
export {
  decidePayments,
  type PaymentChange,
  type PreparedList,
  preparePaymentList,
  recordPaymentSteps,
  withdrawPayments,
} from './payments-prepare.ts'
export {
  listPaymentLists,
  type PaymentInstruction,
  paymentInstructions,
  paymentsOfUnit,
  readPaymentList,
} from './payments-read.ts'
export type { OwnPlace, Permission, Whereabouts } from './permission.ts'
export { type PersonalRead, type PersonalReads, type ReadLogFault, readLogFaults, readsOf } from './reads.ts'
export { decideRecheck, listRechecks, type RecheckView } from './rechecks.ts'
export { auditLog, auditValues, jobStates, readSubjects, villageConfigs } from './records.ts'
export {
  type HouseholdView,
  type MemberView,
  type RegisterPage,
  type ResidentFile,
  type ResidentView,
  readHousehold,
  readResident,
  searchResidents,
} from './register.ts'
export {
  importFacts,
  importPopulation,
  mergeRecords,
  recordDatedFact,
  recordEvent,
  saveResidentRecord,
  unmergeRecords,
} from './register-changes.ts'
export { type RegisterFault, registerFaults } from './register-faults.ts'
export { type FieldChange, type ResidentChange, residentHistory } from './resident-history.ts'
export { Actor, Grant, Role } from './roles.ts'
export { factDefinitionsOf, villageSchema } from './schema.ts'
export { readTargeting, type TargetingRow, type VillageTargeting } from './targeting.ts'
export type { UnitView } from './unit-views.ts'
export {
  defineRead,
  defineWrite,
  type ReadContext,
  type ReadUseCase,
  Undone,
  type UseCase,
  type UseCaseContext,
  type WriteContext,
  type WriteUseCase,
} from './use-case.ts'
export { villageUseCases } from './use-cases.ts'
export {
  type Occasion,
  type OpenVillage,
  openVillage,
  type RunVillageJobs,
  type Village,
  type VillageSession,
} from './village.ts'
