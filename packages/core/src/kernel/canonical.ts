import { LumbungError } from './errors.ts'
import { compareText } from './text.ts'

/** What canonical bytes can be made of. Whole numbers may be `number` or `bigint`; `undefined` is absent. */
export type CanonicalValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue }

/** Version of the encoding, the first byte of all canonical bytes. */
export const canonicalVersion = 1

const depthMax = 64
const utf8 = new TextEncoder()

/**
 * The one form in bytes of a value, for hashing: ledger, audit and decisions all use it (semantics 15).
 *
 * After the version byte come the tag and the value as items that can be read by eye. An item is a letter, a
 * length in decimal, a colon and so many bytes: `s` text in UTF-8, `i` a whole number in decimal, `b` bytes. `t`,
 * `f` and `n` stand alone for true, false and null. `l` and `o` are followed by the number of their parts: the
 * items of a list, the names and values of an object with its names in order of code points. What is absent is
 * left out, so it differs from null and from the empty text, and a new optional part changes no older bytes.
 *
 * @throws LumbungError `canonical/unsupported` for fractions, integers beyond 2^53 as `number`, lone surrogates,
 * objects that are not plain, and nesting above 64.
 *
 * @example
 * ```ts
 * import { canonicalBytes } from '@lumbung/core/kernel'
 *
 * const bytes = canonicalBytes('entry', { seq: 1, note: 'ä', paid: null })
 * new TextDecoder().decode(bytes.subarray(1)) // => 's5:entryo3:s4:notes2:äs4:paidns3:seqi1:1'
 * ```
 */
export function canonicalBytes(tag: string, value: CanonicalValue): Uint8Array {
  // Everything but bytes is text, so it gathers as text and is encoded in one go.
  const parts: (string | Uint8Array)[] = []
  let text = ''

  const writeBytes = (bytes: Uint8Array): void => {
    text += `b${bytes.length}:`
    parts.push(text, bytes)
    text = ''
  }

  const writeText = (content: string): void => {
    if (!content.isWellFormed()) throw unsupported('a text with a lone surrogate')
    text += `s${utf8Length(content)}:${content}`
  }

  const writeObject = (object: { readonly [name: string]: CanonicalValue }, depth: number): void => {
    const prototype: unknown = Object.getPrototypeOf(object)
    if (prototype !== Object.prototype && prototype !== null) throw unsupported('an object that is not plain')
    const names = Object.keys(object).filter((name) => object[name] !== undefined)
    names.sort(compareText)
    text += `o${names.length}:`
    for (const name of names) {
      writeText(name)
      write(object[name], depth)
    }
  }

  const write = (part: CanonicalValue, depth: number): void => {
    if (depth > depthMax) throw unsupported(`nesting above ${depthMax}`)
    if (typeof part === 'string') writeText(part)
    else if (typeof part === 'bigint' || Number.isSafeInteger(part)) {
      // Adding 0 gives minus zero the digits of zero.
      const digits = typeof part === 'bigint' ? part.toString() : String((part as number) + 0)
      text += `i${digits.length}:${digits}`
    } else if (typeof part === 'boolean') text += part ? 't' : 'f'
    else if (part === null) text += 'n'
    else if (part instanceof Uint8Array) writeBytes(part)
    else if (Array.isArray(part)) {
      text += `l${part.length}:`
      for (const item of part) write(item, depth + 1)
    } else if (typeof part === 'object') {
      writeObject(part as { readonly [name: string]: CanonicalValue }, depth + 1)
    } else
      throw unsupported(
        part === undefined ? 'an absent item of a list' : `the ${typeof part} ${String(part)}`,
      )
  }

  writeText(tag)
  write(value, 0)
  parts.push(text)
  return joined(parts)
}

function unsupported(what: string): LumbungError {
  return new LumbungError('canonical/unsupported', `Canonical bytes cannot hold ${what}.`)
}

function utf8Length(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    // A pair of surrogates has two units and four bytes.
    if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return length
}

function joined(parts: readonly (string | Uint8Array)[]): Uint8Array {
  const encoded = parts.map((part) => (typeof part === 'string' ? utf8.encode(part) : part))
  const bytes = new Uint8Array(encoded.reduce((length, part) => length + part.length, 1))
  bytes[0] = canonicalVersion
  let offset = 1
  for (const part of encoded) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
