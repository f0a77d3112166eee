import { type Area, type AreaId, areas, hamletOf } from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'

/** The areas of a village, by which each lies in a hamlet. There are few, so they are read whole. */
export interface AreaTree {
  /** Those that go on; one that was split or closed is found by its id alone. */
  readonly hamlets: readonly Area[]
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
    hamlets: all.filter(({ kind, to }) => kind === 'hamlet' && to === null),
    byId,
    hamletOf: (area) => hamletOf(byId, area),
    withOuter: (area) => paths.get(area ?? '')?.map(({ id }) => id) ?? [],
    withInner: (area) =>
      all.flatMap(({ id }) => (paths.get(id)?.some((outer) => outer.id === area) ? [id] : [])),
  }
}
