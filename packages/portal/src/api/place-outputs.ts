import { CivilDate, Instant, LocalizedText } from '@lumbung/core/kernel'
import { AreaEvent, Organisation } from '@lumbung/core/people'
import * as z from 'zod'

const id = z.string()
const version = z.int().min(1)
const span = { from: CivilDate.nullable(), to: CivilDate.nullable() }

const organisation = z.strictObject({
  id,
  kind: Organisation.shape.kind,
  name: z.string(),
  nameKey: z.string(),
  area: id.nullable(),
  ...span,
  areaName: z.string().nullable(),
  hamlet: z.string().nullable(),
  isOpen: z.boolean(),
  version,
})

/** What use cases about areas, organisations, consents and representatives give. */
export const placeOutputs = (residentView: z.ZodType): Readonly<Record<string, z.ZodType>> => {
  const basis = z.string().nullable().describe('Null where the role may not see it.')
  const person = residentView.nullable().describe('Null for somebody out of reach.')
  const representation = z.strictObject({
    id,
    resident: id,
    representative: id,
    kind: z.enum(['guardian', 'proxy']),
    purposes: z.array(z.string()).describe('Empty is everything.'),
    purposeLabels: z.array(LocalizedText),
    basis,
    ...span,
    person,
    actsFor: person,
    holds: z.boolean(),
  })
  return {
    'area.history': z.strictObject({
      areas: z.array(
        z.strictObject({
          id,
          kind: z.enum(['hamlet', 'neighbourhood']),
          parent: id.nullable(),
          code: z.string().nullable(),
          name: z.string(),
          nameKey: z.string(),
          ...span,
          version,
          depth: z.int().min(0),
          isOpen: z.boolean(),
          events: z.array(z.strictObject({ ...AreaEvent.shape, id, area: id })),
        }),
      ),
    }),
    'organisation.list': z.strictObject({ organisations: z.array(organisation) }),
    'organisation.read': organisation,
    'affiliation.list': z.strictObject({
      affiliations: z.array(
        z.strictObject({
          id,
          organisation: id,
          resident: id,
          role: z.string(),
          ...span,
          person: residentView,
          isHeld: z.boolean(),
        }),
      ),
    }),
    'agreement.list': z.strictObject({
      resident: residentView,
      consents: z.array(
        z.strictObject({
          id,
          resident: id,
          purpose: z.string(),
          purposeLabel: LocalizedText,
          givenBy: id,
          giver: person,
          ...span,
          withdrawnAt: Instant.nullable(),
          basis,
          holds: z.boolean(),
        }),
      ),
      representatives: z.array(representation),
      represented: z.array(representation),
      roles: z.array(
        z.strictObject({
          id,
          organisation: id,
          organisationName: z.string(),
          resident: id,
          role: z.string(),
          ...span,
          holds: z.boolean(),
        }),
      ),
    }),
  }
}
