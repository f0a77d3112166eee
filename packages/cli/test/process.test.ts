import { expect, test } from 'vitest'
import { lumbungProcess } from './lumbung.ts'

test('the process ends with the code of the run, and its streams hold only what belongs there', async () => {
  const wrong = await lumbungProcess(['bakcup'])
  expect(wrong).toMatchObject({ code: 2, stdout: '' })
  expect(wrong.stderr).toContain('Did you mean backup?')
  const right = await lumbungProcess(['--version'])
  expect(right).toMatchObject({ code: 0, stderr: '' })
})
