import { existsSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { finished, lumbungProcess, start } from './lumbung.ts'
import { filled, json, newPath, village, workbook } from './village.ts'

test('the process ends with the code of the run, and its streams hold only what belongs there', async () => {
  const wrong = await lumbungProcess(['bakcup'])
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toContain('Did you mean backup?')
  const right = await lumbungProcess(['--version'])
  expect(right).toMatchObject({ code: 0, stderr: '' })
})

test('a database file, a workbook and a result: the whole way through real processes', async () => {
  const db = `sqlite:${newPath('db')}`
  const imported = await lumbungProcess(['import', 'opensid', workbook(), '--village', village], {
    env: { DATABASE_URL: db },
  })
  expect(JSON.parse(imported.stdout)).toMatchObject({ counts: { residents: 3 } })
  expect(imported.code).toBe(0)
})

test('a fault prints no stack unless LUMBUNG_DEBUG is set', async () => {
  const args = ['verify', '--db', `sqlite:${newPath('db')}`]
  expect((await lumbungProcess(args)).stderr).not.toMatch(/^\s+at /m)
  expect((await lumbungProcess(args, { env: { LUMBUNG_DEBUG: '1' } })).stderr).toMatch(/^\s+at /m)
})

test('a reader that goes away ends the command quietly', async () => {
  const db = await filled('sqlite')
  const child = start(['resident', 'list', '--db', db, '--ndjson'])
  child.stdout?.destroy()
  expect(await finished(child)).toMatchObject({ code: 0, stderr: '' })
})

const header = 'unit,id,fact,value,from,to,source,degree'

describe.skipIf(process.platform === 'win32')('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends an import that is under way, and leaves nothing', async (signal, expected) => {
    const db = newPath('db')
    // It waits for the rest of its input, which never comes.
    const child = start(['import', 'facts', '-', '--db', `sqlite:${db}`, '--village', village])
    child.stdin?.on('error', () => {})
    const rows = 'household,1,welfareDecile,NA,,,DTSEN,verified\n'.repeat(20_000)
    // More than a pipe holds, so it is gone only when the command has read of it.
    const isRead = new Promise((resolve) => child.stdin?.write(`${header}\n${rows}`, resolve))
    await isRead
    child.kill(signal)
    const { code, stdout, stderr } = await finished(child)
    expect(stderr).toBe('lumbung: Stopped; nothing was written in part.\n')
    expect([code, stdout]).toEqual([expected, ''])
    expect(existsSync(db)).toBe(false)
  })
})

test('jobs that are due run once, and missed days in order', async () => {
  const db = await filled('sqlite')
  await json(['jobs', 'run', '--db', db, '--on', '2026-01-01'])
  expect(await json(['jobs', 'run', '--db', db, '--on', '2026-01-01'])).toEqual({ runs: [] })
  const { runs } = await json(['jobs', 'run', '--db', db, '--on', '2026-01-03'])
  const jobs = ['snapshot-turn', 'casework-appeals', 'casework-recheck']
  expect(runs).toMatchObject(
    jobs.flatMap((job) => ['2026-01-02', '2026-01-03'].map((on) => ({ village, job, on, outcome: 'done' }))),
  )
  const { code, stderr } = await lumbungProcess(['jobs', 'run', '--db', db, '--on', '9999-01-01'])
  expect(code).toBe(1)
  expect(stderr).toContain('lumbung: day-to-come: ')
})

test('an unreadable file is told without its content', async () => {
  const file = newPath('csv')
  writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]))
  const { code, stderr } = await lumbungProcess([
    'import',
    'facts',
    file,
    '--db',
    `sqlite:${newPath('db')}`,
    '--village',
    village,
  ])
  expect(stderr).toBe(`${file}:1:1: not-utf8: This text is not UTF-8.\n`)
  expect(code).toBe(1)
})
