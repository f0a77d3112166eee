import * as z from 'zod'
import { CivilDate, LocalizedText } from '../kernel/index.ts'
import { type FactValue, factNumberMax } from '../rules/index.ts'
import { Benefit } from './benefit.ts'
import { Citation, PackId } from './citation.ts'
import { Group } from './criteria.ts'
import { DeclaredGap, dates } from './dated.ts'
import { ProgrammeParameter } from './parameter.ts'

/** By what units are put in order: an expression, and which end comes first. Unknown comes last. */
const RankKey = z
  .strictObject({
    label: LocalizedText,
    by: z.string().min(1),
    order: z.enum(['ascending', 'descending']),
    citation: Citation.optional(),
  })
  .readonly()

/** How many may be served, and for how much in all, in the village and the time that `per` names. */
const Quota = z
  .strictObject({
    units: z.int().min(0).optional(),
    budgetMinor: z.int().min(0).max(factNumberMax).optional(),
    citation: Citation.optional(),
  })
  .readonly()

/** Whether a unit that is enrolled in another programme may also be in this one. */
const Combination = z
  .strictObject({ with: PackId, allowed: z.boolean(), citation: Citation.optional() })
  .readonly()

/** A paper that an applicant brings. */
const RequiredDocument = z
  .strictObject({ id: PackId, label: LocalizedText, citation: Citation.optional() })
  .readonly()

/** A programme as it stood in law for a time. */
export const ProgrammeVersion = z
  .strictObject({
    ...dates,
    legalBasis: z.array(Citation).min(1).readonly(),
    criteria: Group,
    benefit: Benefit.optional(),
    ranking: z.array(RankKey).readonly().default([]),
    quota: Quota.optional(),
    combinations: z.array(Combination).readonly().default([]),
    documents: z.array(RequiredDocument).readonly().default([]),
    /** Paths of facts that a person can change, such as a missing paper, for what would change an outcome. */
    changeable: z.array(z.string()).readonly().default([]),
  })
  .readonly()
/** A version that the schema of the same name has accepted. */
export type ProgrammeVersion = z.infer<typeof ProgrammeVersion>

const factValue: z.ZodType<FactValue> = z.lazy(() =>
  z.union([z.boolean(), z.number(), z.string(), z.null(), z.array(factValue).readonly(), factValues]),
)

/** The facts of a record as rules read them. */
const factValues = z.record(z.string(), factValue).readonly()

/** A sentence that says what the programme means, and the facts that prove it. */
export const ProgrammeTest = z
  .strictObject({
    it: z.union([z.string().min(1), LocalizedText]),
    on: CivilDate,
    /** Facts of the household, with `members`. */
    household: factValues,
    /** For a programme of residents: which of the members. */
    member: z.int().min(0).optional(),
    expect: z
      .strictObject({
        outcome: z.enum(['eligible', 'ineligible', 'undetermined']).nullable(),
        missing: z.array(z.string()).readonly().optional(),
        /** Total of the benefit in minor units, null where it is unknown. */
        benefit: z.int().nullable().optional(),
      })
      .readonly(),
  })
  .readonly()
/** A test that the schema of the same name has accepted. */
export type ProgrammeTest = z.infer<typeof ProgrammeTest>

/** A programme with its whole history. */
export const Programme = z
  .strictObject({
    id: PackId,
    title: LocalizedText,
    purpose: LocalizedText,
    unit: z.enum(['resident', 'household']),
    parameters: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/), ProgrammeParameter)
      .readonly()
      .default({}),
    versions: z.array(ProgrammeVersion).min(1).readonly(),
    gaps: z.array(DeclaredGap).readonly().default([]),
    tests: z.array(ProgrammeTest).readonly().default([]),
  })
  .readonly()
/** A programme that the schema of the same name has accepted. */
export type Programme = z.infer<typeof Programme>

/** A programme as it is written: what has a default may be left out. */
export type ProgrammeInput = z.input<typeof Programme>
