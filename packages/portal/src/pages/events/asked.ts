import type { CivilDate, HouseholdId, ResidentId } from '@lumbung/core/kernel'
import type { LifeEventDetails } from '@lumbung/core/people'
import {
  type AreaView,
  type HouseholdView,
  listAreas,
  type ResidentFile,
  type ResidentView,
  readHousehold,
  readResident,
  type VillageConfig,
} from '@lumbung/core/village'
import type { Visit } from '../../server/visit.ts'
import type { FieldError } from '../../ui/index.ts'
import { householdTitle } from '../household-page.tsx'
import { nameOf } from '../people.tsx'
import { Faults, type Sent } from '../typed.ts'

/** The kinds of event that a form records. A return is a move to the village of somebody whom the register knows. */
export const eventNames = [
  'birth',
  'death',
  'move-in',
  'return',
  'move-out',
  'marriage',
  'divorce',
  'head-change',
  'card-split',
] as const
/** A kind of event that a form records. */
export type EventName = (typeof eventNames)[number]

/** From whose record a form was opened. */
export interface Place {
  readonly file?: ResidentFile
  readonly household?: HouseholdView
}

/** A form of an event while it is asked: what was typed, what is wrong, and whom it is about. */
export class Asked {
  readonly visit: Visit
  readonly config: VillageConfig
  readonly today: CivilDate
  readonly place: Place
  readonly form: Sent
  readonly areas: readonly AreaView[]
  readonly faults = new Faults()
  /** Those among whom the reader must choose, by the name of the field. */
  readonly choices = new Map<string, readonly ResidentView[]>()
  /** Households that need a new head. */
  readonly headless = new Map<string, HouseholdView>()
  /** What people and households are called. */
  readonly names = new Map<string, string>()

  constructor(given: Pick<Asked, 'visit' | 'config' | 'today' | 'place' | 'form' | 'areas'>) {
    this.visit = given.visit
    this.config = given.config
    this.today = given.today
    this.place = given.place
    this.form = given.form
    this.areas = given.areas
    const { file, household } = given.place
    if (file !== undefined) this.nameFile(file)
    if (household !== undefined) this.nameHousehold(household)
  }

  get errors(): readonly FieldError[] {
    return this.faults.errors
  }

  /** Remembers what a person and those around them are called. */
  nameFile({ resident, households }: ResidentFile): void {
    this.names.set(resident.id ?? '', nameOf(resident, this.visit.words))
    for (const household of households) this.nameHousehold(household)
  }

  nameHousehold(household: HouseholdView): void {
    this.names.set(household.id, householdTitle(household, this.visit.words))
    for (const { resident } of household.members) {
      this.names.set(resident.id ?? '', nameOf(resident, this.visit.words))
    }
  }

  async fileOf(id: ResidentId): Promise<ResidentFile> {
    const file = await this.visit.session().perform(readResident, { id })
    this.nameFile(file)
    return file
  }

  /** A household, to be asked who answers for it now. */
  async askNewHead(id: HouseholdId): Promise<void> {
    const household = await this.visit.session().perform(readHousehold, { id })
    this.nameHousehold(household)
    this.headless.set(id, household)
  }
}

/** One kind of event: what its form asks, and what was answered. */
export interface EventForm {
  readonly Fields: (props: { readonly asked: Asked }) => import('../../ui/index.ts').Html
  /** The details; undefined where something is wrong, which then stands with the fields. */
  readonly read: (asked: Asked) => Promise<LifeEventDetails | undefined>
  /** The field that a refusal belongs to, where no other is meant. */
  readonly mainField: string
}

/** The areas of the village, for a form that asks for one. */
export async function areasFor(visit: Visit): Promise<readonly AreaView[]> {
  return await visit.session().perform(listAreas, {})
}
