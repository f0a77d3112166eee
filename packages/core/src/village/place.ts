import * as z from 'zod'
import { LumbungError } from '../kernel/index.ts'
import type { AreaContext } from '../people/index.ts'
import type { AreaTree } from './area-tree.ts'
import { notFound } from './register.ts'
import type { WriteContext } from './use-case.ts'

/** How places and bodies are written on behalf of an actor: every record reaches the audit log. */
export function placeContext({ now, today, nextId, changed }: WriteContext): AreaContext {
  return { now, on: today, nextId, wrote: changed }
}

/**
 * Refuses a change at a place that the actor does not reach; what lies nowhere in particular needs the whole
 * village.
 *
 * @throws LumbungError `village/not-found`
 */
export function requirePlace(context: WriteContext, tree: AreaTree, area: string | null, what: string): void {
  const where = { areas: tree.withOuter(area), residents: [], households: [] }
  if (context.permission.showsOf(where, context.own) === undefined) throw notFound(context, what)
}

/**
 * Refuses a change of a version that somebody else has replaced meanwhile; whoever names none risks it.
 *
 * @throws LumbungError `storage/version-conflict`
 */
export function requireVersion(
  collection: { readonly name: string },
  before: { readonly version: number } | undefined,
  version: number | undefined,
): void {
  if (version === undefined || before === undefined || before.version === version) return
  throw new LumbungError('storage/version-conflict', 'The record was changed meanwhile.', {
    details: { collection: collection.name, version },
  })
}

/** The version that was read, so that a change which somebody else made meanwhile is not lost. */
export const versionRead = z.int().min(1).optional()
