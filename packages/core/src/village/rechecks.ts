import * as z from 'zod'
import {
  decisions,
  type EnrolmentId,
  Recheck,
  recheckEnrolments,
  rechecks,
  rulebookOf,
  settleRecheck,
} from '../casework/index.ts'
import type { Outcome } from '../eligibility/index.ts'
import { type CivilDate, civilDateIn, PlainText } from '../kernel/index.ts'
import { recordsWith, todaySnapshot } from '../people/index.ts'
import { appendAudit, type Change } from './audit.ts'
import { whereOf } from './casework-applications.ts'
import { caseworkContext } from './casework-context.ts'
import type { VillageConfig } from './config.ts'
import type { JobDefinition } from './jobs.ts'
import type { PaymentChange } from './payments-prepare.ts'
import { snapshotDays } from './records.ts'
import { requireReach } from './register.ts'
import { snapshotOfConfig } from './schema.ts'
import { type UnitView, unitViews } from './unit-views.ts'
import { defineRead, defineWrite } from './use-case.ts'

/** An enrolled unit to look at again, as somebody may see it. */
export interface RecheckView {
  readonly id: Recheck['id']
  readonly enrolment: EnrolmentId
  readonly programme: string
  readonly who: UnitView
  readonly state: Recheck['state']
  readonly since: CivilDate
  readonly cause: Recheck['cause']
  readonly decision: Recheck['decision']
  /** What the rules say now; null where the actor may not see it. */
  readonly outcome: Outcome | null
  readonly reason: string | null
}

/** Those who take part and are no longer indicated as eligible, or one of them alone, as far as the actor reaches them, page by page. */
export const listRechecks = defineRead({
  name: 'recheck.list',
  scope: 'recheck.read',
  input: z.strictObject({
    id: Recheck.shape.id.optional(),
    programme: z.string().max(64),
    state: Recheck.shape.state.default('open'),
    after: z.string().max(2_000).optional(),
    limit: z.int().min(1).max(1_000).default(100),
  }),
  async run(context, { id: one, programme, state, after, limit }) {
    const { tx } = context
    const of = { where: whereOf({ id: one, programme, state }), limit, ...(after !== undefined && { after }) }
    const found = await tx.query(rechecks, of)
    const views = await unitViews(context, found.records)
    const made = await recordsWith(
      tx,
      decisions,
      'id',
      found.records.map(({ decision }) => decision),
    )
    const outcomes = new Map<string, Outcome>(made.map(({ id, outcome }) => [id, outcome]))
    const shown = found.records.flatMap((recheck): RecheckView[] => {
      const who = views.get(recheck.subject)
      if (who === undefined) return []
      const { id, enrolment, since, cause, decision, history } = recheck
      const [outcome, reason] = who.isPersonal
        ? [outcomes.get(decision) ?? null, history.at(-1)?.reason ?? null]
        : [null, null]
      return [
        { id, enrolment, programme, who, state: recheck.state, since, cause, decision, outcome, reason },
      ]
    })
    return { rechecks: shown, ...(found.next !== undefined && { next: found.next }) }
  },
})

/** Decides what follows a re-check: the unit is kept, or leaves the programme; either says why. */
export const decideRecheck = defineWrite({
  name: 'recheck.decide',
  scope: 'recheck.decide',
  input: z.strictObject({
    recheck: Recheck.shape.id,
    action: z.enum(['keep', 'exit']),
    reason: PlainText.min(1).max(2_000),
  }),
  async run(context, asked): Promise<PaymentChange<{ readonly state: Recheck['state'] }>> {
    const found = await context.tx.get(rechecks, { id: asked.recheck })
    if (found === undefined)
      return { ok: false, refusal: { code: 'casework/unknown-record', record: asked.recheck } }
    await requireReach(context, found.subject)
    const settled = await settleRecheck(context.tx, asked, caseworkContext(context))
    return settled.ok ? { ok: true, state: settled.recheck.state } : settled
  },
})

/** Who acts where a job does: the audit log names it. */
const jobActor = { kind: 'service', id: 'jobs', roles: [], hamlets: [] } as const

/**
 * The job that looks at everybody who takes part once a day. What a day that was missed would have raised, today
 * raises: it alone counts, so an earlier day comes to nothing.
 */
export function recheckJob(
  config: VillageConfig,
  { ids, random }: { readonly ids: () => string; readonly random: (bytes: number) => Uint8Array },
): JobDefinition {
  const name = 'casework-recheck'
  return {
    name,
    rhythm: 'daily',
    async run(tx, { on, now }) {
      if (config.packs.length === 0 || on < civilDateIn(now, config.timeZone))
        return { looked: 0, raised: 0, cleared: 0 }
      const changes: Change[] = []
      const day = await tx.get(snapshotDays, { snapshot: todaySnapshot })
      const context = {
        now,
        on,
        nextId: ids,
        random,
        rulebook: rulebookOf(config),
        snapshot: snapshotOfConfig(config),
        policy: config.casework ?? {},
        wrote: (...written: readonly Change[]) => void changes.push(...written),
      }
      const isStored = day?.on === on
      const { looked, raised, cleared } = await recheckEnrolments(tx, context, { isStored })
      if (changes.length > 0)
        await appendAudit(
          tx,
          { useCase: `job.${name}`, actor: jobActor, changes },
          { now, nextId: ids, random },
        )
      return { looked, raised, cleared }
    },
  }
}
