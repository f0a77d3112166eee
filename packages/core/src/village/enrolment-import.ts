import * as z from 'zod'
import {
  doubleBenefitsOf,
  enrolments,
  importEnrolments,
  type ParticipantEntry,
  type ParticipantRefusal,
  packOf,
  participantsOf,
} from '../casework/index.ts'
import type { Citation } from '../eligibility/index.ts'
import { CivilDate, Digest, LumbungError, PlainText } from '../kernel/index.ts'
import { classRank, forbidden, requireVillage } from './permission.ts'
import { notFound } from './register.ts'
import { defineRead, defineWrite, Undone } from './use-case.ts'

/** A participant who may not be in another programme at the same time. */
export interface ParticipantTwice {
  readonly key: string
  readonly code: 'casework/double-benefit'
  /** The other programme, and the one whose law says so. */
  readonly with: string
  readonly forbiddenBy: string
  readonly citation: Citation | null
}

/** What {@link importParticipants} came to. */
export interface ParticipantReport {
  readonly programme: string
  readonly added: number
  readonly unchanged: number
  /** With any of these nothing was written. */
  readonly refused: readonly (ParticipantRefusal | ParticipantTwice)[]
  /** Taken in although the law does not allow it, since the list was asked for as it is. */
  readonly doubleBenefits: readonly ParticipantTwice[]
}

const Participant = z.strictObject({
  key: PlainText.min(1).max(200),
  of: z.enum(['resident', 'family', 'dwelling']),
  number: PlainText.min(1).max(1_000),
  participantNumber: PlainText.min(1).max(64).nullable(),
})

/**
 * Takes the participants of a programme in from a list that somebody else keeps: all of them, or with `isDryRun`
 * nothing, to see what would come of it. A participant who is refused refuses the whole. `keepDoubles` takes in also
 * who may not be in two programmes at once, for a list that is what it is, and tells them.
 *
 * @throws LumbungError `casework/no-such-programme`, which names the programmes that there are
 */
export const importParticipants = defineWrite({
  name: 'enrolment.import',
  scope: 'enrolment.import',
  isLong: true,
  input: z.strictObject({
    programme: z.string().max(64),
    from: CivilDate,
    to: CivilDate.nullable(),
    participants: z.array(Participant).max(1_000_000).readonly(),
    source: Digest.optional(),
    keepDoubles: z.boolean().default(false),
    isDryRun: z.boolean().default(false),
  }),
  async run(context, { programme: id, from, to, participants, source, keepDoubles, isDryRun }) {
    requireVillage(context)
    const pack = packOf(context.config)
    const unit = pack.programmes.get(id)?.config.unit
    if (unit === undefined) throw noSuchProgramme(id, [...pack.programmes.keys()])
    if (to !== null && to <= from) {
      throw new LumbungError('casework/empty-span', 'The time ends before it begins.', {
        details: { from, to },
      })
    }
    const { tx, now, today, nextId } = context
    const list = { programme: id, unit, from, to, participants }
    const came = await importEnrolments(tx, list, { now, on: today, nextId })
    const isNow = from <= today && (to === null || today < to)
    const keys = new Map<string, string>(
      came.added.map(({ id: added }, index) => [added, came.keys[index] ?? '']),
    )
    const found = await doubleBenefitsOf(tx, pack, came.added, isNow ? today : from)
    const doubles = found.flatMap(({ first, second, forbiddenBy, citation }): ParticipantTwice[] => {
      const [mine, other] = keys.has(second.id) ? [second, first] : [first, second]
      const code = 'casework/double-benefit'
      return [{ key: keys.get(mine.id) ?? '', code, with: other.programme, forbiddenBy, citation }]
    })
    const report: ParticipantReport = {
      programme: id,
      added: came.added.length,
      unchanged: came.unchanged,
      refused: [...came.refused, ...(keepDoubles ? [] : doubles)],
      doubleBenefits: keepDoubles ? doubles : [],
    }
    const isRefused = report.refused.length > 0
    if (isDryRun || isRefused) throw new Undone(isRefused ? { ...report, added: 0, unchanged: 0 } : report)
    const of = source === undefined ? {} : { source }
    if (came.added.length > 0)
      context.changedInBulk({ what: enrolments.name, records: came.added.length, ...of })
    return report
  },
})

/** The refusal of a programme that the village does not know; it names those that it does. */
function noSuchProgramme(
  programme: string,
  programmes: readonly string[],
): LumbungError<'casework/no-such-programme'> {
  return new LumbungError('casework/no-such-programme', `The village knows no programme ${programme}.`, {
    details: { programme, programmes },
  })
}

/**
 * Gives the participants of a programme with their numbers in full, for a list that goes to somebody else. Everybody
 * on it is noted as read.
 */
export const exportParticipants = defineRead({
  name: 'enrolment.export',
  scope: 'enrolment.export',
  input: z.strictObject({ programme: z.string().max(64), on: CivilDate.optional() }),
  async run(context, { programme, on = context.today }): Promise<readonly ParticipantEntry[]> {
    requireVillage(context)
    const { tx, config, actor, permission } = context
    const { programmes } = packOf(config)
    if (!programmes.has(programme)) throw notFound(context, 'programme')
    // A list without names or numbers is none, so it goes to nobody who may not see all of it.
    if (classRank(permission.shows) < classRank('specific')) throw forbidden(actor, permission.scope, 'reach')
    const entries = await participantsOf(tx, programme, on)
    context.reads(entries.flatMap(({ holder }) => (holder === null ? [] : [holder.id])))
    return entries
  },
})
