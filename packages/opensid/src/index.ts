export type { PopulationCounts } from './population/counts.ts'
export { type KeptFacts, keepFacts } from './population/kept-facts.ts'
export { numberedRows } from './population/numbered-rows.ts'
export { type PopulationReading, type ReadPopulationOptions, readPopulation } from './population/read.ts'
export { PopulationRecord, PopulationRow } from './population/record.ts'
export {
  assignTemporaryNumbers,
  type RegisteredPerson,
  type TemporaryNumbers,
} from './population/temporary-numbers.ts'
export { populationOf, type RegisterPopulation } from './population/to-register.ts'
export { writePopulation } from './population/write.ts'
export { type ProgrammeReading, readProgramme } from './programme/read.ts'
export { ProgrammeParticipant, ProgrammeSettings } from './programme/record.ts'
export {
  participantListOf,
  programmeNamedBy,
  type WorkbookOfParticipants,
  type WorkbookParticipants,
  type WrittenParticipant,
  workbookOf,
} from './programme/to-enrolments.ts'
export { writeProgramme } from './programme/write.ts'
export type { Finding, Place } from './report/finding.ts'
export { type FindingCode, findingMessages } from './report/messages.ts'
export { refusalMessages, refusedPlace } from './report/refusals.ts'
export type { WorkbookLimits } from './workbook/limits.ts'
export type { ReadProgress, SheetReport } from './workbook/read-sheets.ts'
