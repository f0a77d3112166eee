// A large population comes in some households at a time. The process that brings it in is killed, without warning and
// more than once; the same import then completes it, and nothing tells that it was ever cut short.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  areas,
  defineSnapshot,
  households,
  memberships,
  peopleCollections,
  residents,
} from '@lumbung/core/people'
import type { ReadTransaction, Storage } from '@lumbung/core/storage'
import { auditFaults, auditLog, factDefinitionsOf } from '@lumbung/core/village'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openSqlite } from '../src/sqlite/index.ts'
import { config, importFamilies, schema } from './import-process.ts'
import { nodeArguments } from './processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-import-killed-'))
afterAll(() => rmSync(folder, { recursive: true }))

const familyCount = 700
const people = familyCount * 3
/** After how many people each kill comes: in the first part, early, and past the half. */
const kills = [0, 400, 1200]
const seed = Number(process.env['LUMBUNG_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const delaysMs = fc.sample(fc.integer({ min: 0, max: 60 }), { numRuns: kills.length, seed })

/** Imports in a process of its own, and kills it a moment after it told so many people. */
function importUntilKilled(file: string, after: number, delayMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'import-process.ts')
    const child = spawn(process.execPath, [...nodeArguments, script, file, String(familyCount)])
    let faults = ''
    let told = ''
    let isArmed = false
    child.stderr.on('data', (chunk: Buffer) => {
      faults += chunk.toString()
    })
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (isArmed || !told.split('\n').some((line) => line !== '' && Number(line) >= after)) return
      isArmed = true
      setTimeout(() => child.kill('SIGKILL'), delayMs)
    })
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`the import ended by itself: ${faults}`))
    })
  })
}

async function opened<Answer>(file: string, ask: (storage: Storage) => Promise<Answer>): Promise<Answer> {
  const storage = await openSqlite({ file, schema })
  try {
    return await ask(storage)
  } finally {
    await storage.close()
  }
}

/** Every record of the register and of today's snapshot, with names for ids and without the moment of writing. */
async function registerOf(storage: Storage): Promise<readonly string[]> {
  const collections = [...peopleCollections, ...defineSnapshot(factDefinitionsOf(config)).collections]
  return await storage.read(config.id, async (tx) => {
    const names = await namesOf(tx)
    const lines: string[] = []
    for (const collection of collections) {
      for await (const record of tx.stream(collection)) {
        const text = JSON.stringify(record)
          .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => names.get(id) ?? '*')
          .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
        lines.push(`${collection.name} ${text}`)
      }
    }
    return lines.toSorted()
  })
}

async function namesOf(tx: ReadTransaction): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for await (const { id, name } of tx.stream(residents)) names.set(id, name)
  for await (const { id, kind, address } of tx.stream(households)) names.set(id, `${kind} ${address}`)
  for await (const { id, name } of tx.stream(areas)) names.set(id, name)
  return names
}

/** How many records the audit log says were brought in. */
async function auditedRecords(storage: Storage): Promise<number> {
  return await storage.read(config.id, async (tx) => {
    let records = 0
    for await (const { event } of tx.events(auditLog, 'village')) {
      for (const bulk of event.bulk ?? []) records += bulk.records
    }
    return records
  })
}

const soundOf = async (storage: Storage) => ({
  faults: (await storage.verify()).faults,
  auditFaults: await storage.read(config.id, auditFaults),
})
const sound = { faults: [], auditFaults: [] }

test(`an import of ${people} people that is killed ${kills.length} times comes to what one in peace does`, async () => {
  console.log(`kills with LUMBUNG_SEED=${seed}`)
  const [whole, file] = [join(folder, 'whole.db'), join(folder, 'killed.db')]
  const report = await importFamilies(whole, familyCount, () => {})
  expect(report.added.residents).toBe(people)

  const stored: number[] = []
  for (const [round, after] of kills.entries()) {
    await importUntilKilled(file, after, delaysMs[round] ?? 0)
    await opened(file, async (storage) => {
      expect(await soundOf(storage)).toEqual(sound)
      await storage.read(config.id, async (tx) => {
        const count = await tx.count(residents, {})
        stored.push(count)
        // Only whole households: nobody stands there without the others of the same card.
        expect(count % 3).toBe(0)
        expect(await tx.count(households, { kind: 'family' })).toBe(count / 3)
        expect(await tx.count(memberships, {})).toBeGreaterThanOrEqual(count)
      })
    })
  }
  expect(stored).toEqual(stored.toSorted((a, b) => a - b))
  expect(stored.at(-1)).toBeGreaterThanOrEqual(1200)
  expect(stored.at(-1)).toBeLessThan(people)

  const rest = await importFamilies(file, familyCount, () => {})
  expect(rest.added.residents + (stored.at(-1) ?? 0)).toBe(people)
  expect(rest.refused).toEqual([])
  const again = await importFamilies(file, familyCount, () => {})
  expect([again.added, again.changed].flatMap((counts) => Object.values(counts)).every((n) => n === 0)).toBe(
    true,
  )
  const [expected, audited] = await opened(whole, async (storage) => [
    await registerOf(storage),
    await auditedRecords(storage),
  ])
  // Residents, their versions, words, memberships and snapshot at least.
  expect(expected.length).toBeGreaterThan(people * 5)
  await opened(file, async (storage) => {
    expect(await registerOf(storage)).toEqual(expected)
    expect(await auditedRecords(storage)).toBe(audited)
    expect(await soundOf(storage)).toEqual(sound)
  })
})
