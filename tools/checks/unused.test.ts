import { expect, test } from 'vitest'
import { runNode } from './run-tool.ts'

test('no file, export or dependency is unused', async () => {
  const { code, output } = await runNode(['node_modules/knip/bin/knip.js', '--no-progress'])
  expect(code, output).toBe(0)
})
