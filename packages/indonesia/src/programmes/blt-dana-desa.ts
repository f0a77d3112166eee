import type { ProgrammeInput } from '@lumbung/core/eligibility'
import { ownReading, reported, type SourceCitation } from './sources.ts'
import { household, person } from './test-people.ts'

const onRecord = (citation: SourceCitation) => ({
  id: 'village-decision',
  label: { id: 'Ada keputusan desa yang tercatat', en: 'A village decision is on record' },
  when: 'household.bltDecisionOnRecord',
  citation,
})

const criteriaLabel = {
  id: 'Semua syarat BLT Dana Desa',
  en: 'All conditions of village fund cash assistance',
}

const decree = {
  id: 'decree',
  label: { id: 'Keputusan kepala desa', en: 'Decree of the village head' },
  citation: reported('pmk-108-2024'),
} as const

const notSourced = (source: SourceCitation['source']) =>
  ownReading(
    source,
    'Syarat keluarga tidak ditemukan dalam sumber; keputusan desa yang tercatat menjadi satu-satunya syarat.',
    'No condition for a family was found in the source; the village decision on record is the only one.',
  )

/** Cash assistance from the village fund, whose law changed nearly every year. */
export const bltDanaDesa: ProgrammeInput = {
  id: 'blt-dana-desa',
  title: { id: 'BLT Dana Desa', en: 'Village fund cash assistance (BLT)' },
  purpose: {
    id: 'Bantuan tunai dari Dana Desa bagi keluarga miskin yang ditetapkan desa',
    en: 'Cash from the village fund for poor families that the village names',
  },
  unit: 'household',
  parameters: {
    fundShareMin: {
      type: { kind: 'decimal', scale: 2 },
      label: { id: 'Bagian Dana Desa paling sedikit', en: 'Least share of the village fund' },
      values: [
        { from: '2022-01-01', to: '2023-01-01', value: 40, citation: reported('perpres-104-2021') },
        { from: '2023-01-01', to: '2024-01-01', value: 10, citation: reported('pmk-201-2022', 'Pasal 36') },
      ],
    },
    fundShareMax: {
      type: { kind: 'decimal', scale: 2 },
      label: { id: 'Bagian Dana Desa paling banyak', en: 'Greatest share of the village fund' },
      values: [
        { from: '2023-01-01', to: '2024-01-01', value: 25, citation: reported('pmk-201-2022', 'Pasal 36') },
        { from: '2025-01-01', to: '2026-01-01', value: 15, citation: reported('pmk-108-2024') },
      ],
      gaps: [
        {
          from: '2024-01-01',
          to: '2025-01-01',
          why: { id: 'Aturan 2024 tidak ditemukan.', en: 'No rule of 2024 was found.' },
        },
      ],
    },
    monthlyAmount: {
      type: { kind: 'money' },
      label: { id: 'Nilai per bulan', en: 'Amount per month' },
      values: [
        {
          from: '2023-01-01',
          to: '2024-01-01',
          value: 300_000,
          citation: reported('pmk-201-2022', 'Pasal 36'),
        },
        {
          from: '2026-01-01',
          to: '2027-01-01',
          value: 300_000,
          citation: {
            ...reported('permendesa-16-2025'),
            reading: {
              id: 'Ini batas tertinggi; desa dapat menetapkan nilai yang lebih rendah.',
              en: 'This is the upper limit; a village may set a lower amount.',
            },
          },
        },
      ],
      gaps: [
        {
          from: '2024-01-01',
          to: '2026-01-01',
          why: { id: 'Nilai 2024 dan 2025 tidak ditemukan.', en: 'No amount of 2024 and 2025 was found.' },
        },
      ],
    },
    priorityDecile: {
      type: { kind: 'int' },
      label: { id: 'Desil yang didahulukan', en: 'Decile that comes first' },
      values: [{ from: '2025-01-01', to: '2026-01-01', value: 1, citation: reported('pmk-108-2024') }],
    },
    decileMax: {
      type: { kind: 'int' },
      label: { id: 'Desil tertinggi', en: 'Greatest decile' },
      values: [{ from: '2025-01-01', to: '2026-01-01', value: 4, citation: reported('pmk-108-2024') }],
    },
    elderlyAge: {
      type: { kind: 'int' },
      label: { id: 'Umur lansia', en: 'Age of an elderly person' },
      values: [
        {
          from: '2025-01-01',
          to: '2026-01-01',
          value: 60,
          citation: ownReading(
            'pmk-108-2024',
            'Umur lansia diambil dari PKH.',
            'The age of an elderly person is taken from PKH.',
          ),
        },
      ],
    },
    threeMonths: {
      type: { kind: 'enum', values: ['at-once', 'in-all'] },
      label: { id: 'Arti "tiga bulan"', en: 'Meaning of "three months"' },
      values: [
        {
          from: '2026-01-01',
          to: '2027-01-01',
          value: 'at-once',
          citation: reported('permendesa-16-2025'),
          alternatives: [
            { value: 'in-all', citation: { ...reported('tpp-gunungkidul'), confidence: 'low' } },
          ],
        },
      ],
    },
  },
  versions: [
    {
      from: '2022-01-01',
      to: '2023-01-01',
      legalBasis: [reported('perpres-104-2021')],
      criteria: { id: 'blt-2022', label: criteriaLabel, all: [onRecord(notSourced('perpres-104-2021'))] },
    },
    {
      from: '2023-01-01',
      to: '2024-01-01',
      legalBasis: [reported('pmk-201-2022', 'Pasal 36')],
      criteria: { id: 'blt-2023', label: criteriaLabel, all: [onRecord(notSourced('pmk-201-2022'))] },
      benefit: {
        per: 'month',
        components: [
          { id: 'cash', label: { id: 'Bantuan tunai', en: 'Cash' }, amount: 'parameters.monthlyAmount' },
        ],
        citation: reported('pmk-201-2022', 'Pasal 36'),
      },
    },
    {
      from: '2025-01-01',
      to: '2026-01-01',
      legalBasis: [reported('pmk-108-2024')],
      criteria: {
        id: 'blt-2025',
        label: criteriaLabel,
        any: [
          {
            id: 'decile',
            label: {
              id: 'Desil kesejahteraan keluarga paling tinggi sebesar batas program',
              en: 'The welfare decile of the family is at most that of the programme',
            },
            when: 'household.welfareDecile <= parameters.decileMax',
            citation: reported('pmk-108-2024'),
          },
          {
            id: 'lost-livelihood',
            label: { id: 'Kehilangan mata pencaharian', en: 'The family lost its livelihood' },
            when: 'household.lostLivelihood',
            citation: reported('pmk-108-2024'),
          },
          {
            id: 'illness-or-disability',
            label: {
              id: 'Ada anggota keluarga yang sakit menahun atau menyandang disabilitas',
              en: 'A member of the family is chronically ill or disabled',
            },
            when: "household.members.exists(m, m.chronicIllness || m.severeDisability || m.disability != '7')",
            citation: reported('pmk-108-2024'),
          },
          {
            id: 'no-pkh',
            label: { id: 'Tidak menerima PKH', en: 'The family does not receive PKH' },
            when: '!household.enrolledInPkh',
            citation: ownReading(
              'pmk-108-2024',
              'Sumber menyebutnya di antara syarat pengganti; dibaca sebagai syarat yang berdiri sendiri.',
              'The source names it among the substitute conditions; it is read as one that stands alone.',
            ),
          },
          {
            id: 'lone-elderly',
            label: { id: 'Lansia tunggal', en: 'An elderly person lives alone' },
            when: 'household.members.size() == 1 && household.members.all(m, age(m.birthDate, on) >= parameters.elderlyAge)',
            citation: reported('pmk-108-2024'),
          },
        ],
      },
      ranking: [
        {
          label: { id: 'Desil yang didahulukan', en: 'The decile that comes first' },
          by: 'household.welfareDecile <= parameters.priorityDecile ? 0 : (household.welfareDecile <= parameters.decileMax ? 1 : 2)',
          order: 'ascending',
          citation: reported('pmk-108-2024'),
        },
      ],
      combinations: [
        { with: 'pkh', allowed: false, citation: { ...reported('opensid-3313'), confidence: 'low' } },
        { with: 'sembako', allowed: false, citation: { ...reported('opensid-3313'), confidence: 'low' } },
      ],
      documents: [decree],
      changeable: ['household.welfareDecile', 'household.lostLivelihood', 'household.enrolledInPkh'],
    },
    {
      from: '2026-01-01',
      to: '2027-01-01',
      legalBasis: [reported('permendesa-16-2025')],
      criteria: {
        id: 'blt-2026',
        label: criteriaLabel,
        all: [onRecord(reported('permendesa-16-2025'))],
      },
      benefit: {
        per: 'month',
        components: [
          { id: 'cash', label: { id: 'Bantuan tunai', en: 'Cash' }, amount: 'parameters.monthlyAmount' },
        ],
        citation: reported('permendesa-16-2025'),
      },
      combinations: [
        { with: 'pkh', allowed: false, citation: { ...reported('opensid-3313'), confidence: 'low' } },
        { with: 'sembako', allowed: false, citation: { ...reported('opensid-3313'), confidence: 'low' } },
      ],
    },
  ],
  gaps: [
    {
      from: '2024-01-01',
      to: '2025-01-01',
      why: { id: 'Aturan 2024 tidak ditemukan.', en: 'No rule of 2024 was found.' },
    },
  ],
  tests: [
    {
      it: 'In 2022 a village decision on record is enough',
      on: '2022-01-01',
      household: household({ bltDecisionOnRecord: true }),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'In 2022 without one the family is not indicated',
      on: '2022-12-31',
      household: household({ bltDecisionOnRecord: false }),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'In 2023 the amount is 300,000 a month',
      on: '2023-01-01',
      household: household({ bltDecisionOnRecord: true }),
      expect: { outcome: 'eligible', benefit: 300_000 },
    },
    {
      it: 'Nothing is in force on the first day of 2024',
      on: '2024-01-01',
      household: household({ bltDecisionOnRecord: true }),
      expect: { outcome: null },
    },
    {
      it: 'Nothing is in force on the last day of 2024',
      on: '2024-12-31',
      household: household({ bltDecisionOnRecord: true }),
      expect: { outcome: null },
    },
    {
      it: 'In 2025 a family of decile 1 is indicated',
      on: '2025-01-01',
      household: household({ welfareDecile: 1, enrolledInPkh: true }),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'In 2025 a family of decile 4 is indicated',
      on: '2025-06-01',
      household: household({ welfareDecile: 4, enrolledInPkh: true }),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'In 2025 a family of decile 5 with PKH and nothing else is not',
      on: '2025-06-01',
      household: household({ welfareDecile: 5, enrolledInPkh: true }),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'In 2025 a chronically ill member is enough',
      on: '2025-06-01',
      household: household({ welfareDecile: 8, enrolledInPkh: true }, [person({ chronicIllness: true })]),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'In 2025 who turned 60 and lives alone is indicated',
      on: '2025-06-01',
      household: household({ welfareDecile: 8, enrolledInPkh: true }, [person({ birthDate: '1965-06-01' })]),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'In 2025 who turns 60 tomorrow is not',
      on: '2025-06-01',
      household: household({ welfareDecile: 8, enrolledInPkh: true }, [person({ birthDate: '1965-06-02' })]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'In 2025 an unknown decile leaves it open, unless something else settles it',
      on: '2025-06-01',
      household: household({ welfareDecile: null, enrolledInPkh: true }),
      expect: { outcome: 'undetermined', missing: ['household.welfareDecile'] },
    },
    {
      it: 'In 2026 the village decision counts, and the amount is at most 300,000',
      on: '2026-12-31',
      household: household({ welfareDecile: 9, bltDecisionOnRecord: true }),
      expect: { outcome: 'eligible', benefit: 300_000 },
    },
    {
      it: 'In 2026 without knowing of a decision nobody can tell',
      on: '2026-01-01',
      household: household({ bltDecisionOnRecord: null }),
      expect: { outcome: 'undetermined', missing: ['household.bltDecisionOnRecord'] },
    },
  ],
}
