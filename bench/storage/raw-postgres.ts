import pg from 'pg'
import { type Contender, pageRows } from './contender.ts'
import { type StoredResident, village } from './residents.ts'

const columns =
  'id, household_id, name, name_key, sex, birth_date, birth_place, number, hamlet, religion, education, occupation, income, active, recorded_at, details, version'
const arrays =
  '$1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::boolean[], $16::text[], $17::jsonb[], $18::bigint[]'
const begin = 'begin isolation level repeatable read read only'
const batchRows = 1000

const select = (sql: string) => `select ${columns} from residents where village_id = $1 ${sql}`
const get = { name: 'get', text: select('and id = $2') }
const firstPage = { name: 'first', text: select('and hamlet = $2 order by name_key, id limit $3') }
const nextPage = {
  name: 'next',
  text: select('and hamlet = $2 and (name_key, id) > ($3, $4) order by name_key, id limit $5'),
}

/** The same work by hand on pg, over tables that exist. */
export function rawPostgres(url: string): Contender {
  const pool = new pg.Pool({ connectionString: url })

  async function within(sql: string, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await pool.connect()
    await client.query(sql)
    await work(client)
    await client.query('commit')
    client.release()
  }

  return {
    async insertAll(records) {
      await within('begin isolation level serializable', async (client) => {
        for (let start = 0; start < records.length; start += batchRows) {
          const batch = records.slice(start, start + batchRows)
          const text = `insert into residents (village_id, ${columns}) select * from unnest(${arrays})`
          const values = [
            batch.map(() => village),
            batch.map((r) => r.id),
            batch.map((r) => r.householdId),
            batch.map((r) => r.name),
            batch.map((r) => r.nameKey),
            batch.map((r) => r.sex),
            batch.map((r) => r.birthDate),
            batch.map((r) => r.birthPlace),
            batch.map((r) => r.number),
            batch.map((r) => r.hamlet),
            batch.map((r) => r.religion),
            batch.map((r) => r.education),
            batch.map((r) => r.occupation),
            batch.map((r) => r.income),
            batch.map((r) => r.active),
            batch.map((r) => r.recordedAt),
            batch.map((r) => JSON.stringify(r.details)),
            batch.map(() => 1),
          ]
          await client.query({ name: 'insert', text, values })
        }
      })
    },
    async streamAll(visit) {
      await within(begin, async (client) => {
        await client.query(`declare everyone cursor for ${select('order by id')}`, [village])
        for (;;) {
          const { rows } = await client.query<Row>(`fetch ${batchRows} from everyone`)
          for (const row of rows) visit(residentOf(row))
          if (rows.length < batchRows) return
        }
      })
    },
    async getEach(ids, visit) {
      for (const id of ids) {
        await within(begin, async (client) => {
          const { rows } = await client.query<Row>({ ...get, values: [village, id] })
          for (const row of rows) visit(residentOf(row))
        })
      }
    },
    async getWithin(ids, visit) {
      await within(begin, async (client) => {
        for (const id of ids) {
          const { rows } = await client.query<Row>({ ...get, values: [village, id] })
          for (const row of rows) visit(residentOf(row))
        }
      })
    },
    async readPages(hamlet, pages, visit) {
      let last: StoredResident | undefined
      for (let page = 0; page < pages; page += 1) {
        let found: StoredResident[] = []
        await within(begin, async (client) => {
          const query =
            last === undefined
              ? { ...firstPage, values: [village, hamlet, pageRows] }
              : { ...nextPage, values: [village, hamlet, last.nameKey, last.id, pageRows] }
          found = (await client.query<Row>(query)).rows.map(residentOf)
        })
        found.forEach(visit)
        last = found.at(-1)
        if (found.length < pageRows) return
      }
    },
    close: () => pool.end(),
  }
}

type Row = Record<string, unknown>

function residentOf(row: Row): StoredResident {
  const plain = {
    id: row['id'],
    householdId: row['household_id'],
    name: row['name'],
    nameKey: row['name_key'],
    sex: row['sex'],
    birthDate: row['birth_date'],
    birthPlace: row['birth_place'],
    number: row['number'],
    hamlet: row['hamlet'],
    religion: row['religion'],
    education: row['education'] === null ? null : Number(row['education']),
    occupation: row['occupation'] === null ? null : Number(row['occupation']),
    income: row['income'] === null ? null : BigInt(String(row['income'])),
    active: row['active'],
    recordedAt: row['recorded_at'],
    details: row['details'],
    version: Number(row['version']),
  }
  // Code by hand trusts its own table; the benchmark compares the values with ours.
  return plain as StoredResident
}
