import {
  addDays,
  addMonths,
  ageYears,
  type CivilDate,
  daysBetween,
  parseCivilDate,
} from '@lumbung/core/kernel'
import type { Random } from './random.ts'

/** The day that the made-up register was written out. Nobody was born after it. */
export const registerDay = parseCivilDate('2026-11-20')

/** Completed years on the day of the register. */
export function ageOf(birthDate: CivilDate): number {
  return ageYears(birthDate, registerDay) ?? 0
}

/** A birth date at which somebody has completed so many years on a day. */
export function birthDateAt(random: Random, age: number, on: CivilDate = registerDay): CivilDate {
  return addDays(addMonths(on, -12 * age), -random.int(0, 364))
}

/** A day between two, both included. */
export function dayBetween(random: Random, from: CivilDate, to: CivilDate): CivilDate {
  return addDays(from, random.int(0, daysBetween(from, to)))
}
