import { CivilDate, Instant, LocalizedText } from '@lumbung/core/kernel'
import * as z from 'zod'
import { eligibilityOutputs } from './eligibility-outputs.ts'
import { placeOutputs } from './place-outputs.ts'

const count = z.int().min(0)
const id = z.string()
const next = z.string().optional().describe('Where the next page begins: the `after` of the next request.')
const masked = (schema: z.ZodType) => schema.nullable().describe('Null where the role may not see it.')

const ends = masked(z.string()).describe(
  'Its ends alone, or null where there is none or the role may not see it.',
)

/** Every field of a resident is open about being hidden. */
const residentView = z.looseObject({
  id,
  version: z.int(),
  name: masked(z.string()),
  identityNumber: ends,
  temporaryNumber: ends,
  sex: masked(z.enum(['female', 'male'])),
  birthDate: masked(CivilDate),
  birthPlace: masked(z.string()),
  status: masked(z.string()),
  hamlet: masked(z.string()),
  areaName: masked(z.string()),
  shows: z.enum(['public', 'internal', 'personal', 'specific']),
  isPersonal: z.boolean(),
})

const factView = z.strictObject({
  id,
  name: z.string(),
  label: LocalizedText,
  value: z.union([z.string(), z.number(), z.boolean()]),
  kind: z.enum(['bool', 'int', 'decimal', 'money', 'text', 'date', 'enum']),
  scale: count,
  valueLabel: LocalizedText.optional(),
  from: CivilDate.nullable(),
  source: z.string(),
  degree: z.string(),
  months: count,
  isStale: z.boolean(),
})

const householdView = z.strictObject({
  id,
  kind: z.enum(['family', 'dwelling']),
  number: ends,
  address: masked(z.string()),
  hamlet: z.string().nullable(),
  members: z.array(
    z.strictObject({
      resident: residentView,
      relationship: z.string(),
      relationshipLabel: LocalizedText,
      from: CivilDate.nullable(),
    }),
  ),
  facts: z.array(factView),
})

const registerPage = z.strictObject({
  residents: z.array(residentView),
  count,
  next,
  hamlets: z.array(z.looseObject({ id, name: z.string() })),
  on: CivilDate,
})

const reads = z.strictObject({
  reads: z.array(
    z.strictObject({
      at: Instant,
      useCase: z.string(),
      actor: z.strictObject({ kind: z.string(), id }),
      purpose: z.string().optional(),
    }),
  ),
  next,
})

const account = z.looseObject({
  id,
  kind: z.enum(['officer', 'resident']),
  login: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  disabled: z.boolean(),
})

/**
 * What use cases give, as the OpenAPI document describes it; a test holds each against real answers. What is not
 * here is described by its name alone.
 */
export const outputs: Readonly<Record<string, z.ZodType>> = {
  'village.glance': z.strictObject({
    on: CivilDate,
    residents: count,
    female: count,
    male: count,
    households: count,
    pyramid: z.array(z.strictObject({ from: count, to: count.optional(), female: count, male: count })),
    hamlets: z.array(
      z.strictObject({ id: id.nullable(), name: z.string().nullable(), residents: count, households: count }),
    ),
  }),
  'area.list': z.array(
    z.strictObject({ id, kind: z.enum(['hamlet', 'neighbourhood']), path: z.array(z.string()) }),
  ),
  'resident.search': registerPage,
  'resident.list': registerPage,
  'resident.show-numbers': z.strictObject({
    identityNumber: masked(z.string()),
    temporaryNumber: masked(z.string()),
    facts: z.array(factView),
  }),
  'household.show-number': z.strictObject({ number: masked(z.string()) }),
  'life-event.list': z.array(
    z.strictObject({
      id,
      kind: z.string(),
      on: CivilDate,
      recordedAt: Instant,
      note: masked(z.string()),
      people: z.array(residentView),
      reverses: id.nullable(),
      reversedBy: id.nullable(),
    }),
  ),
  'merge.list': z.array(
    z.strictObject({
      id,
      kept: residentView,
      merged: residentView,
      on: CivilDate,
      recordedAt: Instant,
      undoneAt: Instant.nullable(),
    }),
  ),
  'resident.read': z.strictObject({
    resident: residentView,
    households: z.array(householdView),
    facts: z.array(factView),
  }),
  'household.read': householdView,
  'duplicate.list': z.strictObject({
    pairs: z.array(
      z.strictObject({
        reason: z.string(),
        similarity: z.number(),
        first: residentView,
        second: residentView,
      }),
    ),
    count,
  }),
  'reads.own': reads,
  'reads.list': reads,
  'audit.resident': z.array(
    z.strictObject({
      seq: z.int().min(1),
      recordedAt: Instant,
      useCase: z.string(),
      actor: z.strictObject({ kind: z.string(), id }),
      purpose: z.string().optional(),
      reason: z.string().optional(),
      isErased: z.boolean(),
      fields: z.array(
        z.strictObject({
          field: z.string(),
          before: masked(z.union([z.string(), z.number()])),
          after: masked(z.union([z.string(), z.number()])),
          isHidden: z.boolean(),
        }),
      ),
    }),
  ),
  'job.list': z.array(
    z.looseObject({ name: z.string(), doneOn: CivilDate.nullable(), runs: z.array(z.looseObject({})) }),
  ),
  ...placeOutputs(residentView),
  ...eligibilityOutputs(residentView),
  'account.list': z.strictObject({ accounts: z.array(account), next }),
  'account.disable': account,
}
