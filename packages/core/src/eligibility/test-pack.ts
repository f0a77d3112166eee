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

/** Runs the tests that stand in a pack's own programmes: each decides for the facts of its sentence. */
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
