import type { JsonValue } from './json-value.ts'

/**
 * A value as JSON in ASCII alone: what lies beyond is escaped. So it comes back from every store as it went in, also
 * where the store brings text into normal form, and where an escape before a combining mark would become another
 * letter.
 *
 * @example
 * ```ts
 * import { asciiJson } from '@lumbung/core/kernel'
 *
 * asciiJson({ name: 'Zoë' }) // => '{"name":"Zo\\u00eb"}'
 * ```
 */
export function asciiJson(value: JsonValue | object): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
