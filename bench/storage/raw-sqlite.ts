import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { type Contender, pageRows } from './contender.ts'
import { type StoredResident, village } from './residents.ts'

const columns =
  'id, household_id, name, name_key, sex, birth_date, birth_place, number, hamlet, religion, education, occupation, income, active, recorded_at, details, version'

/** The same work by hand on node:sqlite, over tables that exist. */
export function rawSqlite(file: string): Contender {
  const writer = new DatabaseSync(file)
  writer.exec('pragma foreign_keys = on; pragma journal_mode = wal; pragma synchronous = full')
  const reader = new DatabaseSync(file, { readOnly: true })
  const insert = writer.prepare(
    `insert into residents (village_id, ${columns}) values (${Array(18).fill('?')})`,
  )
  const prepareRead = (sql: string) => {
    const statement = reader.prepare(`select ${columns} from residents where village_id = ? ${sql}`)
    // An income may be wider than a number.
    statement.setReadBigInts(true)
    return statement
  }
  const get = prepareRead('and id = ?')
  const all = prepareRead('order by id')
  const firstPage = prepareRead('and hamlet = ? order by name_key, id limit ?')
  const nextPage = prepareRead('and hamlet = ? and (name_key, id) > (?, ?) order by name_key, id limit ?')

  return {
    async insertAll(records) {
      writer.exec('begin immediate')
      for (const r of records) {
        const details = JSON.stringify(r.details)
        insert.run(
          village,
          r.id,
          r.householdId,
          r.name,
          r.nameKey,
          r.sex,
          r.birthDate,
          r.birthPlace,
          r.number,
          r.hamlet,
          r.religion,
          r.education,
          r.occupation,
          r.income,
          r.active ? 1 : 0,
          r.recordedAt,
          details,
          1,
        )
      }
      writer.exec('commit')
    },
    async streamAll(visit) {
      reader.exec('begin')
      for (const row of all.iterate(village)) visit(residentOf(row))
      reader.exec('commit')
    },
    async getEach(ids, visit) {
      for (const id of ids) {
        reader.exec('begin')
        const row = get.get(village, id)
        reader.exec('commit')
        if (row !== undefined) visit(residentOf(row))
      }
    },
    async getWithin(ids, visit) {
      reader.exec('begin')
      for (const id of ids) {
        const row = get.get(village, id)
        if (row !== undefined) visit(residentOf(row))
      }
      reader.exec('commit')
    },
    async readPages(hamlet, pages, visit) {
      let last: StoredResident | undefined
      for (let page = 0; page < pages; page += 1) {
        reader.exec('begin')
        const rows: Row[] =
          last === undefined
            ? firstPage.all(village, hamlet, pageRows)
            : nextPage.all(village, hamlet, last.nameKey, last.id, pageRows)
        reader.exec('commit')
        const found = rows.map(residentOf)
        found.forEach(visit)
        last = found.at(-1)
        if (found.length < pageRows) return
      }
    },
    async close() {
      reader.close()
      writer.close()
    },
  }
}

type Row = Record<string, SQLOutputValue>

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
    income: row['income'],
    active: row['active'] === 1n,
    recordedAt: row['recorded_at'],
    details: JSON.parse(row['details'] as string),
    version: Number(row['version']),
  }
  // Code by hand trusts its own table; the benchmark compares the values with ours.
  return plain as StoredResident
}
