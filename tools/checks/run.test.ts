import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { npmScript, PNPM } from '../pnpm.mjs'
import { root } from '../workspace.ts'

let started: ChildProcess[] = []
/** Nothing that a failed test leaves behind goes on running. */
afterEach(() => {
  for (const { pid } of started) if (pid && isAlive(-pid)) process.kill(-pid, 'SIGKILL')
  started = []
})

// A workspace that is only as large as tools/run.mjs needs, with a pnpm that does nothing but note its calls.
const folder = mkdtempSync(join(tmpdir(), 'lumbung-run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bare = {
  PATH: dirname(process.execPath) + delimiter + process.env['PATH'],
  HOME: folder,
  npm_config_cache: join(folder, 'cache'),
}
const withPnpm = { ...bare, npm_config_user_agent: `pnpm/${PNPM} `, npm_execpath: join(folder, 'pnpm') }
const script = join(folder, 'tools/run.mjs')

beforeAll(() => {
  for (const path of ['tools', 'examples/desa-tanjung-barat'])
    mkdirSync(join(folder, path), { recursive: true })
  for (const file of ['run.mjs', 'pnpm.mjs', 'jsx.mjs'])
    copyFileSync(join(root, 'tools', file), join(folder, 'tools', file))
  const { scripts, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  write('package.json', JSON.stringify({ type: 'module', scripts, optionalDependencies }))
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) write(file, '')
  write('pnpm', `#!/bin/sh\necho "$@" >> calls\nmkdir -p node_modules\ntouch node_modules/.modules.yaml\n`)
  chmodSync(join(folder, 'pnpm'), 0o755)
})

describe('what it says', () => {
  test('without a command: which there are', async () => {
    const { code, output } = await finished(start([script], bare))
    expect(output).toMatch(/^ {2}test:long +the same/m)
    expect(code).toBe(0)
  })

  test('with one that there is not: the same, and it fails', async () => {
    expect(await finished(start([script, 'rest'], bare))).toMatchObject({ code: 2 })
  })

  test('without a registry: its address', async () => {
    const { code, output } = await finished(
      start([script, 'start'], { ...bare, npm_config_registry: 'http://127.0.0.1:9' }),
    )
    expect(output).toContain('The npm registry http://127.0.0.1:9 does not answer.')
    expect(code).toBe(1)
  })

  test('where it cannot write: where and why', async () => {
    rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
    write('node_modules', 'a file, so that there can be no folder')
    const { output } = await finished(start([script, 'start'], withPnpm))
    rmSync(join(folder, 'node_modules'))
    expect(output).toMatch(/Nothing can be written to .*node_modules \(EEXIST\)/)
  })

  test('on a platform without a Node that is new enough: what to install', async () => {
    const pretend = `data:text/javascript,
      Object.defineProperty(process, 'platform', { value: 'sunos' });
      Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })`
    const { output } = await finished(start(['--import', pretend, script, 'start'], withPnpm))
    expect(output).toMatch(/needs Node 22\.16 or newer. This is Node 20\.1\.0 on sunos-.* Install Node 24/)
  })
})

test('it installs when what decides an installation has changed, and only then', async () => {
  write('examples/desa-tanjung-barat/main.ts', 'process.exitCode = 3 as number')
  for (const _ of [1, 2])
    expect(await finished(start([script, 'start'], withPnpm))).toMatchObject({ code: 3 })
  const installs = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').length
  expect(installs()).toBe(1)
  write('pnpm-lock.yaml', '# changed')
  await finished(start([script, 'start'], withPnpm))
  expect(installs()).toBe(2)
})

test('the lumbung command runs where it was typed, and only its own words reach stdout', async () => {
  mkdirSync(join(folder, 'packages/cli/src'), { recursive: true })
  mkdirSync(join(folder, 'elsewhere'), { recursive: true })
  write('packages/cli/src/main.ts', 'console.log(process.cwd(), ...process.argv.slice(2))')
  write('pnpm', `#!/bin/sh\necho installing\nmkdir -p node_modules\ntouch node_modules/.modules.yaml\n`)
  write('pnpm-lock.yaml', '# changed again')
  const typed = join(folder, 'elsewhere')
  const env = { ...withPnpm, npm_lifecycle_event: 'lumbung', INIT_CWD: typed }
  const child = start([script, 'lumbung', 'verify', '--db', 'x'], env)
  let stdout = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  expect(await finished(child)).toMatchObject({ code: 0 })
  expect(stdout).toBe(`${realpathSync(typed)} verify --db x\n`)
})

describe.skipIf(process.platform === 'win32')('a signal', { timeout: 20_000 }, () => {
  /** Prints its own process and that of a helper, and closes in its own time. */
  const server = (whenTold: string) => `
    import { spawn } from 'node:child_process'
    const helper = spawn('sleep', ['600'], { stdio: 'ignore' })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { ${whenTold} })
    setInterval(() => {}, 1000)
    console.log('ready', process.pid, helper.pid)`
  const closes = `console.log('closing'); setTimeout(() => process.exit(0), 200)`

  test.each([
    ['SIGINT', 'npm alone'],
    ['SIGTERM', 'npm alone'],
    ['SIGHUP', 'npm alone'],
    ['SIGKILL', 'npm alone'],
    ['SIGINT', 'the group'],
    ['SIGTERM', 'the group'],
  ] as const)('%s to %s lets the server close once and ends all', async (signal, target) => {
    write('examples/desa-tanjung-barat/main.ts', server(closes))
    const npm = start([npmScript(), 'start'], bare)
    const { pids, output } = await ready(npm)
    process.kill(target === 'the group' ? -pids.npm : pids.npm, signal)
    await finished(npm)
    await allGone([pids.server, pids.helper])
    expect(output().match(/closing/g)).toHaveLength(1)
  })

  test('a server that does not close is killed, and its helpers with it', async () => {
    write('examples/desa-tanjung-barat/main.ts', server(''))
    const npm = start([npmScript(), 'start'], bare)
    const { pids } = await ready(npm)
    process.kill(pids.npm, 'SIGTERM')
    await finished(npm)
    await allGone([pids.server, pids.helper])
  })
})

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text)
}

/** Starts a program in a process group of its own, as a terminal does. */
function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: folder, env, detached: true })
  started.push(child)
  return child
}

function gather(child: ChildProcess): () => string {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  return () => output
}

async function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  const output = gather(child)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output: output() }
}

async function ready(npm: ChildProcess) {
  const output = gather(npm)
  for (;;) {
    const [, server, helper] = /ready (\d+) (\d+)/.exec(output()) ?? []
    if (server && helper && npm.pid) {
      return { output, pids: { npm: npm.pid, server: Number(server), helper: Number(helper) } }
    }
    if (npm.exitCode !== null) throw new Error(output())
    await wait(50)
  }
}

/** Waits until processes have ended; where they do not, the test runs into its time limit. */
async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await wait(50)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
