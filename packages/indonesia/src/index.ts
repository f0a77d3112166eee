export { NationalHoliday, nationalHolidays } from './calendar/holidays.ts'
export { indonesianWorkingCalendar } from './calendar/working-calendar.ts'
export { CodeEntry, CodeTable } from './codes/code-table.ts'
export { CodeTableName, codeTables } from './codes/code-tables.ts'
export { codeLabel, findCode } from './codes/find-code.ts'
export { relationships } from './codes/relationships.ts'
export { registerFacts } from './facts/register-facts.ts'
export { compareIdentity, type IdentityWarning, type KnownOfPerson } from './identity/compare.ts'
export type { IdentityProblem } from './identity/dated-number.ts'
export {
  type FamilyCardNumberParts,
  type FamilyCardNumberReading,
  parseFamilyCardNumber,
} from './identity/family-card-number.ts'
export {
  type IdentityNumberParts,
  type IdentityNumberReading,
  parseIdentityNumber,
} from './identity/identity-number.ts'
export { programmeFacts } from './programmes/facts.ts'
export { indonesianPack, indonesianProgrammes } from './programmes/pack.ts'
export {
  formatRegionCode,
  parseRegionCode,
  RegionCode,
  type RegionLevel,
  type RegionParts,
  regionParts,
} from './regions/region-code.ts'
export { type RegionNames, regionPath } from './regions/region-names.ts'
export { type ExplanationLanguage, explanationWords } from './words/explanation-words.ts'
