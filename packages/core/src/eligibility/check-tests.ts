import { type CheckedFacts, checkFacts, type FactValues } from '../rules/index.ts'
import type { PackFaults, PackPath } from './pack-fault.ts'
import type { Programme, ProgrammeTest } from './programme.ts'
import { membersOf } from './unit.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The facts of a test sentence, which are written as people write them: a decimal as 2.5. */
export function checkedFactsOf(test: ProgrammeTest, { household }: Vocabulary): CheckedFacts {
  return checkFacts({ household }, { household: test.household }, 'written')
}

/** Finds test sentences whose facts no rule could read, or that are about nobody. */
export function checkTests(
  { tests, unit }: Programme,
  path: PackPath,
  vocabulary: Vocabulary,
  faults: PackFaults,
): void {
  tests.forEach((test, index) => {
    const here = [...path, 'tests', index]
    const checked = checkedFactsOf(test, vocabulary)
    const [refused, strange] = checked.ok ? [[], checked.strange] : [checked.refusals, []]
    for (const { code, path: fact } of refused) {
      faults.add('eligibility/test-facts', [...here, ...pathOf(fact)], `${fact} is no such fact: ${code}.`)
    }
    for (const fact of strange) {
      faults.add('eligibility/test-facts', [...here, ...pathOf(fact)], `${fact} is none of the facts.`)
    }
    if (!checked.ok) return
    const { member } = test
    const count = membersOf(householdOf(checked.facts)).length
    const isNamed = unit === 'resident' ? member !== undefined && member < count : member === undefined
    if (isNamed) return
    const message =
      unit === 'resident'
        ? 'A sentence about a resident names one of the members.'
        : 'A sentence about a household names no member.'
    faults.add('eligibility/test-member', [...here, 'member'], message)
  })
}

/** The household among checked facts. */
export function householdOf(facts: Readonly<Record<string, unknown>>): FactValues | null {
  const { household } = facts
  const isRecord = typeof household === 'object' && household !== null && !Array.isArray(household)
  // What stands here went through the door for facts, so a record holds facts.
  return isRecord ? (household as FactValues) : null
}

/** `household.members[2].age` as names and positions. */
function pathOf(fact: string): PackPath {
  return fact.split(/[.[]/).map((segment) => (segment.endsWith(']') ? Number(segment.slice(0, -1)) : segment))
}
