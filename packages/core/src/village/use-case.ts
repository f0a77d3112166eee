import type * as z from 'zod'
import type { Expectation } from '../eligibility/index.ts'
import type { CivilDate, Instant, ResidentId } from '../kernel/index.ts'
import type { ReadTransaction, Transaction } from '../storage/index.ts'
import type { AreaTree } from './area-tree.ts'
import type { BulkChange, Change } from './audit.ts'
import type { VillageConfig } from './config.ts'
import type { OwnPlace, Permission } from './permission.ts'
import type { Actor } from './roles.ts'

/** What every use case is given besides its input. */
export interface UseCaseContext {
  readonly config: VillageConfig
  readonly actor: Actor
  readonly own: OwnPlace
  readonly permission: Permission
  readonly now: Instant
  /** Today in the village's time zone. */
  readonly today: CivilDate
}

/** What a use case that reads is given. */
export interface ReadContext extends UseCaseContext {
  readonly tx: ReadTransaction
  /** The areas of the village as they stand in this transaction. */
  readonly areas: () => Promise<AreaTree>
  /** How the values of a fact are shared out in the village, for what an answer is expected to be. */
  readonly expectations: () => Promise<(path: string) => readonly Expectation[] | undefined>
  /** Notes whose personal data the answer holds; the read log has it before the answer is given. */
  readonly reads: (residents: Iterable<ResidentId>) => void
}

/** What a use case that writes is given. */
export interface WriteContext extends UseCaseContext {
  readonly tx: Transaction
  /** Why the actor does it, in their words; the audit log has it. */
  readonly reason?: string | undefined
  readonly nextId: () => string
  readonly random: (bytes: number) => Uint8Array
  /** Notes records that were written; the audit log has them in the same transaction. */
  readonly changed: (...changes: readonly Change[]) => void
  readonly changedInBulk: (change: BulkChange) => void
  readonly reads: ReadContext['reads']
}

/**
 * Thrown by a use case that writes, to undo all that it wrote and answer nevertheless: a rehearsal, or a report of
 * what stands in the way.
 *
 * @example
 * ```ts
 * import { Undone } from '@lumbung/core/village'
 *
 * new Undone({ added: 3 }).answer // => { added: 3 }
 * ```
 */
export class Undone extends Error {
  override readonly name = 'Undone'
  readonly answer: unknown

  constructor(answer: unknown) {
    super('What was written is undone.')
    this.answer = answer
  }
}

interface UseCaseBase<Input extends z.ZodObject> {
  /** `thing.verb`, unique in the village. */
  readonly name: string
  /** The scope that an actor needs. */
  readonly scope: string
  readonly input: Input
}

/** Something that an actor may ask of a village. */
export interface ReadUseCase<Input extends z.ZodObject = z.ZodObject, Output = unknown>
  extends UseCaseBase<Input> {
  readonly kind: 'read'
  readonly run: (context: ReadContext, input: z.output<Input>) => Promise<Output>
}

/** Something that an actor may change in a village. */
export interface WriteUseCase<Input extends z.ZodObject = z.ZodObject, Output = unknown>
  extends UseCaseBase<Input> {
  readonly kind: 'write'
  /** It takes seconds, so it has a commit of its own instead of one that it shares. Default: false. */
  readonly isLong?: boolean
  readonly run: (context: WriteContext, input: z.output<Input>) => Promise<Output>
}

/** Any use case. */
export type UseCase<Input extends z.ZodObject = z.ZodObject, Output = unknown> =
  | ReadUseCase<Input, Output>
  | WriteUseCase<Input, Output>

/**
 * Declares something that may be asked of a village: its name, the scope it needs, what it takes, what it does.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { defineRead } from '@lumbung/core/village'
 *
 * const today = defineRead({
 *   name: 'village.today',
 *   scope: 'village.read',
 *   input: z.strictObject({}),
 *   run: async ({ today }) => today,
 * })
 * today.kind // => 'read'
 * ```
 */
export function defineRead<const Input extends z.ZodObject, Output>(
  useCase: Omit<ReadUseCase<Input, Output>, 'kind'>,
): ReadUseCase<Input, Output> {
  return { kind: 'read', ...useCase }
}

/**
 * Declares something that may be changed in a village. Its work may run more than once before one run is kept,
 * so it does nothing but read and write through its context.
 *
 * @example
 * ```ts
 * import * as z from 'zod'
 * import { defineWrite } from '@lumbung/core/village'
 *
 * const nothing = defineWrite({
 *   name: 'village.rest',
 *   scope: 'village.change',
 *   input: z.strictObject({}),
 *   run: async () => undefined,
 * })
 * nothing.kind // => 'write'
 * ```
 */
export function defineWrite<const Input extends z.ZodObject, Output>(
  useCase: Omit<WriteUseCase<Input, Output>, 'kind'>,
): WriteUseCase<Input, Output> {
  return { kind: 'write', ...useCase }
}
