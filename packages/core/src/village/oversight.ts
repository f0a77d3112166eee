import * as z from 'zod'
import { ResidentId } from '../kernel/index.ts'
import {
  areas,
  type PossibleDuplicate,
  possibleDuplicates,
  type Resident,
  residents,
} from '../people/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import { type PersonalReads, readsOf } from './reads.ts'
import { jobRuns, jobStates } from './records.ts'
import { type ResidentView, requireReach, residentView } from './register.ts'
import { defineRead, type UseCaseContext } from './use-case.ts'

/** Who has read the actor's own data. It needs no purpose: it is theirs. */
export const ownReads = defineRead({
  name: 'reads.own',
  scope: 'reads.own',
  input: z.strictObject({ after: z.string().max(2000).optional() }),
  async run({ tx, own }, { after }): Promise<PersonalReads> {
    const resident = ResidentId.safeParse(own.resident)
    if (!resident.success) return { reads: [] }
    return await readsOf(tx, resident.data, after === undefined ? {} : { after })
  },
})

/** Who has read the data of a resident, for the officer whom they ask. */
export const readsOfResident = defineRead({
  name: 'reads.list',
  scope: 'reads.list',
  input: z.strictObject({ resident: ResidentId, after: z.string().max(2000).optional() }),
  async run(context, { resident, after }): Promise<PersonalReads> {
    await requireReach(context, resident)
    return await readsOf(context.tx, resident, after === undefined ? {} : { after })
  },
})

/** Two records that may be of one person, as the actor may see them. */
export interface DuplicateView extends Pick<PossibleDuplicate, 'reason' | 'similarity'> {
  readonly first: ResidentView
  readonly second: ResidentView
}

/** Most pairs on one page; who has mended these sees the next. */
const duplicatesMax = 50

/** Pairs of records that may be of one person, likeliest first. */
export const listDuplicates = defineRead({
  name: 'duplicate.list',
  scope: 'resident.merge',
  input: z.strictObject({}),
  async run(context): Promise<{ readonly pairs: readonly DuplicateView[]; readonly count: number }> {
    const { tx } = context
    const tree = await readAreas(tx)
    const people = []
    for await (const resident of tx.stream(residents)) {
      // A likeness to somebody out of reach would tell of them.
      if (isReached(context, tree, resident)) people.push(resident)
    }
    const known = []
    for await (const area of tx.stream(areas)) known.push(area)
    const byId = new Map<string, (typeof people)[number]>(people.map((resident) => [resident.id, resident]))
    const found = possibleDuplicates(people, { areas: known })
    const pairs = found
      .slice(0, duplicatesMax)
      .flatMap(({ first, second, reason, similarity }): DuplicateView[] => {
        const [one, other] = [byId.get(first), byId.get(second)]
        if (one === undefined || other === undefined) return []
        return [
          {
            reason,
            similarity,
            first: residentView(context, tree, one),
            second: residentView(context, tree, other),
          },
        ]
      })
    context.reads(
      pairs
        .flatMap(({ first, second }) => [first, second])
        .filter((v) => v.isPersonal)
        .map((v) => ResidentId.parse(v.id)),
    )
    return { pairs, count: found.length }
  },
})

/** Whether a record lies within what the actor reaches by its place alone. */
function isReached(
  { permission, own }: UseCaseContext,
  tree: AreaTree,
  { id, area }: Pick<Resident, 'id' | 'area'>,
): boolean {
  if (permission.isVillageWide) return true
  const where = { areas: tree.withOuter(area), residents: [id], households: [] }
  return permission.showsOf(where, own) !== undefined
}

/** A job as its page shows it. */
export interface JobView {
  readonly name: string
  readonly doneOn: string | null
  readonly runs: readonly {
    readonly on: string
    readonly startedAt: string
    readonly outcome: 'done' | 'failed'
    readonly result: Readonly<Record<string, number | string>>
  }[]
}

/** What the village's jobs did last. */
export const listJobs = defineRead({
  name: 'job.list',
  scope: 'job.read',
  input: z.strictObject({}),
  async run({ tx }): Promise<readonly JobView[]> {
    const views: JobView[] = []
    const names = new Set<string>()
    for await (const { job } of tx.stream(jobRuns)) names.add(job)
    for (const name of [...names].sort()) {
      const job = await tx.get(jobStates, { name })
      const { records } = await tx.query(jobRuns, { where: { job: name }, orderBy: ['-on'], limit: 10 })
      views.push({ name, doneOn: job?.doneOn ?? null, runs: records })
    }
    return views
  },
})
