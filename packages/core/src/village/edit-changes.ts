import { collectionsOfEdits, type Edit } from '../people/index.ts'
import type { Change } from './audit.ts'

/** The edits of the register as the audit log notes them. */
export function changesOfEdits(edits: readonly Edit[]): readonly Change[] {
  return edits.map(({ of, before, after }) => ({
    collection: collectionsOfEdits[of],
    after,
    ...(before === null ? {} : { before }),
  }))
}
