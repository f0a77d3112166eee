import type { CivilDate, Instant } from '../kernel/index.ts'
import type { HouseholdVersion, ResidentVersion } from './records.ts'
import type { AsOf } from './spans.ts'

/**
 * A resident as they stood on a day, by what was known at an instant: name, sex and birth date as the newest
 * version has them, for a correction holds at all times; status and area as of the day. Undefined before the
 * first state, for a record that names nobody, and for one that was merged into another.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { residentOn, ResidentVersion } from '@lumbung/core/people'
 *
 * const born = {
 *   resident: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', seq: 1, recordedAt: '2020-01-01T00:00:00.000Z',
 *   validFrom: '1950-03-01', identityNumber: null, temporaryNumber: null, name: 'Sari', nameKey: 'sari',
 *   sex: 'female', birthDate: '1950-03-01', birthPlace: null, status: 'present', statusSince: '1950-03-01',
 *   area: null, mergedInto: null,
 * }
 * const died = { ...born, seq: 2, validFrom: '2026-05-01', status: 'dead', statusSince: '2026-05-01' }
 * const versions = [ResidentVersion.parse(born), ResidentVersion.parse(died)]
 * residentOn(versions, { on: CivilDate.parse('2026-04-30') })?.status // => 'present'
 * residentOn(versions, { on: CivilDate.parse('2026-05-01') })?.status // => 'dead'
 * residentOn(versions, { on: CivilDate.parse('1949-01-01') }) // => undefined
 * ```
 */
export function residentOn(versions: readonly ResidentVersion[], asOf: AsOf): ResidentVersion | undefined {
  const { newest, state } = statesOf(versions, asOf)
  if (newest === undefined || state === undefined) return undefined
  if (newest.mergedInto !== null || newest.status === 'invalid') return undefined
  if (state === newest) return newest
  const { status, statusSince, area, validFrom } = state
  return { ...newest, status, statusSince, area, validFrom }
}

/**
 * A household as it stood on a day, by what was known at an instant: its number as the newest version has it,
 * address and area as of the day. Undefined before its first state.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { householdOn, HouseholdVersion } from '@lumbung/core/people'
 *
 * const first = HouseholdVersion.parse({
 *   household: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', seq: 1, recordedAt: '2020-01-01T00:00:00.000Z',
 *   validFrom: '2020-01-01', kind: 'family', number: '7', address: 'Mill lane', area: null, from: null, to: null,
 * })
 * householdOn([first], { on: CivilDate.parse('2026-01-01') })?.address // => 'Mill lane'
 * ```
 */
export function householdOn(versions: readonly HouseholdVersion[], asOf: AsOf): HouseholdVersion | undefined {
  const { newest, state } = statesOf(versions, asOf)
  if (newest === undefined || state === undefined) return undefined
  const { address, area, validFrom } = state
  return state === newest ? newest : { ...newest, address, area, validFrom }
}

interface Version {
  readonly seq: number
  readonly recordedAt: Instant
  readonly validFrom: CivilDate
}

function statesOf<V extends Version>(
  versions: readonly V[],
  { on, recordedBy }: AsOf,
): { readonly newest: V | undefined; readonly state: V | undefined } {
  let newest: V | undefined
  let state: V | undefined
  for (const version of versions) {
    if (recordedBy !== undefined && version.recordedAt > recordedBy) continue
    if (newest === undefined || version.seq > newest.seq) newest = version
    if (version.validFrom <= on && (state === undefined || version.seq > state.seq)) state = version
  }
  return { newest, state }
}
