import { notAWorkbook, requireWithin, unsafeArchive, type WorkbookLimits } from './limits.ts'

/** One part of an archive, as its central directory promises it. */
export interface ZipEntry {
  readonly name: string
  readonly method: 0 | 8
  readonly crc32: number
  readonly compressedBytes: number
  readonly inflatedBytes: number
  readonly headerOffset: number
  readonly dataOffset: number
}

const endSignature = 0x06054b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const centralBytes = 46
const localBytes = 30
/** What programs write where the true figure stands in a ZIP64 record; no workbook within our limits needs one. */
const zip64 = { count: 0xffff, size: 0xffffffff }
/** Below this size a high ratio costs nothing, and short sheets of equal rows have one. */
const ratioFromBytes = 2 ** 20

const utf8 = new TextDecoder()

/**
 * Reads and judges the directory of an archive before a byte of it is inflated: sizes, ratio, count, names,
 * encryption, and parts that share their bytes with others.
 */
export function readZipDirectory(bytes: Uint8Array, limits: WorkbookLimits): ReadonlyMap<string, ZipEntry> {
  requireWithin(limits, 'fileBytes', bytes.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { count, offset, size } = findDirectory(view)
  requireWithin(limits, 'entries', count)
  const entries = new Map<string, ZipEntry>()
  let position = offset
  let inflatedBytes = 0
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(view, bytes, position, offset + size)
    position = entry.next
    inflatedBytes += entry.inflatedBytes
    requireWithin(limits, 'inflatedBytes', inflatedBytes, entry.name)
    requireRatio(entry, limits)
    // Part names are compared without regard to case, so two that differ in it alone hide one another.
    const key = entry.name.toLowerCase()
    if (entries.has(key)) throw unsafeArchive('two parts of one name', { part: entry.name })
    entries.set(key, entry)
  }
  requireApart([...entries.values()], offset)
  return entries
}

function findDirectory(view: DataView): { count: number; offset: number; size: number } {
  if (view.byteLength >= 8 && view.getUint32(0) === 0xd0cf11e0) {
    throw notAWorkbook('an old .xls file, or one protected by a password', { isOld: true })
  }
  const earliest = Math.max(0, view.byteLength - endBytes - 0xffff)
  for (let at = view.byteLength - endBytes; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) !== endSignature) continue
    if (at + endBytes + view.getUint16(at + 20, true) !== view.byteLength) continue
    const count = view.getUint16(at + 10, true)
    const size = view.getUint32(at + 12, true)
    const offset = view.getUint32(at + 16, true)
    if (count === zip64.count || size === zip64.size || offset === zip64.size) throw notAWorkbook('ZIP64')
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count) {
      throw notAWorkbook('an archive of several volumes')
    }
    if (offset + size > at) throw notAWorkbook('a directory outside the file')
    return { count, offset, size }
  }
  throw notAWorkbook('no archive')
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  end: number,
): ZipEntry & { readonly next: number } {
  if (at + centralBytes > end || view.getUint32(at, true) !== centralSignature) {
    throw notAWorkbook('a damaged directory')
  }
  const nameBytes = view.getUint16(at + 28, true)
  const next = at + centralBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  if (next > end) throw notAWorkbook('a damaged directory')
  const rawName = bytes.subarray(at + centralBytes, at + centralBytes + nameBytes)
  const name = utf8.decode(rawName)
  requireSafeName(name)
  if (view.getUint16(at + 8, true) & 1) throw notAWorkbook('an encrypted part', { part: name })
  const method = view.getUint16(at + 10, true)
  if (method !== 0 && method !== 8) throw notAWorkbook('an unknown compression', { part: name })
  const headerOffset = view.getUint32(at + 42, true)
  return {
    name,
    method,
    crc32: view.getUint32(at + 16, true),
    compressedBytes: view.getUint32(at + 20, true),
    inflatedBytes: view.getUint32(at + 24, true),
    headerOffset,
    dataOffset: dataOffsetOf(view, bytes, headerOffset, rawName, name),
    next,
  }
}

/** The header before the data must tell the same name, or two readers would see two archives. */
function dataOffsetOf(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  rawName: Uint8Array,
  part: string,
): number {
  if (at + localBytes > view.byteLength || view.getUint32(at, true) !== localSignature) {
    throw notAWorkbook('a part outside the file', { part })
  }
  const nameBytes = view.getUint16(at + 26, true)
  const here = bytes.subarray(at + localBytes, at + localBytes + nameBytes)
  if (here.length !== rawName.length || here.some((byte, index) => byte !== rawName[index])) {
    throw unsafeArchive('a part of two names', { part })
  }
  return at + localBytes + nameBytes + view.getUint16(at + 28, true)
}

function requireSafeName(name: string): void {
  const segments = name.replace(/\/$/, '').split('/')
  const isSafe =
    name.length <= 255 &&
    !/[\\:\p{Cc}]/u.test(name) &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  if (!isSafe) throw unsafeArchive('a part whose name leads elsewhere', { part: name.slice(0, 255) })
}

function requireRatio(entry: ZipEntry, limits: WorkbookLimits): void {
  if (entry.inflatedBytes <= ratioFromBytes) return
  const ratio = Math.ceil(entry.inflatedBytes / Math.max(1, entry.compressedBytes))
  requireWithin(limits, 'inflationRatio', ratio, entry.name)
}

/** Parts that share bytes make a small file as large as one likes, though each of them looks harmless. */
function requireApart(entries: readonly ZipEntry[], directoryOffset: number): void {
  const sorted = entries.toSorted((a, b) => a.headerOffset - b.headerOffset)
  for (const [index, entry] of sorted.entries()) {
    const end = sorted[index + 1]?.headerOffset ?? directoryOffset
    if (entry.dataOffset + entry.compressedBytes > end) {
      throw unsafeArchive('parts that overlap', { part: entry.name })
    }
  }
}
