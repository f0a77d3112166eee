import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { backupError, type Encryption } from './format.ts'

/** A fresh salt gives each backup a key of its own, so its frames can be numbered from 0. */
export function newEncryption(): Encryption {
  return {
    keyDerivation: 'scrypt',
    cost: 2 ** 17,
    blockSize: 8,
    parallelization: 1,
    salt: randomBytes(16).toString('hex'),
    cipher: 'aes-256-gcm',
  }
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/**
 * The key of a backup.
 *
 * @throws LumbungError `backup/damaged` where no key can be derived so.
 */
export async function keyOf(passphrase: string, encryption: Encryption): Promise<Buffer> {
  const { cost, blockSize, parallelization, salt } = encryption
  const maxmem = 256 * cost * blockSize
  const options = { cost, blockSize, parallelization, maxmem }
  try {
    return await derive(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 32, options)
  } catch (cause) {
    throw backupError('backup/damaged', cause)
  }
}

/** Length of a frame's head: whether it is the last, and the length of its content. */
const headBytes = 5
const tagBytes = 16
/** Most bytes of a frame that a reader accepts, so that a made-up length costs no memory. */
const frameBytesMax = 16 * 1024 * 1024

/**
 * Bytes as encrypted frames: head, content, tag. The number of a frame is its nonce, so frames cannot be swapped
 * or left out; the last one is marked, so the end cannot be cut; the header of the file is bound to each.
 */
export async function* encryptFrames(
  chunks: AsyncIterable<Buffer>,
  key: Buffer,
  header: Buffer,
): AsyncGenerator<Buffer> {
  let index = 0
  for await (const chunk of chunks) {
    yield sealFrame(chunk, false, key, header, index)
    index += 1
  }
  yield sealFrame(Buffer.alloc(0), true, key, header, index)
}

/**
 * The bytes that {@link encryptFrames} sealed.
 *
 * @throws LumbungError `backup/wrong-passphrase`, `backup/damaged`.
 */
export async function* decryptFrames(
  chunks: AsyncIterable<Buffer>,
  key: Buffer,
  header: Buffer,
): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0)
  let index = 0
  let ended = false
  for await (const chunk of chunks) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    for (;;) {
      if (waiting.length < headBytes) break
      if (ended) throw backupError('backup/damaged')
      const contentBytes = waiting.readUInt32BE(1)
      if (contentBytes > frameBytesMax) throw backupError('backup/damaged')
      const end = headBytes + contentBytes + tagBytes
      if (waiting.length < end) break
      const content = openFrame(waiting.subarray(0, end), key, header, index)
      ended = waiting[0] === 1
      waiting = waiting.subarray(end)
      index += 1
      if (content.length > 0) yield content
    }
  }
  if (!ended || waiting.length > 0) throw backupError('backup/damaged')
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index), 4)
  return nonce
}

function sealFrame(content: Buffer, last: boolean, key: Buffer, header: Buffer, index: number): Buffer {
  const head = Buffer.alloc(headBytes)
  head[0] = last ? 1 : 0
  head.writeUInt32BE(content.length, 1)
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: tagBytes })
  cipher.setAAD(Buffer.concat([header, head]))
  const sealed = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([head, sealed, cipher.getAuthTag()])
}

function openFrame(frame: Buffer, key: Buffer, header: Buffer, index: number): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.concat([header, frame.subarray(0, headBytes)]))
  decipher.setAuthTag(frame.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(frame.subarray(headBytes, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw backupError(index === 0 ? 'backup/wrong-passphrase' : 'backup/damaged', cause)
  }
}
