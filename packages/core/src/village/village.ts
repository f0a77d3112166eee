import type * as z from 'zod'
import {
  type CivilDate,
  civilDateIn,
  type Instant,
  instantOf,
  LumbungError,
  type ResidentId,
} from '../kernel/index.ts'
import type { ReadTransaction, Storage, Transaction } from '../storage/index.ts'
import { createAreaKeeper } from './area-tree.ts'
import { appendAudit, type BulkChange, type Change, headOfAudit } from './audit.ts'
import type { VillageConfig } from './config.ts'
import { createShareKeeper } from './eligibility-shares.ts'
import { type DueJobs, type JobDefinition, runDueJobs } from './jobs.ts'
import { forbidden, type OwnPlace, permissionOf } from './permission.ts'
import { appendRead } from './reads.ts'
import { membershipsOf } from './register.ts'
import { representedBy } from './represented.ts'
import { Actor } from './roles.ts'
import { survivorOf } from './same-person.ts'
import { type ReadUseCase, Undone, type UseCase, type UseCaseContext, type WriteUseCase } from './use-case.ts'
import { forgetDaysToCome, mendSnapshot, villageJobs } from './village-jobs.ts'

/** What {@link openVillage} takes. */
export interface OpenVillage {
  readonly config: VillageConfig
  /** A store opened with the schema of {@link villageSchema}. */
  readonly storage: Storage
  /** Milliseconds since 1970, such as `Date.now`. */
  readonly clock: () => number
  /** Makes ids, such as `createIdGenerator` of the kernel does. */
  readonly ids: () => string
  /** So many bytes of chance, for salts. */
  readonly random: (bytes: number) => Uint8Array
  /** Jobs beside those that every village has. Default: none. */
  readonly jobs?: readonly JobDefinition[]
}

/** Why an actor does something. */
export interface Occasion {
  /** The purpose for which personal data are read, one of those that the village knows. */
  readonly purpose?: string
  /** Words of the actor, for the audit log. */
  readonly reason?: string
  /**
   * What is to be written with a change or not at all, such as the key of the form that asked for it: it runs in the
   * same transaction, after the change. What changes nothing leaves it out.
   */
  readonly alongside?: (tx: Transaction) => Promise<void>
}

/** How a village runs its jobs. */
export interface RunVillageJobs {
  /** Who runs them, by a text that nobody else has, on this machine or another. */
  readonly holder: string
  /** Up to which date. Default: today. */
  readonly on?: CivilDate
  /** Hears of what a failed job threw. Default: nobody does. */
  readonly onFault?: ((error: unknown) => void) | undefined
}

/** An open village. */
export interface Village {
  readonly config: VillageConfig
  readonly storage: Storage
  readonly jobs: readonly JobDefinition[]
  /** The civil date of the clock in the village's time zone. */
  readonly today: () => CivilDate
  readonly now: () => Instant
  /** How many changes the audit log holds: what was made of the same number may be shown again. */
  readonly changes: () => Promise<number>
  /** What an actor can do: all of it goes through here. */
  readonly as: (actor: Actor, occasion?: Occasion) => VillageSession
  /**
   * Runs the jobs that are due up to a date, after mending the stored snapshot where it was made for another day or
   * other facts.
   *
   * @throws LumbungError `village/day-to-come` for a date after today
   */
  readonly runDueJobs: (options: RunVillageJobs) => Promise<DueJobs>
}

/** The village as one actor meets it. */
export interface VillageSession {
  readonly actor: Actor
  /**
   * Carries out a use case: checks the scope and the input, runs it in one transaction, and writes the audit log
   * with what it changed and the read log with whose personal data it gave out. The read log is durable before
   * the answer is given. What is refused leaves nothing behind.
   *
   * @throws LumbungError `village/forbidden`, `village/invalid-input`, and what the use case itself refuses.
   */
  readonly perform: <Input extends z.ZodObject, Output>(
    useCase: UseCase<Input, Output>,
    input: z.input<Input>,
  ) => Promise<Output>
}

/**
 * Opens a village: config, storage, time, ids and chance come from outside, so every result can be reproduced.
 *
 * @example
 * ```ts
 * import { createIdGenerator } from '@lumbung/core/kernel'
 * import { openMemory } from '@lumbung/core/storage'
 * import { defineVillage, glance, openVillage, villageSchema } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 *   roles: [{ id: 'visitor', label: { en: 'Visitor' }, grants: [{ scope: 'village.read' }] }],
 * })
 * const clock = () => Date.UTC(2026, 10, 24)
 * const random = (bytes: number) => new Uint8Array(bytes).fill(7)
 * const village = openVillage({
 *   config,
 *   storage: openMemory(villageSchema(config)),
 *   clock,
 *   ids: createIdGenerator({ clock, random }),
 *   random,
 * })
 * const visitor = village.as({ kind: 'anonymous', id: 'anonymous', roles: ['visitor'], hamlets: [] })
 * const { residents } = await visitor.perform(glance, {})
 * residents // => 0
 * ```
 */
export function openVillage(options: OpenVillage): Village {
  const { config, storage, clock, ids, random, jobs = [] } = options
  const now = (): Instant => instantOf(clock())
  const today = (): CivilDate => civilDateIn(now(), config.timeZone)
  const areasOf = createAreaKeeper()
  const sharesOf = createShareKeeper(config)
  const allJobs = [...villageJobs(config, { ids, random }), ...jobs]

  async function ownPlace(tx: ReadTransaction, actor: Actor, { purpose }: Occasion): Promise<OwnPlace> {
    if (actor.resident === undefined) return { households: [], represented: [] }
    const resident = await survivorOf(tx, actor.resident)
    const held = await membershipsOf(tx, { resident }, today())
    const represented = await representedBy(tx, { representative: resident, purpose, on: today() })
    return { resident, households: held.map(({ household }) => household), represented }
  }

  async function read<Input extends z.ZodObject, Output>(
    useCase: ReadUseCase<Input, Output>,
    input: z.output<Input>,
    base: Omit<UseCaseContext, 'own'>,
    occasion: Occasion,
  ): Promise<Output> {
    const { actor } = base
    const touched = new Set<ResidentId>()
    const answer = await storage.read(config.id, async (tx) => {
      const own = await ownPlace(tx, actor, occasion)
      const reads = (residents: Iterable<ResidentId>) => {
        for (const resident of residents) touched.add(resident)
      }
      const expectations = () => sharesOf(tx, base.now)
      return await useCase.run({ ...base, own, tx, reads, areas: () => areasOf(tx), expectations }, input)
    })
    if (touched.size > 0) {
      const entry = { useCase: useCase.name, actor, purpose: occasion.purpose, residents: [...touched] }
      await storage.transact(config.id, (tx) => appendRead(tx, entry, now()), { shared: true })
    }
    return answer
  }

  async function write<Input extends z.ZodObject, Output>(
    useCase: WriteUseCase<Input, Output>,
    input: z.output<Input>,
    base: Omit<UseCaseContext, 'own'>,
    occasion: Occasion,
  ): Promise<Output> {
    const work = async (tx: Transaction): Promise<Output> => {
      const changes: Change[] = []
      const bulk: BulkChange[] = []
      const touched = new Set<ResidentId>()
      const answer = await useCase.run(
        {
          ...base,
          own: await ownPlace(tx, base.actor, occasion),
          tx,
          reason: occasion.reason,
          nextId: ids,
          random,
          reads: (residents) => {
            for (const resident of residents) touched.add(resident)
          },
          changed: (...added) => void changes.push(...added),
          changedInBulk: (added) => void bulk.push(added),
        },
        input,
      )
      if (changes.length > 0 || bulk.length > 0) {
        const { purpose, reason } = occasion
        const entry = { useCase: useCase.name, actor: base.actor, purpose, reason, changes, bulk }
        await appendAudit(tx, entry, { now: base.now, nextId: ids, random })
        await occasion.alongside?.(tx)
      }
      if (touched.size > 0) {
        const { actor } = base
        const entry = { useCase: useCase.name, actor, purpose: occasion.purpose, residents: [...touched] }
        await appendRead(tx, entry, base.now)
      }
      return answer
    }
    try {
      return await storage.transact(config.id, work, { shared: useCase.isLong !== true })
    } catch (error) {
      // The use case itself gave this answer, so it is of its kind.
      if (error instanceof Undone) return error.answer as Output
      throw error
    }
  }

  return {
    config,
    storage,
    jobs: allJobs,
    today,
    now,
    changes: () => storage.read(config.id, async (tx) => (await headOfAudit(tx))?.seq ?? 0),
    as: (given, occasion = {}) => {
      const actor = Actor.parse(given)
      return {
        actor,
        async perform(useCase, input) {
          const { purpose } = occasion
          if (purpose !== undefined && !config.purposes.some(({ id }) => id === purpose))
            throw forbidden(actor, useCase.scope, 'purpose')
          const permission = permissionOf(config.roles, actor, useCase.scope, purpose)
          const parsed = useCase.input.safeParse(input)
          if (!parsed.success) {
            throw new LumbungError('village/invalid-input', `The input of ${useCase.name} does not hold.`, {
              details: { useCase: useCase.name, issues: parsed.error.issues },
            })
          }
          const base = { config, actor, permission, now: now(), today: today() }
          return useCase.kind === 'read'
            ? await read(useCase, parsed.data, base, occasion)
            : await write(useCase, parsed.data, base, occasion)
        },
      }
    },
    async runDueJobs({ holder, on = today(), onFault }) {
      if (on > today()) {
        throw new LumbungError('village/day-to-come', 'Jobs are run for days that have come.', {
          details: { on, today: today() },
        })
      }
      await storage.transact(config.id, async (tx) => {
        await mendSnapshot(tx, config, today())
        await forgetDaysToCome(tx, today())
      })
      return await runDueJobs({
        storage,
        villageId: config.id,
        definitions: allJobs,
        on,
        clock,
        holder,
        onFault,
      })
    },
  }
}
