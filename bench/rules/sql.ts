import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { VillageId } from '@lumbung/core/kernel'
import type { SqlDialectName, SqlText } from '@lumbung/core/rules/sql'
import { screeningSql } from '@lumbung/core/storage'
import { openPostgres } from '@lumbung/sql/postgres'
import { openSqlite } from '@lumbung/sql/sqlite'
import pg from 'pg'
import { createDatabase, startEmbeddedServer } from '../../packages/sql/test/embedded-server.ts'
import { compare, type Side } from '../measure.ts'
import type { Result } from '../report.ts'
import { handWrittenSql } from './sql-by-hand.ts'
import { handWrittenLoop } from './sql-loop.ts'
import { face, fillingFor, on, rules, snapshot, village } from './sql-village.ts'

const sizes = process.env['LUMBUNG_BENCH_SIZES']?.split(',').map(Number) ?? [100_000, 1_000_000]
const repetitions = 3
const ratioGoal = 1.5
const memoryMiBMax = 200
const schema = { collections: snapshot.collections, streams: [] }

/** Rules as SQL against SQL written by hand, and a stream of outcomes against a loop written by hand. */
export async function benchmarkRuleSql(): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-bench-'))
  // Also where the benchmark is interrupted.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const results: Result[] = []
  const add = (result: Result) => {
    results.push(result)
    const { store, size, what, ratio } = result
    console.log(`${store} ${size} ${what}: ${ratio.median.toFixed(2)}`)
  }
  const server = await startEmbeddedServer({ fsync: 'off' })
  try {
    for (const size of sizes) {
      const file = join(folder, `${size}.db`)
      await measureSqlite(file, size, add)
      rmSync(file)
      await measurePostgres((await createDatabase(server.url, `rules_${size}`)).url, size, add)
    }
  } finally {
    await server.stop()
  }
  return results
}

/** How often each outcome is true, and how often false: read from the database as one row. */
type Tally = (text: SqlText, outcomes: readonly string[]) => Promise<string>

const ownOutcomes = rules.map((_, index) => `outcome_${index + 1}`)
const handOutcomes = rules.map((_, index) => `o${index + 1}`)

function tallySql(dialect: SqlDialectName, { sql }: SqlText, outcomes: readonly string[]): string {
  const [yes, no] = dialect === 'sqlite' ? ['1', '0'] : ['true', 'false']
  // In one number, so that an outcome is named, and so evaluated, once.
  const tallies = outcomes.map(
    (name) => `sum(case ${name} when ${yes} then 1 when ${no} then 2097152 else 0 end)`,
  )
  return `select ${tallies.join(', ')} from (${sql}) as screened`
}

function inside(
  tally: Tally,
  dialect: SqlDialectName,
): { baseline: Side; candidate: Side; check: () => void } {
  const own = screeningSql(face, { rules, on, where: { snapshot: 'today' } }, { dialect, villageId: village })
  const byHand = { sql: handWrittenSql(dialect), parameters: [] }
  const seen = { own: '', byHand: '' }
  return {
    baseline: {
      run: async () => {
        seen.byHand = await tally(byHand, handOutcomes)
      },
    },
    candidate: {
      run: async () => {
        seen.own = await tally(own, ownOutcomes)
      },
    },
    check: () => assert.equal(seen.own, seen.byHand),
  }
}

async function measureSqlite(file: string, size: number, add: (result: Result) => void): Promise<void> {
  const storage = await openSqlite({ file, schema })
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma synchronous = off')
    for (const sql of fillingFor('sqlite', size)) database.exec(sql)
    database.exec('analyze; pragma wal_checkpoint(truncate)')
    const tally: Tally = async (text, outcomes) => {
      const tallies = database.prepare(tallySql('sqlite', text, outcomes)).get(...text.parameters)
      return JSON.stringify(Object.values(tallies ?? {}))
    }
    const { baseline, candidate, check } = inside(tally, 'sqlite')
    const common = { store: 'sqlite', size, units: size * rules.length, ratioGoal }
    const screened = await compare(baseline, candidate, repetitions)
    check()
    add({ ...common, what: 'eight rules inside the database', ...screened })

    const counts = { own: [0], byHand: [0] }
    const streamed = await compare(
      {
        run: async () => {
          counts.byHand = handWrittenLoop(database)
        },
      },
      {
        run: async () => {
          counts.own = rules.flatMap(() => [0, 0])
          await storage.read(VillageId.parse(village), async (tx) => {
            for await (const { outcomes } of tx.screen(face, { rules, on, where: { snapshot: 'today' } })) {
              for (let index = 0; index < outcomes.length; index += 1) {
                const outcome = outcomes[index]
                if (outcome === true) counts.own[2 * index] = (counts.own[2 * index] ?? 0) + 1
                if (outcome === false) counts.own[2 * index + 1] = (counts.own[2 * index + 1] ?? 0) + 1
              }
            }
          })
        },
      },
      repetitions,
    )
    assert.deepEqual(counts.own, counts.byHand)
    const peakMiB = memoryOf(file, size)
    const verdict = peakMiB < memoryMiBMax ? 'pass' : 'fail'
    console.log(
      `sqlite ${size} streamed in ${peakMiB.toFixed(0)} MiB, goal below ${memoryMiBMax}: ${verdict}`,
    )
    add({ ...common, what: 'eight rules streamed', ...streamed })
  } finally {
    database.close()
    await storage.close()
  }
}

/** The greatest memory of a process of its own that streams the outcomes of a file. */
function memoryOf(file: string, size: number): number {
  const script = fileURLToPath(new URL('sql-memory.ts', import.meta.url))
  const printed = execFileSync(process.execPath, [...process.execArgv, script, file], { encoding: 'utf8' })
  const told: unknown = JSON.parse(printed)
  assert(typeof told === 'object' && told !== null && 'rows' in told && 'peakMiB' in told)
  assert.equal(told.rows, size)
  return Number(told.peakMiB)
}

async function measurePostgres(url: string, size: number, add: (result: Result) => void): Promise<void> {
  await (await openPostgres({ url, schema })).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const sql of fillingFor('postgres', size)) await client.query(sql)
    await client.query('vacuum analyze')
    const tally: Tally = async (text, outcomes) => {
      const sql = tallySql('postgres', text, outcomes)
      const { rows } = await client.query({ text: sql, values: [...text.parameters], rowMode: 'array' })
      return JSON.stringify(rows)
    }
    const { baseline, candidate, check } = inside(tally, 'postgres')
    const screened = await compare(baseline, candidate, repetitions)
    check()
    add({
      store: 'postgres',
      size,
      units: size * rules.length,
      ratioGoal,
      what: 'eight rules inside the database',
      ...screened,
    })
  } finally {
    await client.end()
  }
}
