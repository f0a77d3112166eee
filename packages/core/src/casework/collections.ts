import { type AnyCollection, defineCollection, type FieldClass } from '../storage/index.ts'
import {
  Appeal,
  Application,
  BenefitCorrection,
  DecisionRecord,
  DecisionValues,
  Enrolment,
  ForumDecision,
  Payment,
  PaymentList,
  Proposal,
  ProposalList,
  Recheck,
  Rulebook,
} from './records.ts'

const internal: FieldClass = 'internal'
const personal: FieldClass = 'personal'
const specific: FieldClass = 'specific'

const caseClasses = { id: internal, programme: internal, unit: internal, subject: internal } as const
/** The history holds reasons, in which anything about a person may stand. */
const progressClasses = { state: internal, since: internal, began: internal, history: personal } as const

/** The rules of the village at the times when something was decided by them. */
export const rulebooks = defineCollection({
  name: 'rulebooks',
  schema: Rulebook,
  key: 'digest',
  fieldClasses: 'public',
})

/** Decisions that were written down. */
export const decisions = defineCollection({
  name: 'decisions',
  schema: DecisionRecord,
  key: 'id',
  indexes: [
    ['subject', 'programme', 'on'],
    ['programme', 'on'],
  ],
  references: { rulebook: rulebooks },
  fieldClasses: {
    ...caseClasses,
    on: internal,
    recordedAt: internal,
    madeOn: internal,
    madeBy: internal,
    outcome: personal,
    rulebook: internal,
    values: internal,
    replaces: internal,
  },
})

/** What decisions were made of. */
export const decisionValues = defineCollection({
  name: 'decision_values',
  schema: DecisionValues,
  key: 'decision',
  references: { decision: decisions },
  fieldClasses: {
    decision: internal,
    salt: specific,
    facts: specific,
    sources: specific,
    document: specific,
    erasedAt: internal,
  },
})

/** Decisions of the village forum. */
export const forumDecisions = defineCollection({
  name: 'forum_decisions',
  schema: ForumDecision,
  key: 'id',
  indexes: [['on']],
  fieldClasses: 'internal',
})

/** Requests to be taken into a programme. */
export const applications = defineCollection({
  name: 'applications',
  schema: Application,
  key: 'id',
  indexes: [['subject', 'programme'], ['programme', 'state'], ['applicant']],
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    applicant: internal,
    representative: internal,
    documents: internal,
    note: personal,
    decision: internal,
    recordedAt: internal,
  },
})

/** Lists of units that the village proposes. */
export const proposalLists = defineCollection({
  name: 'proposal_lists',
  schema: ProposalList,
  key: 'id',
  indexes: [['programme', 'on']],
  references: { forum: forumDecisions },
  fieldClasses: 'internal',
})

/** The units on the proposal lists. */
export const proposals = defineCollection({
  name: 'proposals',
  schema: Proposal,
  key: 'id',
  indexes: [
    ['list', 'rank'],
    ['subject', 'programme'],
  ],
  references: { list: proposalLists, decision: decisions },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    list: internal,
    decision: internal,
    outcome: personal,
    rank: internal,
    isTied: internal,
    costMinor: personal,
    override: personal,
  },
})

/** Who takes part in which programme. */
export const enrolments = defineCollection({
  name: 'enrolments',
  schema: Enrolment,
  key: 'id',
  indexes: [
    ['subject', 'programme'],
    ['programme', 'state'],
  ],
  references: { proposal: proposals },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    from: internal,
    to: internal,
    toBesideExit: internal,
    participantNumber: personal,
    source: internal,
    proposal: internal,
    recordedAt: internal,
  },
})

/** Lists of payments. */
export const paymentLists = defineCollection({
  name: 'payment_lists',
  schema: PaymentList,
  key: 'id',
  indexes: [['programme', 'from']],
  fieldClasses: 'internal',
})

/** The payments on the lists. */
export const payments = defineCollection({
  name: 'payments',
  schema: Payment,
  key: 'id',
  indexes: [['list'], ['enrolment', 'from'], ['subject']],
  references: { list: paymentLists, enrolment: enrolments, decision: decisions },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    list: internal,
    enrolment: internal,
    from: internal,
    to: internal,
    amountMinor: personal,
    decision: internal,
  },
})

/** What was over- or underpaid. */
export const benefitCorrections = defineCollection({
  name: 'benefit_corrections',
  schema: BenefitCorrection,
  key: 'id',
  indexes: [['payment'], ['subject'], ['programme', 'state']],
  references: { payment: payments, decision: decisions },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    payment: internal,
    paidMinor: personal,
    dueMinor: personal,
    decision: internal,
    recordedAt: internal,
  },
})

/** Enrolled units to look at again. */
export const rechecks = defineCollection({
  name: 'rechecks',
  schema: Recheck,
  key: 'id',
  indexes: [['enrolment', 'state'], ['programme', 'state'], ['subject']],
  references: { enrolment: enrolments, decision: decisions },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    enrolment: internal,
    cause: internal,
    decision: internal,
  },
})

/** Appeals against decisions. */
export const appeals = defineCollection({
  name: 'appeals',
  schema: Appeal,
  key: 'id',
  indexes: [['decision'], ['subject'], ['state', 'since']],
  references: { decision: decisions, newDecision: decisions },
  fieldClasses: {
    ...caseClasses,
    ...progressClasses,
    decision: internal,
    appellant: internal,
    representative: internal,
    reason: personal,
    newDecision: internal,
    recordedAt: internal,
  },
})

/** All collections of this room. */
export const caseworkCollections: readonly AnyCollection[] = [
  rulebooks,
  decisions,
  decisionValues,
  forumDecisions,
  applications,
  proposalLists,
  proposals,
  enrolments,
  paymentLists,
  payments,
  benefitCorrections,
  rechecks,
  appeals,
]
