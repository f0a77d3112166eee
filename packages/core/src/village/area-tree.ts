import type { CivilDate, Digest } from '../kernel/index.ts'
import { type Area, type AreaId, areas, hamletOf, inForce } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { headOfAudit } from './audit.ts'

/** The areas of a village, by which each lies in a hamlet. There are few, so they are read whole. */
export interface AreaTree {
  /** The hamlets that there are on a day; one that was split or closed is found by its id alone. */
  readonly hamletsOn: (day: CivilDate) => readonly Area[]
  readonly byId: ReadonlyMap<string, Area>
  /** The hamlet of an area, itself if it is one; undefined where it belongs to none. */
  readonly hamletOf: (area: string | null) => Area | undefined
  /** An area and all that it lies in. */
  readonly withOuter: (area: string | null) => readonly AreaId[]
  /** An area and all that lies in it. */
  readonly withInner: (area: string) => readonly AreaId[]
}

/** Reads the areas of the village. */
export async function readAreas(tx: ReadTransaction): Promise<AreaTree> {
  const all: Area[] = []
  for await (const area of tx.stream(areas, { orderBy: ['nameKey'] })) all.push(area)
  return areaTree(all)
}

/**
 * Keeps the tree of a village from one read to the next, for as long as it is the same. Areas change only together with
 * a link in the audit log, in one transaction, so the head of that log, by its hash, tells of whoever changed them, in
 * whichever process. It is for transactions that only read: one that writes has changed areas before its own link.
 */
export function createAreaKeeper(): (tx: ReadTransaction) => Promise<AreaTree> {
  let kept: { readonly hash: Digest; readonly tree: AreaTree } | undefined
  return async (tx) => {
    const head = await headOfAudit(tx)
    if (head !== undefined && kept?.hash === head.hash) return kept.tree
    const tree = await readAreas(tx)
    kept = head === undefined ? undefined : { hash: head.hash, tree }
    return tree
  }
}

/** The tree of areas; an area whose outer one is unknown stands at the top. */
export function areaTree(all: readonly Area[]): AreaTree {
  const byId = new Map<string, Area>(all.map((area) => [area.id, area]))
  const pathOf = (id: string | null): readonly Area[] => {
    const path: Area[] = []
    let area = id === null ? undefined : byId.get(id)
    // A circle cannot be entered twice, whatever the records say.
    while (area !== undefined && !path.includes(area)) {
      path.push(area)
      area = area.parent === null ? undefined : byId.get(area.parent)
    }
    return path
  }
  const paths = new Map<string, readonly Area[]>(all.map((area) => [area.id, pathOf(area.id)]))
  return {
    hamletsOn: (day) => all.filter((area) => area.kind === 'hamlet' && inForce(area, day)),
    byId,
    hamletOf: (area) => hamletOf(byId, area),
    withOuter: (area) => paths.get(area ?? '')?.map(({ id }) => id) ?? [],
    withInner: (area) =>
      all.flatMap(({ id }) => (paths.get(id)?.some((outer) => outer.id === area) ? [id] : [])),
  }
}
