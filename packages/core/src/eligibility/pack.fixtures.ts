import type { FactConfig } from '../people/index.ts'
import { definePack, type Pack } from './define-pack.ts'
import type { PackConfigInput } from './pack.ts'
import type { ProgrammeInput } from './programme.ts'
import { vocabularyOf } from './vocabulary.ts'

const number = { kind: 'int', minimum: 0, maximum: 1_000 } as const

/** What the village of the tests knows. */
export const facts: readonly FactConfig[] = [
  fact('decile', 'household', { kind: 'int', minimum: 1, maximum: 10 }),
  fact('income', 'household', { kind: 'money', minimum: 0, maximum: 1_000_000_000 }),
  fact('leaks', 'household', { kind: 'bool' }),
  fact('movedIn', 'household', { kind: 'date' }),
  fact('rooms', 'household', number),
  fact('area', 'resident', { kind: 'decimal', scale: 1, minimum: 0, maximum: 1_000 }, 'fieldArea'),
  fact('pupil', 'resident', { kind: 'bool' }),
  fact('distance', 'resident', number),
]

function fact(
  word: string,
  unit: FactConfig['unit'],
  type: FactConfig['type'],
  name: string = word,
): FactConfig {
  return { name, unit, type, label: { en: word }, fieldClass: 'internal' }
}

export const vocabulary = vocabularyOf(facts)

export const citation = { source: 'bylaw', confidence: 'high' } as const

export function label(en: string) {
  return { id: `${en} (id)`, en }
}

/** A clause, or several under `all`. */
export function allOf(...rules: readonly string[]) {
  return {
    id: 'whole',
    label: label('Everything'),
    all: rules.map((when, index) => ({ id: `clause-${index + 1}`, label: label(when), when })),
  }
}

/** A version of a programme; what is not given is as plain as can be. */
export function version(given: Partial<ProgrammeInput['versions'][number]> = {}) {
  return { legalBasis: [citation], criteria: allOf('household.leaks'), ...given }
}

/** A programme for households; what is not given is as plain as can be. */
export function programme(given: Partial<ProgrammeInput> = {}): ProgrammeInput {
  return {
    id: 'roof',
    title: label('A sound roof'),
    purpose: label('Repairs'),
    unit: 'household',
    versions: [version()],
    ...given,
  }
}

/** The text of a pack with some programmes. */
export function configOf(
  programmes: readonly ProgrammeInput[],
  given: Partial<PackConfigInput> = {},
): PackConfigInput {
  return {
    id: 'village',
    version: '1',
    title: label('Our village'),
    sources: { bylaw: { title: 'Bylaw 3' }, ministry: { title: 'A page of the ministry' } },
    programmes,
    ...given,
  }
}

export function packOf(...programmes: readonly ProgrammeInput[]): Pack {
  return definePack(configOf(programmes), { vocabulary })
}
