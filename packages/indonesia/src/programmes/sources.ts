/**
 * What the programmes are cited from. No text of a law was opened: a ministry, a press or a village page reports it,
 * so no citation is of `high` confidence.
 */
export const programmeSources = {
  'tempo-2025': { title: 'Besaran bantuan PKH 2025', publisher: 'Tempo', verifiedOn: '2026-11-01' },
  'permensos-1-2018': {
    title: 'Peraturan Menteri Sosial Nomor 1 Tahun 2018 tentang Program Keluarga Harapan',
    publisher: 'Kementerian Sosial',
  },
  'pusdatin-2026': {
    title: 'Pusdatin Kementerian Sosial tentang desil penerima bantuan 2026',
    publisher: 'JatimTimes',
    publishedOn: '2026-02-07',
    verifiedOn: '2026-11-01',
  },
  'obor-sulut': {
    title: 'Penerima bantuan sembako menurut desil',
    publisher: 'Obor Sulut',
    verifiedOn: '2026-11-01',
  },
  pastimenews: {
    title: 'Prioritas penerima bantuan sosial 2026',
    publisher: 'pastimenews',
    verifiedOn: '2026-11-01',
  },
  'antara-2020': {
    title: 'Nilai bantuan sembako naik menjadi Rp200.000',
    publisher: 'Antara',
    verifiedOn: '2026-11-01',
  },
  'kontan-2026': {
    title: 'Penyebab bantuan sosial dihentikan',
    publisher: 'Kontan',
    verifiedOn: '2026-11-01',
  },
  'media-indonesia': {
    title: 'Penerima bantuan iuran JKN menurut desil',
    publisher: 'Media Indonesia',
    verifiedOn: '2026-11-01',
  },
  'permensos-3-2026': {
    title: 'Peraturan Menteri Sosial Nomor 3 Tahun 2026, pengganti Nomor 21 Tahun 2019',
    publisher: 'Justisio',
    verifiedOn: '2026-11-01',
  },
  databoks: {
    title: 'Besaran Program Indonesia Pintar 2024',
    publisher: 'Databoks',
    verifiedOn: '2026-11-01',
  },
  'antara-2026': {
    title: 'Program Indonesia Pintar bagi taman kanak-kanak mulai 2026',
    publisher: 'Antara',
    verifiedOn: '2026-11-01',
  },
  'perpres-104-2021': {
    title: 'Peraturan Presiden Nomor 104 Tahun 2021',
    publisher: 'Desa Semawung',
    verifiedOn: '2026-11-01',
  },
  'pmk-201-2022': {
    title: 'Peraturan Menteri Keuangan Nomor 201/PMK.07/2022',
    publisher: 'Ekspost',
    verifiedOn: '2026-11-01',
  },
  'pmk-108-2024': {
    title: 'Peraturan Menteri Keuangan Nomor 108 Tahun 2024',
    publisher: 'CiptaDesa; AcehGlobal',
    verifiedOn: '2026-11-01',
  },
  'permendesa-16-2025': {
    title: 'Peraturan Menteri Desa PDT Nomor 16 Tahun 2025',
    publisher: 'Inspot; Pakistaji',
    publishedOn: '2025-12-29',
    verifiedOn: '2026-11-01',
  },
  'tpp-gunungkidul': {
    title: 'Penjelasan BLT Dana Desa 2026',
    publisher: 'TPP Gunungkidul',
    verifiedOn: '2026-11-01',
  },
  'opensid-3313': {
    title: 'Usul peringatan bantuan ganda: PKH dan BPNT boleh bersama, yang lain tidak',
    publisher: 'OpenSID',
    url: 'https://github.com/OpenSID/OpenSID/issues/3313',
    verifiedOn: '2026-11-01',
  },
} as const

/** A citation of one of the sources. */
export interface SourceCitation {
  readonly source: keyof typeof programmeSources
  readonly at?: string
  readonly confidence: 'medium' | 'low'
  readonly reading?: { readonly id: string; readonly en: string }
}

/** A citation that a report bears out. */
export function reported(source: SourceCitation['source'], at?: string): SourceCitation {
  return { source, ...(at !== undefined && { at }), confidence: 'medium' }
}

/** A citation of which the pack says how it understands the source, since the source itself does not say it. */
export function ownReading(source: SourceCitation['source'], id: string, en: string): SourceCitation {
  return { source, confidence: 'low', reading: { id, en } }
}
