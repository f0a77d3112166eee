import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../workspace.ts'
import { runNode } from './run-tool.ts'

// The goal: whoever pastes the parts of the guide one below the other holds a pack that does what the guide tells.

// The parts are pieces of one file and keep their indentation, so that no formatter may touch these pages.
// One language is enough: that both show the same code is a check of its own.
test('the pack of the guide passes its tests and decides as told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-a-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const page = readFileSync(join(root, 'docs/guides/en/write-a-pack.md'), 'utf8')
  const blocks = (kind: string) =>
    [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, of, text = '']) =>
      of === kind ? [text] : [],
    )
  const parts = blocks('yaml')
  writeFileSync(join(folder, 'pack.yaml'), parts.slice(0, -1).join(''))
  writeFileSync(join(folder, 'own.yaml'), parts.at(-1) ?? '')
  writeFileSync(join(folder, 'families.ndjson'), blocks('json').join(''))
  const lines = blocks('sh').flatMap((block) => block.trim().split('\n'))
  const outputs: string[] = []
  for (const line of lines) {
    const args = line
      .replace('npm run --silent lumbung -- ', '')
      .split(' ')
      .map((word) => (/\.(yaml|ndjson)$/.test(word) ? join(folder, word) : word))
    const { code, output } = await runNode([...source, ...args])
    expect(code, output).toBe(0)
    outputs.push(output)
  }
  const outcomes = outputs.map((output) =>
    [...output.matchAll(/"outcome":\s*"(\w+)"/g)].map(([, word]) => word),
  )
  expect(outputs[1]).toContain('4 passed, 0 failed')
  expect(outcomes[2]).toEqual(['eligible', 'ineligible', 'undetermined'])
  expect(outcomes[3]).toEqual(['eligible', 'eligible', 'undetermined'])
})

const source = [
  '--conditions=@lumbung/source',
  '--import',
  './tools/jsx.mjs',
  '--disable-warning=ExperimentalWarning',
  'packages/cli/src/main.ts',
]
