import type { LocalizedText } from '../kernel/index.ts'
import { checkedFactsOf, householdOf } from './check-tests.ts'
import { decide, programmeOf } from './decide.ts'
import type { Pack } from './define-pack.ts'
import type { ProgrammeTest } from './programme.ts'

/** How one sentence of a pack came out. */
export interface ProgrammeTestResult {
  readonly programme: string
  readonly it: string | LocalizedText
  readonly passed: boolean
  /** What did not come out as the sentence says. Empty where it passed. */
  readonly differences: readonly {
    readonly what: 'outcome' | 'missing' | 'benefit'
    readonly expected: unknown
    readonly actual: unknown
  }[]
}

/**
 * Runs the tests that stand in a pack's own programmes: each decides for the facts of its sentence.
 *
 * @example
 * ```ts
 * import { definePack, testPack, vocabularyOf } from '@lumbung/core/eligibility'
 *
 * const pack = definePack(
 *   {
 *     id: 'village',
 *     version: '1',
 *     title: { en: 'Our village' },
 *     sources: { bylaw: { title: 'Bylaw 3' } },
 *     facts: [
 *       {
 *         name: 'rooms',
 *         unit: 'household',
 *         type: { kind: 'int', minimum: 0, maximum: 20 },
 *         label: { en: 'Rooms' },
 *         fieldClass: 'internal',
 *       },
 *     ],
 *     programmes: [
 *       {
 *         id: 'rooms',
 *         title: { en: 'Another room' },
 *         purpose: { en: 'Room for families' },
 *         unit: 'household',
 *         versions: [
 *           {
 *             from: '2026-01-01',
 *             legalBasis: [{ source: 'bylaw', confidence: 'high' }],
 *             criteria: {
 *               id: 'whole',
 *               label: { en: 'All of' },
 *               all: [{ id: 'rooms', label: { en: 'At most 2 rooms' }, when: 'household.rooms <= 2' }],
 *             },
 *           },
 *         ],
 *         tests: [
 *           {
 *             it: 'Two rooms are few',
 *             on: '2026-06-15',
 *             household: { rooms: 2 },
 *             expect: { outcome: 'eligible' },
 *           },
 *         ],
 *       },
 *     ],
 *   },
 *   { vocabulary: vocabularyOf([]) },
 * )
 * testPack(pack).map(({ it, passed }) => ({ it, passed })) // => [{ it: 'Two rooms are few', passed: true }]
 * ```
 */
export function testPack(pack: Pack): readonly ProgrammeTestResult[] {
  return pack.config.programmes.flatMap(({ id, tests }) =>
    tests.map((test) => {
      const differences = differencesOf(test, actualOf(pack, id, test))
      return { programme: id, it: test.it, passed: differences.length === 0, differences }
    }),
  )
}

type Actual = Pick<Required<ProgrammeTest['expect']>, 'outcome' | 'missing' | 'benefit'>

function actualOf(pack: Pack, programme: string, test: ProgrammeTest): Actual {
  const { on, member } = test
  const checked = checkedFactsOf(test, programmeOf(pack, programme).vocabulary)
  const decision = decide(pack, {
    programme,
    on,
    // A pack with faulty facts in a sentence was refused.
    household: checked.ok ? householdOf(checked.facts) : null,
    ...(member !== undefined && { member }),
  })
  if (decision.kind === 'no-version-in-force') return { outcome: null, missing: [], benefit: null }
  return {
    outcome: decision.outcome,
    missing: decision.missing,
    benefit: decision.benefit?.totalMinor ?? null,
  }
}

function differencesOf({ expect }: ProgrammeTest, actual: Actual): ProgrammeTestResult['differences'] {
  return (['outcome', 'missing', 'benefit'] as const).flatMap((what) => {
    const expected = expect[what]
    if (expected === undefined || JSON.stringify(expected) === JSON.stringify(actual[what])) return []
    return [{ what, expected, actual: actual[what] }]
  })
}
