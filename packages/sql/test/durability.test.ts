import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLumbungError } from '@lumbung/core/kernel'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import { nodeArguments } from './processes.ts'
import { log, notes, schema, village } from './writer-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-durability-'))
afterAll(() => rmSync(folder, { recursive: true }))

const kills = process.env['LUMBUNG_TIER'] === 'long' ? 200 : 5
const writer = join(import.meta.dirname, 'writer-process.ts')
/** Another seed each time, and a failing one can be played again. */
const seed = Number(process.env['LUMBUNG_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const delaysMs = fc.sample(fc.integer({ min: 0, max: 150 }), { numRuns: kills, seed })

/** Runs a writer, kills it after some acknowledgements and a moment more, and tells what it acknowledged. */
function writeUntilKilled(file: string, round: number, delayMs: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const shared = round % 2 === 0 ? 'shared' : ''
    const first = round * 100_000
    const child = spawn(process.execPath, [...nodeArguments, writer, file, String(first), '100000', shared])
    let output = ''
    let armed = false
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (armed) return
      armed = true
      setTimeout(() => child.kill('SIGKILL'), delayMs)
    })
    let faults = ''
    child.stderr.on('data', (chunk: Buffer) => {
      faults += chunk.toString()
    })
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writer ended by itself: ${faults}`))
      else resolve(output.split('\n').slice(0, -1).map(Number))
    })
  })
}

test(`after ${kills} kills at chance moments everything acknowledged is there, and nothing is half there`, async () => {
  const file = join(folder, 'killed.db')
  const acknowledged: number[] = []
  console.log(`kills with LUMBUNG_SEED=${seed}`)
  for (const [round, delayMs] of delaysMs.entries()) {
    acknowledged.push(...(await writeUntilKilled(file, round, delayMs)))
    const storage = await openSqlite({ file, schema })
    try {
      expect((await storage.verify()).faults).toEqual([])
      await storage.read(village, async (tx) => {
        const stored = new Set<number>()
        for await (const { number } of tx.stream(notes)) stored.add(number)
        expect(acknowledged.filter((number) => !stored.has(number))).toEqual([])
        const events = new Set<number>()
        for await (const { event } of tx.events(log, 'main')) events.add(event.number)
        expect(events).toEqual(stored)
      })
    } finally {
      await storage.close()
    }
  }
  expect(acknowledged.length).toBeGreaterThan(kills)
})

/** What a kill does not show, a power cut would: that each commit reached the disk before it was acknowledged. */
for (const [how, atLeast, atMost] of [
  ['alone', 1, 3],
  ['shared', 0.1, 0.5],
] as const) {
  test(`commits ${how}: real flushes to the disk per acknowledged unit`, ({ skip }) => {
    if (!existsSync('/usr/bin/strace')) skip('strace is not installed')
    const trace = join(folder, `${how}.trace`)
    const file = join(folder, `${how}.db`)
    const traced = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace]
    const command = [
      process.execPath,
      ...nodeArguments,
      writer,
      file,
      '0',
      '200',
      how === 'shared' ? how : '',
    ]
    const { status, stderr } = spawnSync('/usr/bin/strace', [...traced, ...command])
    if (status !== 0 && /ptrace|PTRACE/.test(stderr.toString())) skip('strace may not trace here')
    expect(status, stderr.toString()).toBe(0)
    const flushes = readFileSync(trace, 'utf8').match(/f(data)?sync\(/g)?.length ?? 0
    expect(flushes / 200).toBeGreaterThanOrEqual(atLeast)
    expect(flushes / 200).toBeLessThan(atMost)
  })
}

test('a file that is no database, and a path that cannot hold one, are named', async () => {
  const codeOf = (file: string) =>
    openSqlite({ file, schema }).then(
      () => 'opened',
      (error: unknown) => (isLumbungError(error) ? error.code : error),
    )
  const text = join(folder, 'text.db')
  writeFileSync(text, 'This is no database, but long enough to be taken for one. '.repeat(50))
  expect(await codeOf(text)).toBe('storage/damaged')
  expect(await codeOf(join(folder, 'nowhere', 'a.db'))).toBe('storage/unavailable')
})
