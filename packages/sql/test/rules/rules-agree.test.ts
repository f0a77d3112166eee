import type { FactValue, FactValues } from '@lumbung/core/rules'
import { expect, inject, test } from 'vitest'
import { createDatabase } from '../embedded-server.ts'
import { type Disagreement, disagreement } from './agreement.ts'
import { factsDrawer, ruleDrawer, seededRandom } from './random-rules.ts'
import { facts, openRulePostgres, openRuleSqlite, type RuleDatabase } from './rule-tables.ts'

const isLong = process.env['LUMBUNG_TIER'] === 'long'
const rows = 40
const perStatement = 20
/** A case is a rule and a household. */
const cases = isLong ? 10_000_000 : 400_000

function householdsOf(seed: number) {
  const { household } = factsDrawer(facts, seededRandom(seed))
  return Array.from({ length: rows }, () => withIncomplete(household('household'), seededRandom(seed + 1)))
}

/** Only some lists say how much of them is known. */
function withIncomplete(household: FactValues, random: () => number): FactValues {
  const incomplete = (value: FactValue = null): FactValue =>
    Array.isArray(value) && random() < 0.3 ? { items: value, complete: false } : value
  return {
    ...household,
    members: household['members'] ?? [],
    visitors: incomplete(household['visitors']),
    tags: incomplete(household['tags']),
  }
}

async function firstDisagreement(database: RuleDatabase, seed: number): Promise<Disagreement | undefined> {
  const households = householdsOf(1)
  const { rule } = ruleDrawer(facts, seededRandom(seed))
  for (let asked = 0; asked < cases; asked += rows * perStatement) {
    const found = await disagreement(
      database,
      Array.from({ length: perStatement }, () => rule(4)),
      households,
    )
    if (found !== undefined) return found
  }
  return undefined
}

const seed = Number(process.env['LUMBUNG_SEED'] ?? Date.now() % 2 ** 31)

test(`SQLite agrees with the evaluator (seed ${seed})`, async () => {
  const database = await openRuleSqlite(householdsOf(1))
  try {
    expect(await firstDisagreement(database, seed)).toBeUndefined()
  } finally {
    await database.close()
  }
})

test(`PostgreSQL agrees with the evaluator (seed ${seed})`, async () => {
  const { url, drop } = await createDatabase(inject('postgresUrl'), `lumbung_rules_${process.pid}`)
  const database = await openRulePostgres(url, householdsOf(1))
  try {
    expect(await firstDisagreement(database, seed)).toBeUndefined()
  } finally {
    await database.close()
    await drop()
  }
})
