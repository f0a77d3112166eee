import { accessSync, chmodSync, closeSync, constants, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isLumbungError, LumbungError } from '@lumbung/core/kernel'
import { fileError } from '../database/files.ts'
import { openConnection, type SqliteConnection } from './connection.ts'

/** The database and the files that SQLite keeps beside it. */
const endings = ['', '-wal', '-shm']

/**
 * Makes sure that the database is a file which its owner alone can read: one that is not there is made so, one that
 * is open to others is tightened.
 *
 * @throws LumbungError `storage/unavailable`, `storage/read-only`, `storage/full`.
 */
export function preparePrivateFile(file: string): void {
  if (file === '' || file === ':memory:' || /^file:/i.test(file)) {
    throw new LumbungError('storage/unavailable', 'A database lies in a file, of which this is no path.')
  }
  try {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) {
      closeSync(openSync(file, 'a', 0o600))
      chmodSync(file, 0o600)
    }
  } catch (error) {
    throw fileError(error, 'The database file cannot be created.')
  }
  for (const ending of endings) tighten(`${file}${ending}`)
}

/**
 * By its path: to close a handle of the file would let go of the locks that other connections of this process hold on
 * it. Who does not own the file cannot change its mode, and goes on as its owner let them.
 */
function tighten(path: string): void {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isFile() && (found.mode & 0o077) !== 0) chmodSync(path, found.mode & 0o700)
  } catch {
    // Another owner, or a file system that is only read.
  }
}

/** SQLite only says that it cannot open a file beside the database where its folder cannot be written. */
export function openWriter(file: string): SqliteConnection {
  try {
    return openConnection(file, { readOnly: false })
  } catch (error) {
    if (!isLumbungError(error, 'storage/unavailable')) throw error
    try {
      accessSync(dirname(file), constants.W_OK)
    } catch (cause) {
      throw fileError(cause, 'The folder of the database cannot be written.')
    }
    throw error
  }
}
