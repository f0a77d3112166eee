import { Citation, DeclaredGap, Programme, Source } from '@lumbung/core/eligibility'
import { CivilDate, LocalizedText } from '@lumbung/core/kernel'
import * as z from 'zod'

const count = z.int().min(0)
const minor = z.int().describe('Minor units of the currency.')
const id = z.string()
const path = z.string().describe('From the household: `household.members[2].birthDate`.')
const scalar = z.union([z.boolean(), z.number(), z.string()])
const outcome = z.enum(['eligible', 'ineligible', 'undetermined'])
const unit = z.enum(['household', 'resident'])
const per = z.enum(['month', 'quarter', 'year', 'once'])
const identity = z.strictObject({ id, version: z.string(), hash: z.string() })
const named = { id, label: LocalizedText }
const fact = z.strictObject({ path, value: scalar.nullable() })
const parameter = z.strictObject({
  name: z.string(),
  label: LocalizedText,
  value: z.union([scalar, z.array(scalar)]),
  citation: Citation,
})
const reason = { code: z.string(), start: count, end: count }

const clause = z.strictObject({
  ...named,
  kind: z.enum(['clause', 'all', 'any', 'none']),
  value: z.boolean().nullable().describe('Null is unknown.'),
  missing: z.array(path),
  reasons: z.array(z.strictObject(reason)),
  facts: z.array(fact),
  parameters: z.array(z.string()),
  citation: Citation.optional(),
  get parts(): z.ZodArray<z.ZodType> {
    return z.array(clause)
  },
})

const benefit = z.strictObject({
  per,
  payments: count,
  totalMinor: minor.nullable(),
  components: z.array(z.strictObject({ ...named, amountMinor: minor.nullable(), count: count.nullable() })),
  inKind: z.array(z.strictObject(named)),
  missing: z.array(path),
})

const decision = z.strictObject({
  kind: z.literal('decision'),
  pack: identity,
  replaces: identity.optional(),
  programme: id,
  unit,
  on: CivilDate,
  version: z.strictObject({ from: CivilDate.optional(), to: CivilDate.optional() }),
  outcome,
  criteria: clause,
  missing: z.array(path),
  reasons: z.array(z.strictObject({ ...reason, clause: id })),
  parameters: z.array(parameter),
  citations: z.array(Citation),
  benefit: benefit.nullable(),
})

const notInForce = z.strictObject({
  kind: z.literal('no-version-in-force'),
  pack: identity,
  programme: id,
  on: CivilDate,
  before: CivilDate.nullable(),
  after: CivilDate.nullable(),
  gap: DeclaredGap.nullable(),
})

const message = z.union([
  z.strictObject({ key: outcome, programme: LocalizedText, on: CivilDate }),
  z.strictObject({
    key: z.literal('not-in-force'),
    programme: LocalizedText,
    on: CivilDate,
    before: CivilDate.nullable(),
    after: CivilDate.nullable(),
    why: LocalizedText.nullable(),
  }),
  z.strictObject({
    key: z.enum(['met', 'not-met', 'unknown']),
    clause: LocalizedText,
    facts: z.array(fact),
    parameters: z.array(parameter),
    citation: Citation.nullable(),
  }),
  z.strictObject({ key: z.literal('missing'), paths: z.array(path) }),
  z.strictObject({ key: z.enum(['benefit', 'benefit-unknown']), benefit }),
  z.strictObject({ key: z.literal('in-kind'), label: LocalizedText }),
  z.strictObject({ key: z.literal('law'), citations: z.array(Citation) }),
  z.strictObject({ key: z.literal('appeal') }),
])

const decisionView = z.strictObject({
  title: LocalizedText,
  member: count.nullable(),
  decision: z.union([decision, notInForce]),
  explanation: z.array(message),
  changes: z.array(z.array(z.strictObject({ path, from: scalar.nullable(), to: scalar }))),
  isMasked: z.boolean(),
})

const question = z
  .strictObject({
    path,
    settles: z.number(),
    unit,
    subject: id,
    member: count.nullable(),
    fact: z.string(),
    isKept: z.boolean(),
  })
  .nullable()
  .describe('Null where nothing is open.')

const place = { id: id.nullable(), name: z.string().nullable() }
const counts = { eligible: count, ineligible: count, undetermined: count }
const simulated = z.strictObject({ ...counts, costMinor: minor, costUnknown: count })
const limits = z.strictObject({ units: count.nullable(), budgetMinor: minor.nullable() })

/** What use cases about assistance programmes give. */
export const eligibilityOutputs = (residentView: z.ZodType): Readonly<Record<string, z.ZodType>> => {
  const listed = { household: id.nullable(), resident: residentView }
  const moved = z.strictObject({ count, units: z.array(z.strictObject(listed)) })
  const decided = {
    on: CivilDate,
    head: count.nullable(),
    decisions: z.array(decisionView),
    next: question.optional(),
  }
  return {
    'programme.list': z.array(
      z.strictObject({ id, title: LocalizedText, purpose: LocalizedText, unit, isInForce: z.boolean() }),
    ),
    'programme.read': z.strictObject({
      on: CivilDate,
      programme: Programme.unwrap().omit({ tests: true }),
      pack: identity,
      replaces: identity.nullable(),
      sources: z.record(z.string(), Source),
      version: count.nullable(),
    }),
    'eligibility.decide': z.strictObject({ household: id, members: z.array(residentView), ...decided }),
    'eligibility.decide-resident': z.strictObject({
      resident: residentView,
      household: id.nullable(),
      members: z.array(residentView.nullable()),
      ...decided,
      belongs: z.boolean(),
      ofHouseholds: z.array(z.strictObject({ id, title: LocalizedText })),
    }),
    'eligibility.next-question': question,
    'eligibility.screen': z.strictObject({
      on: CivilDate,
      programmes: z.array(
        z.strictObject({
          id,
          title: LocalizedText,
          unit,
          isInForce: z.boolean(),
          onNoCard: count,
          total: z.strictObject(counts),
          hamlets: z.array(z.strictObject({ ...place, ...counts })),
        }),
      ),
    }),
    'eligibility.list': z.strictObject({
      on: CivilDate,
      units: z.array(z.strictObject(listed)),
      count,
      next: z.string().optional(),
    }),
    'eligibility.simulate': z.strictObject({
      on: CivilDate,
      before: simulated,
      after: simulated,
      hamlets: z.array(z.strictObject({ ...place, before: simulated, after: simulated })),
      entering: moved,
      leaving: moved,
    }),
    'eligibility.rank': z.strictObject({
      on: CivilDate,
      programme: id,
      title: LocalizedText,
      unit,
      isInForce: z.boolean(),
      order: z.array(
        z.strictObject({
          label: LocalizedText,
          order: z.enum(['ascending', 'descending']),
          kind: z.enum(['bool', 'number', 'money', 'text', 'date', 'enum', 'undetermined']),
          scale: count,
        }),
      ),
      per: per.nullable(),
      stated: limits,
      limits,
      limit: z.enum(['quota', 'budget', 'unknown-cost']).nullable(),
      count,
      undetermined: count,
      served: count,
      waiting: count,
      spentMinor: minor,
      tiedAtLine: count,
      hamlets: z.array(z.strictObject({ ...place, served: count, waiting: count })),
      places: z.array(
        z.strictObject({
          ...listed,
          position: count,
          rank: count,
          isServed: z.boolean(),
          isTiedAtLine: z.boolean(),
          costMinor: minor.nullable(),
          isCostHidden: z.boolean(),
          keys: z.array(z.strictObject({ value: scalar.nullable(), isHidden: z.boolean() })),
        }),
      ),
      next: count.optional(),
    }),
  }
}
