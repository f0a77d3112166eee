import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../src/index.ts'

/** What a run of the command printed, and how it ended. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunHereOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string | Uint8Array
  readonly isTerminal?: boolean
  readonly signal?: AbortSignal
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly stdin?: string
}

const main = join(import.meta.dirname, '../src/main.ts')

/** Starts the command as a process of its own, from source, in English unless told otherwise. */
export function start(args: readonly string[], options: RunOptions = {}): ChildProcess {
  const types = process.features.typescript ? [] : ['--experimental-strip-types']
  const node = ['--conditions=@lumbung/source', '--disable-warning=ExperimentalWarning', ...types]
  return spawn(process.execPath, [...node, main, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], LANG: 'en_GB.UTF-8', ...options.env },
  })
}

/**
 * Runs the command in this process: all of it but the few lines of main.ts, and without the second that a process
 * takes to start.
 */
export async function lumbung(args: readonly string[], options: RunHereOptions = {}): Promise<Finished> {
  const { env = {}, isTerminal = false, signal = new AbortController().signal } = options
  const stdin = Readable.from([
    typeof options.stdin === 'object' ? Buffer.from(options.stdin) : Buffer.from(options.stdin ?? ''),
  ])
  const [stdout, stderr] = [new PassThrough(), new PassThrough()].map((stream) =>
    Object.assign(stream, { isTTY: isTerminal, columns: 100 }),
  )
  if (stdout === undefined || stderr === undefined) throw new Error('no streams')
  const said = [text(stdout), text(stderr)]
  const code = await run(args, { env: { LANG: 'en_GB.UTF-8', ...env }, stdin, stdout, stderr, signal })
  stdout.end()
  stderr.end()
  return { code, stdout: (await said[0]) ?? '', stderr: (await said[1]) ?? '' }
}

/** Runs the command to its end, as a process of its own. */
export async function lumbungProcess(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(args, options)
  child.stdin?.end(options.stdin ?? '')
  return await finished(child)
}

/** Waits for the end of a process, and gathers what it says until then. */
export async function finished(child: ChildProcess): Promise<Finished> {
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, stdout, stderr }
}
