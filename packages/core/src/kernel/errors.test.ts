import { expect, test } from 'vitest'
import { isLumbungError, LumbungError } from './errors.ts'

test('an error carries a code for programs, details for screens and the cause', () => {
  const cause = new Error('disk')
  const error = new LumbungError('storage/full', 'The disk is full.', { details: { file: 'a.db' }, cause })
  expect(error).toMatchObject({
    name: 'LumbungError',
    code: 'storage/full',
    details: { file: 'a.db' },
    cause,
  })
  expect(error).toBeInstanceOf(Error)
})

test('an error without a cause has no cause property, so that it prints cleanly', () => {
  expect(Object.hasOwn(new LumbungError('a/b', 'c'), 'cause')).toBe(false)
})

test('recognising an error does not depend on the class, but on name and code', () => {
  const foreign = Object.assign(new Error('x'), { name: 'LumbungError', code: 'a/b' })
  expect(isLumbungError(foreign)).toBe(true)
  expect(isLumbungError(foreign, 'a/c')).toBe(false)
  expect(isLumbungError({ name: 'LumbungError', code: 'a/b' })).toBe(false)
})
