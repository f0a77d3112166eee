import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Exported, readApi, renderApi } from '../api.ts'
import { entries, packages } from '../workspace.ts'

const api = readApi(entries)
const everything = [...api.values()].flat()
const where = (one: Exported) => `${one.where} ${one.name}`

test('everything that users can import says what it is', () => {
  expect(everything.filter(({ summary }) => summary === '').map(where)).toEqual([])
})

test('every function and class has one example', () => {
  expect(
    everything.filter(({ needsExample, examples }) => needsExample && examples !== 1).map(where),
  ).toEqual([])
})

for (const { name, folder, entries, missing } of packages) {
  for (const entry of entries) {
    test(`${entry.specifier} exports what was reviewed; npm run api accepts a change`, async () => {
      const text = renderApi(entry, api.get(entry) ?? [])
      await expect(text).toMatchFileSnapshot(join(folder, 'api', `${entry.name}.txt`))
    })
  }
  for (const entry of missing) {
    test(`${entry.specifier} exports what was reviewed`, ({ skip }) => skip(`${name} is not complete yet`))
  }
}
