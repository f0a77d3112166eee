import { decide, type Expectation, nextQuestion, type Pack } from '@lumbung/core/eligibility'
import { parseCivilDate } from '@lumbung/core/kernel'
import type { FactValue, FactValues } from '@lumbung/core/rules'
import { expect, test } from 'vitest'
import { indonesianPack } from './pack.ts'
import { household, person } from './test-people.ts'

// The goal: whoever stands at a counter is asked as little as possible, and what is asked settles most.

const on = parseCivilDate('2026-03-01')
const pack = indonesianPack()
const programmes = ['pkh', 'sembako', 'blt-dana-desa']

/** A seeded population, so that the figures of a run are those of every run. */
function households(count: number): readonly FactValues[] {
  let state = 20_261_124
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  return Array.from({ length: count }, () =>
    household(
      { welfareDecile: 1 + random(10), bltDecisionOnRecord: random(10) === 0 },
      Array.from({ length: 1 + random(5) }, () =>
        person({
          birthDate: `${1940 + random(86)}-0${1 + random(9)}-15`,
          occupation: random(12) === 0 ? '5' : '9',
          currentEducation: ['18', '4', '6', '7'][random(4)] ?? '18',
          pregnant: random(15) === 0,
          severeDisability: random(30) === 0,
        }),
      ),
    ),
  )
}

test('the chosen order needs at most 0.6 of the questions of the fixed one', () => {
  const population = households(24)
  const expectationOf = sharesIn(population)
  let [chosen, fixed] = [0, 0]
  for (const facts of population) {
    chosen += questionsUntilSettled(facts, (known) => {
      return nextQuestion(pack, { on, household: known, programmes, expectationOf })?.path
    })
    // A form asks in the order in which the facts stand, until everything is settled.
    let order: readonly string[] | undefined
    fixed += questionsUntilSettled(facts, (known) => {
      const missing = missingIn(pack, known)
      order ??= [...new Set(missing)]
      const [next, ...rest] = order
      order = rest
      return missing.length === 0 ? undefined : next
    })
  }
  expect(fixed).toBeGreaterThan(0)
  expect(chosen / fixed).toBeLessThanOrEqual(0.6)
})

/** How often each value of a fact stands in a population, as a village knows it from its register. */
function sharesIn(population: readonly FactValues[]): (path: string) => readonly Expectation[] | undefined {
  const counts = new Map<string, Map<boolean | number | string, number>>()
  const note = (facts: FactValues) => {
    for (const [name, value] of Object.entries(facts)) {
      if (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'string') continue
      const own = counts.get(name) ?? new Map<boolean | number | string, number>()
      counts.set(name, own.set(value, (own.get(value) ?? 0) + 1))
    }
  }
  for (const facts of population) {
    note(facts)
    for (const member of facts['members'] as readonly FactValues[]) note(member)
  }
  return (path) => {
    const own = counts.get(path.split('.').at(-1) ?? '')
    return own && [...own].map(([value, weight]) => ({ value, weight }))
  }
}

/** Who belongs to the household is known at a counter, and nothing else. */
function questionsUntilSettled(facts: FactValues, ask: (known: FactValues) => string | undefined): number {
  const members = facts['members'] as readonly FactValues[]
  let known: FactValues = { members: members.map(() => ({})) }
  for (let questions = 0; ; questions += 1) {
    const path = ask(known)
    if (path === undefined) return questions
    const [, index, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(path) ?? []
    known =
      index === undefined
        ? { ...known, [name]: facts[name] ?? null }
        : {
            ...known,
            members: (known['members'] as readonly FactValues[]).map(
              (member, position): FactValue =>
                position === Number(index)
                  ? { ...member, [name]: members[position]?.[name] ?? null }
                  : member,
            ),
          }
  }
}

function missingIn(from: Pack, known: FactValues): readonly string[] {
  return programmes.flatMap((programme) => {
    const decision = decide(from, { programme, on, household: known })
    return decision.kind === 'decision' ? decision.missing : []
  })
}
