import * as z from 'zod'
import { type AreaId, inForce } from '../people/index.ts'
import { readAreas } from './area-tree.ts'
import { defineRead } from './use-case.ts'

/** An area with those that it lies in. */
export interface AreaView {
  readonly id: AreaId
  readonly kind: 'hamlet' | 'neighbourhood'
  /** The names of the outer ones and its own, the outermost first. */
  readonly path: readonly string[]
}

/** The hamlets and neighbourhoods of the village, as somebody chooses one: each hamlet, and after it what lies in it. */
export const listAreas = defineRead({
  name: 'area.list',
  scope: 'village.read',
  input: z.strictObject({}),
  async run({ tx, today }): Promise<readonly AreaView[]> {
    const tree = await readAreas(tx)
    return [...tree.byId.values()]
      .filter((area) => inForce(area, today))
      .map(({ id, kind }) => {
        const outer = tree.withOuter(id).flatMap((area) => tree.byId.get(area)?.name ?? [])
        return { id, kind, path: outer.toReversed() }
      })
      .toSorted((a, b) => order(a.path.join('\n'), b.path.join('\n')))
  },
})

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
