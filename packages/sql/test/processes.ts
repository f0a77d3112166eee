import { fork } from 'node:child_process'
import { join } from 'node:path'

/** What another Node needs to run our sources as they are. */
export const nodeArguments = [
  '--conditions=@lumbung/source',
  '--no-warnings',
  ...(process.features.typescript ? [] : ['--experimental-strip-types']),
]

/** Another process, which answers one message after the other. */
export interface Answering {
  readonly ask: <Answer>(message: object) => Promise<Answer>
  /** Ends it in good order. */
  readonly end: () => Promise<void>
}

/**
 * Starts a script of this folder that calls {@link answerMessages}, and waits until it is ready.
 */
export async function startAnswering(script: string, args: readonly string[]): Promise<Answering> {
  const child = fork(join(import.meta.dirname, script), args, { execArgv: nodeArguments, silent: true })
  let faults = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    faults += chunk.toString()
  })
  const ended = new Promise<never>((_, reject) => {
    child.on('exit', (code) => reject(new Error(`${script} ended with ${code}: ${faults}`)))
  })
  ended.catch(() => {})
  // The script and its caller agree about what each message is answered with.
  const next = <Answer>() =>
    Promise.race([
      new Promise<Answer>((resolve) => child.once('message', (m) => resolve(m as Answer))),
      ended,
    ])
  await next()
  let last: Promise<unknown> = Promise.resolve()
  return {
    async ask<Answer>(message: object) {
      const turn = last.then(async () => {
        const answer = next<{ readonly error: string } | { readonly answer: Answer }>()
        child.send(message)
        return await answer
      })
      // A caller that gave up must not leave its answer to the next one.
      last = turn.catch(() => {})
      const got = await turn
      if ('error' in got) throw new Error(got.error)
      return got.answer
    },
    async end() {
      if (child.connected) child.disconnect()
      await ended.catch(() => {})
    },
  }
}

/** In the other process: says that it is ready, answers each message, and closes when its parent lets go. */
export function answerMessages<Message>(
  answer: (message: Message) => Promise<unknown>,
  close: () => Promise<void>,
): void {
  const send = (message: object) => process.send?.(message)
  process.on('message', (message) => {
    // The parent is our own test.
    answer(message as Message).then(
      (value) => send({ answer: value }),
      (error: unknown) => send({ error: String(error) }),
    )
  })
  process.on('disconnect', () => void close())
  send({ ready: true })
}
