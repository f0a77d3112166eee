import type { AppealView } from '@lumbung/core/village'

/** Whether an appeal waits for an answer. */
export function appealIsOpen({ state }: Pick<AppealView, 'state'>): boolean {
  return state === 'filed' || state === 'escalated'
}
