export { type AddedFacts, addFacts, type KeyedFact } from './add-facts.ts'
export { addPopulation } from './add-population.ts'
export { collectionsOfEdits, type PeopleContext } from './apply.ts'
export { areaNameOn, hamletOf } from './areas.ts'
export { belongingStatuses } from './belonging.ts'
export { checkPopulation } from './check-population.ts'
export {
  affiliations,
  areaEvents,
  areas,
  consents,
  datedFacts,
  households,
  householdVersions,
  lifeEventResidents,
  lifeEvents,
  memberships,
  merges,
  organisations,
  peopleCollections,
  peopleStreams,
  representations,
  residents,
  residentVersions,
  residentWords,
} from './collections.ts'
export {
  type DuplicateCandidate,
  type DuplicateOptions,
  type PossibleDuplicate,
  possibleDuplicates,
} from './duplicates.ts'
export type { EditContext } from './edits.ts'
export { type AreaEnd, endArea, reopenArea } from './end-area.ts'
export {
  Edit,
  LifeEvent,
  LifeEventDetails,
  LifeEventKind,
  LifeEventResident,
  Merge,
  NewResident,
} from './event-records.ts'
export { FactConfig, factDefinitionOf } from './fact-config.ts'
export {
  type CheckedFactValue,
  checkFactValue,
  type FactDefinition,
  type FactRefusal,
  factAge,
  factOn,
  factTextLengthMax,
  factValueOf,
} from './facts.ts'
export {
  type ClassContext,
  fieldClassesOf,
  fieldClassOf,
  type Masked,
  masked,
} from './field-classes.ts'
export { type LifeEventReport, residentsOfLifeEvent } from './life-event.ts'
export type {
  Population,
  PopulationArea,
  PopulationCounts,
  PopulationFact,
  PopulationHousehold,
  PopulationReport,
  PopulationResident,
} from './population.ts'
export { chunksOfPopulation } from './population-chunks.ts'
export { mergeResidents, recordLifeEvent, unmergeResidents } from './record-events.ts'
export {
  Affiliation,
  Area,
  AreaEvent,
  AreaId,
  Consent,
  DatedFact,
  DatedFactId,
  Household,
  HouseholdKind,
  HouseholdVersion,
  headRelationship,
  LifeEventId,
  Membership,
  MembershipId,
  MergeId,
  Organisation,
  Representation,
  Resident,
  ResidentStatus,
  ResidentVersion,
} from './records.ts'
export type { PeopleRefusal, PeopleRefusalCode } from './refusals.ts'
export { consentOn, mayRepresent } from './representations.ts'
export type { AreaContext, PlaceChange, SaveResult } from './save.ts'
export { type AffiliationInput, saveAffiliation } from './save-affiliation.ts'
export {
  type AreaEventReport,
  type AreaInput,
  recordAreaEvent,
  saveArea,
} from './save-area.ts'
export { type ConsentInput, giveConsent, withdrawConsent } from './save-consent.ts'
export { type FactInput, recordFact, retractFact } from './save-fact.ts'
export {
  type HouseholdInput,
  type MembershipInput,
  retractMembership,
  saveHousehold,
  saveMembership,
} from './save-household.ts'
export { type OrganisationInput, saveOrganisation } from './save-organisation.ts'
export { type RepresentationInput, saveRepresentation } from './save-representation.ts'
export { type ResidentInput, saveResident } from './save-resident.ts'
export {
  defineSnapshot,
  type SnapshotDefinition,
  SnapshotHousehold,
  SnapshotMember,
  todaySnapshot,
  type WithFacts,
} from './snapshot.ts'
export {
  membershipOn,
  type SnapshotAsOf,
  type SnapshotPerson,
  type SnapshotRows,
  type SnapshotUnit,
  snapshotOf,
} from './snapshot-of.ts'
export {
  rebuildSnapshot,
  type SnapshotChanges,
  type TemporarySnapshot,
  turnSnapshot,
  withTemporarySnapshot,
} from './snapshot-store.ts'
export { loadUnits, recordsWith } from './snapshot-units.ts'
export type { AsOf, Recorded, Span } from './spans.ts'
export { inForce } from './spans.ts'
export { type AreaPart, type AreaSplit, splitArea } from './split-area.ts'
export { snapshotFaults } from './verify-snapshot.ts'
export { type RegisterFault, versionFaults } from './verify-versions.ts'
export { householdOn, residentOn } from './versions.ts'
