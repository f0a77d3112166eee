import { parseCivilDate } from '@lumbung/core/kernel'
import { checkRule, type Rule } from '@lumbung/core/rules'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { arbitraryFacts } from '../../../core/test/arbitrary-facts.ts'
import { RuleTexts, type Wanted } from '../../../core/test/arbitrary-rules.ts'
import { arbitrarySchema, edgeDates, type Schema } from '../../../core/test/arbitrary-schema.ts'
import { createDatabase } from '../embedded-server.ts'
import { disagreement } from './agreement.ts'
import { openRulePostgres, openRuleSqlite } from './rule-database.ts'
import { schemaTables } from './schema-tables.ts'

/** Goal: a rule means in SQL what it means in memory, of whatever facts, on every row. */

const isLong = process.env['LUMBUNG_TIER'] === 'long'
/** A case is a rule and a household. Half of them are asked of each database. */
const cases = isLong ? 5_000_000 : 100_000
const schemas = isLong ? 100 : 10
const households = 25
const rulesPerStatement = 20
/** A server that others use as well may take its time. */
const timeoutMs = isLong ? 2_400_000 : 240_000
const seed = Number(process.env['LUMBUNG_SEED'] ?? Date.now() % 2 ** 31)

const kinds: readonly Wanted[] = ['bool', 'bool', 'bool', 'int', 'decimal', 'money', 'text', 'date']

/** So many rules over a schema, of all kinds; what the checker refuses is left out. */
function* rulesOver(schema: Schema, count: number, from: number): Generator<Rule> {
  const texts = new RuleTexts(schema)
  let drawn = 0
  for (let round = 0; drawn < count; round += 1) {
    const wanted = kinds[round % kinds.length] ?? 'bool'
    const sampled = fc.sample(texts.of(wanted, 1 + (round % 4)), {
      numRuns: rulesPerStatement,
      seed: from + round,
    })
    for (const text of sampled) {
      const checked = checkRule(text, { facts: { household: schema.household } })
      if (!checked.ok) continue
      drawn += 1
      yield checked.rule
    }
  }
}

function* batches<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = []
  for (const item of items) {
    if (batch.push(item) < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

test.each(['sqlite', 'postgres'] as const)(
  `%s agrees with the evaluator (LUMBUNG_SEED=${seed})`,
  async (kind) => {
    const drawnSchemas = fc.sample(arbitrarySchema, { numRuns: schemas, seed })
    let known = 0
    for (const [index, schema] of drawnSchemas.entries()) {
      const given = fc.sample(arbitraryFacts(schema), { numRuns: households, seed: seed + index })
      const { source, tables, rowsOf } = schemaTables(schema.household)
      const filled = { tables, rows: rowsOf(given.map((facts) => facts['household'] ?? null)) }
      const server =
        kind === 'sqlite'
          ? undefined
          : await createDatabase(inject('postgresUrl'), `lumbung_rules_${process.pid}_${index}`)
      const database = await (server === undefined
        ? openRuleSqlite(filled)
        : openRulePostgres(server.url, filled))
      try {
        const rules = rulesOver(schema, cases / schemas / households / 2, seed + index)
        for (const [round, batch] of [...batches(rules, rulesPerStatement)].entries()) {
          const on = parseCivilDate(edgeDates[round % edgeDates.length] ?? '2026-11-24')
          const { found, knownCells } = await disagreement(
            { database, source, table: 'household', given, on },
            batch,
          )
          expect(found).toBeUndefined()
          known += knownCells
        }
      } finally {
        await database.close()
        await server?.drop()
      }
    }
    // Where nearly all were unknown, agreement would say little.
    expect(known).toBeGreaterThan(cases / 8)
  },
  timeoutMs,
)
