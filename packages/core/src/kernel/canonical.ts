import { LumbungError } from './errors.ts'
import { compareText } from './text.ts'

/**
 * What canonical bytes can be made of. A whole number may be `number` or `bigint` and means the same; a property
 * that is `undefined` is absent.
 */
export type CanonicalValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly CanonicalValue[]
  | CanonicalObject

/** A plain object; its own enumerable properties with names that are text count. */
export interface CanonicalObject {
  readonly [name: string]: CanonicalValue | undefined
}

/**
 * Version of the encoding: the first of all canonical bytes.
 *
 * @example
 * ```ts
 * import { canonicalBytes, canonicalVersion } from '@lumbung/core/kernel'
 *
 * canonicalBytes('note', null)[0] === canonicalVersion // => true
 * ```
 */
export const canonicalVersion = 1

/** Deep enough for every record and for rules at their own limit; a value that contains itself ends here too. */
const depthMax = 256

/**
 * The one form of a value in bytes, over which ledger, audit and decisions are hashed: equal values have equal
 * bytes, and different values, or different tags, have different ones.
 *
 * After the version byte come the tag and the value, as items that can be read by eye. Text is `s`, its length in
 * bytes, `:` and its UTF-8; bytes are `b` in the same way; a whole number is `i` with its decimal digits as text.
 * True, false and null are `t`, `f` and `n`. A list is `l`, the number of its items, `:` and the items; an object
 * is `o`, the number of its properties, `:` and each name, as text, before its value, with names in the order of
 * their code points. An absent property is left out, so it differs from null and from the empty text, and a new
 * optional one changes no older bytes.
 *
 * Text is taken as it is: bring it into normal form first.
 *
 * @param tag Says what the value is, so that an entry cannot pass for an account with the same fields.
 *
 * @throws `canonical/unsupported` for numbers that are no safe integers, lone surrogates, functions, symbols,
 * objects that are not plain, lists with holes, and nesting above 256, which a value that contains itself reaches
 *
 * @example
 * ```ts
 * import { canonicalBytes } from '@lumbung/core/kernel'
 *
 * const bytes = canonicalBytes('entry', { seq: 1, note: 'ä', paid: null, party: undefined })
 * new TextDecoder().decode(bytes.subarray(1)) // => 's5:entryo3:s4:notes2:äs4:paidns3:seqi1:1'
 * ```
 */
export function canonicalBytes(tag: string, value: CanonicalValue): Uint8Array<ArrayBuffer> {
  const sink: Sink = { bytes: new Uint8Array(1024), length: 0 }
  sink.bytes[sink.length++] = canonicalVersion
  writeText(sink, tag)
  writeValue(sink, value, 0)
  return sink.bytes.slice(0, sink.length)
}

/** Bytes so far; the array is longer than what is written of it. */
interface Sink {
  bytes: Uint8Array<ArrayBuffer>
  length: number
}

const letter = { text: 0x73, integer: 0x69, bytes: 0x62, list: 0x6c, object: 0x6f } as const
const single = { true: 0x74, false: 0x66, null: 0x6e } as const
const colon = 0x3a
const digitZero = 0x30

function writeValue(sink: Sink, value: CanonicalValue | undefined, depth: number): void {
  switch (typeof value) {
    case 'string':
      return writeText(sink, value)
    case 'number':
      return writeInteger(sink, value)
    case 'bigint':
      writeAscii(sink, letter.integer, value.toString())
      return
    case 'boolean':
      return writeLetter(sink, value ? single.true : single.false)
    case 'object':
      return value === null ? writeLetter(sink, single.null) : writeParts(sink, value, depth + 1)
    case 'undefined':
      return refuse('an absent value outside of an object')
    default:
      return refuse(`a ${typeof value}`)
  }
}

function writeParts(
  sink: Sink,
  value: Uint8Array | readonly CanonicalValue[] | CanonicalObject,
  depth: number,
): void {
  if (value instanceof Uint8Array) return writeBytes(sink, letter.bytes, value)
  if (depth > depthMax) return refuse(`nesting above ${depthMax}`)
  // Array.isArray alone does not narrow a union with a readonly array.
  if (Array.isArray(value)) return writeList(sink, value as readonly CanonicalValue[], depth)
  writeObject(sink, value as CanonicalObject, depth)
}

function writeList(sink: Sink, list: readonly CanonicalValue[], depth: number): void {
  writeLength(sink, letter.list, list.length)
  for (const item of list) writeValue(sink, item, depth)
}

function writeObject(sink: Sink, object: CanonicalObject, depth: number): void {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== Object.prototype && prototype !== null) refuse('an object that is not plain')
  const names = Object.keys(object).sort(compareText)
  // Each property is read once: that is a good part of the time that all this takes.
  const values = names.map((name) => object[name])
  writeLength(sink, letter.object, values.filter((value) => value !== undefined).length)
  values.forEach((value, index) => {
    if (value === undefined) return
    writeText(sink, names[index] as string)
    writeValue(sink, value, depth)
  })
}

function writeInteger(sink: Sink, value: number): void {
  if (!Number.isSafeInteger(value)) refuse('a number that is no safe integer')
  // Minus zero has the digits of zero.
  writeAscii(sink, letter.integer, `${value}`)
}

function writeText(sink: Sink, text: string): void {
  if (writeAscii(sink, letter.text, text)) return
  if (!text.isWellFormed()) refuse('a text with a lone surrogate')
  writeBytes(sink, letter.text, utf8.encode(text))
}

const utf8 = new TextEncoder()

function writeBytes(sink: Sink, kind: number, bytes: Uint8Array): void {
  writeLength(sink, kind, bytes.length)
  reserve(sink, bytes.length)
  sink.bytes.set(bytes, sink.length)
  sink.length += bytes.length
}

/** Nearly all text is ASCII, which is its own UTF-8. Writes nothing and says false where it is not. */
function writeAscii(sink: Sink, kind: number, text: string): boolean {
  const start = sink.length
  writeLength(sink, kind, text.length)
  reserve(sink, text.length)
  const { bytes, length } = sink
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f) {
      sink.length = start
      return false
    }
    bytes[length + index] = unit
  }
  sink.length += text.length
  return true
}

/** A letter, the number of bytes or parts that follow, and a colon. */
function writeLength(sink: Sink, kind: number, length: number): void {
  writeLetter(sink, kind)
  let divisor = 1
  while (divisor * 10 <= length) divisor *= 10
  for (; divisor >= 1; divisor /= 10) writeLetter(sink, digitZero + (Math.floor(length / divisor) % 10))
  writeLetter(sink, colon)
}

function writeLetter(sink: Sink, kind: number): void {
  reserve(sink, 1)
  sink.bytes[sink.length++] = kind
}

function reserve(sink: Sink, count: number): void {
  if (sink.length + count <= sink.bytes.length) return
  const grown = new Uint8Array(2 * (sink.length + count))
  grown.set(sink.bytes)
  sink.bytes = grown
}

function refuse(what: string): never {
  throw new LumbungError('canonical/unsupported', `Canonical bytes cannot hold ${what}.`)
}
