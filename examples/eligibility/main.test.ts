import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the example prints what its page says, and fits on one', () => {
  const types = process.features.typescript ? [] : ['--experimental-strip-types']
  const options = ['--conditions=@lumbung/source', '--disable-warning=ExperimentalWarning', ...types]
  const main = join(import.meta.dirname, 'main.ts')
  const printed = execFileSync(process.execPath, [...options, main], { encoding: 'utf8' })
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  expect(printed.trim()).toBe(/```text\n([\s\S]*?)\n```/.exec(page)?.[1])
  expect(readFileSync(main, 'utf8').trim().split('\n').length).toBeLessThan(60)
})
