import type { ProgrammeInput } from '@lumbung/core/eligibility'
import { noPublicService } from './exclusions.ts'
import { ownReading, reported } from './sources.ts'
import { household, person } from './test-people.ts'

const amount = (label: { id: string; en: string }, value: number) => ({
  type: { kind: 'money' } as const,
  label,
  values: [{ from: '2025-01-01', value, citation: reported('tempo-2025') }],
})

const toddler = { birthDate: '2023-06-01' }
const on = '2026-03-01'

/** Programme of conditional cash assistance for poor families with mothers, pupils, elderly or disabled members. */
export const pkh: ProgrammeInput = {
  id: 'pkh',
  title: { id: 'Program Keluarga Harapan (PKH)', en: 'Family Hope Programme (PKH)' },
  purpose: {
    id: 'Bantuan tunai bersyarat bagi keluarga dengan ibu hamil, anak, lansia, atau penyandang disabilitas berat',
    en: 'Conditional cash for families with expectant mothers, children, elderly people or severely disabled people',
  },
  unit: 'household',
  parameters: {
    decileMax: {
      type: { kind: 'int' },
      label: { id: 'Desil tertinggi', en: 'Greatest decile' },
      values: [
        {
          from: '2026-01-01',
          value: 4,
          citation: reported('pusdatin-2026'),
          alternatives: [{ value: 1, citation: { ...reported('pastimenews'), confidence: 'low' } }],
        },
      ],
    },
    elderlyAge: {
      type: { kind: 'int' },
      label: { id: 'Umur lansia', en: 'Age of an elderly person' },
      values: [
        { from: '2018-01-01', value: 60, citation: { source: 'permensos-1-2018', confidence: 'low' } },
      ],
    },
    youngChildAge: {
      type: { kind: 'int' },
      label: { id: 'Umur tertinggi anak usia dini', en: 'Greatest age of a young child' },
      values: [
        {
          from: '2025-01-01',
          value: 6,
          citation: ownReading(
            'tempo-2025',
            '"0–6 tahun" dibaca sampai sebelum ulang tahun ketujuh.',
            '"0–6 years" is read as until the day before the seventh birthday.',
          ),
        },
      ],
    },
    componentsMax: {
      type: { kind: 'int' },
      label: { id: 'Jumlah komponen terbanyak', en: 'Greatest number of components' },
      values: [{ from: '2018-01-01', value: 4, citation: { source: 'permensos-1-2018', confidence: 'low' } }],
    },
    pregnancyAmount: amount({ id: 'Ibu hamil', en: 'Expectant mother' }, 3_000_000),
    youngChildAmount: amount({ id: 'Anak usia dini', en: 'Young child' }, 3_000_000),
    primaryAmount: amount({ id: 'Siswa SD', en: 'Primary pupil' }, 900_000),
    lowerSecondaryAmount: amount({ id: 'Siswa SMP', en: 'Lower secondary pupil' }, 1_500_000),
    upperSecondaryAmount: amount({ id: 'Siswa SMA', en: 'Upper secondary pupil' }, 2_000_000),
    disabilityAmount: amount({ id: 'Disabilitas berat', en: 'Severe disability' }, 2_400_000),
    elderlyAmount: amount({ id: 'Lanjut usia', en: 'Elderly person' }, 2_400_000),
    nationalQuota: {
      type: { kind: 'int' },
      label: { id: 'Kuota nasional (keluarga)', en: 'National quota (families)' },
      values: [{ from: '2026-01-01', value: 10_000_000, citation: reported('pusdatin-2026') }],
    },
  },
  versions: [
    {
      from: '2026-01-01',
      legalBasis: [reported('pusdatin-2026'), { source: 'permensos-1-2018', confidence: 'low' }],
      criteria: {
        id: 'pkh',
        label: { id: 'Semua syarat PKH', en: 'All conditions of PKH' },
        all: [
          {
            id: 'decile',
            label: {
              id: 'Desil kesejahteraan keluarga paling tinggi sebesar batas program',
              en: 'The welfare decile of the family is at most that of the programme',
            },
            when: 'household.welfareDecile <= parameters.decileMax',
            citation: reported('pusdatin-2026'),
          },
          {
            id: 'component',
            label: { id: 'Paling sedikit satu komponen PKH', en: 'At least one component of PKH' },
            citation: reported('tempo-2025'),
            any: [
              {
                id: 'pregnant',
                label: { id: 'Ada ibu hamil', en: 'A member is pregnant' },
                when: 'household.members.exists(m, m.pregnant)',
              },
              {
                id: 'young-child',
                label: { id: 'Ada anak usia dini', en: 'There is a young child' },
                when: 'household.members.exists(m, age(m.birthDate, on) <= parameters.youngChildAge)',
              },
              {
                id: 'pupil',
                label: {
                  id: 'Ada siswa SD, SMP, atau SMA',
                  en: 'A member goes to primary or secondary school',
                },
                when: "household.members.exists(m, m.currentEducation in ['4', '6', '7'])",
              },
              {
                id: 'severe-disability',
                label: { id: 'Ada penyandang disabilitas berat', en: 'A member is severely disabled' },
                when: 'household.members.exists(m, m.severeDisability)',
              },
              {
                id: 'elderly',
                label: { id: 'Ada lanjut usia', en: 'There is an elderly person' },
                when: 'household.members.exists(m, age(m.birthDate, on) >= parameters.elderlyAge)',
              },
            ],
          },
          noPublicService,
        ],
      },
      benefit: {
        per: 'year',
        payments: 4,
        countMax: 'parameters.componentsMax',
        citation: {
          source: 'tempo-2025',
          confidence: 'low',
          reading: {
            id: 'Nilai 2025 dianggap tetap; bila komponen lebih dari batas, yang bernilai terbesar dihitung lebih dulu.',
            en: 'The amounts of 2025 are taken to hold on; above the cap the largest amounts count first.',
          },
        },
        components: [
          {
            id: 'pregnant',
            label: { id: 'Ibu hamil', en: 'Expectant mother' },
            amount: 'parameters.pregnancyAmount',
            count: 'household.members.filter(m, m.pregnant).size()',
          },
          {
            id: 'young-child',
            label: { id: 'Anak usia dini', en: 'Young child' },
            amount: 'parameters.youngChildAmount',
            count: 'household.members.filter(m, age(m.birthDate, on) <= parameters.youngChildAge).size()',
          },
          {
            id: 'primary',
            label: { id: 'Siswa SD', en: 'Primary pupil' },
            amount: 'parameters.primaryAmount',
            count: "household.members.filter(m, m.currentEducation == '4').size()",
          },
          {
            id: 'lower-secondary',
            label: { id: 'Siswa SMP', en: 'Lower secondary pupil' },
            amount: 'parameters.lowerSecondaryAmount',
            count: "household.members.filter(m, m.currentEducation == '6').size()",
          },
          {
            id: 'upper-secondary',
            label: { id: 'Siswa SMA', en: 'Upper secondary pupil' },
            amount: 'parameters.upperSecondaryAmount',
            count: "household.members.filter(m, m.currentEducation == '7').size()",
          },
          {
            id: 'severe-disability',
            label: { id: 'Disabilitas berat', en: 'Severe disability' },
            amount: 'parameters.disabilityAmount',
            count: 'household.members.filter(m, m.severeDisability).size()',
          },
          {
            id: 'elderly',
            label: { id: 'Lanjut usia', en: 'Elderly person' },
            amount: 'parameters.elderlyAmount',
            count: 'household.members.filter(m, age(m.birthDate, on) >= parameters.elderlyAge).size()',
          },
        ],
      },
      ranking: [
        {
          label: { id: 'Desil terendah lebih dulu', en: 'Lowest decile first' },
          by: 'household.welfareDecile',
          order: 'ascending',
          citation: reported('pusdatin-2026'),
        },
      ],
      combinations: [{ with: 'sembako', allowed: true, citation: reported('opensid-3313') }],
      documents: [
        { id: 'family-card', label: { id: 'Kartu keluarga', en: 'Family card' } },
        {
          id: 'identity-card',
          label: { id: 'KTP kepala keluarga', en: 'Identity card of the head of the family' },
        },
      ],
      changeable: ['household.welfareDecile', 'household.members.currentEducation'],
    },
  ],
  tests: [
    {
      it: 'A family of decile 4 with a toddler is indicated',
      on,
      household: household({ welfareDecile: 4 }, [person(), person(toddler)]),
      expect: { outcome: 'eligible', benefit: 3_000_000 },
    },
    {
      it: 'A family of decile 5 is not, whatever its members',
      on,
      household: household({ welfareDecile: 5 }, [person(toddler)]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Without any component a poor family is not',
      on,
      household: household({ welfareDecile: 1 }),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Without a decile nobody can tell',
      on,
      household: household({ welfareDecile: null }, [person(toddler)]),
      expect: { outcome: 'undetermined', missing: ['household.welfareDecile'] },
    },
    {
      it: 'A child is a young child until the day before its seventh birthday',
      on,
      household: household({}, [person({ birthDate: '2019-03-02' })]),
      expect: { outcome: 'eligible', benefit: 3_000_000 },
    },
    {
      it: 'On its seventh birthday it is none any more',
      on,
      household: household({}, [person({ birthDate: '2019-03-01' })]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Who turns 60 today is an elderly person',
      on,
      household: household({}, [person({ birthDate: '1966-03-01' })]),
      expect: { outcome: 'eligible', benefit: 2_400_000 },
    },
    {
      it: 'Who turns 60 tomorrow is not yet',
      on,
      household: household({}, [person({ birthDate: '1966-03-02' })]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'A civil servant in the family excludes it',
      on,
      household: household({}, [person({ occupation: '5' }), person(toddler)]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Where an occupation is unknown, a civil servant cannot be ruled out',
      on,
      household: household({}, [person({ occupation: null }), person(toddler)]),
      expect: { outcome: 'undetermined', missing: ['household.members[0].occupation'] },
    },
    {
      it: 'Of five components the four largest count',
      on,
      household: household({}, [
        person({ pregnant: true }),
        person(toddler),
        person({ currentEducation: '7' }),
        person({ currentEducation: '6' }),
        person({ currentEducation: '4' }),
      ]),
      expect: { outcome: 'eligible', benefit: 9_500_000 },
    },
    {
      it: 'Before 2026 no version is in force here',
      on: '2025-12-31',
      household: household({}),
      expect: { outcome: null },
    },
  ],
}
