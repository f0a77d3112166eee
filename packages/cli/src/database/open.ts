import { existsSync, rmSync } from 'node:fs'
import type { Storage, StorageSchema } from '@lumbung/core/storage'
import type { Target } from './target.ts'

/** Opens a database for reading and writing; creates it and its tables where they are missing. */
export async function openTarget(target: Target, schema: StorageSchema): Promise<Storage> {
  return await openWith(target, schema, false)
}

/** Opens what is there to read from it, and creates nothing. */
export async function peekTarget(target: Target, schema: StorageSchema): Promise<Storage> {
  return await openWith(target, schema, true)
}

// The adapters are loaded only when a command needs one, so that help comes at once.
async function openWith(target: Target, schema: StorageSchema, asItIs: boolean): Promise<Storage> {
  if (target.kind === 'sqlite') {
    const { openSqlite } = await import('@lumbung/sql/sqlite')
    return await openSqlite({ file: target.file, schema, asItIs })
  }
  const { openPostgres } = await import('@lumbung/sql/postgres')
  return await openPostgres({ url: target.url, schema, asItIs })
}

/**
 * Works with a database, and closes it whatever happens. A database file that did not exist before is taken away
 * again where the work fails, or tells that nothing is to stay: what is refused or rehearsed leaves nothing behind.
 */
export async function withTarget<T>(
  target: Target,
  schema: StorageSchema,
  work: (storage: Storage) => Promise<T>,
  stays: (result: T) => boolean = () => true,
): Promise<T> {
  const isNew = target.kind === 'sqlite' && !existsSync(target.file)
  let isKept = false
  try {
    const storage = await openTarget(target, schema)
    try {
      const result = await work(storage)
      isKept = stays(result)
      return result
    } finally {
      await storage.close()
    }
  } finally {
    if (isNew && !isKept && target.kind === 'sqlite') {
      for (const suffix of ['', '-wal', '-shm']) rmSync(target.file + suffix, { force: true })
    }
  }
}
