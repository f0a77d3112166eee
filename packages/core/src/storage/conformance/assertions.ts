import { isLumbungError, type LumbungError } from '../../kernel/index.ts'

/** Fails the test where two values differ; the order of keys does not matter. */
export function equal(actual: unknown, expected: unknown, what = 'the value'): void {
  const [got, wanted] = [readable(actual), readable(expected)]
  if (got !== wanted) throw new Error(`${what} differs.\n  expected ${wanted}\n  got      ${got}`)
}

/** Fails the test where the condition does not hold. */
export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`${what} does not hold.`)
}

/** Fails the test where the work does not end in a LumbungError with this code. */
export async function refused(code: string, work: () => Promise<unknown>): Promise<LumbungError> {
  try {
    await work()
  } catch (error) {
    // The adapter may have a copy of the package of its own, whose class is another.
    if (isLumbungError(error, code)) return error
    throw new Error(`expected ${code}, got ${String(error)}`, { cause: error })
  }
  throw new Error(`expected ${code}, but nothing was refused`)
}

/** All that an iterable yields. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

function readable(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === 'bigint') return `${part}n`
    if (part instanceof Uint8Array) return `bytes ${[...part].join(' ')}`
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
