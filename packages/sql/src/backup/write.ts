import { createHash, type Hash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Storage } from '@lumbung/core/storage'
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
 * @throws LumbungError as reading from the storage; errors of the file system as they are.
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
  const partial = `${file}.partial`
  const handle = await open(partial, 'w', 0o600)
  try {
    await handle.writeFile(headerLine)
    const sealed = (chunks: AsyncIterable<Buffer>) =>
      key === undefined ? chunks : encryptFrames(chunks, key, headerLine)
    await pipeline(backupLines(storage, manifest, onProgress), createGzip(), sealed, async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) await handle.writeFile(chunk)
    })
    await handle.sync()
    await handle.close()
    await rename(partial, file)
  } catch (error) {
    await handle.close().catch(() => {})
    await rm(partial, { force: true })
    throw error
  }
  return manifest
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
