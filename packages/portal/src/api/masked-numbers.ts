import { isMaskedNumber, maskNumber } from '@lumbung/core/kernel'
import { showHouseholdNumber, showResidentNumbers, type VillageConfig } from '@lumbung/core/village'

/** The use cases by which a number is opened on purpose, each opening a link of the read log. */
const opening: ReadonlySet<string> = new Set([showResidentNumbers.name, showHouseholdNumber.name])
const numberFields: ReadonlySet<string> = new Set(['identityNumber', 'temporaryNumber'])

/**
 * An answer as the pages show it: numbers of people, of family cards and among the facts are masked until they are
 * opened on purpose.
 */
export function withMaskedNumbers(useCase: string, answer: unknown, facts: VillageConfig['facts']): unknown {
  if (opening.has(useCase)) return answer
  const identifying = facts.filter(({ isIdentifying }) => isIdentifying === true)
  return masked(answer, new Set(identifying.map(({ name }) => name)))
}

function masked(value: unknown, identifying: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((part) => masked(part, identifying))
  if (typeof value !== 'object' || value === null) return value
  const isNumberChange = 'field' in value && numberFields.has(String(value.field))
  const isNumberFact = 'name' in value && identifying.has(String(value.name))
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const isNumber =
        isNumberField(name, value) ||
        (isNumberChange && (name === 'before' || name === 'after')) ||
        (isNumberFact && name === 'value')
      return [name, isNumber && typeof part === 'string' ? maskNumber(part) : masked(part, identifying)]
    }),
  )
}

/** A household is told by its address; what else has a `number` counts something. */
function isNumberField(name: string, record: object): boolean {
  return numberFields.has(name) || (name === 'number' && 'address' in record)
}

/**
 * Whether an input brings back a number that an answer masked: written down, it would take the place of the one that
 * it hides.
 */
export function hasMaskedNumber(input: unknown): boolean {
  if (Array.isArray(input)) return input.some(hasMaskedNumber)
  if (typeof input !== 'object' || input === null) return false
  return Object.entries(input).some(([name, part]) =>
    // A fact may be a number too, and stands in `value`.
    (name === 'value' || isNumberField(name, input)) && typeof part === 'string'
      ? isMaskedNumber(part)
      : hasMaskedNumber(part),
  )
}
