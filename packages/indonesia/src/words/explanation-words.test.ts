import { decide, explain, explanationText } from '@lumbung/core/eligibility'
import { expect, test } from 'vitest'
import { indonesianPack } from '../programmes/pack.ts'
import { explanationWords } from './explanation-words.ts'

// The goal: whoever is decided about can read it, and is promised nothing.

const pack = indonesianPack()

/** The explanations of all sentences of the pack, so of every programme with every outcome. */
function texts(language: 'id' | 'en') {
  return pack.config.programmes.flatMap(({ id, tests }) =>
    tests.map(({ on, household, member }) => {
      const decision = decide(pack, { programme: id, on, household, ...(member !== undefined && { member }) })
      return explanationText(explain(pack, decision), explanationWords(language), pack.sources)
    }),
  )
}

test.each(['id', 'en'] as const)(
  'no text in %s says that anybody is entitled, or leaves a place empty',
  (language) => {
    const all = texts(language).join('\n')
    expect(all).not.toMatch(/\bberhak\b|\bentitle|\{\w+\}|undefined|\bnull\b/i)
    expect(all).toContain(language === 'id' ? 'terindikasi memenuhi syarat' : 'indicated as eligible')
    expect(all).toContain(language === 'id' ? 'tidak ada aturan yang berlaku' : 'no version is in force')
  },
)

test('no text shows the name of a fact or a code where it has a label', () => {
  const words = explanationWords('id')
  for (const [name, type] of factsOf()) {
    expect(words.factLabel(name), name).not.toBe(name)
    if (!isEnum(type)) continue
    for (const value of type.values) {
      expect(words.valueLabel(name, value), `${name} ${value}`).not.toBe(value)
    }
  }
  expect(words.valueLabel('relationship', 'head')).toBe('kepala keluarga')
})

test('money and dates are written as the language does', () => {
  const words = explanationWords('id')
  expect(words.money(1_250_000)).toBe('Rp1.250.000')
  expect(words.date('2026-08-17')).toBe('17 Agustus 2026')
  expect(explanationWords('en').date('2026-08-17')).toBe('17 August 2026')
})

/** The facts that rules of the pack can read, which an explanation may show. */
function factsOf() {
  const { household, resident } = pack.vocabulary
  return [...Object.entries(household.facts), ...Object.entries(resident.facts)]
}

function isEnum(type: object): type is { readonly values: readonly string[] } {
  return 'values' in type
}
