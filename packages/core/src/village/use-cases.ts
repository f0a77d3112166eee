import { giveConsentRecord, saveRepresentationRecord, withdrawConsentRecord } from './agreement-changes.ts'
import { listAgreements } from './agreements.ts'
import {
  endAreaRecord,
  recordAreaChange,
  reopenAreaRecord,
  saveAreaRecord,
  splitAreaRecord,
} from './area-changes.ts'
import { readAreaHistory } from './area-history.ts'
import {
  answerAppealRecord,
  fileAppealRecord,
  listAppeals,
  withdrawAppealRecord,
} from './casework-appeals.ts'
import {
  decideApplicationRecord,
  listApplications,
  showApplicationDocuments,
  submitApplicationRecord,
  withdrawApplicationRecord,
} from './casework-applications.ts'
import { countCasework } from './casework-counts.ts'
import {
  eraseDecision,
  listDecisions,
  readDecision,
  recordDecision,
  replayRecordedDecision,
} from './casework-decisions.ts'
import { listEnrolments, moveEnrolmentRecord } from './casework-enrolments.ts'
import {
  closeList,
  declineListed,
  enrolListed,
  listForumDecisions,
  recordForum,
  reopenList,
  settleList,
} from './casework-forum.ts'
import {
  addToList,
  draftList,
  listProposalLists,
  moveList,
  readProposalList,
  verifyListed,
} from './casework-lists.ts'
import { findBenefitCorrections, listBenefitCorrections, settleBenefitCorrection } from './corrections.ts'
import { listDoubleBenefits } from './double-benefits.ts'
import { decideHousehold, nextQuestionFor } from './eligibility-decisions.ts'
import { listProgrammes, readProgramme } from './eligibility-programmes.ts'
import { rankProgramme } from './eligibility-ranking.ts'
import { decideResident } from './eligibility-resident.ts'
import { listScreened, screenVillage } from './eligibility-screening.ts'
import { simulateProgramme } from './eligibility-simulation.ts'
import { exportParticipants, importParticipants } from './enrolment-import.ts'
import { glance } from './glance.ts'
import { checkImport } from './import-in-chunks.ts'
import { listLifeEvents, listMerges } from './life-events.ts'
import { listAreas } from './list-areas.ts'
import { listResidents } from './list-residents.ts'
import { showHouseholdNumber, showResidentNumbers } from './numbers.ts'
import { saveAffiliationRecord, saveOrganisationRecord } from './organisation-changes.ts'
import { listAffiliations, listOrganisations, readOrganisation } from './organisations.ts'
import { listDuplicates, listJobs, ownReads, readsOfResident } from './oversight.ts'
import {
  decidePayments,
  preparePaymentList,
  recordPaymentSteps,
  withdrawPayments,
} from './payments-prepare.ts'
import { listPaymentLists, paymentInstructions, paymentsOfUnit, readPaymentList } from './payments-read.ts'
import { decideRecheck, listRechecks } from './rechecks.ts'
import { readHousehold, readResident, searchResidents } from './register.ts'
import {
  importFacts,
  importPopulation,
  mergeRecords,
  recordDatedFact,
  recordEvent,
  saveResidentRecord,
  unmergeRecords,
} from './register-changes.ts'
import { residentHistory } from './resident-history.ts'
import { readTargeting } from './targeting.ts'

/** All that core itself lets an actor do: what the matrix of roles is drawn from. */
export const villageUseCases = [
  glance,
  listAreas,
  searchResidents,
  listResidents,
  readResident,
  showResidentNumbers,
  readHousehold,
  showHouseholdNumber,
  listLifeEvents,
  saveResidentRecord,
  recordDatedFact,
  recordEvent,
  listDuplicates,
  listMerges,
  mergeRecords,
  unmergeRecords,
  checkImport,
  importPopulation,
  importFacts,
  ownReads,
  readsOfResident,
  residentHistory,
  listJobs,
  readAreaHistory,
  saveAreaRecord,
  recordAreaChange,
  splitAreaRecord,
  endAreaRecord,
  reopenAreaRecord,
  listOrganisations,
  readOrganisation,
  listAffiliations,
  saveOrganisationRecord,
  saveAffiliationRecord,
  listAgreements,
  giveConsentRecord,
  withdrawConsentRecord,
  saveRepresentationRecord,
  listProgrammes,
  readProgramme,
  decideHousehold,
  decideResident,
  nextQuestionFor,
  screenVillage,
  listScreened,
  simulateProgramme,
  rankProgramme,
  recordDecision,
  listDecisions,
  readDecision,
  replayRecordedDecision,
  eraseDecision,
  submitApplicationRecord,
  showApplicationDocuments,
  withdrawApplicationRecord,
  decideApplicationRecord,
  listApplications,
  draftList,
  addToList,
  moveList,
  verifyListed,
  listProposalLists,
  readProposalList,
  recordForum,
  listForumDecisions,
  settleList,
  reopenList,
  closeList,
  enrolListed,
  declineListed,
  listEnrolments,
  moveEnrolmentRecord,
  fileAppealRecord,
  withdrawAppealRecord,
  answerAppealRecord,
  listAppeals,
  importParticipants,
  exportParticipants,
  listDoubleBenefits,
  preparePaymentList,
  decidePayments,
  withdrawPayments,
  recordPaymentSteps,
  listPaymentLists,
  readPaymentList,
  paymentsOfUnit,
  paymentInstructions,
  findBenefitCorrections,
  settleBenefitCorrection,
  listBenefitCorrections,
  listRechecks,
  decideRecheck,
  readTargeting,
  countCasework,
] as const
