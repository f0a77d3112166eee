import { foldText } from '@lumbung/core/kernel'
import type { PopulationRecord } from './record.ts'

/**
 * By what a person without a number is known again: name, place and date of birth. `undefined` where the birth
 * date is not known, for a name alone tells nobody.
 */
export function personKey({
  name,
  birthPlace = '',
  birthDate,
}: Pick<PopulationRecord, 'name' | 'birthPlace' | 'birthDate'>): string | undefined {
  return birthDate && `${foldText(name)}\n${foldText(birthPlace)}\n${birthDate}`
}
