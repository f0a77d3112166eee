import * as z from 'zod'
import { CivilDate, Digest, LumbungError, PlainText, ResidentId } from '../kernel/index.ts'
import {
  type AddedFacts,
  addFacts,
  addPopulation,
  belongingStatuses,
  DatedFact,
  datedFacts,
  type KeyedFact,
  LifeEventDetails,
  LifeEventId,
  lifeEventResidents,
  MergeId,
  mergeResidents,
  merges,
  type PeopleContext,
  type Population,
  type PopulationCounts,
  type PopulationReport,
  Resident,
  recordFact,
  recordLifeEvent,
  recordsWith,
  residents,
  residentsOfLifeEvent,
  saveResident,
  unmergeResidents,
} from '../people/index.ts'
import type { ReadTransaction } from '../storage/index.ts'
import { changesOfEdits } from './edit-changes.ts'
import { requireVillage } from './permission.ts'
import { requireReachOf } from './reach-of-edits.ts'
import { requireReach } from './register.ts'
import { snapshotOfConfig } from './schema.ts'
import { defineWrite, Undone, type WriteContext } from './use-case.ts'

/**
 * How the register is changed on behalf of an actor: nothing beyond their reach, and every edit reaches the audit
 * log.
 */
export function peopleContext(context: WriteContext): PeopleContext {
  const { now, today, nextId, config } = context
  return {
    now,
    on: today,
    nextId,
    snapshot: snapshotOfConfig(config),
    allow: (edits) => requireReachOf(context, edits),
    edited: (edits) => context.changed(...changesOfEdits(edits)),
  }
}

const {
  id: _id,
  nameKey: _nameKey,
  revision: _revision,
  mergedInto: _mergedInto,
  validFrom,
  ...told
} = Resident.shape

/**
 * Writes a resident down, or corrects their record. Who died or moved is told by a life event, which also settles the
 * household, and so is who comes back: a correction is refused with `people/needs-life-event`. No event tells who is
 * away or missing, or whose record names nobody.
 */
export const saveResidentRecord = defineWrite({
  name: 'resident.save',
  scope: 'resident.write',
  input: z.strictObject({
    ...told,
    id: ResidentId.optional(),
    validFrom: validFrom.optional(),
    /** The version that was read, so that a change which somebody else made meanwhile is not lost. */
    version: z.int().min(1).optional(),
  }),
  async run(context, { id, version, validFrom: from, ...fields }) {
    if (id !== undefined) await requireReach(context, id)
    const before = id === undefined ? undefined : await context.tx.get(residents, { id })
    if (before !== undefined) {
      if (version !== undefined && before.version !== version) {
        throw new LumbungError('storage/version-conflict', 'The record was changed meanwhile.', {
          details: { collection: residents.name, version },
        })
      }
      const correctable: readonly string[] = [...belongingStatuses, 'invalid']
      const isCorrection = [fields.status, before.status].every((status) => correctable.includes(status))
      if (!isCorrection && fields.status !== before.status && before.mergedInto === null) {
        return { ok: false, refusal: { code: 'people/needs-life-event', resident: before.id } } as const
      }
    }
    const input = {
      ...fields,
      ...(id === undefined ? {} : { id }),
      ...(from === undefined ? {} : { validFrom: from }),
    }
    return await saveResident(context.tx, input, peopleContext(context))
  },
})

/** Writes a dated fact of a resident or household down. */
export const recordDatedFact = defineWrite({
  name: 'fact.record',
  scope: 'resident.write',
  input: z.strictObject({
    unit: DatedFact.shape.unit,
    subject: DatedFact.shape.subject,
    name: DatedFact.shape.name,
    value: z.union([z.string(), z.number(), z.boolean()]),
    from: CivilDate.nullable(),
    to: CivilDate.nullable(),
    source: DatedFact.shape.source,
    degree: DatedFact.shape.degree,
  }),
  async run(context, { unit, ...fact }) {
    await requireReach(context, fact.subject)
    return await recordFact(context.tx, unit, fact, peopleContext(context))
  },
})

/**
 * Writes down what happened in somebody's life; with `isDryRun` nothing, to see what it would change.
 */
export const recordEvent = defineWrite({
  name: 'life-event.record',
  scope: 'resident.write',
  input: z.strictObject({
    id: LifeEventId.optional(),
    on: CivilDate,
    details: LifeEventDetails,
    note: PlainText.max(2000).optional(),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { id, on, details, note, isDryRun }) {
    for (const resident of await residentsTouched(context.tx, details)) await requireReach(context, resident)
    const report = {
      on,
      details,
      ...(id === undefined ? {} : { id }),
      ...(note === undefined ? {} : { note }),
    }
    const result = await recordLifeEvent(context.tx, report, peopleContext(context))
    if (isDryRun) throw new Undone(result)
    return result
  },
})

/** Whom an event names; one that takes another back touches those of the other. */
async function residentsTouched(
  tx: ReadTransaction,
  details: LifeEventDetails,
): Promise<readonly ResidentId[]> {
  if (details.kind !== 'reversal') return residentsOfLifeEvent(details)
  const links = await recordsWith(tx, lifeEventResidents, 'event', [details.reverses])
  return links.map(({ resident }) => resident)
}

/**
 * Makes one record of two that are of one person. Where their sex or identity numbers contradict each other, it asks
 * for the reason of the occasion: without one it is refused with `people/reason-needed`.
 */
export const mergeRecords = defineWrite({
  name: 'resident.merge',
  scope: 'resident.merge',
  input: z.strictObject({ kept: ResidentId, merged: ResidentId }),
  async run(context, pair) {
    await requireReach(context, pair.kept)
    await requireReach(context, pair.merged)
    return await mergeResidents(context.tx, { ...pair, reason: context.reason }, peopleContext(context))
  },
})

/** Parts two records again that were made one by mistake. */
export const unmergeRecords = defineWrite({
  name: 'resident.unmerge',
  scope: 'resident.merge',
  input: z.strictObject({ id: MergeId }),
  async run(context, { id }) {
    const merge = await context.tx.get(merges, { id })
    for (const resident of merge === undefined ? [] : [merge.kept, merge.merged]) {
      await requireReach(context, resident)
    }
    return await unmergeResidents(context.tx, id, peopleContext(context))
  },
})

/**
 * Adds a population that was read from a file: all of it, or with `isDryRun` nothing, to see what would come of
 * it. A refused household or person refuses the whole.
 */
export const importPopulation = defineWrite({
  name: 'population.import',
  scope: 'population.import',
  isLong: true,
  input: z.strictObject({
    // What a reader made of a file; each record is checked against its schema when it is stored.
    population: z.custom<Population>((value) => typeof value === 'object' && value !== null),
    source: Digest.optional(),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { population, source, isDryRun }): Promise<PopulationReport> {
    requireVillage(context)
    const added: Record<string, number> = {}
    const report = await addPopulation(context.tx, population, {
      ...peopleContext(context),
      addedInBulk({ name }, count) {
        added[name] = (added[name] ?? 0) + count
      },
    })
    if (isDryRun || report.refused.length > 0) throw new Undone(report)
    const records = countOf(report.added) + countOf(report.changed)
    const from = source === undefined ? {} : { source }
    if (records > 0) context.changedInBulk({ what: 'population', records, ...from, added })
    return report
  },
})

function countOf(counts: PopulationCounts): number {
  return Object.values(counts).reduce((sum: number, count: number) => sum + count, 0)
}

/** Adds dated facts that were read from a file: all of them, or none. */
export const importFacts = defineWrite({
  name: 'facts.import',
  scope: 'population.import',
  isLong: true,
  input: z.strictObject({
    facts: z.custom<readonly KeyedFact[]>(Array.isArray),
    source: Digest.optional(),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { facts, source, isDryRun }): Promise<AddedFacts> {
    requireVillage(context)
    const { edited: _, ...quiet } = peopleContext(context)
    const report = await addFacts(context.tx, facts, quiet)
    if (isDryRun || report.refused.length > 0) throw new Undone(report)
    const from = source === undefined ? {} : { source }
    const added = { [datedFacts.name]: report.added }
    if (report.added > 0) {
      context.changedInBulk({ what: 'facts', records: report.added, ...from, added })
    }
    return report
  },
})
