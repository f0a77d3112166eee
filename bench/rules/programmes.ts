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
