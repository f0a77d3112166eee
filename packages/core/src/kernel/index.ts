export { allocate } from './allocate.ts'
export {
  Approval,
  type ApprovalAction,
  ApprovalPolicy,
  type ApprovalRefusal,
  type ApprovalResult,
  type ApprovalState,
  approvalOn,
  approvalStates,
  type Decider,
  type Decision,
  decide,
  mayDecide,
  type Proposal,
  propose,
  type Withdrawal,
  withdraw,
} from './approval.ts'
export { addWorkingDays, isWorkingDay, WorkingCalendar, workingDaysBetween } from './calendar.ts'
export { type CanonicalObject, type CanonicalValue, canonicalBytes, canonicalVersion } from './canonical.ts'
export {
  type ChainLink,
  type ChainVerdict,
  chainHash,
  Digest,
  type Head,
  headText,
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
export { type JsonCodec, type JsonValue, jsonCodecOf } from './json.ts'
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
  ActedBy,
  actionsFrom,
  begin,
  type Deadline,
  deadlineOf,
  findOverdue,
  type Guards,
  HistoryEntry,
  isFinal,
  move,
  type PossibleAction,
  type Progress,
  progressSchema,
  type Step,
  type StepRefusal,
  type StepResult,
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
  type StateDefinition,
  StateMachine,
  type StateOf,
  type StatesDefinition,
  type StatesFault,
} from './states.ts'
export { compareText, foldText, LocalizedText, normalizeText, PlainText, textIn } from './text.ts'
