import * as z from 'zod'
import { type Instant, ResidentId } from '../kernel/index.ts'
import { fieldClassOf, type Resident, residents } from '../people/index.ts'
import { type AreaTree, readAreas } from './area-tree.ts'
import { type AuditLink, historyOf } from './audit.ts'
import { classRank, permissionIfAny } from './permission.ts'
import { notFound, requireReach, whereaboutsOf } from './register.ts'
import type { Actor } from './roles.ts'
import { defineRead, type ReadContext } from './use-case.ts'

/** One field of a record that a change touched. An area stands by its name. */
export interface FieldChange {
  readonly field: keyof Resident & string
  /** Null where there was no value, or the actor may not see it. */
  readonly before: string | number | null
  readonly after: string | number | null
  /** Whether the actor may not see the values. */
  readonly isHidden: boolean
}

/** A change of one resident's record, as somebody may see it. */
export interface ResidentChange {
  /** The link of the audit log. */
  readonly seq: number
  readonly recordedAt: Instant
  readonly useCase: string
  readonly actor: { readonly kind: Actor['kind']; readonly id: string }
  readonly purpose?: string
  readonly reason?: string
  /** Whether the values were erased since. */
  readonly isErased: boolean
  readonly fields: readonly FieldChange[]
}

/** What the register makes of a record for itself. */
const derivedFields: ReadonlySet<string> = new Set(['id', 'nameKey', 'revision'])

/**
 * What was changed of one resident's record, by whom, and why, the oldest first. Whoever may read the log sees no
 * more of a record in it than in the register itself: without `resident.read` no personal value.
 */
export const residentHistory = defineRead({
  name: 'audit.resident',
  scope: 'audit.read',
  input: z.strictObject({ resident: ResidentId }),
  async run(context, { resident }): Promise<readonly ResidentChange[]> {
    await requireReach(context, resident)
    const { tx } = context
    const person = await tx.get(residents, { id: resident })
    if (person === undefined) throw notFound(context, 'resident')
    const tree = await readAreas(tx)
    const visible = await visibleOf(context, tree, person)
    if (visible('name')) context.reads([resident])
    const links = await historyOf(tx, residents, resident)
    return links.map((link) => changeOf(link, tree, visible))
  },
})

type Visible = (field: keyof Resident & string) => boolean

/** Which fields of a resident the actor may see in the register. */
async function visibleOf(context: ReadContext, tree: AreaTree, person: Resident): Promise<Visible> {
  const { config, actor, permission, own, today } = context
  const reading = permissionIfAny(config.roles, actor, 'resident.read', permission.purpose)
  const shows = reading?.showsOf(await whereaboutsOf(context, tree, person), own)
  if (shows === undefined) return () => false
  const classes = { on: today, childBelowYears: config.childBelowYears }
  return (field) => classRank(fieldClassOf(residents, field, person, classes)) <= classRank(shows)
}

function changeOf(
  { seq, recordedAt, event, values }: AuditLink,
  tree: AreaTree,
  visible: Visible,
): ResidentChange {
  const { useCase, actor, purpose, reason } = event
  return {
    seq,
    recordedAt,
    useCase,
    actor,
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === undefined ? {} : { reason }),
    isErased: values.some(({ erasedAt }) => erasedAt !== null),
    fields: values.flatMap(({ before, after }) => fieldChanges(before, after, tree, visible)),
  }
}

function fieldChanges(
  before: string | null,
  after: string | null,
  tree: AreaTree,
  visible: Visible,
): readonly FieldChange[] {
  const [was, is] = [recordOf(before), recordOf(after)]
  const shown = (field: string, value: unknown): string | number | null => {
    if (typeof value !== 'string') return typeof value === 'number' ? value : null
    return field === 'area' ? (tree.byId.get(value)?.name ?? null) : value
  }
  return residents.columns.flatMap(({ field }): FieldChange[] => {
    if (derivedFields.has(field) || (was[field] ?? null) === (is[field] ?? null)) return []
    // The columns were made from the schema of these records, so each names one of their fields.
    const name = field as keyof Resident & string
    if (!visible(name)) return [{ field: name, before: null, after: null, isHidden: true }]
    return [{ field: name, before: shown(name, was[name]), after: shown(name, is[name]), isHidden: false }]
  })
}

function recordOf(text: string | null): Readonly<Record<string, unknown>> {
  return text === null ? {} : JSON.parse(text)
}
