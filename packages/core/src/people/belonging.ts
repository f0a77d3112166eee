import type { ResidentStatus } from './records.ts'

/**
 * Statuses of people who belong to the village, at home or not.
 *
 * @example
 * ```ts
 * import { belongingStatuses } from '@lumbung/core/people'
 *
 * belongingStatuses // => ['present', 'away', 'missing']
 * ```
 */
export const belongingStatuses = ['present', 'away', 'missing'] as const satisfies readonly ResidentStatus[]

/** Whether a status is one of those. */
export function belongs(status: ResidentStatus): status is (typeof belongingStatuses)[number] {
  return status === 'present' || status === 'away' || status === 'missing'
}
