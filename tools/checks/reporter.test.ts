import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../workspace.ts'
import { type Finished, runNode } from './run-tool.ts'

const folder = join(root, 'tools/.generated/reporter')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a suite with our reporter, in a process where a library ends every run with 0. */
async function run(name: string, suite: string, setup = ''): Promise<Finished> {
  const place = join(folder, name)
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  const hook = "export default () => { process.on('beforeExit', () => process.exit(0)) }"
  const test = {
    include: ['*.suite.ts'],
    reporters: [join(root, 'tools/reporter.ts')],
    globalSetup: ['./setup.ts'],
  }
  writeFileSync(join(place, 'setup.ts'), `${setup}\n${hook}\n`)
  writeFileSync(join(place, 'a.suite.ts'), `import { expect, test } from 'vitest'\n${suite}\n`)
  writeFileSync(join(place, 'vitest.config.mjs'), `export default ${JSON.stringify({ test })}\n`)
  return await runNode([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', place], place)
}

test('a run that passes ends with 0 and its counts', async () => {
  const { code, output } = await run('passes', "test('a', () => {})\ntest('b', ({ skip }) => skip('why'))")
  expect(code, output).toBe(0)
  expect(output.trim().split('\n').at(-1)).toBe('1 passed, 0 failed, 1 skipped')
  expect(output).toContain('why')
})

test.each([
  ['a test that fails', "test('a', () => expect(1).toBe(2))", ''],
  ['a file that cannot be loaded', "throw new Error('broken')", ''],
  ['no test at all', '', ''],
  ['only skipped tests', "test('a', ({ skip }) => skip('why'))", ''],
  ['a set-up that fails', "test('a', () => {})", "throw new Error('no server')"],
])('%s fails the run, whatever ends the process', async (name, suite, setup) => {
  const { code, output } = await run(name.replaceAll(' ', '-'), suite, setup)
  expect(code, output).toBe(1)
})
