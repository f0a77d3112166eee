import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isLumbungError } from '@lumbung/core/kernel'
import type { DumpLine, Storage } from '@lumbung/core/storage'
import { fileError } from '../database/files.ts'
import { decryptFrames, keyOf } from './encryption.ts'
import { BackupHeader, BackupManifest, backupError, backupVersion } from './format.ts'

/** What {@link checkBackup} and {@link restoreBackup} take. */
export interface ReadBackupOptions {
  readonly file: string
  /** The passphrase with which the backup was written, where it was. */
  readonly passphrase?: string
  /** Is told each line as it is read, before the file is known to be whole. Default: nobody. */
  readonly onLine?: (line: DumpLine) => void
}

/** Longest line that a reader accepts: a blob of the greatest size fits twice. */
const lineLengthMax = 64 * 1024 * 1024
const headerBytesMax = 4096

/**
 * Reads a whole backup and checks it against its manifest, without a store.
 *
 * @throws LumbungError `backup/not-a-backup`, `backup/newer-version`, `backup/passphrase-needed`,
 * `backup/wrong-passphrase`, `backup/damaged`; `storage/unavailable` where the file cannot be read.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { openMemory } from '@lumbung/core/storage'
 * import { checkBackup, writeBackup } from '@lumbung/sql/backup'
 *
 * const file = join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.backup')
 * const storage = openMemory({ collections: [], streams: [] })
 * await writeBackup(storage, { file, passphrase: 'rice in the barn' })
 * checkBackup({ file }) // throws 'backup/passphrase-needed'
 * ```
 */
export async function checkBackup(options: ReadBackupOptions): Promise<BackupManifest> {
  const reader = new BackupReader(options)
  for await (const _ of reader.lines());
  return reader.manifest()
}

/**
 * Replaces everything in a store by a backup. The whole file is checked first, then it is written and verified
 * in one transaction: until that ends well the store stays as it was.
 *
 * @throws LumbungError as {@link checkBackup}; `storage/invalid-dump` where it does not fit the definitions.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { openMemory } from '@lumbung/core/storage'
 * import { restoreBackup, writeBackup } from '@lumbung/sql/backup'
 *
 * const file = join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.backup')
 * const storage = openMemory({ collections: [], streams: [] })
 * const written = await writeBackup(storage, { file })
 * const restored = await restoreBackup(storage, { file })
 * restored.createdAt === written.createdAt // => true
 * ```
 */
export async function restoreBackup(storage: Storage, options: ReadBackupOptions): Promise<BackupManifest> {
  const { onLine: _, ...unheard } = options
  const checked = await checkBackup(unheard)
  await storage.restore(new BackupReader(options).lines())
  return checked
}

class BackupReader {
  readonly #options: ReadBackupOptions
  #manifest: BackupManifest | undefined

  constructor(options: ReadBackupOptions) {
    this.#options = options
  }

  /** The manifest; it is known once all lines were read. */
  manifest(): BackupManifest {
    if (this.#manifest === undefined) throw backupError('backup/damaged')
    return this.#manifest
  }

  /** The lines of the dump; what they hold is compared with the manifest when it comes. */
  async *lines(): AsyncGenerator<DumpLine> {
    const rows: Record<string, number> = {}
    const hashes: Record<string, string> = {}
    let table = ''
    let hash: Hash | undefined
    for await (const text of textLines(await openBody(this.#options))) {
      if (this.#manifest !== undefined) throw backupError('backup/damaged')
      const line = parseLine(text)
      if ('table' in line || 'manifest' in line) {
        if (hash !== undefined) hashes[table] = hash.digest('hex')
        hash = undefined
      }
      if ('manifest' in line) {
        this.#manifest = checkedManifest(line.manifest, rows, hashes)
        continue
      }
      if ('table' in line) {
        table = line.table
        hash = createHash('sha256')
        rows[table] = 0
      } else rows[table] = (rows[table] ?? 0) + 1
      hash?.update(`${text}\n`)
      this.#options.onLine?.(line)
      yield line
    }
    this.manifest()
  }
}

type BackupLine = DumpLine | { readonly manifest: unknown }

function parseLine(text: string): BackupLine {
  try {
    const line: unknown = JSON.parse(text)
    if (line !== null && typeof line === 'object') {
      if ('manifest' in line) return { manifest: line.manifest }
      if ('row' in line && Array.isArray(line.row)) return { row: line.row }
      if (
        'table' in line &&
        typeof line.table === 'string' &&
        'columns' in line &&
        Array.isArray(line.columns)
      ) {
        return { table: line.table, columns: line.columns.map(String), ...countsOf(line) }
      }
    }
  } catch (cause) {
    throw backupError('backup/damaged', cause)
  }
  throw backupError('backup/damaged')
}

/** How many rows and tables follow, as far as the line of a table tells it. */
function countsOf(line: object): { readonly rows?: number; readonly tablesLeft?: number } {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value)
  return {
    ...('rows' in line && isCount(line.rows) ? { rows: line.rows } : {}),
    ...('tablesLeft' in line && isCount(line.tablesLeft) ? { tablesLeft: line.tablesLeft } : {}),
  }
}

function checkedManifest(
  value: unknown,
  rows: Readonly<Record<string, number>>,
  hashes: Readonly<Record<string, string>>,
): BackupManifest {
  const parsed = BackupManifest.safeParse(value)
  if (!parsed.success) throw backupError('backup/damaged', parsed.error)
  const tables = new Set([...Object.keys(rows), ...Object.keys(parsed.data.rows)])
  for (const table of tables) {
    if (rows[table] !== parsed.data.rows[table] || hashes[table] !== parsed.data.hashes[table]) {
      throw backupError('backup/damaged')
    }
  }
  return parsed.data
}

/** The text of a backup after its header, decrypted and unpacked. */
async function openBody({ file, passphrase }: ReadBackupOptions): Promise<AsyncIterable<Buffer>> {
  const { header, line } = await readHeader(file)
  const packed: AsyncIterable<Buffer> = createReadStream(file, { start: line.length })
  if (header.encryption === null) return unpacked(packed)
  if (passphrase === undefined) throw backupError('backup/passphrase-needed')
  return unpacked(decryptFrames(packed, await keyOf(passphrase, header.encryption), line))
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    // A failure of any part reaches the reader through the last one.
    yield* pipeline(Readable.from(packed), createGunzip(), () => {}) as AsyncIterable<Buffer>
  } catch (error) {
    const known = unreadable(error)
    throw isLumbungError(known) ? known : backupError('backup/damaged', error)
  }
}

function unreadable(error: unknown): unknown {
  return fileError(error, 'The backup cannot be read.', 'reading')
}

async function readHeader(file: string): Promise<{ header: BackupHeader; line: Buffer }> {
  const start = await readStart(file).catch((error: unknown) => {
    throw unreadable(error)
  })
  const end = start.indexOf('\n')
  if (end < 0) throw backupError('backup/not-a-backup')
  const line = start.subarray(0, end + 1)
  return { header: parseHeader(line.toString()), line }
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function parseHeader(text: string): BackupHeader {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw backupError('backup/not-a-backup', cause)
  }
  const known = BackupHeader.pick({ format: true, version: true }).safeParse(value)
  if (!known.success) throw backupError('backup/not-a-backup', known.error)
  if (known.data.version > backupVersion) throw backupError('backup/newer-version')
  const parsed = BackupHeader.safeParse(value)
  if (!parsed.success) throw backupError('backup/damaged', parsed.error)
  return parsed.data
}

/** Lines of text. The pieces of a long line are joined once, at its end, and each is looked through once. */
async function* textLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pieces: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    const lines = decoded(decoder, chunk).split('\n')
    const rest = lines.pop() ?? ''
    for (const line of lines) {
      yield pieces.length === 0 ? line : pieces.join('') + line
      pieces = []
      length = 0
    }
    if (rest === '') continue
    pieces.push(rest)
    length += rest.length
    if (length > lineLengthMax) throw backupError('backup/damaged')
  }
  if (pieces.length > 0) throw backupError('backup/damaged')
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch (cause) {
    throw backupError('backup/damaged', cause)
  }
}
