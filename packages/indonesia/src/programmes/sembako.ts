import type { ProgrammeInput } from '@lumbung/core/eligibility'
import { noPublicService } from './exclusions.ts'
import { ownReading, reported } from './sources.ts'
import { household, person } from './test-people.ts'

const on = '2026-06-15'

/** Food assistance as an amount for each month. */
export const sembako: ProgrammeInput = {
  id: 'sembako',
  title: { id: 'Bantuan Sembako (BPNT)', en: 'Staple food assistance (BPNT)' },
  purpose: {
    id: 'Bantuan bulanan agar keluarga dapat membeli bahan pangan',
    en: 'A monthly amount with which a family can buy staple food',
  },
  unit: 'household',
  parameters: {
    decileMax: {
      type: { kind: 'int' },
      label: { id: 'Desil tertinggi', en: 'Greatest decile' },
      values: [
        {
          from: '2026-01-01',
          value: 5,
          citation: reported('pusdatin-2026'),
          alternatives: [
            { value: 4, citation: { ...reported('obor-sulut'), confidence: 'low' } },
            { value: 2, citation: { ...reported('pastimenews'), confidence: 'low' } },
          ],
        },
      ],
    },
    monthlyAmount: {
      type: { kind: 'money' },
      label: { id: 'Nilai per bulan', en: 'Amount per month' },
      values: [
        { from: '2020-03-01', to: '2025-01-01', value: 200_000, citation: reported('antara-2020') },
        {
          from: '2025-01-01',
          value: 200_000,
          citation: ownReading(
            'antara-2020',
            'Nilai dianggap tetap.',
            'The amount is taken to be unchanged.',
          ),
        },
      ],
    },
    nationalQuota: {
      type: { kind: 'int' },
      label: { id: 'Kuota nasional (keluarga)', en: 'National quota (families)' },
      values: [{ from: '2026-01-01', value: 18_200_000, citation: reported('pusdatin-2026') }],
    },
  },
  versions: [
    {
      from: '2026-01-01',
      legalBasis: [reported('pusdatin-2026')],
      criteria: {
        id: 'sembako',
        label: { id: 'Semua syarat bantuan sembako', en: 'All conditions of staple food assistance' },
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
          noPublicService,
        ],
      },
      benefit: {
        per: 'month',
        components: [
          {
            id: 'food',
            label: { id: 'Bantuan pangan', en: 'Food assistance' },
            amount: 'parameters.monthlyAmount',
            citation: reported('antara-2020'),
          },
        ],
      },
      ranking: [
        {
          label: { id: 'Desil terendah lebih dulu', en: 'Lowest decile first' },
          by: 'household.welfareDecile',
          order: 'ascending',
          citation: ownReading(
            'pusdatin-2026',
            'Urutan PKH dipakai juga untuk sembako.',
            'The order of PKH is used for staple food too.',
          ),
        },
      ],
      combinations: [{ with: 'pkh', allowed: true, citation: reported('opensid-3313') }],
      documents: [{ id: 'family-card', label: { id: 'Kartu keluarga', en: 'Family card' } }],
      changeable: ['household.welfareDecile'],
    },
  ],
  tests: [
    {
      it: 'A family of decile 5 is indicated',
      on,
      household: household({ welfareDecile: 5 }),
      expect: { outcome: 'eligible', benefit: 200_000 },
    },
    {
      it: 'A family of decile 6 is not',
      on,
      household: household({ welfareDecile: 6 }),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'A family of decile 1 is indicated',
      on,
      household: household({ welfareDecile: 1 }),
      expect: { outcome: 'eligible', benefit: 200_000 },
    },
    {
      it: 'Without a decile nobody can tell',
      on,
      household: household({ welfareDecile: null }),
      expect: { outcome: 'undetermined', missing: ['household.welfareDecile'] },
    },
    {
      it: 'A village official in the family excludes it',
      on,
      household: household({ welfareDecile: 1 }, [person(), person({ occupation: '85' })]),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'An unknown occupation leaves it open',
      on,
      household: household({ welfareDecile: 2 }, [person({ occupation: null })]),
      expect: { outcome: 'undetermined', missing: ['household.members[0].occupation'] },
    },
    {
      it: 'Where the members are unknown, so is the outcome',
      on,
      household: household({ welfareDecile: 2 }, null),
      expect: { outcome: 'undetermined', missing: ['household.members'] },
    },
    {
      it: 'A decile too high settles it, whoever the members are',
      on,
      household: household({ welfareDecile: 9 }, null),
      expect: { outcome: 'ineligible' },
    },
    {
      it: 'On the first day of 2026 it is in force',
      on: '2026-01-01',
      household: household({ welfareDecile: 5 }),
      expect: { outcome: 'eligible' },
    },
    {
      it: 'On the day before no version is in force here',
      on: '2025-12-31',
      household: household({ welfareDecile: 5 }),
      expect: { outcome: null },
    },
  ],
}
