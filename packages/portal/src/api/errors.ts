import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import { HTTPException } from 'hono/http-exception'
import type { PortalContext } from '../server/visit.ts'
import { jsonText } from './json.ts'

/** The statuses that an answer of the JSON interface may have when it is no success, and what each means. */
export const failures = {
  400: 'The request or its input does not hold; `details.issues` names each fault.',
  403: 'The role may not do this, or the request does not come from the reader: `x-csrf` is missing or wrong.',
  404: 'There is no such thing, or it is out of reach.',
  405: 'A read is asked with GET, a write with POST.',
  409: 'The record was changed meanwhile, or what should be unique is there already.',
  413: 'More was sent than is taken.',
  415: 'The body is not `application/json`.',
  422: 'The register refuses the change; `code` and `details` say why. Nothing was written.',
  429: 'Too many tries.',
  500: 'A fault of the portal. Nothing was written.',
  503: 'The village is busy; the same request may be sent again.',
} as const

/** A status of {@link failures}. */
export type FailureStatus = keyof typeof failures

const statusOfCode: Readonly<Record<string, FailureStatus>> = {
  'village/forbidden': 403,
  'village/not-found': 404,
  'account/not-found': 404,
  'village/invalid-input': 400,
  'eligibility/no-such-parameter': 400,
  'eligibility/no-version-in-force': 422,
  'eligibility/invalid-pack': 400,
  'storage/invalid-cursor': 400,
  'storage/version-conflict': 409,
  'storage/duplicate': 409,
  'account/login-taken': 409,
  'account/own': 409,
  'text/invalid': 400,
  'storage/conflict': 503,
  'storage/busy': 503,
  'storage/full': 503,
  'storage/unavailable': 503,
}

/** What a request fails with before a use case is asked. */
const requestCodes: Readonly<Partial<Record<FailureStatus, string>>> = {
  400: 'api/invalid-request',
  403: 'api/foreign-request',
  404: 'api/unknown-use-case',
  405: 'api/wrong-method',
  413: 'api/too-large',
  415: 'api/not-json',
  429: 'api/too-many',
}

/** The answer to what went wrong: `{code, message, details?}`. What nobody could mend is told to `onFault` alone. */
export function apiFailure(
  context: PortalContext,
  error: unknown,
  onFault: ((error: unknown) => void) | undefined,
): Response {
  if (error instanceof HTTPException) {
    const status = knownStatus(error.status)
    return failed(context, status, requestCodes[status] ?? 'api/fault', error.message || failures[status])
  }
  const status = statusOf(error)
  if (status !== undefined && isLumbungError(error)) {
    return failed(context, status, error.code, error.message, error.details)
  }
  onFault?.(error)
  return failed(context, 500, 'api/fault', failures[500])
}

/** The status of what the village refused, for pages as for programs; undefined where it is a fault of the portal. */
export function statusOf(error: unknown): FailureStatus | undefined {
  if (!isLumbungError(error)) return undefined
  return (
    statusOfCode[error.code] ??
    (/^(?:people|account|casework|states|approval)\//.test(error.code) ? 422 : undefined)
  )
}

/** Throws what {@link apiFailure} answers with a status. */
export function refuseRequest(status: FailureStatus, message: string = failures[status]): never {
  throw new HTTPException(status, { message })
}

/** A change that the register refused, as the error that it is for a program. */
export function refusedChange(answer: object): LumbungError | undefined {
  if (!('ok' in answer) || answer.ok !== false || !('refusal' in answer)) return undefined
  const { refusal } = answer
  if (typeof refusal !== 'object' || refusal === null || !('code' in refusal)) return undefined
  const { code, ...details } = refusal
  return new LumbungError(String(code), 'The register refuses the change.', { details })
}

function knownStatus(status: number): FailureStatus {
  for (const known of [400, 403, 404, 405, 413, 415, 429, 503] as const) if (known === status) return known
  return 500
}

function failed(
  context: PortalContext,
  status: FailureStatus,
  code: string,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Response {
  const body = { code, message, ...(details === undefined ? {} : { details }) }
  context.header('cache-control', 'no-store')
  return context.body(jsonText(body), status, { 'content-type': 'application/json; charset=utf-8' })
}
