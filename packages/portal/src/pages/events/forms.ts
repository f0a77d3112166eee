import type { ResidentView } from '@lumbung/core/village'
import type { EventForm, EventName, Place } from './asked.ts'
import { birth } from './birth.tsx'
import { cardSplit, headChange } from './household-events.tsx'
import { death, moveOut } from './leaving.tsx'
import { divorce, marriage } from './marriage.tsx'
import { comeBack, moveIn } from './move-in.tsx'

/** The form of each kind of event. */
export const eventForms: Readonly<Record<EventName, EventForm>> = {
  birth,
  death,
  'move-in': moveIn,
  return: comeBack,
  'move-out': moveOut,
  marriage,
  divorce,
  'head-change': headChange,
  'card-split': cardSplit,
}

const gone: readonly (string | null)[] = ['moved', 'away', 'missing']

/** What can be recorded of a person as they stand in the register. */
export function eventsOfResident({ status, sex }: ResidentView): readonly EventName[] {
  if (gone.includes(status)) return ['return', 'death']
  if (status !== 'present') return []
  return [...(sex === 'female' ? (['birth'] as const) : []), 'marriage', 'divorce', 'move-out', 'death']
}

/** Whether a kind of event can be recorded from a place. */
export function isOffered(name: EventName, { file, household }: Place): boolean {
  if (file !== undefined) return eventsOfResident(file.resident).includes(name)
  if (household === undefined) return name === 'move-in'
  return ['birth', 'move-in', 'move-out', 'head-change', 'card-split'].includes(name)
}
