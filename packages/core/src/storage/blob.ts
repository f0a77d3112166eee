import * as z from 'zod'
import { Digest, sha256Hex } from '../kernel/index.ts'
import { collectionOf, type RecordOf } from './collection.ts'

/**
 * Bytes by their SHA-256: photographs, minutes, attachments. They lie in a table of their own, so that no page
 * reads them by accident, and are written once however often they are put.
 */
export const blobs = collectionOf({
  name: 'blobs',
  schema: z.object({
    hash: Digest,
    sizeBytes: z.int().min(0),
    bytes: z.instanceof(Uint8Array),
  }),
  key: 'hash',
  fieldClasses: 'specific',
})

/** Greatest size of one blob, 16 MiB: a photograph or a scan fits, a film does not. */
export const blobSizeBytesMax = 16 * 1024 * 1024

/** Whether the bytes of a stored blob are still those that were put. */
export function isIntact({ hash, sizeBytes, bytes }: RecordOf<typeof blobs>): boolean {
  return bytes.length === sizeBytes && sha256Hex(bytes) === hash
}
