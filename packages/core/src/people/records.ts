import * as z from 'zod'
import {
  CivilDate,
  HouseholdId,
  Instant,
  idSchema,
  NameText,
  OrganisationId,
  PlainText,
  ResidentId,
} from '../kernel/index.ts'

/** The id of a hamlet or a neighbourhood. */
export const AreaId = idSchema('Area')
/** A text that the schema of the same name has accepted. */
export type AreaId = z.infer<typeof AreaId>

/** The id of a {@link Membership}. */
export const MembershipId = idSchema('Membership')
/** A text that the schema of the same name has accepted. */
export type MembershipId = z.infer<typeof MembershipId>

/** The id of a {@link DatedFact}. */
export const DatedFactId = idSchema('DatedFact')
/** A text that the schema of the same name has accepted. */
export type DatedFactId = z.infer<typeof DatedFactId>

/** The id of a life event. */
export const LifeEventId = idSchema('LifeEvent')
/** A text that the schema of the same name has accepted. */
export type LifeEventId = z.infer<typeof LifeEventId>

/** The id of a merge of two records of one person. */
export const MergeId = idSchema('Merge')
/** A text that the schema of the same name has accepted. */
export type MergeId = z.infer<typeof MergeId>

const Name = NameText.max(200)
const Source = PlainText.min(1).max(200)
const Code = PlainText.min(1).max(64)
const Note = PlainText.max(2000)

/** Half-open like every interval (semantics 11); null is an open end, also "since when is not known". */
const span = { from: CivilDate.nullable(), to: CivilDate.nullable() }
/** When it was written down, and when it was taken back: both together rebuild what was known at an instant. */
const recorded = { recordedAt: Instant, retractedAt: Instant.nullable() }

/** A part of a village: a hamlet, or a neighbourhood within one. `nameKey` is the folded name. */
export const Area = z.object({
  id: AreaId,
  kind: z.enum(['hamlet', 'neighbourhood']),
  parent: AreaId.nullable(),
  code: Code.nullable(),
  name: Name,
  nameKey: PlainText,
  ...span,
})
/** A record that the schema of the same name has accepted. */
export type Area = z.infer<typeof Area>

/**
 * What happened to an area on a day. `name` goes with `named`, `into` with `split` and `merged`, `parent` with `moved`;
 * `reopened` takes back that it was merged or closed.
 */
export const AreaEvent = z.object({
  id: idSchema('AreaEvent'),
  area: AreaId,
  kind: z.enum(['named', 'split', 'merged', 'moved', 'closed', 'reopened']),
  on: CivilDate,
  name: Name.nullable(),
  into: z.array(AreaId).readonly(),
  parent: AreaId.nullable(),
  recordedAt: Instant,
})
/** A record that the schema of the same name has accepted. */
export type AreaEvent = z.infer<typeof AreaEvent>

/**
 * Where a person stands towards the village. `away` and `missing` still belong to it; `invalid` is a record that
 * names nobody; `merged` one that another record has taken over.
 */
export const ResidentStatus = z.enum(['present', 'away', 'missing', 'moved', 'dead', 'invalid', 'merged'])
/** A value that the schema of the same name has accepted. */
export type ResidentStatus = z.infer<typeof ResidentStatus>

const person = {
  /** As it stands on paper. No two records of a village hold the same. */
  identityNumber: Code.nullable(),
  /** What stands in while there is no identity number. */
  temporaryNumber: Code.nullable(),
  name: Name,
  /** The folded name, for search and comparison. */
  nameKey: PlainText,
  sex: z.enum(['female', 'male']),
  birthDate: CivilDate,
  birthPlace: PlainText.max(200).nullable(),
  status: ResidentStatus,
  statusSince: CivilDate,
  area: AreaId.nullable(),
  /** The day from which this status and area hold. */
  validFrom: CivilDate,
  mergedInto: ResidentId.nullable(),
}

/** A person who lives, or lived, in the village, as the register knows them now. */
export const Resident = z.object({
  id: ResidentId,
  ...person,
  /** How often it was written: the `seq` of its newest {@link ResidentVersion}. */
  revision: z.int().min(1),
})
/** A record that the schema of the same name has accepted. */
export type Resident = z.infer<typeof Resident>

/**
 * A state of a resident's record. Of the versions known at an instant the newest tells who the person is, and the
 * newest whose `validFrom` is not after a day tells status and area on that day: each replaces what was written
 * before it, from its `validFrom` on. See `residentOn`.
 */
export const ResidentVersion = z.object({
  resident: ResidentId,
  seq: z.int().min(1),
  recordedAt: Instant,
  ...person,
})
/** A record that the schema of the same name has accepted. */
export type ResidentVersion = z.infer<typeof ResidentVersion>

/** `family` shares a family card; `dwelling` lives and eats together. They are different things. */
export const HouseholdKind = z.enum(['family', 'dwelling'])
/** A value that the schema of the same name has accepted. */
export type HouseholdKind = z.infer<typeof HouseholdKind>

const home = {
  kind: HouseholdKind,
  /** The number of the family card, or of the house. */
  number: Code.nullable(),
  address: PlainText.max(500),
  area: AreaId.nullable(),
  ...span,
  /** The day from which this address and area hold. */
  validFrom: CivilDate,
}

/** A family card, or people who live and eat together, as the register knows them now. */
export const Household = z.object({ id: HouseholdId, ...home, revision: z.int().min(1) })
/** A record that the schema of the same name has accepted. */
export type Household = z.infer<typeof Household>

/** A state of a household's record; read as {@link ResidentVersion} is. */
export const HouseholdVersion = z.object({
  household: HouseholdId,
  seq: z.int().min(1),
  recordedAt: Instant,
  ...home,
})
/** A record that the schema of the same name has accepted. */
export type HouseholdVersion = z.infer<typeof HouseholdVersion>

/** The relationship that core knows: whoever answers for a household. All others are the village's own codes. */
export const headRelationship = 'head'

/** That a person belongs to a household. A person has at most one of each kind on a day. */
export const Membership = z.object({
  id: MembershipId,
  household: HouseholdId,
  resident: ResidentId,
  /** That of the household. */
  kind: HouseholdKind,
  /** To the head: {@link headRelationship}, or a code of the village. */
  relationship: Code,
  ...span,
  ...recorded,
})
/** A record that the schema of the same name has accepted. */
export type Membership = z.infer<typeof Membership>

/** A body that works in or for the village. */
export const Organisation = z.object({
  id: OrganisationId,
  kind: z.enum([
    'village-government',
    'ngo',
    'company',
    'community-group',
    'school',
    'health-post',
    'cooperative',
    'other',
  ]),
  name: Name,
  nameKey: PlainText,
  area: AreaId.nullable(),
  ...span,
})
/** A record that the schema of the same name has accepted. */
export type Organisation = z.infer<typeof Organisation>

/** The role of a person in an organisation, in the village's words. */
export const Affiliation = z.object({
  id: idSchema('Affiliation'),
  organisation: OrganisationId,
  resident: ResidentId,
  role: Code,
  ...span,
})
/** A record that the schema of the same name has accepted. */
export type Affiliation = z.infer<typeof Affiliation>

/**
 * What is known of a person or a household for some time, with where it comes from. `value` is the canonical
 * text of the value; see `checkFactValue`.
 */
export const DatedFact = z.object({
  id: DatedFactId,
  unit: z.enum(['resident', 'household']),
  /** The id of the resident or household. */
  subject: z.uuid().lowercase(),
  name: Code,
  value: PlainText.max(1000),
  ...span,
  source: Source,
  degree: z.enum(['declared', 'verified']),
  ...recorded,
})
/** A record that the schema of the same name has accepted. */
export type DatedFact = z.infer<typeof DatedFact>

/** Who may act for a person: a guardian, a proxy. */
export const Representation = z.object({
  id: idSchema('Representation'),
  resident: ResidentId,
  representative: ResidentId,
  kind: z.enum(['guardian', 'proxy']),
  /** What for; empty is everything. */
  purposes: z.array(Code).readonly(),
  /** Where the power comes from: a letter, a judgment, the law. */
  basis: Note,
  ...span,
})
/** A record that the schema of the same name has accepted. */
export type Representation = z.infer<typeof Representation>

/** That a person agreed to a use of their data. */
export const Consent = z.object({
  id: idSchema('Consent'),
  resident: ResidentId,
  purpose: Code,
  /** The person, or who acts for them. */
  givenBy: ResidentId,
  ...span,
  withdrawnAt: Instant.nullable(),
  basis: Note,
})
/** A record that the schema of the same name has accepted. */
export type Consent = z.infer<typeof Consent>
