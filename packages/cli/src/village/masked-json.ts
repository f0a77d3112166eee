import { maskNumber } from '@lumbung/core/kernel'
import type { Json, JsonObject } from '../output/json.ts'

/** Digits enough for the number of a person or a family. */
const numberPattern = /\d{12,}/g

/**
 * A record in the machine form, in which every number long enough to be somebody's is masked, wherever it stands,
 * but those of `own`.
 */
export function maskedJson(record: object, own: ReadonlySet<string>): JsonObject {
  const mask = (text: string): string =>
    text.replaceAll(numberPattern, (digits) => (own.has(digits) ? digits : maskNumber(digits)))
  const convert = (value: unknown): Json => {
    if (typeof value === 'string') return mask(value)
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (typeof value === 'bigint') return value.toString()
    if (Array.isArray(value)) return value.map(convert)
    return value !== null && typeof value === 'object' ? convertObject(value) : null
  }
  const convertObject = (value: object): JsonObject =>
    Object.fromEntries(
      Object.entries(value).flatMap(([key, part]): [string, Json][] =>
        part === undefined ? [] : [[key, isIdentifier(part) ? String(part) : convert(part)]],
      ),
    )
  return convertObject(record)
}

/** Our own ids and digests hold runs of digits too, and name nobody to an outsider. */
function isIdentifier(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f-]{32,64}$/.test(value)
}
