import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workspace.ts'
import { runNode } from './run-tool.ts'

const folders = [
  'packages/core',
  'packages/indonesia',
  'packages/opensid',
  'packages/sql',
  'packages/portal',
  'packages/cli',
  'tools',
  'bench',
  'examples/eligibility',
  'examples/first-records',
  'examples/desa-tanjung-barat',
].filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))

test.each(folders)('types hold in %s', async (folder) => {
  const { code, output } = await runNode(['node_modules/typescript/bin/tsc', '-p', folder])
  expect(code, output).toBe(0)
})
