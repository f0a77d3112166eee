import assert from 'node:assert/strict'
import { parseCivilDate } from '@lumbung/core/kernel'
import {
  type Columns,
  ColumnsBuilder,
  type CompiledColumns,
  checkRule,
  compileColumns,
  compileRule,
  type FactType,
  type GivenFacts,
  type Outcomes,
  type Rule,
  type ScalarValue,
  traceRule,
} from '@lumbung/core/rules'
import { compare, type Side } from './measure.ts'
import { type Result, report } from './report.ts'
import { otherEngines } from './rules/engines.ts'
import { fictionalHouseholds, givenFactsOf, type Household, householdFacts } from './rules/households.ts'
import { type Programme, programmes, programmesByBirth } from './rules/programmes.ts'
import { benchmarkRuleSql } from './rules/sql.ts'
import { seededRandom } from './storage/residents.ts'

const households = Number(process.env['LUMBUNG_BENCH_ROWS'] ?? 100_000)
const traced = Math.min(households, 5_000)
const rowsPerChunk = 1024
const repetitions = 7
const on = parseCivilDate('2026-11-24')
/** Greatest ratios of time to that of JavaScript by hand: a speed of 0.6, 3, 1.5 and 0.03 of it. */
const goals = { closures: 1.66, generated: 0.33, composed: 0.66, trace: 33 } as const

/**
 * Eight programmes over many households in memory: our ways to evaluate against JavaScript that a programmer wrote by
 * hand and that knows two values only, and the fastest of ours that decides one household at a time against other
 * engines; and rules inside databases against SQL by hand. All that answer the same question must answer the same.
 */
export async function benchmarkRules(): Promise<void> {
  // The databases come first, while the process is still small: how much memory they take is measured too.
  const results: Result[] = [...(await benchmarkRuleSql())]
  for (const unknownShare of [0, 0.1]) {
    const facts = unknownShare === 0 ? 'complete' : '10 % unknown'
    const stored = fictionalHouseholds(households, seededRandom(11), unknownShare)
    for (const [ages, chosen] of [
      ['ages', programmes],
      ['birth dates', programmesByBirth],
    ] as const)
      results.push(...(await compareWays(`${ages}, ${facts}`, chosen, stored, unknownShare === 0)))
  }
  results.push(...(await compareEngines(fictionalHouseholds(households, seededRandom(11), 0))))
  report('rules', results)
}

function rulesOf(chosen: readonly Programme[], facts: Readonly<Record<string, FactType>>): Rule[] {
  return chosen.map(({ rule }) => {
    const checked = checkRule(rule, { facts })
    assert(checked.ok, rule)
    return checked.rule
  })
}

async function compareWays(
  store: string,
  chosen: readonly Programme[],
  stored: readonly Household[],
  isComplete: boolean,
): Promise<Result[]> {
  const rules = rulesOf(chosen, householdFacts)
  const given = givenFactsOf(stored)
  const hands = chosen.map(({ byHand }) => byHand)
  const closures = rules.map((rule) => compileRule(rule))
  const generated = compileColumns(rules, { execution: 'generated' })
  const composed = compileColumns(rules, { execution: 'composed' })
  const chunks = chunksOf(given, generated)
  assertSame(rules, given, closures, [inColumns(generated, chunks), inColumns(composed, chunks)])
  if (isComplete) assertByHand(hands, stored, closures, given)

  let sink = 0
  const byHand = (rows: readonly Household[]): Side => ({
    run: async () => {
      for (const household of rows) for (const decide of hands) if (decide(household)) sink += 1
    },
  })
  const columnSide = (compiled: CompiledColumns): Side => {
    let outcomes: readonly Outcomes[] | undefined
    return {
      run: async () => {
        for (const chunk of chunks) outcomes = compiled.run(chunk, on, outcomes)
      },
    }
  }
  const few = given.slice(0, traced)
  const sides: readonly (readonly [string, Side, number, number | undefined])[] = [
    [
      'closures',
      {
        run: async () => {
          for (const facts of given) for (const decide of closures) if (decide(facts, on) === true) sink += 1
        },
      },
      households,
      goals.closures,
    ],
    ['generated columns', columnSide(generated), households, goals.generated],
    ['composed columns', columnSide(composed), households, goals.composed],
    ['reading into columns', { run: async () => void chunksOf(given, generated) }, households, undefined],
    [
      'trace',
      {
        run: async () => {
          for (const facts of few)
            for (const rule of rules) if (traceRule(rule, { facts, on }).value === true) sink += 1
        },
      },
      traced,
      goals.trace,
    ],
  ]
  const results: Result[] = []
  for (const [what, side, rows, ratioGoal] of sides) {
    const baseline = byHand(rows === households ? stored : stored.slice(0, rows))
    const comparison = await compare(baseline, side, repetitions)
    const goal = ratioGoal === undefined ? {} : { ratioGoal }
    results.push({ what, store, size: rows, units: rows * rules.length, ...goal, ...comparison })
  }
  assert(sink > 0)
  return results
}

function chunksOf(given: readonly GivenFacts[], { plan }: CompiledColumns): Columns[] {
  const chunks: Columns[] = []
  for (let start = 0; start < given.length; start += rowsPerChunk) {
    const builder = new ColumnsBuilder(plan)
    for (const facts of given.slice(start, start + rowsPerChunk)) builder.add(facts)
    chunks.push(builder.take())
  }
  return chunks
}

/** By rule, 0, 1 or 2 for each household. */
function inColumns(compiled: CompiledColumns, chunks: readonly Columns[]): number[][] {
  const outcomes = chunks.map((chunk) => compiled.run(chunk, on))
  return (outcomes[0] ?? []).map((_, rule) => outcomes.flatMap((each) => Array.from(each[rule] ?? [])))
}

type Closure = (facts: GivenFacts, day: typeof on) => ScalarValue | null

function assertSame(
  rules: readonly Rule[],
  given: readonly GivenFacts[],
  closures: readonly Closure[],
  columns: readonly (readonly (readonly number[])[])[],
): void {
  for (const [index, rule] of rules.entries()) {
    const closure = closures[index]
    for (const [row, facts] of given.entries()) {
      const value = closure?.(facts, on)
      const outcome = value === null ? 1 : value === true ? 2 : 0
      for (const outcomes of columns) assert.equal(outcomes[index]?.[row], outcome, rule.text)
      if (row < traced) assert.equal(traceRule(rule, { facts, on }).value, value, rule.text)
    }
  }
}

function assertByHand(
  hands: readonly Programme['byHand'][],
  stored: readonly Household[],
  closures: readonly Closure[],
  given: readonly GivenFacts[],
): void {
  for (const [index, decide] of hands.entries())
    for (const [row, household] of stored.entries())
      assert.equal(closures[index]?.(given[row] ?? {}, on), decide(household))
}

/** Closures, which decide one household at a time as the others do. */
async function compareEngines(stored: readonly Household[]): Promise<Result[]> {
  const rules = rulesOf(programmes, householdFacts)
  const closures = rules.map((rule) => compileRule(rule))
  const results: Result[] = []
  for (const engine of otherEngines) {
    const rows = stored.slice(0, engine.households)
    const given = givenFactsOf(rows)
    for (const [index, decide] of engine.programmes.entries())
      for (const [row, household] of rows.slice(0, 1_000).entries())
        assert.equal(
          await decide(household),
          closures[index]?.(given[row] ?? {}, on),
          `${engine.name}: ${rules[index]?.text}`,
        )
    let sink = 0
    const theirs: Side = {
      run: async () => {
        for (const household of rows)
          for (const decide of engine.programmes) {
            const met = decide(household)
            if (met === true || (met !== false && (await met))) sink += 1
          }
      },
    }
    const ours: Side = {
      run: async () => {
        for (const facts of given) for (const decide of closures) if (decide(facts, on) === true) sink += 1
      },
    }
    const comparison = await compare(theirs, ours, 3)
    const units = rows.length * rules.length
    results.push({
      what: 'closures against it',
      store: engine.name,
      size: rows.length,
      units,
      ratioGoal: 1,
      ...comparison,
    })
    assert(sink > 0)
  }
  return results
}
