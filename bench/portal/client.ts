import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'

/** One request of a mix. */
export interface Call {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, by POST. */
  readonly json?: unknown
}

/** What came of one request. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

/** How many requests are under way at a time. */
export const clients = 16
const agent = new Agent({ keepAlive: true, maxSockets: clients })

/** Sends one request over a connection that stays open. */
export function send({ url, headers = {}, json }: Call): Promise<Answer> {
  const body = json === undefined ? undefined : JSON.stringify(json)
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method: body === undefined ? 'GET' : 'POST', headers: { ...headers, ...type } },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => void parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends so many calls, some at a time, and gives how long each took, in milliseconds. None may fail. */
export async function sendAll(count: number, callAt: (index: number) => Call): Promise<readonly number[]> {
  const timesMs: number[] = []
  let next = 0
  const client = async () => {
    while (next < count) {
      const call = callAt(next)
      next += 1
      const start = performance.now()
      const { status, body } = await send(call)
      timesMs.push(performance.now() - start)
      assert.equal(status, 200, `${call.url}: ${body.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return timesMs
}
