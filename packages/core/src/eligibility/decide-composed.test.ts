import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { comparePathTexts, type FactValues, traceRule } from '../rules/index.ts'
import { composedRule } from './compose.ts'
import type { Criterion } from './criteria.ts'
import { decide, programmeOf, programmeOn } from './decide.ts'
import { label, packOf, programme, version } from './pack.fixtures.ts'
import { givenOf, pathFromHousehold, type UnitFacts } from './unit.ts'

// The goal: what a decision joins from its clauses is what semantics 8 says of the criteria as one rule.

const on = parseCivilDate('2026-06-15')

const rules = [
  'household.decile <= 4',
  'household.leaks',
  'household.rooms < 3 || household.decile > 8',
  'household.members.exists(m, m.pupil && m.distance > 5)',
  'household.members.exists(m, age(m.birthDate, on) < 7)',
  'household.members.filter(m, age(m.birthDate, on) >= 60).size() >= 1',
  'household.members.all(m, m.distance < 3)',
  'div(household.rooms, household.decile - household.decile, 0) > 1',
  'div(household.decile, household.rooms, 0) > 1',
]
const ofResident = ['resident.pupil', 'resident.distance > 5', 'age(resident.birthDate, on) >= 60']

function maybe<Value>(value: fc.Arbitrary<Value>) {
  return fc.oneof({ weight: 1, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })
}

const members = fc.array(
  fc.record({
    pupil: maybe(fc.boolean()),
    distance: maybe(fc.integer({ min: 0, max: 9 })),
    birthDate: maybe(fc.constantFrom('1960-06-15', '1990-01-01', '2020-02-29', '2024-06-15')),
  }),
  { minLength: 1, maxLength: 12 },
)

const household: fc.Arbitrary<FactValues> = fc.record({
  decile: maybe(fc.integer({ min: 1, max: 10 })),
  leaks: maybe(fc.boolean()),
  rooms: maybe(fc.integer({ min: 0, max: 4 })),
  members,
})

/** Groups as programmes have them: conditions, a choice among some, and exclusions, at most three deep. */
function criteria(texts: readonly string[]) {
  const kind = fc.constantFrom('all', 'any', 'none')
  const group = (depth: number): fc.Arbitrary<Draft> =>
    fc.record({
      kind,
      parts: fc.array(
        depth === 0 ? fc.constantFrom(...texts) : fc.oneof(fc.constantFrom(...texts), group(depth - 1)),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    })
  return group(2)
}

interface Draft {
  readonly kind: string
  readonly parts: readonly (string | Draft)[]
}

function groupOf(draft: Draft, path: string): Criterion {
  const parts = draft.parts.map((part, index): Criterion => {
    const id = `${path}-${index}`
    return typeof part === 'string' ? { id, label: label(id), when: part } : groupOf(part, id)
  })
  return { id: path, label: label(path), [draft.kind]: parts }
}

function agrees(draft: Draft, unit: UnitFacts, kind: 'household' | 'resident'): void {
  const pack = packOf(programme({ unit: kind, versions: [version({ criteria: groupOf(draft, 'g') })] }))
  const decision = decide(pack, { programme: 'roof', on, ...unit })
  const inForce = programmeOn(programmeOf(pack, 'roof'), on)
  if (decision.kind !== 'decision' || inForce === undefined) throw new Error('no version is in force')
  // The composed rule reads what its clauses read; their list of facts serves only to name a root that is not there.
  const whole = traceRule(composedRule(inForce.criteria, factsOf(inForce.criteria)), {
    facts: givenOf(unit),
    on,
  })
  const open = whole.value === null
  const paths = whole.missing.map((path) => pathFromHousehold(path, unit))
  expect(decision.outcome).toBe(open ? 'undetermined' : whole.value === true ? 'eligible' : 'ineligible')
  expect(decision.missing).toEqual(open ? [...new Set(paths)].sort(comparePathTexts) : [])
  expect(causesOf(decision.reasons)).toEqual(open ? causesOf(whole.reasons) : [])
  expect(decision.missing).toEqual([...new Set(decision.missing)].sort(comparePathTexts))
}

function factsOf(criterion: Parameters<typeof composedRule>[0]): Parameters<typeof composedRule>[1] {
  if (criterion.rule !== undefined) return criterion.rule.facts
  const [first] = criterion.parts
  if (first === undefined) throw new Error('a group has a part')
  return factsOf(first)
}

/** The causes without the clause that they stand in, which the one rule does not know, each once. */
function causesOf(reasons: readonly object[]): readonly string[] {
  return [...new Set(reasons.map((reason) => JSON.stringify({ ...reason, clause: undefined })))].sort()
}

test('semantics 8: what a household misses, joined over clauses, is what the criteria as one rule miss', () => {
  fc.assert(
    fc.property(criteria(rules), household, (draft, facts) =>
      agrees(draft, { household: facts }, 'household'),
    ),
  )
})

test('semantics 8: so it is for a resident, whose facts are named from the household', () => {
  fc.assert(
    fc.property(criteria([...rules, ...ofResident]), household, fc.nat(), (draft, facts, position) => {
      const list = facts['members']
      const member = Array.isArray(list) ? position % list.length : 0
      agrees(draft, { household: facts, member }, 'resident')
    }),
  )
})
