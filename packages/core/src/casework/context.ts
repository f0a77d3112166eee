import type { Citation } from '../eligibility/index.ts'
import type { ActedByInput, CivilDate, Instant, StepRefusal } from '../kernel/index.ts'
import type { PlaceChange, SnapshotDefinition } from '../people/index.ts'
import type { CaseworkPolicy } from './policy.ts'
import type { RulebookInUse } from './rulebook.ts'

/** A household or a resident. */
export interface CaseSubject {
  readonly unit: 'resident' | 'household'
  readonly subject: string
}

/** A household or a resident in a programme. */
export interface Case extends CaseSubject {
  readonly programme: string
}

/** What casework is done with. */
export interface CaseworkContext {
  readonly now: Instant
  /** Today: the day of each step. */
  readonly on: CivilDate
  /** Who acts; left out where time does. */
  readonly by?: ActedByInput | undefined
  readonly nextId: () => string
  /** So many bytes of chance, for salts. */
  readonly random: (bytes: number) => Uint8Array
  readonly rulebook: RulebookInUse
  /** How the register gives its facts to rules. */
  readonly snapshot: SnapshotDefinition
  readonly policy: CaseworkPolicy
  /** Hears of all records that were written, for an audit log. Default: nobody does. */
  readonly wrote?: ((...changes: readonly PlaceChange[]) => void) | undefined
}

/** Every reason of casework itself for which something is refused. Where each applies stands with the functions. */
export type CaseworkRefusalCode =
  | 'casework/already-appealed'
  | 'casework/already-applied'
  | 'casework/already-enrolled'
  | 'casework/already-prepared'
  | 'casework/double-benefit'
  | 'casework/empty-span'
  | 'casework/forum-before-list'
  | 'casework/forum-on-other-list'
  | 'casework/law-changes'
  | 'casework/list-pending'
  | 'casework/already-listed'
  | 'casework/already-settled'
  | 'casework/list-is-fixed'
  | 'casework/no-majority'
  | 'casework/no-payment-policy'
  | 'casework/no-place'
  | 'casework/no-version-in-force'
  | 'casework/no-votes'
  | 'casework/nobody-there'
  | 'casework/not-of-unit'
  | 'casework/not-on-list'
  | 'casework/not-represented'
  | 'casework/not-yet'
  | 'casework/on-hold'
  | 'casework/same-person'
  | 'casework/time-too-long'
  | 'casework/too-late'
  | 'casework/unknown-cost'
  | 'casework/unknown-document'
  | 'casework/unknown-programme'
  | 'casework/unknown-record'
  | 'casework/wrong-unit'

/** Why something was not done, and nothing was written: a code, and what a screen needs to say it. */
export type CaseworkRefusal =
  | {
      readonly code: CaseworkRefusalCode
      /** The record that is in the way, or that is not there. */
      readonly record?: string
      /** The last day on which it could have been done, or the first one. */
      readonly on?: CivilDate
      /** What is not known: a document of the programme, by its id. */
      readonly name?: string
      /** Of a double benefit: the programme whose law does not allow it, and where that stands. */
      readonly forbiddenBy?: string
      readonly citation?: Citation | null
    }
  | StepRefusal

/** What became of something that was asked for. */
export type CaseResult<Done extends object> =
  | ({ readonly ok: true } & Done)
  | { readonly ok: false; readonly refusal: CaseworkRefusal }

/** A refusal as a result. */
export function refuse<Refusal extends CaseworkRefusal>(refusal: Refusal) {
  return { ok: false, refusal } as const
}
