export { Benefit, BenefitComponent } from './benefit.ts'
export { Citation, PackId, Source } from './citation.ts'
export { Clause, type Criterion, Group } from './criteria.ts'
export { DeclaredGap } from './dated.ts'
export { benefitFor, type DecisionQuestion, decide, programmeOf, programmeOn } from './decide.ts'
export type {
  BenefitOutcome,
  ClauseOutcome,
  Decision,
  NoVersionInForce,
  Outcome,
  PackIdentity,
  ParameterInForce,
} from './decision.ts'
export { type CheckedPack, checkPack, definePack, type Pack, type PackOptions } from './define-pack.ts'
export { type ExplanationMessage, explain } from './explain.ts'
export { type ExplanationWords, explanationText } from './explanation-text.ts'
export { type Expectation, type NextQuestion, nextQuestion, type QuestionOptions } from './next-question.ts'
export { PackConfig, type PackConfigInput } from './pack.ts'
export type { PackFault, PackPath, Place, PlaceOf } from './pack-fault.ts'
export { ProgrammeParameter } from './parameter.ts'
export { Programme, type ProgrammeInput, ProgrammeTest, ProgrammeVersion } from './programme.ts'
export type {
  CheckedBenefit,
  CheckedCriterion,
  CheckedProgramme,
  ProgrammeInForce,
} from './programme-in-force.ts'
export { type RankedPlace, type RankedUnit, type Ranking, rank, rankKeysOf } from './rank.ts'
export { type ReckonedUnit, rankedUnitOf } from './ranked-unit.ts'
export type { Readings } from './readings.ts'
export { type ScreenedHousehold, type ScreenedUnit, type ScreenOptions, screen } from './screen.ts'
export {
  type MovedUnit,
  type SimulatedTotal,
  type Simulation,
  type SimulationResult,
  simulate,
} from './simulate.ts'
export { type ProgrammeTestResult, testPack } from './test-pack.ts'
export type { UnitFacts } from './unit.ts'
export { type Vocabulary, vocabularyOf } from './vocabulary.ts'
export { type FactChange, wouldChange } from './would-change.ts'
