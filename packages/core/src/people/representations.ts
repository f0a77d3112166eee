import type { CivilDate, ResidentId } from '../kernel/index.ts'
import type { Consent, Representation } from './records.ts'
import { inForce } from './spans.ts'

/**
 * Whether a person may act for another for a purpose on a day: as guardian or proxy whose power covers it. Nobody
 * needs a power to act for themselves.
 *
 * @example
 * ```ts
 * import { CivilDate, ResidentId } from '@lumbung/core/kernel'
 * import { mayRepresent, Representation } from '@lumbung/core/people'
 *
 * const resident = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const representative = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f41')
 * const power = Representation.parse({
 *   id: resident, resident, representative, kind: 'proxy', purposes: ['services'], basis: 'Letter',
 *   from: '2026-01-01', to: null,
 * })
 * const asked = { resident, representative, on: CivilDate.parse('2026-11-24') }
 * mayRepresent([power], { ...asked, purpose: 'services' }) // => true
 * mayRepresent([power], { ...asked, purpose: 'savings' }) // => false
 * ```
 */
export function mayRepresent(
  representations: readonly Representation[],
  asked: {
    readonly resident: ResidentId
    readonly representative: ResidentId
    readonly purpose: string
    readonly on: CivilDate
  },
): boolean {
  const { resident, representative, purpose, on } = asked
  if (resident === representative) return true
  return representations.some(
    (power) =>
      power.resident === resident &&
      power.representative === representative &&
      (power.purposes.length === 0 || power.purposes.includes(purpose)) &&
      inForce(power, on),
  )
}

/**
 * The consent of a person to a purpose that holds on a day and was not withdrawn; undefined where there is none.
 *
 * @example
 * ```ts
 * import { CivilDate, ResidentId } from '@lumbung/core/kernel'
 * import { Consent, consentOn } from '@lumbung/core/people'
 *
 * const resident = ResidentId.parse('0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40')
 * const consent = Consent.parse({
 *   id: resident, resident, purpose: 'health', givenBy: resident, from: '2026-01-01', to: '2027-01-01',
 *   withdrawnAt: null, basis: 'Form',
 * })
 * const on = CivilDate.parse('2026-11-24')
 * consentOn([consent], { resident, purpose: 'health', on })?.basis // => 'Form'
 * consentOn([consent], { resident, purpose: 'survey', on }) // => undefined
 * ```
 */
export function consentOn(
  consents: readonly Consent[],
  asked: { readonly resident: ResidentId; readonly purpose: string; readonly on: CivilDate },
): Consent | undefined {
  return consents.find(
    (consent) =>
      consent.resident === asked.resident &&
      consent.purpose === asked.purpose &&
      consent.withdrawnAt === null &&
      inForce(consent, asked.on),
  )
}
