import fc from 'fast-check'
import { type CivilDate, parseCivilDate } from '../src/kernel/index.ts'
import { checkRule, type GivenFacts, type Rule } from '../src/rules/index.ts'
import { arbitraryFacts } from './arbitrary-facts.ts'
import { RuleTexts, type Wanted } from './arbitrary-rules.ts'
import { arbitrarySchema, edgeDates, type Schema } from './arbitrary-schema.ts'

/** A random rule, and rows of facts that it is evaluated on. */
export interface RuleCase {
  readonly schema: Schema
  readonly rule: Rule
  readonly rows: readonly GivenFacts[]
  readonly on: CivilDate
}

/** A rule has one to ten rows. Each counts as one of the cases that the tiers promise. */
const rowsMax = 10

const wanted = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Wanted>('bool') },
  fc.constantFrom<Wanted>('int', 'decimal', 'money', 'text', 'date', 'enum'),
)

/**
 * Random rules with rows over so many random schemas, the same ones for the same seed. What the checker refuses, one
 * text in a hundred, is drawn again.
 */
export function arbitraryCase(schemas: {
  readonly count: number
  readonly seed: number
}): fc.Arbitrary<RuleCase> {
  const worlds = fc
    .sample(arbitrarySchema, { numRuns: schemas.count, seed: schemas.seed })
    .map((schema) => ({ schema, texts: new RuleTexts(schema), facts: arbitraryFacts(schema) }))
  return fc
    .tuple(fc.constantFrom(...worlds), wanted, fc.integer({ min: 1, max: 4 }), fc.constantFrom(...edgeDates))
    .chain(([{ schema, texts, facts }, type, depth, on]) =>
      fc.record({
        schema: fc.constant(schema),
        rule: texts
          .of(type, depth)
          .map((text) => checkRule(text, { facts: { household: schema.household } }))
          .filter((checked) => checked.ok)
          .map(({ rule }) => rule),
        rows: fc.array(facts, { minLength: 1, maxLength: rowsMax, size: 'max' }),
        on: fc.constant(parseCivilDate(on)),
      }),
    )
}
