import type { CivilDate, DateInterval, Digest, LocalizedText } from '../kernel/index.ts'
import type { FactRead, Reason, ScalarValue } from '../rules/index.ts'
import type { Citation } from './citation.ts'
import type { DeclaredGap } from './dated.ts'

/** What the rules say of a unit: that it is indicated as eligible, that it is not, or that facts are missing. */
export type Outcome = 'eligible' | 'ineligible' | 'undetermined'

/** How one clause or group came out. */
export interface ClauseOutcome {
  readonly id: string
  readonly label: LocalizedText
  /** How the parts of a group are joined; `clause` for a single condition. */
  readonly kind: 'clause' | 'all' | 'any' | 'none'
  /** Null is unknown. */
  readonly value: boolean | null
  /** Paths of the facts that would be needed, sorted (semantics 8). */
  readonly missing: readonly string[]
  /** Why a known fact did not help; spans are those of the clause's rule. Empty for a group. */
  readonly reasons: readonly Reason[]
  /** Of a clause: the facts and the parameters that it read. Empty for a group. */
  readonly facts: readonly FactRead[]
  readonly parameters: readonly string[]
  readonly citation?: Citation | undefined
  /** Of a group. Empty for a clause. */
  readonly parts: readonly ClauseOutcome[]
}

/** A parameter in force, with its law. */
export interface ParameterInForce {
  readonly name: string
  readonly label: LocalizedText
  readonly value: ScalarValue | readonly ScalarValue[]
  readonly citation: Citation
}

/** What a unit would get. Amounts are minor units; null is unknown. */
export interface BenefitOutcome {
  readonly per: 'month' | 'quarter' | 'year' | 'once'
  readonly payments: number
  readonly totalMinor: number | null
  readonly components: readonly {
    readonly id: string
    readonly label: LocalizedText
    readonly amountMinor: number | null
    /** How many count, after the caps. */
    readonly count: number | null
  }[]
  readonly inKind: readonly { readonly id: string; readonly label: LocalizedText }[]
  /** Why a part is not known. */
  readonly missing: readonly string[]
}

/** Which pack and version decided, so that the decision can be replayed. */
export interface PackIdentity {
  readonly id: string
  readonly version: string
  /** SHA-256 of its canonical bytes. */
  readonly hash: Digest
}

/** A decision as a document: everything that is needed to explain it and to replay it to the same bytes. */
export interface Decision {
  readonly kind: 'decision'
  readonly pack: PackIdentity
  /** The pack whose programme of the same id was replaced, as a village does that overrides one. */
  readonly replaces?: PackIdentity
  readonly programme: string
  readonly unit: 'household' | 'resident'
  readonly on: CivilDate
  /** The dates of the version of the programme that was in force. */
  readonly version: DateInterval
  readonly outcome: Outcome
  readonly criteria: ClauseOutcome
  readonly missing: readonly string[]
  /** Those of all clauses, with the clause that each belongs to. */
  readonly reasons: readonly (Reason & { readonly clause: string })[]
  readonly parameters: readonly ParameterInForce[]
  readonly citations: readonly Citation[]
  /** Of an eligible unit; null where the programme gives nothing that can be reckoned, or the unit is not eligible. */
  readonly benefit: BenefitOutcome | null
}

/** No decision: on that day no version of the programme is in force (semantics 11). */
export interface NoVersionInForce {
  readonly kind: 'no-version-in-force'
  readonly pack: PackIdentity
  readonly programme: string
  readonly on: CivilDate
  /** The end of the version before `on`, which is its first day without one, and the beginning of the next. */
  readonly before: CivilDate | null
  readonly after: CivilDate | null
  readonly gap: DeclaredGap | null
}
