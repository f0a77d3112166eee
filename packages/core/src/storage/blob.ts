import * as z from 'zod'
import { Digest } from '../kernel/index.ts'
import { defineCollection } from './collection.ts'

/**
 * Bytes by their SHA-256: photographs, minutes, attachments. They lie in a table of their own, so that no page
 * reads them by accident, and are written once however often they are put.
 */
export const blobs = defineCollection({
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
