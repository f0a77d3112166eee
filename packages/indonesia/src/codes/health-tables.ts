import { codeTable } from './code-table.ts'

export const disability = codeTable('disability', [
  [1, 'Cacat fisik', 'Physical disability'],
  [2, 'Cacat netra/buta', 'Visual disability'],
  [3, 'Cacat rungu/wicara', 'Hearing or speech disability'],
  [4, 'Cacat mental/jiwa', 'Mental disability'],
  [5, 'Cacat fisik dan mental', 'Physical and mental disability'],
  [6, 'Cacat lainnya', 'Other disability'],
  [7, 'Tidak cacat', 'No disability'],
])

export const chronicIllness = codeTable('chronicIllness', [
  [1, 'Jantung', 'Heart disease'],
  [2, 'Lever', 'Liver disease'],
  [3, 'Paru-paru', 'Lung disease'],
  [4, 'Kanker', 'Cancer'],
  [5, 'Stroke', 'Stroke'],
  [6, 'Diabetes melitus', 'Diabetes mellitus'],
  [7, 'Ginjal', 'Kidney disease'],
  [8, 'Malaria', 'Malaria'],
  [9, 'Lepra/kusta', 'Leprosy'],
  [10, 'HIV/AIDS', 'HIV/AIDS'],
  [11, 'Gila/stress', 'Mental illness'],
  [12, 'TBC', 'Tuberculosis'],
  [13, 'Asthma', 'Asthma', 'Asma'],
  [14, 'Tidak ada/tidak sakit', 'None'],
])

export const contraception = codeTable('contraception', [
  [1, 'Pil', 'Pill'],
  [2, 'IUD', 'Intrauterine device'],
  [3, 'Suntik', 'Injection'],
  [4, 'Kondom', 'Condom'],
  [5, 'Susuk KB', 'Implant'],
  [6, 'Sterilisasi wanita', 'Female sterilisation'],
  [7, 'Sterilisasi pria', 'Male sterilisation'],
  [99, 'Lainnya', 'Other'],
])

export const pregnancy = codeTable('pregnancy', [
  [1, 'Hamil', 'Pregnant'],
  [2, 'Tidak hamil', 'Not pregnant'],
])

/** Regional insurance (4) is not in the table of 2410.0.0, but was reported from its code. */
export const healthInsurance = codeTable(
  'healthInsurance',
  [
    [1, 'Tidak/belum punya', 'None'],
    [2, 'BPJS Penerima Bantuan Iuran', 'National scheme, contribution paid by the state'],
    [3, 'BPJS Non Penerima Bantuan Iuran', 'National scheme, own contribution'],
    [4, 'Asuransi daerah', 'Regional insurance', 'BPJS Bantuan Daerah'],
    [99, 'Asuransi lainnya', 'Other insurance'],
  ],
  { confidence: 'medium' },
)
