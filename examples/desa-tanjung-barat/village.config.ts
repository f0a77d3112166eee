import { VillageId } from '@lumbung/core/kernel'
import { defineVillage } from '@lumbung/core/village'
import {
  formatRegionCode,
  indonesianProgrammes,
  parseRegionCode,
  programmeFacts,
  registerFacts,
  relationships,
} from '@lumbung/indonesia'
import { purposes } from './purposes.ts'
import { roles } from './roles.ts'

/**
 * No province has the number 99, so this village cannot be a real one. Your own code stands in the list of
 * regions of the Ministry of Home Affairs.
 */
const regionCode = parseRegionCode('99.01.01.2001')

/** All that makes Desa Tanjung Barat this village and no other. */
export default defineVillage({
  id: VillageId.parse(formatRegionCode(regionCode, 'digits')),
  name: { id: 'Desa Tanjung Barat', en: 'Tanjung Barat Village' },
  place: {
    id: 'Kecamatan Tanjung, Kabupaten Nusa Lestari (rekaan)',
    en: 'Tanjung District, Nusa Lestari Regency (fictional)',
  },
  timeZone: 'Asia/Jakarta',
  // The first one is shown to whoever asks for none.
  languages: ['id', 'en'],
  currency: 'IDR',
  // Rupiah are counted whole: no sen is in use.
  currencyScale: 0,
  // Below 18 one is a child: UU 23/2002 as changed by UU 35/2014, article 1(1). From memory, confidence medium:
  // let somebody who knows the law confirm it. All data of a child are `specific` (UU 27/2022, article 4(2)).
  childBelowYears: 18,
  purposes,
  roles,
  // What an Indonesian register keeps. A fact of your own stands in a list with them, as the README shows.
  // What the programmes ask beside it comes after.
  facts: [...registerFacts, ...programmeFacts],
  // Assistance programmes with their law. A pack of the village's own stands behind, and may extend this one.
  packs: [indonesianProgrammes],
  casework: {
    // The village's own reading too: how long one may object, and how long the answer may take.
    appeal: {
      filed: { within: { days: 30 }, reading: { id: 'Ketentuan desa', en: "The village's own rule" } },
      answered: { within: { days: 14 }, reading: { id: 'Ketentuan desa', en: "The village's own rule" } },
    },
    forum: {
      majority: {
        above: { numerator: 1, denominator: 2 },
        of: 'cast',
        reading: { id: 'Ketentuan desa', en: "The village's own rule" },
      },
    },
    // The village's own reading: what the officer prepares, the village head signs.
    payments: { approvals: 1, roles: ['village-head'], reasonRequiredOn: 'rejection' },
    // For whom it is told apart how well a programme reaches those whom it means.
    groups: [
      {
        id: 'woman-heads',
        label: { id: 'Kepala keluarga perempuan', en: 'A woman is the head' },
        when: 'household.members.exists(m, m.relationship == "head" && m.sex == "female")',
      },
      {
        id: 'disability',
        label: { id: 'Ada anggota penyandang disabilitas', en: 'Somebody has a disability' },
        // 7 is the code of the family card for none.
        when: 'household.members.exists(m, m.disability != "7")',
      },
    ],
  },
  // Codes of the Indonesian family card, in words.
  relationships,
  // Leaf green. An emblem may stand beside it: the address of an image.
  look: { accent: '#1f6b43' },
})
