import * as z from 'zod'
import { ResidentId } from '../kernel/index.ts'
import { type AnyCollection, type AnyStream, defineCollection, type FieldClass } from '../storage/index.ts'
import { LifeEvent, LifeEventResident, Merge } from './event-records.ts'
import {
  Affiliation,
  Area,
  AreaEvent,
  Consent,
  DatedFact,
  Household,
  HouseholdVersion,
  Membership,
  Organisation,
  Representation,
  Resident,
  ResidentVersion,
} from './records.ts'

const internal: FieldClass = 'internal'
const personal: FieldClass = 'personal'
const specific: FieldClass = 'specific'

const spanClasses = { from: internal, to: internal } as const
const recordedClasses = { recordedAt: internal, retractedAt: internal } as const

/** Hamlets and neighbourhoods. */
export const areas = defineCollection({
  name: 'areas',
  schema: Area,
  key: 'id',
  indexes: [['parent'], ['nameKey']],
  fieldClasses: 'public',
})

/** What happened to areas, so that a name or a border of some day can be told. */
export const areaEvents = defineCollection({
  name: 'area_events',
  schema: AreaEvent,
  key: 'id',
  indexes: [['area', 'on']],
  references: { area: areas },
  fieldClasses: 'public',
})

const personClasses = {
  identityNumber: personal,
  temporaryNumber: personal,
  name: personal,
  nameKey: personal,
  sex: personal,
  birthDate: personal,
  birthPlace: personal,
  status: internal,
  statusSince: internal,
  area: internal,
  validFrom: internal,
  mergedInto: internal,
} as const

/** The people of the register. */
export const residents = defineCollection({
  name: 'residents',
  schema: Resident,
  key: 'id',
  indexes: [
    { unique: ['identityNumber'] },
    { unique: ['temporaryNumber'] },
    ['nameKey'],
    ['area', 'nameKey'],
    // Whoever counts the people of the village or of a hamlet reads this index alone.
    ['area', 'status'],
    ['birthDate'],
  ],
  references: { area: areas },
  fieldClasses: { id: internal, ...personClasses, revision: internal },
})

/** Every state that the record of a resident was in. */
export const residentVersions = defineCollection({
  name: 'resident_versions',
  schema: ResidentVersion,
  key: ['resident', 'seq'],
  references: { resident: residents },
  fieldClasses: {
    resident: internal,
    seq: internal,
    recordedAt: internal,
    ...personClasses,
  },
})

/** The folded words of each name, so that a search finds a person by the beginning of any of them. */
export const residentWords = defineCollection({
  name: 'resident_words',
  schema: z.object({ word: z.string().min(1).max(200), resident: ResidentId }),
  key: ['word', 'resident'],
  indexes: [['resident']],
  references: { resident: residents },
  fieldClasses: { word: personal, resident: internal },
})

const homeClasses = {
  kind: internal,
  number: personal,
  address: personal,
  area: internal,
  ...spanClasses,
  validFrom: internal,
} as const

/** Family cards and dwellings. */
export const households = defineCollection({
  name: 'households',
  schema: Household,
  key: 'id',
  indexes: [['number'], ['area']],
  references: { area: areas },
  fieldClasses: { id: internal, ...homeClasses, revision: internal },
})

/** Every state that the record of a household was in. */
export const householdVersions = defineCollection({
  name: 'household_versions',
  schema: HouseholdVersion,
  key: ['household', 'seq'],
  indexes: [['validFrom']],
  references: { household: households },
  fieldClasses: {
    household: internal,
    seq: internal,
    recordedAt: internal,
    ...homeClasses,
  },
})

/** Who belongs to which household, and when. */
export const memberships = defineCollection({
  name: 'memberships',
  schema: Membership,
  key: 'id',
  indexes: [['household'], ['resident'], ['from'], ['to']],
  references: { household: households, resident: residents },
  fieldClasses: {
    id: internal,
    household: internal,
    resident: internal,
    kind: internal,
    relationship: personal,
    ...spanClasses,
    ...recordedClasses,
  },
})

/** The village government, companies, groups, schools and the like. */
export const organisations = defineCollection({
  name: 'organisations',
  schema: Organisation,
  key: 'id',
  indexes: [['nameKey'], ['kind']],
  references: { area: areas },
  fieldClasses: 'public',
})

/** Roles of people in organisations. */
export const affiliations = defineCollection({
  name: 'affiliations',
  schema: Affiliation,
  key: 'id',
  indexes: [['organisation'], ['resident']],
  references: { organisation: organisations, resident: residents },
  fieldClasses: {
    id: internal,
    organisation: internal,
    resident: internal,
    role: internal,
    ...spanClasses,
  },
})

/** What happened in the lives of people. Details and edits hold whole records, also of children. */
export const lifeEvents = defineCollection({
  name: 'life_events',
  schema: LifeEvent,
  key: 'id',
  indexes: [['on'], { unique: ['reverses'] }],
  fieldClasses: {
    id: internal,
    kind: internal,
    on: internal,
    details: specific,
    note: specific,
    edits: specific,
    reverses: internal,
    recordedAt: internal,
  },
})

/** Who had part in which life event. */
export const lifeEventResidents = defineCollection({
  name: 'life_event_residents',
  schema: LifeEventResident,
  key: ['resident', 'event'],
  indexes: [['event']],
  references: { event: lifeEvents, resident: residents },
  fieldClasses: 'internal',
})

/**
 * What is known of people and households for some time. The class of a value is that of its definition; here
 * stands the strictest, since the rows of all definitions lie together.
 */
export const datedFacts = defineCollection({
  name: 'dated_facts',
  schema: DatedFact,
  key: 'id',
  indexes: [['subject', 'name'], ['from'], ['to']],
  fieldClasses: {
    id: internal,
    unit: internal,
    subject: internal,
    name: internal,
    value: specific,
    ...spanClasses,
    source: personal,
    degree: internal,
    ...recordedClasses,
  },
})

/** Guardians and proxies. */
export const representations = defineCollection({
  name: 'representations',
  schema: Representation,
  key: 'id',
  indexes: [['resident'], ['representative']],
  references: { resident: residents, representative: residents },
  fieldClasses: {
    id: internal,
    resident: internal,
    representative: internal,
    kind: personal,
    purposes: personal,
    basis: specific,
    ...spanClasses,
  },
})

/** What people agreed to. */
export const consents = defineCollection({
  name: 'consents',
  schema: Consent,
  key: 'id',
  indexes: [['resident', 'purpose']],
  references: { resident: residents, givenBy: residents },
  fieldClasses: {
    id: internal,
    resident: internal,
    purpose: internal,
    givenBy: internal,
    ...spanClasses,
    withdrawnAt: internal,
    basis: personal,
  },
})

/** Records of one person that became one, and those that were parted again. */
export const merges = defineCollection({
  name: 'merges',
  schema: Merge,
  key: 'id',
  indexes: [['kept'], ['merged']],
  references: { kept: residents, merged: residents },
  fieldClasses: {
    id: internal,
    kept: internal,
    merged: internal,
    on: internal,
    edits: specific,
    recordedAt: internal,
    undoneAt: internal,
  },
})

/** All collections of this room but those of the snapshot, which depend on the facts of a village. */
export const peopleCollections: readonly AnyCollection[] = [
  areas,
  areaEvents,
  residents,
  residentVersions,
  residentWords,
  households,
  householdVersions,
  memberships,
  organisations,
  affiliations,
  lifeEvents,
  lifeEventResidents,
  datedFacts,
  representations,
  consents,
  merges,
]

/** The streams of this room: none, since the audit chain of the village covers its changes. */
export const peopleStreams: readonly AnyStream[] = []
