import { expect, test } from 'vitest'
import { keep } from './keep.ts'

function openKeep() {
  const state = { now: 0, head: 'a', made: 0 }
  const current = keep<number>({
    headOf: async () => state.head,
    freshMs: 10,
    shownMsMax: 60,
    clock: () => state.now,
  })
  const make = async () => {
    await Promise.resolve()
    state.made += 1
    return state.made
  }
  return { state, ask: () => current(make), current }
}

/** Lets what nobody waits for come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('however many ask at the same time, it is made once', async () => {
  const { state, ask } = openKeep()
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
  expect(state.made).toBe(1)
})

test('what did not change is not made again, and what did is made again in the background', async () => {
  const { state, ask } = openKeep()
  await ask()
  state.now = 20
  expect(await ask()).toBe(1)
  await settled()
  expect(state.made).toBe(1)
  state.head = 'b'
  state.now = 40
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
  await settled()
  expect(await ask()).toBe(2)
  expect(state.made).toBe(2)
})

test('what is too old is not shown: whoever asks waits for the next one', async () => {
  const { state, ask } = openKeep()
  await ask()
  state.head = 'b'
  state.now = 60
  expect(await ask()).toBe(2)
})

test('a failure is told to whoever waits, and is not kept', async () => {
  const { state, ask, current } = openKeep()
  const failing = () => current(() => Promise.reject(new Error('broken')))
  await expect(failing()).rejects.toThrow('broken')
  expect(await ask()).toBe(1)
  state.head = 'b'
  state.now = 20
  expect(await failing()).toBe(1)
  await settled()
  state.now = 60
  await expect(failing()).rejects.toThrow('broken')
  expect(await ask()).toBe(2)
})
