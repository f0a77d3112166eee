import * as z from 'zod'
import { CivilDate, Digest, Instant, idSchema, ResidentId } from '../kernel/index.ts'
import { defineCollection, defineStream } from '../storage/index.ts'

/** Who did something, as audit and read log name them. */
const ActorName = z.object({ kind: z.enum(['person', 'service', 'anonymous']), id: z.string() })

/** The id of the values that lie beside an audit link. */
export const AuditValueId = idSchema('AuditValue')

/**
 * What was written: who, when (the link's instant), for what, and salted digests of each record before and after.
 * The records themselves lie beside the chain, in `audit_values`, and can be erased without breaking it.
 */
export const auditLog = defineStream({
  name: 'audit',
  event: z.object({
    useCase: z.string(),
    actor: ActorName,
    purpose: z.string().optional(),
    reason: z.string().optional(),
    changes: z.array(
      z.object({
        collection: z.string(),
        key: z.string(),
        values: AuditValueId,
        before: Digest.optional(),
        after: Digest.optional(),
      }),
    ),
    /** Whole sets of records that were added in one go, such as an import, with the digest of their source. */
    bulk: z
      .array(
        z.object({
          what: z.string(),
          records: z.int().min(0),
          source: Digest.optional(),
          /** How many of them came to each collection of the register, so that it is found out where some are gone. */
          added: z.record(z.string(), z.int().min(0)).optional(),
        }),
      )
      .optional(),
  }),
})

/** The values of one change in the audit log: the record as JSON text before and after, each with its salt. */
export const auditValues = defineCollection({
  name: 'audit_values',
  schema: z.object({
    id: AuditValueId,
    /** The link of the audit log that these values belong to. */
    link: z.int().min(1),
    collection: z.string(),
    recordKey: z.string(),
    salt: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    erasedAt: Instant.nullable(),
  }),
  key: 'id',
  indexes: [['collection', 'recordKey', 'link']],
  fieldClasses: {
    id: 'internal',
    link: 'internal',
    collection: 'internal',
    recordKey: 'internal',
    salt: 'internal',
    before: 'specific',
    after: 'specific',
    erasedAt: 'internal',
  },
})

/** Who read personal data, and for what. Whose data it was stands in `read_subjects`. */
export const readLog = defineStream({
  name: 'reads',
  event: z.object({
    useCase: z.string(),
    actor: ActorName,
    purpose: z.string().optional(),
    subjects: z.int().min(0),
    /** Over the ids of all subjects in their order: they are chance, and say nothing of anybody. */
    digest: Digest.optional(),
  }),
})

/**
 * Which residents a link of the read log touched: a bulk read is one link and a row for each of them. The rows of the
 * residents whose ids end alike stand together in the order of time, so that a new row comes behind the last one of
 * sixteen places. By resident alone each would go to a page of the database of its own, and a search that shows 25
 * people would write 25 pages; by link alone nobody could find theirs.
 */
export const readSubjects = defineCollection({
  name: 'read_subjects',
  schema: z.object({ ending: z.string().min(1).max(1), link: z.int().min(1), resident: ResidentId }),
  key: ['ending', 'link', 'resident'],
  fieldClasses: 'internal',
})

/** What is known of a job: the last civil date it was done for, and how that ended. */
export const jobStates = defineCollection({
  name: 'jobs',
  schema: z.object({ name: z.string(), doneOn: CivilDate }),
  key: 'name',
  fieldClasses: 'internal',
})

/** Each run of a job, one for a civil date. */
export const jobRuns = defineCollection({
  name: 'job_runs',
  schema: z.object({
    job: z.string(),
    on: CivilDate,
    startedAt: Instant,
    finishedAt: Instant,
    outcome: z.enum(['done', 'failed']),
    /** What it did, by name; of a failure the code. */
    result: z.record(z.string(), z.union([z.number(), z.string()])),
  }),
  key: ['job', 'on'],
  fieldClasses: 'internal',
})

/** Who runs the village's jobs at present, and until when nobody else may. */
export const jobLeases = defineCollection({
  name: 'job_leases',
  schema: z.object({ name: z.string(), holder: z.string(), until: Instant }),
  key: 'name',
  fieldClasses: 'internal',
})

/** The config that the village was opened with last, so that a command needs none. */
export const villageConfigs = defineCollection({
  name: 'village_configs',
  schema: z.object({ name: z.string(), config: z.string(), storedAt: Instant }),
  key: 'name',
  fieldClasses: 'internal',
})

/** Up to which civil date the stored snapshot of the register was brought, and for which facts it was made. */
export const snapshotDays = defineCollection({
  name: 'snapshot_days',
  schema: z.object({ snapshot: z.string(), on: CivilDate, facts: z.string() }),
  key: 'snapshot',
  // It goes with the snapshot, so that its absence tells that the snapshot is to be made.
  isDerived: true,
  fieldClasses: 'internal',
})
