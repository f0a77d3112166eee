#!/usr/bin/env node
import { Interruption } from './host.ts'
import { run } from './run.ts'

/** What the work may take to come to a clean end after a signal; a database undoes what was not committed. */
const closingMs = 4_000

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait.
    if (interrupted.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143)
    interrupted.abort(new Interruption(signal))
    setTimeout(() => process.exit(signal === 'SIGINT' ? 130 : 143), closingMs).unref()
    process.stdin.destroy()
  })
}

const { env, stdin, stdout, stderr } = process
process.exitCode = await run(process.argv.slice(2), {
  env,
  stdin,
  stdout,
  stderr,
  signal: interrupted.signal,
})
// Something that a library left open must not keep the process alive.
setTimeout(() => process.exit(), closingMs).unref()
