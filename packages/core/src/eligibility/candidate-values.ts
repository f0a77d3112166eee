import { addDays, addMonths, type CivilDate, isCivilDate } from '../kernel/index.ts'
import type { RecordFact, Rule, ScalarFact, ScalarValue } from '../rules/index.ts'
import { stepsOf } from './with-fact.ts'

/** The numbers, dates and texts that stand in some rules, or that their parameters have. */
export interface RuleConstants {
  readonly numbers: ReadonlySet<number>
  readonly dates: ReadonlySet<CivilDate>
}

/** Collects the constants of rules: at them, and nowhere else, an answer can change an outcome by itself. */
export function constantsOf(rules: readonly Rule[]): RuleConstants {
  const numbers = new Set<number>()
  const dates = new Set<CivilDate>()
  const visit = (part: object) => {
    if ('kind' in part && (part.kind === 'literal' || part.kind === 'parameter') && 'value' in part) {
      if (typeof part.value === 'number') numbers.add(part.value)
      if (typeof part.value === 'string' && isCivilDate(part.value)) dates.add(part.value)
    }
    for (const inner of Object.values(part)) if (typeof inner === 'object' && inner !== null) visit(inner)
  }
  for (const { expression } of rules) visit(expression)
  return { numbers, dates }
}

/** Up to so many values of a range each is a candidate of its own, such as the ten deciles. */
const everyValueMax = 64

/**
 * Values of a fact that between them can bring about every outcome that the fact can: each of a small set, and of a
 * large one those at and beside the constants of the rules. Of a date also those by which an age is just reached.
 */
export function candidateValues(
  type: ScalarFact,
  { numbers, dates }: RuleConstants,
  on: CivilDate,
): readonly ScalarValue[] {
  switch (type.kind) {
    case 'bool':
      return [true, false]
    case 'enum':
      return type.values
    case 'text':
      return []
    case 'date':
      return [...new Set([...dates, ...agesReached(numbers, on)].flatMap(besideDate))].sort()
    default: {
      const { minimum, maximum } = type
      if (maximum - minimum < everyValueMax) {
        return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index)
      }
      const near = [...numbers].flatMap((value) => [value - 1, value, value + 1])
      const within = near.filter((value) => value >= minimum && value <= maximum)
      return [...new Set(within)].sort((a, b) => a - b)
    }
  }
}

function agesReached(numbers: ReadonlySet<number>, on: CivilDate): readonly CivilDate[] {
  const ages = [...numbers].filter((age) => age >= 0 && age <= 130)
  // The adult of whom nothing else is said stands for all birth dates that no rule asks for.
  return [...ages, 35].map((age) => addMonths(on, -12 * age))
}

function besideDate(date: CivilDate): readonly CivilDate[] {
  return [addDays(date, -1), date, addDays(date, 1)]
}

/** The type of a fact by its path, such as `household.members[2].birthDate`; undefined where it is no single value. */
export function factTypeAt(household: RecordFact, path: string): ScalarFact | undefined {
  let type: RecordFact | ScalarFact | undefined = household
  for (const name of stepsOf(path)) {
    // A position in a list: its elements are of one type.
    if (typeof name === 'number') continue
    if (type?.kind !== 'record' || !Object.hasOwn(type.facts, name)) return undefined
    const next: RecordFact['facts'][string] | undefined = type.facts[name]
    if (next === undefined || next.kind === 'undetermined') return undefined
    if (next.kind === 'list') type = next.item.kind === 'undetermined' ? undefined : next.item
    else type = next
  }
  return type === undefined || type.kind === 'record' ? undefined : type
}
