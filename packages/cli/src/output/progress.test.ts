import { expect, test } from 'vitest'
import { sayIn } from '../words/catalogue.ts'
import { openProgress } from './progress.ts'
import type { Writer } from './writer.ts'

function recorder(isTerminal: boolean): { readonly writer: Writer; readonly texts: string[] } {
  const texts: string[] = []
  const write = async (text: string): Promise<void> => void texts.push(text)
  return { texts, writer: { isTerminal, width: 80, isClosed: () => false, write } }
}

test('where stderr is no terminal there is no bar', async () => {
  const { writer, texts } = recorder(false)
  const progress = openProgress(writer, sayIn('en'), 'reading')
  progress.update(1, 2)
  await progress.end()
  expect(texts).toEqual([])
})

test('a bar is drawn now and then, and taken away in the end', async () => {
  const { writer, texts } = recorder(true)
  let now = 0
  const progress = openProgress(writer, sayIn('en'), 'reading', () => now)
  for (let done = 0; done <= 50; done += 1) {
    progress.update(done, 100)
    now += 10
  }
  await progress.end()
  expect(texts).toHaveLength(7)
  expect(texts[5]).toBe(`\rreading ${'█'.repeat(12)}${'░'.repeat(12)} 50% (50 of 100)\u{1b}[K`)
  expect(texts[6]).toBe('\r\u{1b}[K')
})
