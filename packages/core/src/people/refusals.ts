import type { FactRefusal } from './facts.ts'

/** Every reason for which a change of the register is refused. Where each applies stands with the functions. */
export type PeopleRefusalCode =
  | FactRefusal['code']
  | 'people/already-married'
  | 'people/already-member'
  | 'people/already-merged'
  | 'people/already-reversed'
  | 'people/already-there'
  | 'people/already-undone'
  | 'people/already-withdrawn'
  | 'people/area-circle'
  | 'people/before-birth'
  | 'people/changed-later'
  | 'people/changed-since'
  | 'people/empty-span'
  | 'people/has-members'
  | 'people/in-the-future'
  | 'people/incomplete'
  | 'people/listed-twice'
  | 'people/mother-not-female'
  | 'people/needs-life-event'
  | 'people/new-head-needed'
  | 'people/nobody-left'
  | 'people/not-a-member'
  | 'people/not-living-here'
  | 'people/not-married'
  | 'people/not-represented'
  | 'people/number-taken'
  | 'people/one-head'
  | 'people/same-person'
  | 'people/reason-needed'
  | 'people/second-household'
  | 'people/unknown-area'
  | 'people/unknown-consent'
  | 'people/unknown-event'
  | 'people/unknown-fact'
  | 'people/unknown-household'
  | 'people/unknown-membership'
  | 'people/unknown-merge'
  | 'people/unknown-organisation'
  | 'people/unknown-resident'
  | 'people/unfit-name'
  | 'people/wrong-kind'

/** Why a change was not made: a code, and what a screen needs to say it. */
export interface PeopleRefusal {
  readonly code: PeopleRefusalCode
  readonly resident?: string
  readonly household?: string
  readonly fact?: string
  readonly event?: string
  /** The fields in which two records contradict each other. */
  readonly fields?: readonly string[]
  /** The ids of records that changed since, or of others that are in the way. */
  readonly records?: readonly string[]
}
