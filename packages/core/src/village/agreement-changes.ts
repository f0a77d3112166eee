import * as z from 'zod'
import { addDays, addMonths, ageYears, type CivilDate, LumbungError, ResidentId } from '../kernel/index.ts'
import {
  Consent,
  consents,
  giveConsent,
  Representation,
  representations,
  residents,
  saveRepresentation,
  withdrawConsent,
} from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { notFound, reaches, requireReach } from './register.ts'
import { peopleContext } from './register-changes.ts'
import { defineWrite, type UseCaseContext } from './use-case.ts'

/**
 * Writes down what a person agreed to. A resident who acts gives it in their own name, for themselves or for whom
 * they may act; an officer writes down who gave it.
 */
export const giveConsentRecord = defineWrite({
  name: 'consent.give',
  scope: 'consent.write',
  input: Consent.omit({ id: true, withdrawnAt: true, givenBy: true })
    .extend({ id: Consent.shape.id.optional(), givenBy: ResidentId.optional() })
    .strict(),
  async run(context, { id, givenBy, ...fields }) {
    requirePurposes(context, [fields.purpose])
    await requireReach(context, fields.resident)
    const own = ResidentId.safeParse(context.own.resident)
    // By duty, and not for being that person, one of their house, or who acts for them.
    const nobody = { households: [], represented: [] }
    const isOfficer = await reaches({ ...context, own: nobody }, fields.resident)
    const asked = givenBy ?? (isOfficer || !own.success ? fields.resident : own.data)
    if (!isOfficer && asked !== own.data) throw notFound(context, 'resident')
    const input = { ...fields, givenBy: asked, ...(id === undefined ? {} : { id }) }
    return await giveConsent(context.tx, input, peopleContext(context))
  },
})

/** Writes down that a consent was withdrawn: by the person, who acts for them, or an officer whom they told. */
export const withdrawConsentRecord = defineWrite({
  name: 'consent.withdraw',
  scope: 'consent.write',
  input: z.strictObject({ id: Consent.shape.id }),
  async run(context, { id }) {
    const consent = await context.tx.get(consents, { id })
    if (consent === undefined) throw notFound(context, 'consent')
    await requireReach(context, consent.resident)
    return await withdrawConsent(context.tx, id, peopleContext(context))
  },
})

/**
 * Writes down who may act for a person, corrects it, or ends it by its `to`. A guardian of a child whose end is left
 * out has the power until the child is grown; `null` says that it has no end.
 */
export const saveRepresentationRecord = defineWrite({
  name: 'representation.save',
  scope: 'representation.write',
  input: Representation.omit({ id: true, to: true })
    .extend({ id: Representation.shape.id.optional(), to: Representation.shape.to.optional() })
    .strict(),
  async run(context, { id, to, ...fields }) {
    const { tx } = context
    requirePurposes(context, fields.purposes)
    const before = id === undefined ? undefined : await tx.get(representations, { id })
    for (const person of [fields.resident, fields.representative, before?.resident]) {
      if (person !== undefined) await requireReach(context, person)
    }
    const end = to === undefined ? await usualEnd(context, fields) : to
    const input = { ...fields, to: end, ...(id === undefined ? {} : { id }) }
    return await saveRepresentation(tx, input, peopleContext(context))
  },
})

/** The day on which a child is grown, for a guardian; else none. */
async function usualEnd(
  { tx, today, config }: UseCaseContext & { readonly tx: ReadTransaction },
  { kind, resident }: Pick<Representation, 'kind' | 'resident'>,
): Promise<CivilDate | null> {
  const person = kind === 'guardian' ? await tx.get(residents, { id: resident }) : undefined
  if (person === undefined) return null
  const { childBelowYears } = config
  const isChild = (ageYears(person.birthDate, today) ?? 0) < childBelowYears
  if (!isChild) return null
  // Who was born on 29 February comes of age on 1 March of a common year.
  const day = addMonths(person.birthDate, childBelowYears * 12)
  return ageYears(person.birthDate, day) === childBelowYears ? day : addDays(day, 1)
}

/** A purpose that the village does not know could never be asked for. */
function requirePurposes({ config }: UseCaseContext, purposes: readonly string[]): void {
  const unknown = purposes.filter((purpose) => !config.purposes.some(({ id }) => id === purpose))
  if (unknown.length === 0) return
  throw new LumbungError('village/invalid-input', 'The village knows no such purpose.', {
    details: {
      issues: unknown.map((purpose) => ({
        path: ['purpose'],
        message: `${purpose} is none of the village's purposes`,
      })),
    },
  })
}
