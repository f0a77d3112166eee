import * as z from 'zod'
import { type Area, type AreaEvent, areaEvents, areas, inForce } from '../people/index.ts'
import type { Stored } from '../storage/index.ts'
import { defineRead } from './use-case.ts'

/** A hamlet or a neighbourhood with what happened to it. */
export interface AreaWithHistory extends Area {
  readonly version: number
  /** How many areas it lies in: 0 for a hamlet. */
  readonly depth: number
  readonly isOpen: boolean
  /** Newest first. */
  readonly events: readonly AreaEvent[]
}

/** The hamlets and neighbourhoods of the village with their history, each before those that lie in it. */
export const readAreaHistory = defineRead({
  name: 'area.history',
  scope: 'village.read',
  input: z.strictObject({}),
  async run({ tx, today }): Promise<{ readonly areas: readonly AreaWithHistory[] }> {
    const [all, events]: [Stored<typeof areas>[], AreaEvent[]] = [[], []]
    for await (const area of tx.stream(areas, { orderBy: ['nameKey'] })) all.push(area)
    for await (const { version: _, ...event } of tx.stream(areaEvents, { orderBy: ['-on', '-recordedAt'] }))
      events.push(event)
    const within = (parent: string | null, depth: number): AreaWithHistory[] =>
      all
        .filter((area) => area.parent === parent)
        .flatMap((area) => [
          {
            ...area,
            depth,
            isOpen: inForce(area, today),
            events: events.filter((event) => event.area === area.id),
          },
          ...within(area.id, depth + 1),
        ])
    return { areas: within(null, 0) }
  },
})
