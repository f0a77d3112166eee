export { ActedBy, type ActedByInput, ActorId } from './acted-by.ts'
export { allocate } from './allocate.ts'
export { Approval } from './approval.ts'
export { type ApprovalAction, ApprovalPolicy, type ApprovalState, approvalStates } from './approval-policy.ts'
export { addWorkingDays, isWorkingDay, WorkingCalendar, workingDaysBetween } from './calendar.ts'
export { type CanonicalObject, type CanonicalValue, canonicalBytes, canonicalVersion } from './canonical.ts'
export {
  type ChainLink,
  type ChainVerdict,
  chainHash,
  Digest,
  type Head,
  headText,
  type LinkVerdict,
  nextHead,
  parseHead,
  saltedDigest,
  sha256Hex,
  verifyChain,
} from './chain.ts'
export {
  addDays,
  addMonths,
  ageYears,
  CivilDate,
  civilDateOf,
  dayOfWeek,
  daysBetween,
  firstCivilDate,
  isCivilDate,
  lastCivilDate,
  monthsBetween,
  parseCivilDate,
} from './civil-date.ts'
export { Confidence } from './confidence.ts'
export { type Deadline, deadlineOf, findOverdue } from './deadline.ts'
export {
  type ApprovalDecider,
  type ApprovalDecision,
  type ApprovalProposal,
  type ApprovalRefusal,
  type ApprovalResult,
  type ApprovalWithdrawal,
  approvalOn,
  decideApproval,
  mayDecideApproval,
  proposeApproval,
  withdrawApproval,
} from './decide-approval.ts'
export { isLumbungError, LumbungError } from './errors.ts'
export {
  createIdGenerator,
  HouseholdId,
  type IdSource,
  idSchema,
  OrganisationId,
  ResidentId,
  uuidV7,
  VillageId,
} from './ids.ts'
export { civilDateIn, epochMsOf, Instant, instantOf } from './instant.ts'
export {
  DateInterval,
  findGapsAndOverlaps,
  intersectIntervals,
  intervalContains,
  intervalsOverlap,
  type VersionGap,
  type VersionOverlap,
} from './interval.ts'
export { type FieldForm, type JsonField, jsonCodecOf, jsonFieldOf } from './json.ts'
export { asciiJson } from './json-text.ts'
export type { JsonCodec, JsonValue, ValueKind } from './json-value.ts'
export { isMaskedNumber, maskDigits, maskNumber } from './mask-number.ts'
export {
  addMoney,
  Money,
  moneyText,
  multiplyMoney,
  negateMoney,
  parseMoney,
  subtractMoney,
  sumMoney,
} from './money.ts'
export {
  nextPeriod,
  Period,
  PeriodKind,
  periodContains,
  periodInterval,
  periodKind,
  periodOf,
  periodsIn,
  previousPeriod,
} from './period.ts'
export {
  actionsFrom,
  beginProgress,
  type Guards,
  HistoryEntry,
  isFinal,
  type PossibleAction,
  type Progress,
  progressSchema,
  type Step,
  type StepRefusal,
  type StepResult,
  takeStep,
} from './progress.ts'
export {
  addRatios,
  compareRatios,
  divideRatios,
  multiplyRatios,
  parseRatio,
  Ratio,
  type Rounding,
  ratioOf,
  ratioText,
  ratioToNumber,
  roundRatio,
  subtractRatios,
} from './ratio.ts'
export {
  type Arrow,
  Duration,
  defineStates,
  type MachineDefinition,
  type MachineFault,
  type StateDefinition,
  StateMachine,
  type StateOf,
} from './states.ts'
export {
  compareText,
  foldText,
  LocalizedText,
  NameText,
  normalizeText,
  normalizeTexts,
  PlainText,
  textIn,
} from './text.ts'
