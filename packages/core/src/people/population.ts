import type { CivilDate } from '../kernel/index.ts'
import type { Area, DatedFact, Household, Resident } from './records.ts'
import type { PeopleRefusal } from './refusals.ts'

/** A value of a fact in a {@link Population}; it is checked as `recordFact` does. */
export interface PopulationFact {
  readonly name: string
  readonly value: unknown
  /** Default: null, since when is not known. */
  readonly from?: CivilDate | null
  readonly to?: CivilDate | null
  readonly source: string
  readonly degree: DatedFact['degree']
}

/** An area of a {@link Population}. It is the one in the register with this kind, parent and folded name. */
export interface PopulationArea extends Pick<Area, 'kind' | 'name'> {
  /** What others of the population call it. */
  readonly key: string
  /** The key of the area above; it comes earlier in the list. */
  readonly parent?: string
  readonly code?: string
}

/** A household of a {@link Population}. It is the one in the register of this kind and number. */
export interface PopulationHousehold extends Pick<Household, 'kind' | 'number' | 'address'> {
  readonly key: string
  readonly area?: string
  readonly from?: CivilDate
  readonly facts?: readonly PopulationFact[]
}

/**
 * A person of a {@link Population}: the one in the register with this identity number, or else temporary number, or
 * else folded name, birth date and birth place.
 */
export interface PopulationResident
  extends Pick<Resident, 'identityNumber' | 'name' | 'sex' | 'birthDate' | 'birthPlace'> {
  /** What a report of the import calls the person: a row, say. */
  readonly key: string
  readonly temporaryNumber?: string
  readonly area?: string
  /** Default `present`. */
  readonly status?: Exclude<Resident['status'], 'merged'>
  /** Default: the birth date. */
  readonly statusSince?: CivilDate
  /** At most one household of each kind, by key. */
  readonly memberships: readonly {
    readonly household: string
    readonly relationship: string
    /** Default: null, since when is not known. */
    readonly from?: CivilDate
  }[]
  readonly facts?: readonly PopulationFact[]
}

/** People to add to a register at once, as an import reads them. */
export interface Population {
  readonly areas: readonly PopulationArea[]
  readonly households: readonly PopulationHousehold[]
  readonly residents: readonly PopulationResident[]
}

/** How many records of each kind. */
export interface PopulationCounts {
  readonly areas: number
  readonly households: number
  readonly residents: number
  readonly memberships: number
  readonly facts: number
}

/** What {@link addPopulation} did. */
export interface PopulationReport {
  readonly added: PopulationCounts
  readonly changed: PopulationCounts
  readonly unchanged: PopulationCounts
  /** Areas, households and people that were left out, by key, with all that belongs to them. */
  readonly refused: readonly { readonly key: string; readonly refusal: PeopleRefusal }[]
}
