import { type RegionCode, regionParts } from './region-code.ts'

/**
 * A directory of regions, for example a file of the ministry that a village has. None comes with this package:
 * the lists are large and under licences of their own.
 */
export interface RegionNames {
  /** The name of a region of any level, or `undefined` where the directory has none. */
  nameOf(code: RegionCode): string | undefined
}

/**
 * The name of a region and of those around it, the smallest first. What the directory does not know stands as
 * its code, so that nothing is left out in silence.
 *
 * @param names Default: a directory that knows nothing.
 *
 * @example
 * ```ts
 * import { parseRegionCode, regionPath } from '@lumbung/indonesia'
 *
 * const names = { nameOf: (code: string) => ({ '99.01': 'Kabupaten Contoh', '99': 'Provinsi Contoh' })[code] }
 * regionPath(parseRegionCode('99.01.02'), names) // => ['99.01.02', 'Kabupaten Contoh', 'Provinsi Contoh']
 * ```
 */
export function regionPath(code: RegionCode, names?: RegionNames): readonly string[] {
  const { village, district, regency, province } = regionParts(code)
  return [village, district, regency, province]
    .filter((part) => part !== undefined)
    .map((part) => names?.nameOf(part) ?? part)
}
