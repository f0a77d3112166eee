export {
  addWorkingDays,
  isWorkingDay,
  WorkingCalendar,
  workingDaysBetween,
} from './calendar.ts'
export { type CanonicalValue, canonicalBytes, canonicalVersion } from './canonical.ts'
export { chainHash, Digest, type Head, headText, parseHead, saltedDigest, sha256Hex } from './chain.ts'
export * from './civil-date.ts'
export { isLumbungError, LumbungError } from './errors.ts'
export {
  createIdGenerator,
  HouseholdId,
  type IdSource,
  idSchema,
  OrganisationId,
  ResidentId,
  VillageId,
} from './ids.ts'
export * from './instant.ts'
export * from './interval.ts'
export { type JsonCodec, jsonCodecOf } from './json.ts'
export * from './period.ts'
export { compareText, foldText, LocalizedText, normalizeText, textIn } from './text.ts'
