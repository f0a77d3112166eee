import {
  affiliations,
  consents,
  datedFacts,
  type Edit,
  households,
  memberships,
  representations,
  residents,
} from '../people/index.ts'
import type { AnyCollection } from '../storage/index.ts'
import type { Change } from './audit.ts'

const collections: Readonly<Record<Edit['of'], AnyCollection>> = {
  resident: residents,
  household: households,
  membership: memberships,
  fact: datedFacts,
  affiliation: affiliations,
  representation: representations,
  consent: consents,
}

/** The edits of the register as the audit log notes them. */
export function changesOfEdits(edits: readonly Edit[]): readonly Change[] {
  return edits.map(({ of, before, after }) => ({
    collection: collections[of],
    after,
    ...(before === null ? {} : { before }),
  }))
}
