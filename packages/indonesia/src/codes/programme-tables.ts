import { codeTable } from './code-table.ts'

export const programmeTarget = codeTable('programmeTarget', [
  [1, 'Penduduk', 'Resident', 'Penduduk Perorangan'],
  [2, 'Keluarga', 'Family', 'Keluarga / KK', 'KK'],
  [3, 'Rumah tangga', 'Dwelling household', 'RTM'],
  [4, 'Kelompok', 'Group', 'Kelompok/Organisasi Kemasyarakatan'],
])

export const programmeFunding = codeTable('programmeFunding', [
  [1, 'Pusat', 'National government'],
  [2, 'Provinsi', 'Province'],
  [3, 'Kab/Kota', 'Regency or city'],
  [4, 'Dana Desa', 'Village fund'],
  [5, 'Lain-lain (Hibah)', 'Other (grant)'],
])

export const familyWelfare = codeTable('familyWelfare', [
  [1, 'Keluarga pra sejahtera', 'Pre-welfare family'],
  [2, 'Keluarga sejahtera I', 'Welfare family, stage I'],
  [3, 'Keluarga sejahtera II', 'Welfare family, stage II'],
  [4, 'Keluarga sejahtera III', 'Welfare family, stage III'],
  [5, 'Keluarga sejahtera III plus', 'Welfare family, stage III plus'],
])
