import type { Household } from './households.ts'

/** A programme as a rule, and as a programmer would write it who thinks of two values only. */
export interface Programme {
  readonly rule: string
  readonly byHand: (household: Household) => boolean
}

// By hand an unknown fact is whatever JavaScript makes of null, which is why only complete facts are compared.
const of = (value: number | null): number => value ?? 0

/** Eight programmes like those of the field, over amounts, labels and members. */
export const programmes: readonly Programme[] = [
  {
    rule: 'household.welfareDecile <= 4 && household.members.exists(m, m.age < 6)',
    byHand: (h) => of(h.welfareDecile) <= 4 && (h.members ?? []).some((m) => of(m.age) < 6),
  },
  {
    rule: 'household.welfareDecile <= 4 && household.members.exists(m, m.isPregnant)',
    byHand: (h) => of(h.welfareDecile) <= 4 && (h.members ?? []).some((m) => m.isPregnant === true),
  },
  {
    rule: 'household.welfareDecile <= 4 && household.members.exists(m, m.age >= 60)',
    byHand: (h) => of(h.welfareDecile) <= 4 && (h.members ?? []).some((m) => of(m.age) >= 60),
  },
  {
    rule: 'household.welfareDecile <= 5 && !household.hasCivilServant',
    byHand: (h) => of(h.welfareDecile) <= 5 && h.hasCivilServant !== true,
  },
  {
    rule: `household.welfareDecile == 1 && !household.hasCivilServant
      && (household.members.exists(m, m.isChronicallyIll) || household.members.all(m, m.age >= 60))`,
    byHand: (h) =>
      h.welfareDecile === 1 &&
      h.hasCivilServant !== true &&
      ((h.members ?? []).some((m) => m.isChronicallyIll === true) ||
        (h.members ?? []).every((m) => of(m.age) >= 60)),
  },
  {
    rule: 'household.welfareDecile <= 4 && household.members.exists(m, m.isStudent && m.age >= 6 && m.age <= 21)',
    byHand: (h) =>
      of(h.welfareDecile) <= 4 &&
      (h.members ?? []).some((m) => m.isStudent === true && of(m.age) >= 6 && of(m.age) <= 21),
  },
  {
    rule: 'household.tenure in ["rented", "squatted"] && household.savings * 100 <= household.income * 40',
    byHand: (h) =>
      (h.tenure === 'rented' || h.tenure === 'squatted') && of(h.savings) * 100 <= of(h.income) * 40,
  },
  {
    rule: '(household.floor == "earth" || household.floor == "bamboo") && household.area < 60 && !household.hasOwnLand',
    byHand: (h) => (h.floor === 'earth' || h.floor === 'bamboo') && of(h.area) < 60 && h.hasOwnLand !== true,
  },
]

/** Completed years, as they are reckoned by hand on texts. */
function yearsOf(birth: string | null, on: string): number {
  if (birth === null) return 0
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4))
  return on.slice(5) < birth.slice(5) ? years - 1 : years
}

const on = '2026-11-24'

/** By the position of the programme; those that ask for no age stay as they are. */
const byBirth: Readonly<Record<number, Programme['byHand']>> = {
  0: (h) => of(h.welfareDecile) <= 4 && (h.members ?? []).some((m) => yearsOf(m.birth, on) < 6),
  2: (h) => of(h.welfareDecile) <= 4 && (h.members ?? []).some((m) => yearsOf(m.birth, on) >= 60),
  4: (h) =>
    h.welfareDecile === 1 &&
    h.hasCivilServant !== true &&
    ((h.members ?? []).some((m) => m.isChronicallyIll === true) ||
      (h.members ?? []).every((m) => yearsOf(m.birth, on) >= 60)),
  5: (h) =>
    of(h.welfareDecile) <= 4 &&
    (h.members ?? []).some((m) => {
      if (m.isStudent !== true) return false
      const years = yearsOf(m.birth, on)
      return years >= 6 && years <= 21
    }),
}

/** The same with the age from a birth date, as registers hold it. */
export const programmesByBirth: readonly Programme[] = programmes.map(({ rule, byHand }, index) => ({
  rule: rule.replaceAll('m.age', 'age(m.birth, on)'),
  byHand: byBirth[index] ?? byHand,
}))
