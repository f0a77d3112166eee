import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseCivilDate } from '@lumbung/core/kernel'
import { saveResidentRecord } from '@lumbung/core/village'
import { openSqlite } from '@lumbung/sql/sqlite'
import { describe, expect, test } from 'vitest'
import { builtInConfig } from '../src/village/built-in.ts'
import { openForCommand } from '../src/village/open.ts'
import { schemaOf } from '../src/village/stored.ts'
import { lumbung } from './lumbung.ts'
import { databases, filled, folder, json, newPath, village } from './village.ts'

const stores = ['sqlite', 'postgres'] as const
const config = builtInConfig(village)
const listOf = (db: string) => json(['resident', 'list', '--db', db])

describe.each(stores)('on %s', (store) => {
  test.each(stores)('what was backed up is restored into %s, and verifies', async (other) => {
    const db = await filled(store)
    const file = newPath('backup')
    const written = await json(['backup', '--db', db, '--to', file])
    expect(written).toMatchObject({ file, encrypted: false })
    const target = await databases[other]()
    const restored = await json(['restore', '--from', file, '--db', target])
    expect(restored).toMatchObject({ rows: written['rows'], tables: written['tables'] })
    expect(await listOf(target)).toEqual(await listOf(db))
    expect(await json(['verify', '--db', target])).toMatchObject({
      villages: [village],
      faultCount: 0,
      faults: [],
    })
  })

  test('a restore replaces what is there', async () => {
    const db = await filled(store)
    const file = newPath('backup')
    await json(['backup', '--db', db, '--to', file])
    const before = await listOf(db)
    const facts = newPath('csv')
    writeFileSync(
      facts,
      'unit,id,fact,value,from,to,source,degree\nhousehold,9999010101110001,welfareDecile,3,,,DTSEN,verified\n',
    )
    await json(['import', 'facts', facts, '--db', db])
    await json(['restore', '--from', file, '--db', db])
    const [first] = Array.isArray(before['residents']) ? before['residents'] : []
    const { facts: left } = await json(['resident', 'export', String(first?.id), '--db', db])
    expect(JSON.stringify(left)).not.toContain('welfareDecile')
  })

  test('a backup that does not verify changes nothing', async () => {
    const db = await filled(store)
    const file = newPath('backup')
    await json(['backup', '--db', db, '--to', file])
    const before = await listOf(db)
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, bytes.length - 20))
    const { code, stdout, stderr } = await lumbung(['restore', '--from', file, '--db', db])
    expect(stderr).toContain('lumbung: backup/damaged: The backup is cut short or damaged.')
    expect([code, stdout]).toEqual([1, ''])
    expect(await listOf(db)).toEqual(before)
  })

  test('of one village only its rows are backed up', async () => {
    const db = await filled(store)
    const file = newPath('backup')
    const { rows } = await json(['backup', '--db', db, '--village', village, '--to', file])
    expect(rows).toBeGreaterThan(0)
    const { code, stderr } = await lumbung(['backup', '--db', db, '--village', 'nowhere', '--to', file])
    expect(stderr).toContain('no-such-village')
    expect(code).toBe(1)
  })
})

test('a passphrase encrypts, and a restore needs the same', async () => {
  const db = await filled('sqlite')
  const [file, right, wrong, empty] = [newPath('backup'), newPath('txt'), newPath('txt'), newPath('txt')]
  writeFileSync(right, 'padi menguning\r\n')
  writeFileSync(wrong, 'padi hijau')
  writeFileSync(empty, '\n')
  expect(await json(['backup', '--db', db, '--to', file, '--passphrase-file', right])).toMatchObject({
    encrypted: true,
  })
  const target = `sqlite:${newPath('db')}`
  const codes = [
    [[], 'backup/passphrase-needed'],
    [['--passphrase-file', wrong], 'backup/wrong-passphrase'],
    [['--passphrase-file', empty], 'empty-passphrase'],
  ] as const
  for (const [more, fault] of codes) {
    const { code, stderr } = await lumbung(['restore', '--from', file, '--db', target, ...more])
    expect(stderr).toContain(`lumbung: ${fault}: `)
    expect(code).toBe(1)
    expect(existsSync(target.slice('sqlite:'.length))).toBe(false)
  }
  const { code } = await lumbung(['restore', '--from', file, '--db', target, '--passphrase-file', '-'], {
    stdin: 'padi menguning',
  })
  expect(code).toBe(0)
})

test('where there is no village, nothing is made', async () => {
  for (const command of [
    ['backup', '--to', newPath('backup')],
    ['verify'],
    ['jobs', 'run'],
    ['resident', 'list'],
  ]) {
    const db = newPath('db')
    const { code, stdout, stderr } = await lumbung([...command, '--db', `sqlite:${db}`])
    expect(stderr).toContain('lumbung: no-such-village: ')
    expect([code, stdout]).toEqual([1, ''])
    expect(existsSync(db)).toBe(false)
  }
})

test('a backup does not overwrite the database it is of', async () => {
  const db = await filled('sqlite')
  const { code, stderr } = await lumbung(['backup', '--db', db, '--to', db.slice('sqlite:'.length)])
  expect(stderr).toContain('would-overwrite-database')
  expect(code).toBe(1)
})

test('a backup that cannot be written leaves no piece of it', async () => {
  const db = await filled('sqlite')
  const { code, stderr } = await lumbung(['backup', '--db', db, '--to', `${folder}/none/x.backup`])
  expect(stderr).toContain('no-such-file')
  expect(code).toBe(1)
  const stopped = new AbortController()
  stopped.abort()
  const file = newPath('backup')
  await lumbung(['backup', '--db', db, '--to', file], { signal: stopped.signal })
  expect(readdirSync(folder).filter((name) => name === basename(file) || name.includes('partial'))).toEqual(
    [],
  )
})

test('verify names what was altered behind its back', async () => {
  const db = await filled('sqlite')
  const copy = newPath('db')
  copyFileSync(db.slice('sqlite:'.length), copy)
  const database = new DatabaseSync(copy)
  database.exec("update stream_audit set body = replace(body, 'population', 'populatioN')")
  database.close()
  const { code, stdout, stderr } = await lumbung(['verify', '--db', `sqlite:${copy}`])
  expect(stderr).toMatch(/^lumbung: altered: 99\.99\.01\.2001 stream_audit village 1: /m)
  expect(JSON.parse(stdout)).toMatchObject({
    faultCount: 1,
    faults: [{ code: 'altered', table: 'stream_audit' }],
  })
  expect(code).toBe(1)
})

test('verify names the reading of which somebody took away whom it concerned', async () => {
  const db = await filled('sqlite')
  await listOf(db)
  expect(await json(['verify', '--db', db])).toMatchObject({ faultCount: 0 })
  const database = new DatabaseSync(db.slice('sqlite:'.length))
  database.exec(
    'delete from read_subjects where resident = (select resident from read_subjects where link = 1 limit 1)',
  )
  database.close()
  const { code, stdout } = await lumbung(['verify', '--db', db])
  expect(JSON.parse(stdout)).toMatchObject({
    faultCount: 1,
    faults: [{ code: 'read-subjects-differ', table: 'read_subjects', key: ['1'] }],
  })
  expect(code).toBe(1)
})

test.each([
  ['values-altered', `update audit_values set after = replace(after, 'Ni Luh Uji', 'Ni Luh Palsu')`],
  ['values-altered', `update audit_values set salt = replace(salt, substr(salt, 1, 1), 'x')`],
  ['values-missing', `delete from audit_values`],
])(
  'verify names the link whose values are not those that were written: %s by %s',
  async (code, statement) => {
    const db = await filled('sqlite')
    const file = db.slice('sqlite:'.length)
    const storage = await openSqlite({ file, schema: schemaOf([config]) })
    const saved = await openForCommand(storage, config).as.perform(saveResidentRecord, {
      identityNumber: null,
      temporaryNumber: null,
      name: 'Ni Luh Uji',
      sex: 'female',
      birthDate: parseCivilDate('1985-03-12'),
      birthPlace: null,
      status: 'present',
      statusSince: parseCivilDate('1985-03-12'),
      area: null,
    })
    expect(saved.ok).toBe(true)
    await storage.close()
    expect(await json(['verify', '--db', db])).toMatchObject({ faultCount: 0 })

    const database = new DatabaseSync(file)
    const { changes } = database.prepare(statement).run()
    database.close()
    expect(changes).toBe(1)
    const { code: exit, stdout, stderr } = await lumbung(['verify', '--db', db])
    // The import is the first link, the resident the second.
    expect(stderr).toContain(`lumbung: ${code}: 99.99.01.2001 audit_values 2: link 2`)
    expect(JSON.parse(stdout)).toMatchObject({
      faultCount: 1,
      faults: [{ code, village, table: 'audit_values', key: ['2'] }],
    })
    expect(exit).toBe(1)
  },
)

test('a file that is no database is told as such', async () => {
  const file = newPath('db')
  writeFileSync(file, 'this is no database, but a text that is long enough to be looked at as one'.repeat(20))
  const { code, stderr } = await lumbung(['verify', '--db', `sqlite:${file}`])
  expect(stderr).toContain('lumbung: storage/damaged: ')
  expect(code).toBe(1)
})

test('after a command the database is one file, so that a restore leaves nothing of what was there beside it', async () => {
  const db = (await filled('sqlite')).slice('sqlite:'.length)
  expect(readdirSync(folder).filter((name) => name.startsWith(`${basename(db)}-`))).toEqual([])
})
