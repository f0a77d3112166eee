import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { sampleAccounts } from './accounts.ts'

// The goal: the first command that a newcomer types leads to an open door, each time.
const folder = mkdtempSync(join(tmpdir(), 'lumbung-start-'))
const db = `sqlite:${join(folder, 'village.db')}`
const timeMs = 60_000
let started: ChildProcess[] = []
afterEach(() => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
  started = []
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the example village', () => {
  test(
    'starts for the first time: brings its people in, says so, serves, and ends at a signal',
    async () => {
      const { child, url, said } = await open(['--db', db, '--port', '0'])
      expect(said()).toMatch(/penduduk\.xlsx …\n {2}3947 penduduk \(people\), 1150 keluarga/)
      expect(said()).toMatch(/facts\.csv …\n {2}6635 keterangan/)
      expect(said()).toMatch(/23 peringatan \(warnings\)\. Untuk melihatnya.*\n {2}npm run --silent lumbung/)
      expect(said()).not.toMatch(/identity\/birth-date-differs/)
      for (const { login, secret } of sampleAccounts)
        expect(said()).toMatch(new RegExp(`${login} +${secret}`))
      const page = await (await fetch(url)).text()
      expect(page).toContain('Desa Tanjung Barat')
      expect(page).toMatch(/3\.887/)
      const asked = performance.now()
      child.kill('SIGTERM')
      expect(await endOf(child)).toBe(0)
      expect(performance.now() - asked).toBeLessThan(5_000)
      expect(said()).toContain('Portal ditutup.')
    },
    timeMs,
  )

  test(
    'opens at once the second time, imports nothing, and ends at Ctrl-C',
    async () => {
      const { child, url, said } = await open(['--db', db, '--port', '0'])
      expect(said()).toContain('3947 penduduk sudah tercatat; tidak ada yang diimpor lagi.')
      expect(said()).not.toContain('Memasukkan')
      expect((await fetch(url)).status).toBe(200)
      child.kill('SIGINT')
      expect(await endOf(child)).toBe(0)
    },
    timeMs,
  )

  test(
    'that was killed between its two files brings the second one in when it starts again',
    async () => {
      const fresh = ['--db', `sqlite:${join(folder, 'killed.db')}`, '--port', '0']
      const first = start(fresh)
      await expect.poll(first.said, { timeout: timeMs, interval: 5 }).toContain('facts.csv')
      first.child.kill('SIGKILL')
      await endOf(first.child)
      const { child, said } = await open(['--', ...fresh])
      expect(said()).not.toContain('penduduk.xlsx')
      expect(said()).toMatch(/facts\.csv …\n {2}6635 keterangan/)
      child.kill('SIGTERM')
      await endOf(child)
    },
    timeMs,
  )

  test(
    'names a port that is taken, and the way to choose another',
    async () => {
      const other = createServer()
      const port = await new Promise<number>((resolve) => {
        other.listen(0, '127.0.0.1', () => resolve(Object(other.address()).port))
      })
      const { code, said } = await finished(['--db', db, '--port', String(port)])
      other.close()
      expect(said).toContain(`Port ${port} sedang dipakai program lain.`)
      expect(said).toMatch(/npm start -- --port \d+/)
      expect(code).toBe(1)
    },
    timeMs,
  )

  test('does not take for a port what is none', async () => {
    expect(await finished(['--db', db, '--port', 'eighty'])).toMatchObject({ code: 2 })
    expect(await finished(['--prot', '8081'])).toMatchObject({ code: 2 })
  })

  test(
    'tells its story in the terminal',
    async () => {
      const { code, said } = await finished(['--db', db, '--demo'])
      expect(said).toMatch(/3\.887 penduduk, 1\.150 keluarga/)
      expect(said).toMatch(/Pengunjung mencari "siti": ditolak/)
      expect(said).toMatch(/kesalahan: 0/)
      expect(code).toBe(0)
    },
    timeMs,
  )
})

function start(args: readonly string[]) {
  const jsx = pathToFileURL(join(import.meta.dirname, '../../tools/jsx.mjs')).href
  const types = process.features.typescript ? [] : ['--experimental-strip-types']
  const options = ['--conditions=@lumbung/source', '--disable-warning=ExperimentalWarning', `--import=${jsx}`]
  const main = join(import.meta.dirname, 'main.ts')
  const env = { PATH: process.env['PATH'] }
  const child = spawn(process.execPath, [...options, ...types, main, ...args], { cwd: folder, env })
  started.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  return { child, said: () => said }
}

/** Starts the village, and waits until it names its address. */
async function open(args: readonly string[]) {
  const { child, said } = start(args)
  for (;;) {
    const [, url] = /Portal desa terbuka: (\S+)\n[\s\S]*Ctrl-C/.exec(said()) ?? []
    if (url !== undefined) return { child, said, url }
    if (child.exitCode !== null) throw new Error(said())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function finished(args: readonly string[]) {
  const { child, said } = start(args)
  const code = await endOf(child)
  return { code, said: said() }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve))
}
