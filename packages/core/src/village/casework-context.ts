import { type CaseworkContext, rulebookOf } from '../casework/index.ts'
import { snapshotOfConfig } from './schema.ts'
import type { WriteContext } from './use-case.ts'

/** How casework is done on behalf of an actor: every record reaches the audit log. */
export function caseworkContext({
  now,
  today,
  nextId,
  random,
  config,
  actor,
  changed,
}: WriteContext): CaseworkContext {
  return {
    now,
    on: today,
    // Who is in the register is one person, whichever of their accounts they act with.
    by: { actor: actor.resident ?? actor.id },
    nextId,
    random,
    rulebook: rulebookOf(config),
    snapshot: snapshotOfConfig(config),
    policy: config.casework ?? {},
    wrote: changed,
  }
}
