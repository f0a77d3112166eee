import { checkParsed } from './check.ts'
import type { FactRefusal } from './check-facts.ts'
import { parseRule } from './parse.ts'
import type { GivenFacts, Rule, RuleFault, RuleLimits } from './rule.ts'
import { noteUse } from './slot-use.ts'
import { factTypeOf, factValueOf, fieldOf, noteValue, openSlot, type Refuse } from './slots.ts'

/**
 * What {@link checkOverFacts} gives: a rule and the facts as it reads them; or the faults of its text, and what in
 * the facts no rule can read.
 */
export type CheckedOverFacts =
  | { readonly ok: true; readonly rule: Rule; readonly facts: GivenFacts }
  | { readonly ok: false; readonly faults: readonly RuleFault[]; readonly refusals: readonly FactRefusal[] }

/**
 * Reads and checks a rule over facts that no schema describes, as they come from JSON: each has the type of its
 * value or of its use. A whole number is an int and 2.5 a decimal of scale 1; text is a date where one is expected;
 * what is null or left out is unknown. A list that is present is complete, and `{ items, complete: false }` is not.
 *
 * Facts are refused as `facts/type` where elements of one list differ in type, for a list of lists and for what JSON
 * cannot say; as `facts/out-of-range` beyond ±(2^53 − 1) or with more than 9 digits after the point; as
 * `facts/list-too-long` with more than 64 elements; as `facts/invalid-text` with U+0000 or half of a surrogate pair.
 *
 * @throws LumbungError `rules/invalid-environment` where a fact is called `on` or `parameters`.
 *
 * @example
 * ```ts
 * import { checkOverFacts } from '@lumbung/core/rules'
 *
 * const checked = checkOverFacts('home.area >= 40 && age(home.birth, on) > 17', {
 *   home: { area: 42.5, birth: '2000-02-29' },
 * })
 * checked.ok && checked.facts // => { home: { area: 425, birth: '2000-02-29' } }
 *
 * const refused = checkOverFacts('home.area >= 40', { home: { area: 1e300 } })
 * refused.ok ? [] : refused.refusals // => [{ code: 'facts/out-of-range', path: 'home.area' }]
 * ```
 */
export function checkOverFacts(
  text: string,
  facts: Readonly<Record<string, unknown>>,
  limits: Partial<RuleLimits> = {},
): CheckedOverFacts {
  const refusals: FactRefusal[] = []
  const refuse: Refuse = (code, path) => void refusals.push({ code, path })
  const root = openSlot()
  for (const [name, value] of Object.entries(facts)) noteValue(fieldOf(root, name), value, name, refuse)
  const parsed = parseRule(text, limits)
  if (parsed.syntax !== undefined) noteUse(root, parsed.syntax)
  const type = factTypeOf(root)
  const checked = checkParsed(parsed, { facts: type.kind === 'record' ? type.facts : {}, limits })
  // Only what was not refused can be read.
  const given =
    refusals.length > 0
      ? []
      : [...root.fields].map(([name, slot]) => {
          const value = Object.hasOwn(facts, name) ? facts[name] : null
          return [name, factValueOf(slot, value, name, refuse)] as const
        })
  if (!checked.ok || refusals.length > 0) {
    return { ok: false, faults: checked.ok ? [] : checked.faults, refusals }
  }
  return { ok: true, rule: checked.rule, facts: Object.fromEntries(given) }
}
