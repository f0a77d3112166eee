import * as z from 'zod'
import { CivilDate, HouseholdId, Instant, PlainText, ResidentId } from '../kernel/index.ts'
import {
  Affiliation,
  Consent,
  DatedFact,
  Household,
  LifeEventId,
  Membership,
  MergeId,
  Representation,
  Resident,
} from './records.ts'

/**
 * One record before and after a change; `before` is null where it is new. The edits of a change are stored with it, so that it can be undone exactly.
 */
export const Edit = z.discriminatedUnion('of', [
  z.object({ of: z.literal('resident'), before: Resident.nullable(), after: Resident }),
  z.object({ of: z.literal('household'), before: Household.nullable(), after: Household }),
  z.object({ of: z.literal('membership'), before: Membership.nullable(), after: Membership }),
  z.object({ of: z.literal('fact'), before: DatedFact.nullable(), after: DatedFact }),
  z.object({ of: z.literal('affiliation'), before: Affiliation.nullable(), after: Affiliation }),
  z.object({ of: z.literal('representation'), before: Representation.nullable(), after: Representation }),
  z.object({ of: z.literal('consent'), before: Consent.nullable(), after: Consent }),
])
/** A value that the schema of the same name has accepted. */
export type Edit = z.infer<typeof Edit>

/** A person who is written down for the first time; ids are made, names folded. */
export const NewResident = Resident.omit({
  id: true,
  nameKey: true,
  revision: true,
  mergedInto: true,
  status: true,
  statusSince: true,
  validFrom: true,
}).extend({ id: ResidentId.optional() })
/** A value that the schema of the same name has accepted. */
export type NewResident = z.infer<typeof NewResident>

const Relationship = Membership.shape.relationship
const NewHeads = z.array(z.object({ household: HouseholdId, resident: ResidentId })).readonly()
const Related = z.object({ resident: ResidentId, relationship: Relationship })

/** What a life event says, by kind. The day and the note stand beside it, in {@link LifeEvent}. */
export const LifeEventDetails = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('birth'),
    child: NewResident.omit({ birthDate: true, area: true }),
    mother: ResidentId,
    father: ResidentId.nullable(),
    /** The relationship of the child to the head of the mother's family card, and of her dwelling. */
    relationship: Relationship,
  }),
  z.object({ kind: z.literal('death'), resident: ResidentId, newHeads: NewHeads }),
  z.object({
    kind: z.literal('move-in'),
    /** A household that is there, or one to open. */
    household: HouseholdId,
    opens: Household.omit({ id: true, revision: true, from: true, to: true, validFrom: true }).nullable(),
    newcomers: z.array(z.object({ person: NewResident, relationship: Relationship })).readonly(),
    returning: z.array(Related).readonly(),
    origin: PlainText.max(500).nullable(),
  }),
  z.object({
    kind: z.literal('move-out'),
    residents: z.array(ResidentId).min(1).readonly(),
    newHeads: NewHeads,
    destination: PlainText.max(500).nullable(),
  }),
  z.object({
    kind: z.literal('marriage'),
    spouses: z.tuple([ResidentId, ResidentId]).readonly(),
    /** Who of them moves to the household of the other, and as what; nobody where null. */
    joins: z
      .object({
        resident: ResidentId,
        household: HouseholdId,
        relationship: Relationship,
        newHeads: NewHeads,
      })
      .nullable(),
  }),
  z.object({ kind: z.literal('divorce'), spouses: z.tuple([ResidentId, ResidentId]).readonly() }),
  z.object({
    kind: z.literal('head-change'),
    household: HouseholdId,
    head: ResidentId,
    /** What the others are to the new head; the former head must be among them, unless they left. */
    relationships: z.array(Related).readonly(),
  }),
  z.object({
    kind: z.literal('card-split'),
    household: HouseholdId,
    /** The new card. */
    opens: Household.omit({
      id: true,
      revision: true,
      from: true,
      to: true,
      validFrom: true,
      kind: true,
    }).extend({
      id: HouseholdId.optional(),
    }),
    /** Who goes onto it, exactly one of them as head. */
    members: z.array(Related).min(1).readonly(),
    newHeads: NewHeads,
  }),
  z.object({ kind: z.literal('reversal'), reverses: LifeEventId }),
])
/** A value that the schema of the same name has accepted. */
export type LifeEventDetails = z.infer<typeof LifeEventDetails>

/** The kinds of life event. */
export const LifeEventKind = z.enum([
  'birth',
  'death',
  'move-in',
  'move-out',
  'marriage',
  'divorce',
  'head-change',
  'card-split',
  'reversal',
])
/** A value that the schema of the same name has accepted. */
export type LifeEventKind = z.infer<typeof LifeEventKind>

/** A life event as it is recorded, with what it changed. */
export const LifeEvent = z.object({
  id: LifeEventId,
  kind: LifeEventKind,
  on: CivilDate,
  details: LifeEventDetails,
  note: PlainText.max(2000),
  edits: z.array(Edit).readonly(),
  /** The event that this one takes back. */
  reverses: LifeEventId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type LifeEvent = z.infer<typeof LifeEvent>

/** That a person has part in a life event, so that it is found from the person. */
export const LifeEventResident = z.object({
  event: LifeEventId,
  resident: ResidentId,
})
/** A record that the schema of the same name has accepted. */
export type LifeEventResident = z.infer<typeof LifeEventResident>

/** That two records are of one person, with what it changed; kept also when it is undone. */
export const Merge = z.object({
  id: MergeId,
  kept: ResidentId,
  merged: ResidentId,
  on: CivilDate,
  edits: z.array(Edit).readonly(),
  recordedAt: Instant,
  undoneAt: Instant.nullable(),
})
/** A record that the schema of the same name has accepted. */
export type Merge = z.infer<typeof Merge>
