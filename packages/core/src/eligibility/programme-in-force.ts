import type { DateInterval, LocalizedText } from '../kernel/index.ts'
import type { Rule } from '../rules/index.ts'
import type { Benefit } from './benefit.ts'
import type { Citation } from './citation.ts'
import type { PackIdentity, ParameterInForce } from './decision.ts'
import type { Programme, ProgrammeVersion } from './programme.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A clause with its checked rule, or a group of such. */
export interface CheckedCriterion {
  readonly id: string
  readonly label: LocalizedText
  readonly citation?: Citation | undefined
  readonly kind: 'clause' | 'all' | 'any' | 'none'
  /** Of a clause. */
  readonly rule?: Rule
  /** Of a group; empty for a clause. */
  readonly parts: readonly CheckedCriterion[]
}

/** A benefit with its checked amounts and counts. */
export interface CheckedBenefit {
  readonly benefit: Benefit
  readonly components: readonly {
    readonly id: string
    readonly label: LocalizedText
    readonly amount: Rule
    readonly count: Rule
  }[]
  readonly countMax?: Rule
  readonly totalMax?: Rule
}

/** A programme as it stands on the days of one segment: its version, its parameters, and rules checked with them. */
export interface ProgrammeInForce {
  readonly interval: DateInterval
  readonly version: ProgrammeVersion
  readonly parameters: readonly ParameterInForce[]
  readonly criteria: CheckedCriterion
  /** All criteria as one rule, for bulk work. It has no text of its own. */
  readonly rule: Rule
  readonly benefit?: CheckedBenefit
  readonly ranking: readonly { readonly rule: Rule; readonly order: 'ascending' | 'descending' }[]
}

/** A programme whose rules are checked, for every day of its history. */
export interface CheckedProgramme {
  readonly config: Programme
  /** The pack that says it, and the one whose programme of the same id it replaces. */
  readonly pack: PackIdentity
  readonly replaces?: PackIdentity
  readonly vocabulary: Vocabulary
  /** In order of time, without overlap. */
  readonly inForce: readonly ProgrammeInForce[]
}
