import { open } from 'node:fs/promises'
import { LumbungError } from '@lumbung/core/kernel'

/** What a file was asked for when it failed. */
export type FileUse = 'reading' | 'writing'

const codes: Readonly<Record<string, string>> = {
  ENOSPC: 'storage/full',
  EDQUOT: 'storage/full',
  EROFS: 'storage/read-only',
  EACCES: 'storage/read-only',
  EPERM: 'storage/read-only',
}

/** An error of the file system in our terms; every other error as it is. */
export function fileError(error: unknown, message: string, use: FileUse = 'writing'): unknown {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error
  const code = (use === 'writing' ? codes[String(error.code)] : undefined) ?? 'storage/unavailable'
  return new LumbungError(code, code === 'storage/full' ? 'The disk is full.' : message, { cause: error })
}

/** Writes a folder to the disk, and so the names of its files. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder as a file, and keeps names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
