import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { compare, type Side, spreadOf } from './measure.ts'
import { clients, send, sendAll } from './portal/client.ts'
import {
  exampleWorkbook,
  importDone,
  importState,
  largeWorkbook,
  openMix,
  sendWorkbook,
  signIn,
} from './portal/village.ts'
import { type Result, report } from './report.ts'

const people = 3_900
const importedRows = Number(process.env['LUMBUNG_BENCH_ROWS'] ?? 100_000)
const repetitions = 5
const requests = 400
const goals = { publicPages: 4, mix: 10, slowest: 10 } as const

/**
 * The portal of the example village on SQLite, in a process of its own: how its pages compare with a constant page
 * from the same process, and how long the slowest of them take while a large workbook comes in.
 */
export async function benchmarkPortal(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const profile = process.env['LUMBUNG_BENCH_PROFILE']
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const serverFile = new URL('./portal/server.ts', import.meta.url)
  const server = fork(serverFile, [`sqlite:${join(folder, 'village.db')}`], {
    execArgv: [...process.execArgv, ...profiling],
  })
  try {
    const { portal, constant } = await addressesOf(server)
    const officer = await signIn(portal)
    await importDone(await sendWorkbook(portal, officer, exampleWorkbook()), officer)
    const mix = await openMix(portal, officer)
    const results: Result[] = []
    const add = (result: Omit<Result, 'store' | 'units'>) => {
      results.push({ store: 'sqlite', units: requests, ...result })
      const load = loadavg()[0]?.toFixed(1)
      console.log(`${result.what}: ${result.ratio.median.toFixed(2)} (load ${load})`)
    }

    const page = (await send({ url: constant })).body.length
    console.log(`${clients} clients, a constant page of ${page} bytes, ${people} people`)
    const sideOf = (callAt: Parameters<typeof sendAll>[1]): Side => ({
      run: async () => void (await sendAll(requests, callAt)),
    })
    const still = sideOf(() => ({ url: constant }))
    for (const [what, callAt, ratioGoal] of [
      ['public pages', mix.publicPage, goals.publicPages],
      ['whole mix', mix.any, goals.mix],
    ] as const) {
      const comparison = await compare(still, sideOf(callAt), repetitions)
      add({ what: `${what} against a constant page`, size: people, ratioGoal, ...comparison })
    }
    for (const [what, kind] of mix.kinds)
      add({ what, size: people, ...(await compare(still, sideOf(kind), 3)) })

    const before: number[] = []
    for (let run = 0; run < repetitions; run += 1) before.push(slowestOf(await sendAll(requests, mix.any)))
    const address = await sendWorkbook(portal, officer, largeWorkbook(importedRows))
    const during: number[] = []
    const start = performance.now()
    while ((await importState(address, officer)) === 'going') {
      during.push(slowestOf(await sendAll(requests, mix.any)))
    }
    console.log(`${importedRows} rows came in within ${Math.round((performance.now() - start) / 1000)} s`)
    assert.equal(await importState(address, officer), 'done')
    const after: number[] = []
    for (let run = 0; run < repetitions; run += 1) after.push(slowestOf(await sendAll(requests, mix.any)))
    for (const [what, without, ratioGoal] of [
      ['slowest 1 % during the import, against before it', before, goals.slowest],
      ['slowest 1 % during the import, against after it', after, undefined],
    ] as const) {
      const [baselineMs, candidateMs] = [spreadOf(without), spreadOf(during)]
      const ratio = spreadOf(during.map((ms) => ms / baselineMs.median))
      const goal = ratioGoal === undefined ? {} : { ratioGoal }
      // One answer each, so that the cost is that of one of the slowest.
      add({ what, size: people + importedRows, baselineMs, candidateMs, ratio, ...goal })
      results.splice(-1, 1, { ...results.at(-1), units: 1 } as Result)
    }
    report('portal', results)
  } finally {
    if (server.connected) server.disconnect()
  }
}

function addressesOf(server: ChildProcess): Promise<{ readonly portal: string; readonly constant: string }> {
  return new Promise((resolve, reject) => {
    server.once('message', resolve as (message: unknown) => void)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })
}

/** The time of the quickest of the slowest 1 %. */
function slowestOf(timesMs: readonly number[]): number {
  return timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length * 0.99)] ?? Number.NaN
}
