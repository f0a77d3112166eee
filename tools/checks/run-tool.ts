import { spawn } from 'node:child_process'
import { root } from '../workspace.ts'

/** What a program printed and how it ended. */
export interface Finished {
  readonly code: number | null
  readonly output: string
}

/** Runs a program with the Node that runs the tests and waits for its end. */
export function runNode(args: readonly string[], cwd = root): Promise<Finished> {
  return runProgram(process.execPath, args, cwd)
}

/** Runs a program and waits for its end. */
export function runProgram(command: string, args: readonly string[], cwd = root): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, FORCE_COLOR: '0' } })
    let output = ''
    const gather = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
