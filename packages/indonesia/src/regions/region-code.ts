import { LumbungError } from '@lumbung/core/kernel'
import * as z from 'zod'

/**
 * The code of a region, `PP.KK.CC.DDDD`, or its first one to three parts: province, regency or city, district,
 * village. Source: Permendagri 137/2017 art. 4, as reported; confidence medium.
 *
 * The schema checks the form only. Whether a region exists, a directory tells: {@link RegionNames}.
 *
 * @example
 * ```ts
 * import { RegionCode } from '@lumbung/indonesia'
 *
 * RegionCode.safeParse('99.01.02.2003').success // => true
 * RegionCode.safeParse('99.01').success // => true
 * RegionCode.safeParse('9901').success // => false
 * ```
 */
export const RegionCode = z
  .string()
  .regex(/^[1-9]\d(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$/)
  .brand<'RegionCode'>()

/** A code that the schema of the same name has accepted. */
export type RegionCode = z.infer<typeof RegionCode>

/** How far down a code goes. */
export type RegionLevel = 'province' | 'regency' | 'district' | 'village'

/** A code taken apart. Each part is itself a code. */
export interface RegionParts {
  readonly level: RegionLevel
  readonly province: RegionCode
  readonly regency?: RegionCode
  readonly district?: RegionCode
  readonly village?: RegionCode
  /**
   * What the first digit of the last part says of a village: 1 `urban` (kelurahan), 2 `rural` (desa), 3
   * `customary` (desa adat; from memory, confidence low). Absent for any other digit.
   */
  readonly kind?: 'urban' | 'rural' | 'customary'
}

const levels = ['province', 'regency', 'district', 'village'] as const
const kinds: Readonly<Record<string, RegionParts['kind']>> = { '1': 'urban', '2': 'rural', '3': 'customary' }

/**
 * Reads a code with or without its dots, white space around it aside.
 *
 * @throws `region/invalid` if it is no code of 2, 4, 6 or 10 digits; details: `text`
 *
 * @example
 * ```ts
 * import { parseRegionCode } from '@lumbung/indonesia'
 *
 * parseRegionCode('9901022003') // => '99.01.02.2003'
 * parseRegionCode(' 99.01 ') // => '99.01'
 * parseRegionCode('990') // throws 'region/invalid'
 * ```
 */
export function parseRegionCode(text: string): RegionCode {
  const trimmed = text.trim()
  const dotted = /^\d+$/.test(trimmed)
    ? trimmed.replace(/^(\d{2})(\d{2})?(\d{2})?(\d{4})?$/, (_, ...parts: (string | undefined)[]) =>
        parts
          .slice(0, 4)
          .filter((part) => part !== undefined)
          .join('.'),
      )
    : trimmed
  const parsed = RegionCode.safeParse(dotted)
  if (parsed.success) return parsed.data
  throw new LumbungError('region/invalid', 'The text is not a region code of 2, 4, 6 or 10 digits.', {
    details: { text },
  })
}

/**
 * Writes a code: `dotted`, or as `digits` alone, which is how other registers take it.
 *
 * @example
 * ```ts
 * import { formatRegionCode, parseRegionCode } from '@lumbung/indonesia'
 *
 * const code = parseRegionCode('99.01.02.2003')
 * formatRegionCode(code, 'digits') // => '9901022003'
 * formatRegionCode(code, 'dotted') // => '99.01.02.2003'
 * ```
 */
export function formatRegionCode(code: RegionCode, form: 'dotted' | 'digits'): string {
  return form === 'dotted' ? code : code.replaceAll('.', '')
}

/**
 * Takes a code apart.
 *
 * @example
 * ```ts
 * import { parseRegionCode, regionParts } from '@lumbung/indonesia'
 *
 * const parts = regionParts(parseRegionCode('99.01.02.2003'))
 * parts.level // => 'village'
 * parts.district // => '99.01.02'
 * parts.kind // => 'rural'
 * ```
 */
export function regionParts(code: RegionCode): RegionParts {
  const parts = code.split('.')
  const at = (index: number) => {
    const prefix = parts.length > index ? parts.slice(0, index + 1).join('.') : undefined
    return prefix === undefined ? undefined : RegionCode.parse(prefix)
  }
  const [regency, district, village] = [at(1), at(2), at(3)]
  const kind = kinds[parts[3]?.charAt(0) ?? '']
  return {
    level: levels[parts.length - 1] ?? 'province',
    province: RegionCode.parse(parts[0]),
    ...(regency && { regency }),
    ...(district && { district }),
    ...(village && { village }),
    ...(kind && { kind }),
  }
}
