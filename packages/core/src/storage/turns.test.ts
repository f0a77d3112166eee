import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

/** Goal: one turn at a time, in order, and nobody waits for ever. */

/** Turns whose wait passes when the test says so. */
function turns() {
  const waits: { readonly waitMs: number; readonly pass: () => void }[] = []
  const wait = (waitMs: number) => new Promise<void>((pass) => void waits.push({ waitMs, pass }))
  return { takeTurn: createTurns({ wait, waitMsMax: 50 }), waits }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

test('turns follow one another in the order in which they were asked for', async () => {
  const { takeTurn } = turns()
  const log: string[] = []
  const work = async (name: string) => {
    const end = await takeTurn()
    log.push(`${name} begins`)
    await settled()
    log.push(`${name} ends`)
    end()
  }
  await Promise.all(['a', 'b', 'c'].map(work))
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('who waited through one whole turn is refused; who came later, and the turns themselves, go on', async () => {
  const { takeTurn, waits } = turns()
  const end = await takeTurn()
  const early = expect(takeTurn()).rejects.toMatchObject({ code: 'storage/busy' })
  const late = takeTurn()
  expect(waits.map(({ waitMs }) => waitMs)).toEqual([50])
  waits[0]?.pass()
  await early
  end()
  ;(await late)()
  await expect(takeTurn()).resolves.toBeTypeOf('function')
})

test('a long queue of turns that end is nobody’s fault', async () => {
  const { takeTurn, waits } = turns()
  const end = await takeTurn()
  const [second, third] = [takeTurn(), takeTurn()]
  end()
  const endSecond = await second
  waits[0]?.pass()
  await settled()
  endSecond()
  await expect(third).resolves.toBeTypeOf('function')
})

test('ending a turn twice does not end that of another', async () => {
  const { takeTurn } = turns()
  const end = await takeTurn()
  const [second, third] = [takeTurn(), takeTurn()]
  end()
  end()
  const endSecond = await second
  end()
  expect(await Promise.race([third, settled().then(() => 'still waits')])).toBe('still waits')
  endSecond()
  await third
})

test('without anybody that waits there is nothing to watch', async () => {
  const { takeTurn, waits } = turns()
  ;(await takeTurn())()
  ;(await takeTurn())()
  expect(waits).toEqual([])
})
