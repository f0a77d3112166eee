import type { AnyCollection, RecordOf, Stored } from '../storage/index.ts'
import type { PeopleRefusal } from './refusals.ts'

/** What became of a change: the record after it, or why it was refused and nothing was written. */
export type SaveResult<T> =
  | { readonly ok: true; readonly record: T; readonly outcome: 'added' | 'changed' | 'unchanged' }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

/** A record without the count of its changes, so that it is equal to what was written. */
export function without<C extends AnyCollection>(stored: Stored<C> | undefined): RecordOf<C> | undefined {
  if (stored === undefined) return undefined
  const { version: _, ...record } = stored
  // Only the version, which belongs to the storage, was left out.
  return record as unknown as RecordOf<C>
}
