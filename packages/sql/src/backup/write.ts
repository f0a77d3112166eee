import { createHash, type Hash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Storage } from '@lumbung/core/storage'
import { fileError, syncFolder } from '../database/files.ts'
import { encryptFrames, keyOf, newEncryption } from './encryption.ts'
import { type BackupHeader, type BackupManifest, backupVersion } from './format.ts'

/** What {@link writeBackup} takes besides the storage. */
export interface BackupOptions {
  /** Where the backup goes: one file, readable for its owner only. */
  readonly file: string
  /** Encrypts the backup. Without it nobody can read it again. Default: not encrypted. */
  readonly passphrase?: string
  /** Is told how many rows are written, now and then. Default: nobody. */
  readonly onProgress?: (rows: number) => void
}

/** Text gathered before it is compressed. */
const chunkLength = 64 * 1024

/**
 * Writes everything that is stored into one file, from one state, while others go on writing. The same format
 * serves every store, so a village moves from one database to another by backup and restore. The file appears
 * under its name only when it is whole and on the disk.
 *
 * @throws LumbungError as reading from the storage; `storage/full`, `storage/read-only`, `storage/unavailable` where
 * the file cannot be written.
 *
 * @example
 * ```ts
 * import { mkdtempSync } from 'node:fs'
 * import { tmpdir } from 'node:os'
 * import { join } from 'node:path'
 * import { openMemory } from '@lumbung/core/storage'
 * import { writeBackup } from '@lumbung/sql/backup'
 *
 * const file = join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.backup')
 * const storage = openMemory({ collections: [], streams: [] })
 * const manifest = await writeBackup(storage, { file })
 * manifest.rows // => { stream_heads: 0, blobs: 0 }
 * ```
 */
export async function writeBackup(storage: Storage, options: BackupOptions): Promise<BackupManifest> {
  const { file, passphrase, onProgress = () => {} } = options
  const createdAt = new Date().toISOString()
  const encryption = passphrase === undefined ? null : newEncryption()
  const header: BackupHeader = { format: 'lumbung-backup', version: backupVersion, createdAt, encryption }
  const headerLine = Buffer.from(`${JSON.stringify(header)}\n`)
  const key = encryption && passphrase !== undefined ? await keyOf(passphrase, encryption) : undefined
  const manifest: BackupManifest = { createdAt, rows: {}, hashes: {} }
  const pieces = (async function* () {
    yield headerLine
    const packed = backupLines(storage, manifest, onProgress)
    yield* key === undefined ? gzipped(packed) : encryptFrames(gzipped(packed), key, headerLine)
  })()
  await writeWhole(file, pieces).catch((error: unknown) => {
    throw fileError(error, 'The backup cannot be written.')
  })
  return manifest
}

/** What a text is packed to. */
function gzipped(text: AsyncIterable<string>): AsyncIterable<Buffer> {
  // A failure of the text reaches the reader through the packer.
  return pipeline(Readable.from(text, { objectMode: false }), createGzip(), () => {})
}

/**
 * Writes a file that is readable for its owner only, and appears under its name when it is whole and on the disk. Two
 * at once to one name each write a file of their own, and the later one stays.
 */
async function writeWhole(file: string, pieces: AsyncIterable<Buffer>): Promise<void> {
  const partial = `${file}.${randomUUID()}.partial`
  const handle = await open(partial, 'wx', 0o600)
  try {
    await fill(handle, pieces)
    await rename(partial, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function fill(handle: FileHandle, pieces: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const piece of pieces) await handle.writeFile(piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The lines of a backup in larger pieces, the manifest last; it is filled on the way. */
async function* backupLines(
  storage: Storage,
  manifest: BackupManifest,
  onProgress: (rows: number) => void,
): AsyncGenerator<string> {
  let table = ''
  let hash: Hash | undefined
  let text = ''
  let rows = 0
  const endTable = () => {
    if (hash !== undefined) manifest.hashes[table] = hash.digest('hex')
  }
  for await (const line of storage.dump()) {
    if ('table' in line) {
      endTable()
      table = line.table
      hash = createHash('sha256')
      manifest.rows[table] = 0
    } else {
      manifest.rows[table] = (manifest.rows[table] ?? 0) + 1
      rows += 1
    }
    const lineText = `${JSON.stringify(line)}\n`
    hash?.update(lineText)
    text += lineText
    if (text.length >= chunkLength) {
      yield text
      text = ''
      onProgress(rows)
    }
  }
  endTable()
  yield `${text}${JSON.stringify({ manifest })}\n`
  onProgress(rows)
}
