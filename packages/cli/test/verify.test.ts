// What somebody alters in the register behind the command's back is named, and what honest work leaves is whole.
import { copyFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { parseCivilDate } from '@lumbung/core/kernel'
import { residents } from '@lumbung/core/people'
import { recordEvent, saveResidentRecord } from '@lumbung/core/village'
import { openSqlite } from '@lumbung/sql/sqlite'
import { expect, test } from 'vitest'
import { askPostgres } from '../../sql/test/embedded-server.ts'
import { builtInConfig } from '../src/village/built-in.ts'
import { openForCommand } from '../src/village/open.ts'
import { schemaOf } from '../src/village/stored.ts'
import { lumbung } from './lumbung.ts'
import { type databases, filled, json, newPath, village } from './village.ts'

const config = builtInConfig(village)
const decile = ['household,9999010101110001,welfareDecile,3,,,DTSEN,verified']

/** Two families of whom facts are known, whose snapshot was brought to today. */
async function whole(store: keyof typeof databases): Promise<string> {
  const db = await filled(store)
  const facts = newPath('csv')
  writeFileSync(facts, ['unit,id,fact,value,from,to,source,degree', ...decile, ''].join('\n'))
  await json(['import', 'facts', facts, '--db', db])
  await json(['jobs', 'run', '--db', db])
  expect(await json(['verify', '--db', db])).toMatchObject({ faultCount: 0 })
  return db
}

let made: Promise<string> | undefined

/** The same, made once and copied. */
async function copied(): Promise<string> {
  made ??= whole('sqlite')
  const copy = newPath('db')
  copyFileSync((await made).slice('sqlite:'.length), copy)
  return `sqlite:${copy}`
}

async function alter(db: string, statement: string): Promise<void> {
  if (db.startsWith('sqlite:')) {
    const database = new DatabaseSync(db.slice('sqlite:'.length))
    database.exec('pragma foreign_keys = off')
    database.exec(statement)
    database.close()
    return
  }
  await askPostgres(db, statement)
}

/** Code and table of each fault, once each. */
async function faultsAfter(db: string, statement: string): Promise<readonly string[]> {
  await alter(db, statement)
  const { code, stdout } = await lumbung(['verify', '--db', db])
  expect(code).toBe(1)
  const { faults } = JSON.parse(stdout) as { faults: { code: string; table: string }[] }
  return [...new Set(faults.map((fault) => `${fault.code} ${fault.table}`))].toSorted()
}

const alterations: readonly (readonly [statement: string, faults: readonly string[]])[] = [
  [`update residents set name = 'BUDI PALSU' where name = 'BUDI'`, ['record-altered residents']],
  [`update households set address = 'Jl. Palsu' where number like '%0001'`, ['record-altered households']],
  [`update resident_versions set name = 'PALSU' where name = 'BUDI'`, ['record-altered residents']],
  [`update resident_versions set seq = 2 where name = 'BUDI'`, ['versions-broken residents']],
  [
    `delete from household_versions where number like '%0002'`,
    ['snapshot-altered snapshot_households', 'versions-broken households'],
  ],
  [`update snapshot_members set sex = 'female'`, ['snapshot-altered snapshot_households']],
  [
    `update snapshot_households set welfare_decile = 1 where welfare_decile = 3`,
    ['snapshot-altered snapshot_households'],
  ],
  [`delete from snapshot_members`, ['snapshot-altered snapshot_households']],
  [`delete from dated_facts`, ['records-missing dated_facts', 'snapshot-altered snapshot_households']],
  [
    `update dated_facts set value = '1' where name = 'welfareDecile'`,
    ['snapshot-altered snapshot_households'],
  ],
  [
    `delete from memberships where relationship <> 'head'`,
    ['records-missing memberships', 'snapshot-altered snapshot_households'],
  ],
]

test.each(alterations)('verify finds: %s', async (statement, faults) => {
  expect(await faultsAfter(await copied(), statement)).toEqual(faults)
})

test('on PostgreSQL it finds the same', async () => {
  const db = await whole('postgres')
  const statement = alterations.map(([one]) => one).filter((one) => one.startsWith('update'))
  expect(await faultsAfter(db, statement.join(';'))).toEqual([
    'record-altered households',
    'record-altered residents',
    'snapshot-altered snapshot_households',
  ])
})

test('whose data was read cannot be put on somebody else', async () => {
  const db = await copied()
  await json(['resident', 'list', '--db', db])
  const one = `(select resident from read_subjects where link = 1 order by resident limit 1)`
  expect(
    await faultsAfter(
      db,
      `update read_subjects set resident = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f4' || ending where resident = ${one}`,
    ),
  ).toEqual(['read-subjects-differ read_subjects'])
})

test('what was changed by hand is known from the audit log, in every state that it had', async () => {
  const db = await copied()
  const file = db.slice('sqlite:'.length)
  const storage = await openSqlite({ file, schema: schemaOf([config]) })
  const { as } = openForCommand(storage, config)
  const born = await storage.read(
    config.id,
    async (tx) => (await tx.query(residents, { where: { name: 'DARTO' } })).records[0],
  )
  if (born === undefined) throw new Error('There is no such resident.')
  const { version, nameKey: _, revision: __, mergedInto: ___, validFrom: ____, ...told } = born
  expect(await as.perform(saveResidentRecord, { ...told, name: 'DARTO UJI', version })).toMatchObject({
    ok: true,
  })
  const on = parseCivilDate('2026-01-05')
  expect(
    await as.perform(recordEvent, { on, details: { kind: 'death', resident: born.id, newHeads: [] } }),
  ).toMatchObject({ ok: true })
  await storage.close()
  expect(await json(['verify', '--db', db])).toMatchObject({ faultCount: 0 })

  const both = `update residents set birth_place = 'PALSU' where name = 'DARTO UJI';
    update resident_versions set birth_place = 'PALSU' where name = 'DARTO UJI'`
  expect(await faultsAfter(db, both)).toEqual(['audited-differently residents'])
  const former = `update residents set birth_place = null where name = 'DARTO UJI';
    update resident_versions set birth_place = null where name = 'DARTO UJI';
    update resident_versions set area = null where name = 'DARTO'`
  expect(await faultsAfter(db, former)).toEqual(['audited-differently residents'])
})
