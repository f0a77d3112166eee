import { checkParsed } from './check.ts'
import { parseRule } from './parse.ts'
import type { CheckedRule, GivenFacts, RuleLimits } from './rule.ts'
import { noteUse } from './slot-use.ts'
import { factTypeOf, factValueOf, fieldOf, noteValue, openSlot } from './slots.ts'

/** A rule that was checked without a schema, and the facts as it reads them. */
export interface CheckedOverFacts {
  readonly checked: CheckedRule
  readonly facts: GivenFacts
}

/**
 * Reads and checks a rule over facts that no schema describes, as they come from JSON: each has the type of its
 * value or of its use. A whole number is an int and 2.5 a decimal of scale 1; text is a date where one is expected;
 * what is null or left out is unknown. A list that is present is complete, and `{ items, complete: false }` is not.
 *
 * @throws LumbungError `facts/mixed-types` where elements of one list differ in type; `facts/out-of-range` for a
 * number beyond ±(2^53 − 1) or with more than 9 digits after the point; `facts/list-too-long` for more than 64
 * items; `facts/invalid` for a list of lists and what JSON cannot say; `text/invalid` for U+0000 and lone
 * surrogates; `rules/invalid-environment` where a fact is called `on` or `parameters`.
 *
 * @example
 * ```ts
 * import { checkOverFacts } from '@lumbung/core/rules'
 *
 * const { checked, facts } = checkOverFacts('home.area >= 40 && age(home.birth, on) > 17', {
 *   home: { area: 42.5, birth: '2000-02-29' },
 * })
 * checked.ok // => true
 * facts // => { home: { area: 425, birth: '2000-02-29' } }
 * ```
 */
export function checkOverFacts(
  text: string,
  facts: Readonly<Record<string, unknown>>,
  limits?: Partial<RuleLimits>,
): CheckedOverFacts {
  const root = openSlot('')
  for (const [name, value] of Object.entries(facts)) noteValue(fieldOf(root, name), value)
  const parsed = parseRule(text, limits)
  if (parsed.syntax !== undefined) noteUse(root, parsed.syntax)
  const type = factTypeOf(root)
  const types = type.kind === 'record' ? type.facts : {}
  const given = Object.fromEntries(
    [...root.fields].map(([name, slot]) => [
      name,
      factValueOf(slot, Object.hasOwn(facts, name) ? facts[name] : null),
    ]),
  )
  return {
    checked: checkParsed(parsed, { facts: types, ...(limits === undefined ? {} : { limits }) }),
    facts: given,
  }
}
