import * as z from 'zod'
import { PackId } from '../eligibility/index.ts'
import {
  ActedBy,
  Approval,
  CivilDate,
  Digest,
  Instant,
  idSchema,
  PlainText,
  progressSchema,
  ResidentId,
} from '../kernel/index.ts'
import {
  appealStates,
  applicationStates,
  correctionStates,
  enrolmentStates,
  paymentStates,
  proposalListStates,
  proposalStates,
  recheckStates,
} from './states.ts'

/** The id of a {@link DecisionRecord}. */
export const DecisionId = idSchema('Decision')
/** A text that the schema of the same name has accepted. */
export type DecisionId = z.infer<typeof DecisionId>

/** The id of a decision of the village forum. */
export const ForumDecisionId = idSchema('ForumDecision')
/** A text that the schema of the same name has accepted. */
export type ForumDecisionId = z.infer<typeof ForumDecisionId>

/** The id of an application. */
export const ApplicationId = idSchema('Application')
/** A text that the schema of the same name has accepted. */
export type ApplicationId = z.infer<typeof ApplicationId>

/** The id of a proposal list. */
export const ProposalListId = idSchema('ProposalList')
/** A text that the schema of the same name has accepted. */
export type ProposalListId = z.infer<typeof ProposalListId>

/** The id of one unit on a proposal list. */
export const ProposalId = idSchema('Proposal')
/** A text that the schema of the same name has accepted. */
export type ProposalId = z.infer<typeof ProposalId>

/** The id of an enrolment. */
export const EnrolmentId = idSchema('Enrolment')
/** A text that the schema of the same name has accepted. */
export type EnrolmentId = z.infer<typeof EnrolmentId>

/** The id of a list of payments. */
export const PaymentListId = idSchema('PaymentList')
/** A text that the schema of the same name has accepted. */
export type PaymentListId = z.infer<typeof PaymentListId>

/** The id of a payment. */
export const PaymentId = idSchema('Payment')
/** A text that the schema of the same name has accepted. */
export type PaymentId = z.infer<typeof PaymentId>

/** The id of an appeal. */
export const AppealId = idSchema('Appeal')
/** A text that the schema of the same name has accepted. */
export type AppealId = z.infer<typeof AppealId>

const Note = PlainText.max(2000)
const MinorUnits = z.int()
const outcomes = ['eligible', 'ineligible', 'undetermined'] as const

/** Whom something is about: a household, or a resident, in a programme. */
const caseOf = {
  programme: PackId,
  unit: z.enum(['resident', 'household']),
  /** The id of the household or resident. */
  subject: z.uuid().lowercase(),
}

/** The packs and the vocabulary of a village as they were, so that what was decided by them can be decided again. */
export const Rulebook = z.object({
  /** SHA-256 of the canonical bytes of what `text` holds. */
  digest: Digest,
  /** JSON of the facts and packs of the village's config. */
  text: PlainText,
  storedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type Rulebook = z.infer<typeof Rulebook>

/** A decision that was written down. Its facts and its document lie beside it, in {@link DecisionValues}. */
export const DecisionRecord = z.object({
  id: DecisionId,
  ...caseOf,
  /** The day for which was decided. */
  on: CivilDate,
  recordedAt: Instant,
  /** The day on which it was made, and by whom; null where time did. */
  madeOn: CivilDate,
  madeBy: ActedBy.nullable(),
  outcome: z.enum(outcomes),
  rulebook: Digest,
  /** Salted digest of the values, which can be erased without breaking a chain that holds this record. */
  values: Digest,
  /** The decision that this one takes the place of. */
  replaces: DecisionId.nullable(),
})
/** A record that the schema of the same name has accepted. */
export type DecisionRecord = z.infer<typeof DecisionRecord>

/** What a decision was made of and what it said; all null once it was erased. */
export const DecisionValues = z.object({
  decision: DecisionId,
  salt: z.string().nullable(),
  /**
   * JSON of what was decided on: the facts of the `household` with its `members` as rules read them, its id as `home`,
   * the ids of its members by their positions, and of a resident the position.
   */
  facts: PlainText.nullable(),
  /** JSON of where each fact came from: its path, dates and source, and whether it was declared or verified. */
  sources: PlainText.nullable(),
  /** JSON of the decision document. */
  document: PlainText.nullable(),
  erasedAt: Instant.nullable(),
})
/** A record that the schema of the same name has accepted. */
export type DecisionValues = z.infer<typeof DecisionValues>

/** A decision of the village forum, held as its date, the hash of its minutes, and the votes. */
export const ForumDecision = z.object({
  id: ForumDecisionId,
  on: CivilDate,
  /** SHA-256 of the minutes as a file. */
  minutes: Digest,
  votes: z
    .strictObject({ for: z.int().min(0), against: z.int().min(0), abstained: z.int().min(0) })
    .readonly(),
  subject: PlainText.min(1).max(200),
  /** The proposal lists that it decided; left out, it may settle lists of one programme. */
  lists: z.array(ProposalListId).min(1).max(100).readonly().optional(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type ForumDecision = z.infer<typeof ForumDecision>

/** A request to be taken into a programme, made by the person concerned or by somebody who may act for them. */
export const Application = z.object({
  id: ApplicationId,
  ...caseOf,
  ...progressSchema(applicationStates).shape,
  applicant: ResidentId,
  /** Who came in the applicant's place; null where the applicant came. */
  representative: ResidentId.nullable(),
  /** Ids of the programme's documents that were shown. */
  documents: z.array(PackId).readonly(),
  note: Note,
  decision: DecisionId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type Application = z.infer<typeof Application>

/** Units that the village proposes for a programme, for the forum to decide on. */
export const ProposalList = z.object({
  id: ProposalListId,
  programme: PackId,
  title: PlainText.min(1).max(200),
  /** The day for which the units were decided on. */
  on: CivilDate,
  ...progressSchema(proposalListStates).shape,
  /** Places and money; null where the list has no such limit. */
  places: z.int().min(0).nullable(),
  budgetMinor: MinorUnits.min(0).nullable(),
  forum: ForumDecisionId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type ProposalList = z.infer<typeof ProposalList>

/** One unit on a proposal list. */
export const Proposal = z.object({
  id: ProposalId,
  list: ProposalListId,
  ...caseOf,
  ...progressSchema(proposalStates).shape,
  /** By which it stands here, and what that came to; verification decides anew. */
  decision: DecisionId,
  outcome: z.enum(outcomes),
  /** Its place in the order of the programme; null where the unit is not indicated as eligible. */
  rank: z.int().min(1).nullable(),
  /** Whether people should settle its place, since only its id keeps it from that of another at the line. */
  isTied: z.boolean(),
  costMinor: MinorUnits.min(0).nullable(),
  /** Set where the forum decided against the outcome of the rules. */
  override: z
    .strictObject({ towards: z.enum(['include', 'exclude']), reason: Note.min(1), forum: ForumDecisionId })
    .readonly()
    .nullable(),
})
/** A record that the schema of the same name has accepted. */
export type Proposal = z.infer<typeof Proposal>

/** That a unit takes part in a programme, for a time. */
export const Enrolment = z.object({
  id: EnrolmentId,
  ...caseOf,
  ...progressSchema(enrolmentStates).shape,
  from: CivilDate,
  /** The first day on which it no longer takes part. */
  to: CivilDate.nullable(),
  /** The end that was set before an exit came earlier, so that an exit taken back brings it back. */
  toBesideExit: CivilDate.optional(),
  /** The number of the participant's card, where the programme gives one. */
  participantNumber: PlainText.min(1).max(64).nullable(),
  /** Whether it follows from a proposal or was brought in from a list of somebody else. */
  source: z.enum(['proposal', 'import']),
  proposal: ProposalId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type Enrolment = z.infer<typeof Enrolment>

/** Payments of a programme for a time, which go out together once they are approved. */
export const PaymentList = z.object({
  id: PaymentListId,
  programme: PackId,
  /** The time that is paid for. */
  from: CivilDate,
  to: CivilDate,
  payOn: CivilDate,
  approval: Approval,
  totalMinor: MinorUnits.min(0),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type PaymentList = z.infer<typeof PaymentList>

/** One payment to one unit, by the decision that says how much. */
export const Payment = z.object({
  id: PaymentId,
  list: PaymentListId,
  enrolment: EnrolmentId,
  ...caseOf,
  ...progressSchema(paymentStates).shape,
  from: CivilDate,
  to: CivilDate,
  amountMinor: MinorUnits.min(0),
  decision: DecisionId,
})
/** A record that the schema of the same name has accepted. */
export type Payment = z.infer<typeof Payment>

/** What was paid too much (negative) or too little (positive) for a time that is past, and why. */
export const BenefitCorrection = z.object({
  id: idSchema('BenefitCorrection'),
  payment: PaymentId,
  ...caseOf,
  ...progressSchema(correctionStates).shape,
  paidMinor: MinorUnits.min(0),
  dueMinor: MinorUnits.min(0),
  /** By which the amount that was due is known now. */
  decision: DecisionId,
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type BenefitCorrection = z.infer<typeof BenefitCorrection>

/** An enrolled unit that is no longer indicated as eligible, or of which that can no longer be told. */
export const Recheck = z.object({
  id: idSchema('Recheck'),
  enrolment: EnrolmentId,
  ...caseOf,
  ...progressSchema(recheckStates).shape,
  /** What changed since it was found eligible. */
  cause: z.enum(['facts', 'law']),
  decision: DecisionId,
})
/** A record that the schema of the same name has accepted. */
export type Recheck = z.infer<typeof Recheck>

/** An objection of the person concerned to a decision. */
export const Appeal = z.object({
  id: AppealId,
  decision: DecisionId,
  ...caseOf,
  ...progressSchema(appealStates(undefined)).shape,
  appellant: ResidentId,
  representative: ResidentId.nullable(),
  reason: Note.min(1),
  /** The decision that was made in its place, where the appeal was upheld. */
  newDecision: DecisionId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type Appeal = z.infer<typeof Appeal>
