import { isLumbungError } from '@lumbung/core/kernel'
import { expect } from 'vitest'

/** What `// => literal` means in an example. */
export function equal(actual: unknown, expected: unknown): void {
  expect(actual).toStrictEqual(expected)
}

/** What `// throws 'code'` means in an example. */
export async function throws(run: () => unknown, code: string): Promise<void> {
  const thrown = await Promise.resolve()
    .then(run)
    .then(
      () => 'nothing',
      (error: unknown) => error,
    )
  if (!isLumbungError(thrown)) throw new Error(`Expected a LumbungError '${code}'`, { cause: thrown })
  expect(thrown.code).toBe(code)
}
