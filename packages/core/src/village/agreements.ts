import * as z from 'zod'
import { type CivilDate, type LocalizedText, ResidentId } from '../kernel/index.ts'
import {
  type Affiliation,
  affiliations,
  type Consent,
  consents,
  fieldClassOf,
  inForce,
  organisations,
  type Representation,
  representations,
  residents,
} from '../people/index.ts'
import type { AnyCollection, FieldClass, RecordOf } from '../storage/index.ts'
import { readAreas } from './area-tree.ts'
import { reachedPeople } from './organisations.ts'
import { classRank } from './permission.ts'
import { noteReads, notFound, placedView, type ResidentView } from './register.ts'
import { defineRead, type ReadContext, type UseCaseContext } from './use-case.ts'

/** What a person agreed to, as somebody may see it. */
export interface ConsentView extends Omit<Consent, 'basis'> {
  /** Null where the actor may not see it. */
  readonly basis: string | null
  readonly purposeLabel: LocalizedText
  /** Who gave it; null for somebody out of reach. */
  readonly giver: ResidentView | null
  /** Whether it holds today and was not withdrawn. */
  readonly holds: boolean
}

/** A power to act for somebody, as somebody may see it. */
export interface RepresentationView extends Omit<Representation, 'basis'> {
  /** Null where the actor may not see it. */
  readonly basis: string | null
  /** What the village calls its purposes, in their order; empty is everything. */
  readonly purposeLabels: readonly LocalizedText[]
  /** Who is acted for, and who acts: null for somebody out of reach. */
  readonly person: ResidentView | null
  readonly actsFor: ResidentView | null
  readonly holds: boolean
}

/** A role of a person, with the name of the organisation. */
export interface HeldRole extends Affiliation {
  readonly organisationName: string
  readonly holds: boolean
}

/** What ties a person to purposes, to others and to organisations. What holds comes first. */
export interface Agreements {
  readonly resident: ResidentView
  readonly consents: readonly ConsentView[]
  /** Who may act for the person. */
  readonly representatives: readonly RepresentationView[]
  /** For whom the person may act. */
  readonly represented: readonly RepresentationView[]
  readonly roles: readonly HeldRole[]
}

/**
 * What a person agreed to, who acts for whom, and which roles they have: as far as the actor may see each. A power
 * over somebody out of reach is told to the person who has it alone.
 */
export const listAgreements = defineRead({
  name: 'agreement.list',
  scope: 'resident.read',
  input: z.strictObject({ resident: ResidentId }),
  async run(context, { resident: id }): Promise<Agreements> {
    const { tx, own } = context
    const tree = await readAreas(tx)
    const person = await tx.get(residents, { id })
    if (person === undefined) throw notFound(context, 'resident')
    const resident = await placedView(context, tree, person)
    const agreed = await allOf(tx.stream(consents, { where: { resident: id } }))
    const over = await allOf(tx.stream(representations, { where: { resident: id } }))
    const by = await allOf(tx.stream(representations, { where: { representative: id } }))
    const others = [
      ...agreed.map(({ givenBy }) => givenBy),
      ...over.map(({ representative }) => representative),
      ...by.map((power) => power.resident),
    ]
    const people = new Map(await reachedPeople(context, tree, others))
    people.set(id, resident)
    const about: About = { context, people, shows: resident.shows, birthDate: person.birthDate }
    const shownConsents = agreed.flatMap((consent) => consentView(about, consent))
    const representatives = over.flatMap((power) => representationView(about, power))
    const represented = by.flatMap((power) => {
      const ward = people.get(power.resident)
      if (ward === undefined && own.resident !== id) return []
      // What is written of a power is of the person whom it is over.
      const shows = ward?.shows ?? resident.shows
      return representationView({ context, people, shows, birthDate: ward?.birthDate ?? undefined }, power)
    })
    const roles: HeldRole[] = []
    for (const role of await allOf(tx.stream(affiliations, { where: { resident: id } }))) {
      if (!isShown(about, affiliations, 'role', role)) continue
      const body = await tx.get(organisations, { id: role.organisation })
      const holds = inForce(role, context.today)
      roles.push({ ...role, organisationName: body?.name ?? '', holds })
    }
    const seen = [
      resident,
      ...shownConsents.map(({ giver }) => giver),
      ...[...representatives, ...represented].flatMap((power) => [power.person, power.actsFor]),
    ]
    noteReads(
      context,
      seen.filter((view) => view !== null),
    )
    return {
      resident,
      consents: shownConsents.toSorted(byHolding),
      representatives: representatives.toSorted(byHolding),
      represented: represented.toSorted(byHolding),
      roles: roles.toSorted(byHolding),
    }
  },
})

/** Of whom something is told, and how much of it may be seen. */
interface About {
  readonly context: ReadContext
  readonly people: ReadonlyMap<string, ResidentView>
  readonly shows: FieldClass
  readonly birthDate: CivilDate | undefined
}

function consentView(about: About, consent: Consent): readonly ConsentView[] {
  if (!isShown(about, consents, 'purpose', consent)) return []
  const { context, people } = about
  return [
    {
      ...consent,
      basis: isShown(about, consents, 'basis', consent) ? consent.basis : null,
      purposeLabel: labelOf(context, consent.purpose),
      giver: people.get(consent.givenBy) ?? null,
      holds: consent.withdrawnAt === null && inForce(consent, context.today),
    },
  ]
}

function representationView(about: About, power: Representation): readonly RepresentationView[] {
  if (!isShown(about, representations, 'kind', power)) return []
  const { context, people } = about
  return [
    {
      ...power,
      basis: isShown(about, representations, 'basis', power) ? power.basis : null,
      purposeLabels: power.purposes.map((purpose) => labelOf(context, purpose)),
      person: people.get(power.resident) ?? null,
      actsFor: people.get(power.representative) ?? null,
      holds: inForce(power, context.today),
    },
  ]
}

function isShown<C extends AnyCollection>(
  { context: { today, config }, shows, birthDate }: About,
  collection: C,
  field: keyof RecordOf<C> & string,
  record: RecordOf<C>,
): boolean {
  const context = { on: today, childBelowYears: config.childBelowYears, birthDate }
  return classRank(fieldClassOf(collection, field, record, context)) <= classRank(shows)
}

function labelOf({ config }: Pick<UseCaseContext, 'config'>, purpose: string): LocalizedText {
  return config.purposes.find(({ id }) => id === purpose)?.label ?? { en: purpose }
}

/** Those that hold first. */
function byHolding(a: { readonly holds: boolean }, b: { readonly holds: boolean }): number {
  return Number(b.holds) - Number(a.holds)
}

async function allOf<R extends { readonly version: number }>(
  records: AsyncIterable<R>,
): Promise<Omit<R, 'version'>[]> {
  const found: Omit<R, 'version'>[] = []
  for await (const { version: _, ...record } of records) found.push(record)
  return found
}
