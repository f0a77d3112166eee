import type { ProgrammeInput } from '@lumbung/core/eligibility'
import { reported } from './sources.ts'
import { household, person } from './test-people.ts'

const on = '2026-05-01'

/** Health insurance whose premium the state pays. */
export const pbiJkn: ProgrammeInput = {
  id: 'pbi-jkn',
  title: { id: 'Penerima Bantuan Iuran JKN (PBI-JKN)', en: 'Paid health insurance premium (PBI-JKN)' },
  purpose: {
    id: 'Iuran jaminan kesehatan dibayar oleh negara',
    en: 'The state pays the premium of the health insurance',
  },
  unit: 'resident',
  parameters: {
    decileMax: {
      type: { kind: 'int' },
      label: { id: 'Desil tertinggi', en: 'Greatest decile' },
      values: [
        {
          from: '2026-01-01',
          value: 5,
          citation: reported('media-indonesia'),
          alternatives: [{ value: 4, citation: { ...reported('pastimenews'), confidence: 'low' } }],
        },
      ],
    },
    nationalQuota: {
      type: { kind: 'int' },
      label: { id: 'Kuota nasional (orang)', en: 'National quota (people)' },
      values: [{ from: '2026-01-01', value: 96_800_000, citation: reported('media-indonesia') }],
    },
  },
  versions: [
    {
      from: '2026-01-01',
      legalBasis: [reported('permensos-3-2026'), reported('media-indonesia')],
      criteria: {
        id: 'pbi-jkn',
        label: { id: 'Semua syarat PBI-JKN', en: 'All conditions of the paid premium' },
        all: [
          {
            id: 'decile',
            label: {
              id: 'Desil kesejahteraan keluarga paling tinggi sebesar batas program',
              en: 'The welfare decile of the family is at most that of the programme',
            },
            when: 'household.welfareDecile <= parameters.decileMax',
            citation: reported('media-indonesia'),
          },
        ],
      },
      benefit: {
        per: 'month',
        inKind: [{ id: 'premium', label: { id: 'Iuran JKN dibayar', en: 'Health insurance premium paid' } }],
        citation: reported('media-indonesia'),
      },
      changeable: ['household.welfareDecile'],
    },
  ],
  tests: [
    {
      it: 'A person of a family of decile 5 is indicated',
      on,
      household: household({ welfareDecile: 5 }),
      member: 0,
      expect: { outcome: 'eligible', benefit: 0 },
    },
    {
      it: 'A person of a family of decile 6 is not',
      on,
      household: household({ welfareDecile: 6 }),
      member: 0,
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'A person of a family of decile 1 is indicated',
      on,
      household: household({ welfareDecile: 1 }),
      member: 0,
      expect: { outcome: 'eligible' },
    },
    {
      it: 'Decile 10 is not',
      on,
      household: household({ welfareDecile: 10 }),
      member: 0,
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'Without a decile nobody can tell',
      on,
      household: household({ welfareDecile: null }),
      member: 0,
      expect: { outcome: 'undetermined', missing: ['household.welfareDecile'] },
    },
    {
      it: 'Every member of the family is asked alike',
      on,
      household: household({ welfareDecile: 2 }, [person(), person({ birthDate: '2026-04-30' })]),
      member: 1,
      expect: { outcome: 'eligible' },
    },
    {
      it: 'On the first day of 2026 it is in force',
      on: '2026-01-01',
      household: household({ welfareDecile: 5 }),
      member: 0,
      expect: { outcome: 'eligible' },
    },
    {
      it: 'On the day before no version is in force here',
      on: '2025-12-31',
      household: household({ welfareDecile: 5 }),
      member: 0,
      expect: { outcome: null },
    },
  ],
}
