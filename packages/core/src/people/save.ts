import type { AnyCollection, RecordOf } from '../storage/index.ts'
import type { PeopleContext } from './apply.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { Span } from './spans.ts'

/** What became of a change: the record after it, or why it was refused and nothing was written. */
export type SaveResult<T> =
  | { readonly ok: true; readonly record: T; readonly outcome: 'added' | 'changed' | 'unchanged' }
  | { readonly ok: false; readonly refusal: PeopleRefusal }

/** A record of a place or a body that was written. */
export interface PlaceChange {
  readonly collection: AnyCollection
  /** Left out where it is new. */
  readonly before?: RecordOf<AnyCollection>
  readonly after: RecordOf<AnyCollection>
}

/** What areas and organisations are written with: they are in no snapshot. */
export interface AreaContext extends Pick<PeopleContext, 'now' | 'on' | 'nextId'> {
  /** Hears of all records that were written, for an audit log. Default: nobody does. */
  readonly wrote?: (...changes: readonly PlaceChange[]) => void
}

/** Whether a span covers no day, so that nothing could hold in it. */
export function hasEmptySpan({ from, to }: Span): boolean {
  return from !== null && to !== null && from >= to
}
