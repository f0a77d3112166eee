import * as z from 'zod'

/** The name by which an account signs in: small letters, digits, dot, hyphen and underscore, 2 to 60 of them. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,59}$/)

/** The login that somebody typed; undefined where it can be that of no account. */
export function loginOf(typed: string): string | undefined {
  return Login.safeParse(typed).data
}
