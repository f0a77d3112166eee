import { crc32 } from 'node:zlib'
import { Inflate } from 'fflate'
import { notAWorkbook } from './limits.ts'
import type { ZipEntry } from './zip-directory.ts'

/** Deflate makes at most 1,032 bytes of one, so a step makes at most 8 MiB before it is counted. */
const stepBytes = 8 * 1024

/**
 * The inflated bytes of a part, step by step. It ends with an error as soon as there are more of them than the
 * directory promised, so what the limits allowed is never exceeded, whatever the data hold.
 */
export function* inflatedChunks(bytes: Uint8Array, entry: ZipEntry): Generator<Uint8Array> {
  const data = bytes.subarray(entry.dataOffset, entry.dataOffset + entry.compressedBytes)
  let total = 0
  let sum = 0
  for (const chunk of entry.method === 0 ? steps(data) : inflateSteps(data, entry.name)) {
    total += chunk.length
    if (total > entry.inflatedBytes) break
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (total !== entry.inflatedBytes)
    throw notAWorkbook('a part of another size than promised', { part: entry.name })
  if (sum !== entry.crc32) throw notAWorkbook('a damaged part', { part: entry.name })
}

function* steps(data: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < data.length; at += stepBytes) yield data.subarray(at, at + stepBytes)
}

function* inflateSteps(data: Uint8Array, part: string): Generator<Uint8Array> {
  let ready: Uint8Array[] = []
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) ready.push(chunk)
  })
  let at = 0
  for (const step of steps(data)) {
    at += step.length
    try {
      inflate.push(step, at >= data.length)
    } catch (cause) {
      throw notAWorkbook('a damaged part', { part }, cause)
    }
    yield* ready
    ready = []
  }
}
