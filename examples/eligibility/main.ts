import { decide, definePack, explain, explanationText, nextQuestion, screen } from '@lumbung/core/eligibility'
import { parseCivilDate } from '@lumbung/core/kernel'
import { explanationWords, indonesianPack } from '@lumbung/indonesia'

const source = { source: 'bylaw', at: 'article 2', confidence: 'high' }
const base = indonesianPack()
const pack = definePack(
  {
    id: 'hill-village',
    version: '1',
    title: { en: 'Assistance of Hill Village' },
    extends: ['indonesia'],
    sources: { bylaw: { title: 'Bylaw 3 of 2026' } },
    programmes: [
      {
        id: 'roof',
        title: { en: 'A sound roof' },
        purpose: { en: 'Repairs for families with small children' },
        unit: 'household',
        versions: [
          {
            from: '2026-01-01',
            legalBasis: [source],
            criteria: {
              id: 'roof',
              label: { en: 'All conditions' },
              all: [
                { id: 'poor', label: { en: 'Decile 4 or below' }, when: 'household.welfareDecile <= 4' },
                {
                  id: 'child',
                  label: { en: 'A child below 5 lives there' },
                  when: 'household.members.exists(m, age(m.birthDate, on) < 5)',
                },
              ],
            },
          },
        ],
      },
    ],
  },
  { vocabulary: base.vocabulary, bases: [base] },
)

const on = parseCivilDate('2026-06-15')
const families = [
  { id: 'Sari', household: { welfareDecile: 3, members: [{ birthDate: '2023-02-01' }] } },
  { id: 'Budi', household: { welfareDecile: 7, members: null } },
  { id: 'Ani', household: { members: [{ birthDate: '2024-08-17' }] } },
]
for await (const { id, outcome, household } of screen(pack, families, { on, programmes: ['roof'] })) {
  console.log(`${id}: ${outcome}`)
  const decision = decide(pack, { programme: 'roof', on, household: household.household })
  console.log(explanationText(explain(pack, decision), explanationWords('en'), pack.sources))
  const next = nextQuestion(pack, { on, household: household.household, programmes: ['roof'] })
  console.log(next === null ? 'Nothing is left to ask.\n' : `To be asked next: ${next.path}\n`)
}
