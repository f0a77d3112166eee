import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openPostgres } from '@lumbung/sql/postgres'
import { openSqlite } from '@lumbung/sql/sqlite'
import pg from 'pg'
import { createDatabase, startEmbeddedServer } from '../packages/sql/test/embedded-server.ts'
import { compare, type Side } from './measure.ts'
import { type Result, report } from './report.ts'
import { type Contender, lumbungContender, pageRows } from './storage/contender.ts'
import { rawPostgres } from './storage/raw-postgres.ts'
import { rawSqlite } from './storage/raw-sqlite.ts'
import {
  fictionalResidents,
  hamlets,
  type Resident,
  type StoredResident,
  schema,
  seededRandom,
} from './storage/residents.ts'

const sizes = [10_000, 50_000, 100_000]
const repetitions = 5
const pointReads = 2_000
const pagesOfHamlet = 30

/** One side with the way to empty its table and to settle what was written, both outside of what is timed. */
interface Database extends Contender {
  empty(): Promise<void>
  settle(): Promise<void>
}

/** Our storage against the same work written by hand on the driver. */
export async function benchmarkStorage(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-bench-'))
  // Also where the benchmark is interrupted.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  // As it is delivered, so with every commit flushed to the disk.
  const server = await startEmbeddedServer({ fsync: 'on' })
  try {
    const results = [
      ...(await compareStores('sqlite', await sqliteSides(folder))),
      ...(await compareStores(
        'postgres',
        await postgresSides(async (name) => (await createDatabase(server.url, name)).url),
      )),
    ]
    report('storage', results)
  } finally {
    await server.stop()
  }
}

interface Sides {
  readonly baseline: Database
  readonly candidate: Database
}

/** Our storage creates the tables of both sides, so columns, checks and indexes are equal. */
async function sqliteSides(folder: string): Promise<Sides> {
  const databaseOf = (file: string, contender: Contender): Database => {
    const maintenance = new DatabaseSync(file)
    return {
      ...contender,
      empty: async () => maintenance.exec('delete from residents; pragma wal_checkpoint(truncate)'),
      settle: async () => maintenance.exec('pragma wal_checkpoint(truncate)'),
      async close() {
        maintenance.close()
        await contender.close()
      },
    }
  }
  const [own, raw] = [join(folder, 'own.db'), join(folder, 'raw.db')]
  const created = await openSqlite({ file: raw, schema })
  await created.close()
  return {
    baseline: databaseOf(raw, rawSqlite(raw)),
    candidate: databaseOf(own, lumbungContender(await openSqlite({ file: own, schema }))),
  }
}

async function postgresSides(createDatabase: (name: string) => Promise<string>): Promise<Sides> {
  const databaseOf = (url: string, contender: Contender): Database => {
    const maintenance = new pg.Pool({ connectionString: url, max: 1 })
    return {
      ...contender,
      empty: async () => void (await maintenance.query('truncate residents')),
      async settle() {
        await maintenance.query('vacuum analyze residents')
        await maintenance.query('checkpoint')
      },
      async close() {
        await maintenance.end()
        await contender.close()
      },
    }
  }
  const [own, raw] = [await createDatabase('own'), await createDatabase('raw')]
  const created = await openPostgres({ url: raw, schema })
  await created.close()
  return {
    baseline: databaseOf(raw, rawPostgres(raw)),
    candidate: databaseOf(own, lumbungContender(await openPostgres({ url: own, schema }))),
  }
}

async function compareStores(store: string, sides: Sides): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const size of sizes) results.push(...(await compareAtSize(store, size, sides)))
  await sides.baseline.close()
  await sides.candidate.close()
  return results
}

async function compareAtSize(store: string, size: number, sides: Sides): Promise<readonly Result[]> {
  const { baseline, candidate } = sides
  const records = fictionalResidents(size)
  const ids = randomIds(records)
  const results: Result[] = []

  async function measure(
    what: string,
    units: number,
    ratioGoal: number,
    sideOf: (database: Database) => Side,
  ) {
    const comparison = await compare(sideOf(baseline), sideOf(candidate), repetitions)
    results.push({ store, size, what, units, ratioGoal, ...comparison })
    console.log(`${store} ${size} ${what}: ${comparison.ratio.median.toFixed(2)}`)
  }

  /** A read that must have visited as many records as there are. */
  const reading = (expected: number, read: (visit: () => void) => Promise<void>): Side => ({
    async run() {
      let visited = 0
      await read(() => {
        visited += 1
      })
      assert.equal(visited, expected)
    },
  })

  await measure('insert all in one transaction', size, 1.5, (database) => ({
    prepare: () => database.empty(),
    run: () => database.insertAll(records),
  }))
  await baseline.settle()
  await candidate.settle()
  await assertSame(sides, ids)
  await measure('stream all', size, 1.5, (database) => reading(size, (visit) => database.streamAll(visit)))
  await measure('point read, a transaction each', ids.length, 2, (database) =>
    reading(ids.length, (visit) => database.getEach(ids, visit)),
  )
  await measure('point read within one transaction', ids.length, 2, (database) =>
    reading(ids.length, (visit) => database.getWithin(ids, visit)),
  )
  const pages = hamlets.length * pagesOfHamlet
  await measure('filtered page of 25', pages, 2, (database) =>
    reading(pages * pageRows, async (visit) => {
      for (const hamlet of hamlets) await database.readPages(hamlet, pagesOfHamlet, visit)
    }),
  )
  return results
}

function randomIds(records: readonly Resident[]): readonly string[] {
  const random = seededRandom(11)
  return Array.from({ length: pointReads }, () => records[Math.floor(random() * records.length)]?.id ?? '')
}

/** Both sides must give the same values, or the comparison means nothing. */
async function assertSame({ baseline, candidate }: Sides, ids: readonly string[]): Promise<void> {
  const collect = async (database: Database): Promise<readonly StoredResident[]> => {
    const found: StoredResident[] = []
    const visit = (resident: StoredResident) => void found.push(resident)
    await database.getWithin(ids, visit)
    await database.readPages(hamlets[0] ?? '', 3, visit)
    return found
  }
  assert.deepEqual(await collect(candidate), await collect(baseline))
}
