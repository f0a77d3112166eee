import type { ProgrammeInput } from '@lumbung/core/eligibility'
import { ownReading, reported, type SourceCitation } from './sources.ts'
import { household, person } from './test-people.ts'

const kindergarten = '2'
const primary = '4'
const lowerSecondary = '6'
const upperSecondary = '7'

const yearly = (label: { id: string; en: string }, value: number, citation: SourceCitation) => ({
  type: { kind: 'money' } as const,
  label,
  values: [{ from: '2024-01-01', value, citation }],
})

const halfOf = (label: { id: string; en: string }) => ({
  id: `${label.id}, siswa baru atau kelas akhir`,
  en: `${label.en}, first or final year`,
})

const labels = {
  kindergarten: { id: 'Taman kanak-kanak', en: 'Kindergarten' },
  primary: { id: 'SD', en: 'Primary school' },
  lowerSecondary: { id: 'SMP', en: 'Lower secondary school' },
  upperSecondary: { id: 'SMA/SMK', en: 'Upper secondary school' },
}

const whole = (id: string, label: { id: string; en: string }, level: string) => ({
  id,
  label,
  amount: `parameters.${id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Amount`,
  count: `resident.currentEducation == '${level}' && !resident.firstOrFinalSchoolYear ? 1 : 0`,
})

const half = (id: string, label: { id: string; en: string }, level: string) => ({
  id: `${id}-half`,
  label: halfOf(label),
  amount: `parameters.${id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}HalfAmount`,
  count: `resident.currentEducation == '${level}' && resident.firstOrFinalSchoolYear ? 1 : 0`,
})

const components = [
  whole('primary', labels.primary, primary),
  half('primary', labels.primary, primary),
  whole('lower-secondary', labels.lowerSecondary, lowerSecondary),
  half('lower-secondary', labels.lowerSecondary, lowerSecondary),
  whole('upper-secondary', labels.upperSecondary, upperSecondary),
  half('upper-secondary', labels.upperSecondary, upperSecondary),
]

const criteria = (id: string) => ({
  id,
  label: { id: 'Semua syarat PIP', en: 'All conditions of the Smart Indonesia Programme' },
  all: [
    {
      id: 'village-decision',
      label: { id: 'Ada penetapan yang tercatat', en: 'A decision is on record' },
      when: 'resident.pipDecisionOnRecord',
      citation: ownReading(
        'databoks',
        'Syarat penerima tidak ditemukan dalam sumber; penetapan yang tercatat menjadi satu-satunya syarat.',
        'No condition for a pupil was found in the source; the decision on record is the only one.',
      ),
    },
  ],
})

const pupil = (facts: Parameters<typeof person>[0]) =>
  household({}, [person(), person({ pipDecisionOnRecord: true, ...facts })])

/** Yearly assistance for pupils. */
export const pip: ProgrammeInput = {
  id: 'pip',
  title: { id: 'Program Indonesia Pintar (PIP)', en: 'Smart Indonesia Programme (PIP)' },
  purpose: {
    id: 'Bantuan biaya pribadi agar anak tetap bersekolah',
    en: 'Help with personal costs, so that children stay at school',
  },
  unit: 'resident',
  parameters: {
    kindergartenAmount: {
      type: { kind: 'money' },
      label: labels.kindergarten,
      values: [{ from: '2026-01-01', value: 450_000, citation: reported('antara-2026') }],
    },
    primaryAmount: yearly(labels.primary, 450_000, reported('databoks')),
    primaryHalfAmount: yearly(halfOf(labels.primary), 225_000, reported('databoks')),
    lowerSecondaryAmount: yearly(labels.lowerSecondary, 750_000, reported('databoks')),
    lowerSecondaryHalfAmount: yearly(halfOf(labels.lowerSecondary), 375_000, reported('databoks')),
    upperSecondaryAmount: yearly(labels.upperSecondary, 1_800_000, reported('databoks')),
    upperSecondaryHalfAmount: yearly(
      halfOf(labels.upperSecondary),
      900_000,
      ownReading(
        'databoks',
        'Sumber menyebut separuh; angka untuk SMA/SMK dihitung dari situ.',
        'The source says half; the figure for upper secondary school is reckoned from that.',
      ),
    ),
  },
  versions: [
    {
      from: '2024-01-01',
      to: '2026-01-01',
      legalBasis: [reported('databoks')],
      criteria: criteria('pip-2024'),
      benefit: { per: 'year', components, citation: reported('databoks') },
    },
    {
      from: '2026-01-01',
      legalBasis: [reported('databoks'), reported('antara-2026')],
      criteria: criteria('pip-2026'),
      benefit: {
        per: 'year',
        components: [
          {
            id: 'kindergarten',
            label: labels.kindergarten,
            amount: 'parameters.kindergartenAmount',
            count: `resident.currentEducation == '${kindergarten}' ? 1 : 0`,
          },
          ...components,
        ],
        citation: reported('antara-2026'),
      },
    },
  ],
  tests: [
    {
      it: 'A primary pupil on record gets 450,000 a year',
      on: '2024-01-01',
      household: pupil({ currentEducation: primary }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 450_000 },
    },
    {
      it: 'In the first or final year it is half',
      on: '2025-07-01',
      household: pupil({ currentEducation: primary, firstOrFinalSchoolYear: true }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 225_000 },
    },
    {
      it: 'A lower secondary pupil gets 750,000',
      on: '2025-07-01',
      household: pupil({ currentEducation: lowerSecondary }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 750_000 },
    },
    {
      it: 'An upper secondary pupil gets 1,800,000',
      on: '2026-07-01',
      household: pupil({ currentEducation: upperSecondary }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 1_800_000 },
    },
    {
      it: 'A child in kindergarten gets 450,000 from 2026 on',
      on: '2026-01-01',
      household: pupil({ currentEducation: kindergarten }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 450_000 },
    },
    {
      it: 'On the day before there is nothing for kindergarten',
      on: '2025-12-31',
      household: pupil({ currentEducation: kindergarten }),
      member: 1,
      expect: { outcome: 'eligible', benefit: 0 },
    },
    {
      it: 'Without a decision on record a pupil is not indicated',
      on: '2026-07-01',
      household: pupil({ currentEducation: primary, pipDecisionOnRecord: false }),
      member: 1,
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Where nobody knows of a decision, nobody can tell',
      on: '2026-07-01',
      household: pupil({ currentEducation: primary, pipDecisionOnRecord: null }),
      member: 1,
      expect: { outcome: 'undetermined', missing: ['household.members[1].pipDecisionOnRecord'] },
    },
    {
      it: 'Without knowing the school year the amount is unknown, the outcome is not',
      on: '2026-07-01',
      household: pupil({ currentEducation: primary, firstOrFinalSchoolYear: null }),
      member: 1,
      expect: { outcome: 'eligible', benefit: null },
    },
    {
      it: 'Before 2024 no version is in force here',
      on: '2023-12-31',
      household: pupil({ currentEducation: primary }),
      member: 1,
      expect: { outcome: null },
    },
  ],
}
