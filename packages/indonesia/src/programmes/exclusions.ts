import { reported } from './sources.ts'

/** Occupations for which assistance ends, by their code in the register. */
const publicService = ['5', '6', '7', '16', '17', '85', '86']

/** Nobody of the household serves the state: what PKH and Sembako have in common. */
export const noPublicService = {
  id: 'no-public-service',
  label: {
    id: 'Tidak ada anggota keluarga yang menjadi ASN, TNI, Polri, pegawai BUMN/BUMD, atau perangkat desa',
    en: 'No member of the family is a civil servant, soldier, police officer, village official or employee of a state company',
  },
  citation: {
    ...reported('kontan-2026'),
    confidence: 'low',
    reading: {
      id: 'Anggota keluarga inti dibaca sebagai semua anggota kartu keluarga.',
      en: 'Core family members are read as all members of the family card.',
    },
  },
  none: [
    {
      id: 'public-service',
      label: {
        id: 'Ada anggota keluarga dalam dinas negara atau perusahaan negara',
        en: 'A member of the family serves the state or a state company',
      },
      when: `household.members.exists(m, m.occupation in [${publicService.map((code) => `'${code}'`).join(', ')}])`,
    },
  ],
} as const
