import { expect, test } from 'vitest'
import { runNode } from './run-tool.ts'

test('the API reference builds without a warning', async () => {
  const { code, output } = await runNode(['node_modules/typedoc/bin/typedoc'])
  expect(code, output).toBe(0)
})
