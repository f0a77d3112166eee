/**
 * A fault or a misuse. Expected outcomes are values; this is thrown for what the caller could have avoided
 * or cannot go on from.
 *
 * `code` is stable and part of the contract: `room/what-happened`, lower case, with hyphens. `details` holds
 * what a program needs to react or a screen to translate; `message` is English for the developer.
 *
 * @example
 * ```ts
 * import { LumbungError } from '@lumbung/core/kernel'
 *
 * const error = new LumbungError('money/overflow', 'The sum leaves the range of 64 bits.', {
 *   details: { limit: 'int64' },
 * })
 * error.code // => 'money/overflow'
 * error.details // => { limit: 'int64' }
 * ```
 */
export class LumbungError<Code extends string = string> extends Error {
  override readonly name = 'LumbungError'
  readonly code: Code
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: Code,
    message: string,
    options: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }
}

/**
 * Whether a caught value is a {@link LumbungError}, and with this code where one is given.
 *
 * It looks at `name` and `code` rather than at the class, so that it also holds across two copies of the
 * package and for errors that crossed a worker boundary.
 *
 * @example
 * ```ts
 * import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
 *
 * const caught: unknown = new LumbungError('storage/busy', 'Another process is writing.')
 * isLumbungError(caught) // => true
 * isLumbungError(caught, 'storage/busy') // => true
 * isLumbungError(new Error('other')) // => false
 * ```
 */
export function isLumbungError<Code extends string>(
  value: unknown,
  code?: Code,
): value is LumbungError<Code> {
  return (
    value instanceof Error &&
    value.name === 'LumbungError' &&
    'code' in value &&
    typeof value.code === 'string' &&
    (code === undefined || value.code === code)
  )
}
