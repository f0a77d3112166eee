import type { FactConfig } from '@lumbung/core/people'

const bool = { kind: 'bool' } as const

/** What the programmes ask beside the facts of the register. A village takes them up in the facts of its config. */
export const programmeFacts: readonly FactConfig[] = [
  {
    name: 'enrolledInPkh',
    unit: 'household',
    type: bool,
    label: { id: 'Sudah menerima PKH', en: 'Already receives PKH' },
    fieldClass: 'specific',
    freshForMonths: 6,
  },
  {
    name: 'lostLivelihood',
    unit: 'household',
    type: bool,
    label: { id: 'Kehilangan mata pencaharian', en: 'Lost its livelihood' },
    fieldClass: 'specific',
    freshForMonths: 12,
  },
  {
    name: 'bltDecisionOnRecord',
    unit: 'household',
    type: bool,
    label: {
      id: 'Ditetapkan dalam musyawarah desa sebagai penerima BLT Dana Desa',
      en: 'Named by the village meeting for village fund cash assistance',
    },
    fieldClass: 'personal',
    freshForMonths: 12,
  },
  {
    name: 'chronicIllness',
    unit: 'resident',
    type: bool,
    label: { id: 'Sakit menahun', en: 'Chronic illness' },
    fieldClass: 'specific',
    freshForMonths: 12,
  },
  {
    name: 'pipDecisionOnRecord',
    unit: 'resident',
    type: bool,
    label: {
      id: 'Tercatat ditetapkan sebagai penerima PIP',
      en: 'On record as named for the Smart Indonesia Programme',
    },
    fieldClass: 'personal',
    freshForMonths: 12,
  },
  {
    name: 'firstOrFinalSchoolYear',
    unit: 'resident',
    type: bool,
    label: { id: 'Siswa baru atau kelas akhir', en: 'Pupil in the first or final school year' },
    fieldClass: 'personal',
    freshForMonths: 12,
  },
]
