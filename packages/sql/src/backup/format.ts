import { LumbungError } from '@lumbung/core/kernel'
import * as z from 'zod'

/** Version of the file format. A reader takes its own version and all before it. */
export const backupVersion = 1

/** How a passphrase becomes a key: scrypt (RFC 7914) at a cost that a village's laptop bears in a second. */
const Encryption = z.object({
  keyDerivation: z.literal('scrypt'),
  cost: z
    .int()
    .min(2)
    .max(2 ** 20),
  blockSize: z.int().min(1).max(32),
  parallelization: z.int().min(1).max(16),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  cipher: z.literal('aes-256-gcm'),
})
export type Encryption = z.output<typeof Encryption>

/** The first line of a backup: plain JSON, so that a file tells what it is without its passphrase. */
export const BackupHeader = z.object({
  format: z.literal('lumbung-backup'),
  version: z.int().min(1),
  createdAt: z.iso.datetime({ precision: 3 }),
  encryption: Encryption.nullable(),
})
export type BackupHeader = z.output<typeof BackupHeader>

/**
 * The last line of a backup: what stands before it. A file without it was cut short.
 */
export const BackupManifest = z.object({
  createdAt: z.iso.datetime({ precision: 3 }),
  /** Rows of each table. */
  rows: z.record(z.string(), z.int().min(0)),
  /** SHA-256 of the lines of each table, its line ends included. */
  hashes: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
})
export type BackupManifest = z.output<typeof BackupManifest>

/** The codes with which a backup can be refused. */
export type BackupFault =
  | 'backup/not-a-backup'
  | 'backup/newer-version'
  | 'backup/passphrase-needed'
  | 'backup/wrong-passphrase'
  | 'backup/damaged'

const sentences: Readonly<Record<BackupFault, string>> = {
  'backup/not-a-backup': 'The file is no backup of a village.',
  'backup/newer-version': 'The backup was made by a newer version; upgrade first.',
  'backup/passphrase-needed': 'The backup is encrypted; it needs its passphrase.',
  'backup/wrong-passphrase': 'The passphrase is wrong, or the beginning of the file is damaged.',
  'backup/damaged': 'The backup is cut short or damaged.',
}

/** The error for a backup that cannot be used. */
export function backupError(code: BackupFault, cause?: unknown): LumbungError<BackupFault> {
  return new LumbungError(code, sentences[code], { cause })
}
