import * as z from 'zod'
import { CivilDate } from '../kernel/index.ts'
import {
  Area,
  AreaEvent,
  AreaId,
  areas,
  endArea,
  recordAreaEvent,
  reopenArea,
  type SaveResult,
  saveArea,
  splitArea,
} from '../people/index.ts'
import { readAreas } from './area-tree.ts'
import { placeContext, requirePlace, requireVersion, versionRead } from './place.ts'
import { notFound } from './register.ts'
import { defineWrite, Undone, type WriteContext } from './use-case.ts'

/** Refuses a change of areas of which one is out of reach; what is not there is told by the change itself. */
async function requireAreas(context: WriteContext, ids: readonly (AreaId | null)[]): Promise<void> {
  if (context.permission.isVillageWide) return
  const tree = await readAreas(context.tx)
  for (const id of ids) {
    if (id !== null && !tree.byId.has(id)) throw notFound(context, 'area')
    requirePlace(context, tree, id, 'area')
  }
}

/** Writes an area down with its first name, or corrects its record, a wrong name included. */
export const saveAreaRecord = defineWrite({
  name: 'area.save',
  scope: 'area.write',
  input: Area.omit({ id: true, nameKey: true })
    .extend({ id: AreaId.optional(), version: versionRead })
    .strict(),
  async run(context, { id, version, ...fields }) {
    await requireAreas(context, [fields.parent, ...(id === undefined ? [] : [id])])
    if (id !== undefined) requireVersion(areas, await context.tx.get(areas, { id }), version)
    const input = { ...fields, ...(id === undefined ? {} : { id }) }
    return await saveArea(context.tx, input, placeContext(context))
  },
})

/** Writes down that an area got another name, or moved under another. */
export const recordAreaChange = defineWrite({
  name: 'area.record',
  scope: 'area.write',
  input: z.strictObject({
    area: AreaId,
    kind: AreaEvent.shape.kind.extract(['named', 'moved']),
    on: CivilDate,
    name: Area.shape.name.optional(),
    parent: AreaId.nullable().optional(),
  }),
  async run(context, { area, kind, on, name, parent }) {
    await requireAreas(context, [area, ...(parent === undefined ? [] : [parent])])
    const report = {
      area,
      kind,
      on,
      ...(name === undefined ? {} : { name }),
      ...(parent === undefined ? {} : { parent }),
    }
    return await recordAreaEvent(context.tx, report, placeContext(context))
  },
})

/** Splits an area into new ones beside it; with `isDryRun` nothing is written, to see what would come of it. */
export const splitAreaRecord = defineWrite({
  name: 'area.split',
  scope: 'area.write',
  input: z.strictObject({
    area: AreaId,
    on: CivilDate,
    parts: z
      .array(
        z.strictObject({
          name: Area.shape.name,
          code: Area.shape.code.default(null),
          inner: z.array(AreaId).max(200).readonly().default([]),
        }),
      )
      .min(1)
      .max(20)
      .readonly(),
    goesOn: z.boolean().default(false),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { isDryRun, ...split }): Promise<SaveResult<readonly Area[]>> {
    await requireAreas(context, [split.area])
    const result = await splitArea(context.tx, split, placeContext(context))
    // A refusal that comes after the first writing must leave nothing behind either.
    if (isDryRun || !result.ok) throw new Undone(result)
    return result
  },
})

/**
 * Merges an area into another, or closes it; with `isDryRun` nothing is written, to see what would come of it.
 */
export const endAreaRecord = defineWrite({
  name: 'area.end',
  scope: 'area.write',
  input: z.strictObject({
    area: AreaId,
    on: CivilDate,
    into: AreaId.optional(),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { isDryRun, ...end }): Promise<SaveResult<Area>> {
    await requireAreas(context, [end.area, ...(end.into === undefined ? [] : [end.into])])
    const result = await endArea(context.tx, end, placeContext(context))
    if (isDryRun || !result.ok) throw new Undone(result)
    return result
  },
})

/** Takes back that an area was merged or closed. */
export const reopenAreaRecord = defineWrite({
  name: 'area.reopen',
  scope: 'area.write',
  input: z.strictObject({ area: AreaId, isDryRun: z.boolean().default(false) }),
  async run(context, { area, isDryRun }): Promise<SaveResult<Area>> {
    await requireAreas(context, [area])
    const result = await reopenArea(context.tx, area, placeContext(context))
    if (isDryRun || !result.ok) throw new Undone(result)
    return result
  },
})
