import { type Progress, type StateMachine, type Step, type StepResult, takeStep } from '../kernel/index.ts'
import type { PlaceChange } from '../people/index.ts'
import {
  type AnyCollection,
  type RecordInput,
  type RecordOf,
  type Stored,
  type Transaction,
  withoutVersion,
} from '../storage/index.ts'
import type { CaseworkContext } from './context.ts'

/** Takes a step of a record's process today, as whoever acts. */
export function stepBy<State extends string, Action extends string, Guard extends string>(
  machine: StateMachine<State, Action, Guard>,
  progress: Progress<NoInfer<State>>,
  step: Omit<Step<NoInfer<Action>, NoInfer<Guard>>, 'on' | 'by'> & { readonly on?: Step['on'] | undefined },
  { on, by }: Pick<CaseworkContext, 'on' | 'by'>,
): StepResult<State, Action, Guard> {
  return takeStep(machine, progress, { ...step, on: step.on ?? on, by })
}

/** Writes new records, and tells whoever keeps the audit log. */
export async function addRecords<C extends AnyCollection>(
  tx: Transaction,
  collection: C,
  records: readonly RecordOf<C>[],
  { wrote }: Pick<CaseworkContext, 'wrote'>,
): Promise<void> {
  // The schemas of casework have neither defaults nor codecs: what goes in is what comes out.
  await tx.insertMany(collection, records as readonly RecordInput<C>[])
  wrote?.(...records.map((after) => ({ collection, after }) as PlaceChange))
}

/** Changes a record that was read, and tells whoever keeps the audit log. */
export async function changeRecord<C extends AnyCollection>(
  tx: Transaction,
  collection: C,
  stored: Stored<C>,
  changes: Partial<RecordOf<C>>,
  { wrote }: Pick<CaseworkContext, 'wrote'>,
): Promise<RecordOf<C>> {
  const before = withoutVersion(stored)
  const after = { ...before, ...changes }
  await tx.update(collection, { ...stored, ...changes })
  wrote?.({ collection, before, after } as PlaceChange)
  return after
}
