import { codeTable } from './code-table.ts'

export const sex = codeTable('sex', [
  [1, 'Laki-laki', 'Male', 'L', 'Lk'],
  [2, 'Perempuan', 'Female', 'P', 'Pr'],
])

export const religion = codeTable('religion', [
  [1, 'Islam', 'Islam'],
  [2, 'Kristen', 'Protestant Christianity'],
  [3, 'Katholik', 'Catholicism', 'Katolik'],
  [4, 'Hindu', 'Hinduism'],
  [5, 'Budha', 'Buddhism', 'Buddha'],
  [6, 'Khonghucu', 'Confucianism', 'Konghucu'],
  [7, 'Kepercayaan terhadap Tuhan YME / lainnya', 'Belief in the One God / other', 'Kepercayaan'],
])

export const maritalStatus = codeTable('maritalStatus', [
  [1, 'Belum kawin', 'Never married', 'BK'],
  [2, 'Kawin', 'Married', 'K'],
  [3, 'Cerai hidup', 'Divorced', 'CH'],
  [4, 'Cerai mati', 'Widowed', 'CM'],
])

export const familyRole = codeTable('familyRole', [
  [1, 'Kepala keluarga', 'Head of the family'],
  [2, 'Suami', 'Husband'],
  [3, 'Istri', 'Wife'],
  [4, 'Anak', 'Child'],
  [5, 'Menantu', 'Son- or daughter-in-law'],
  [6, 'Cucu', 'Grandchild'],
  [7, 'Orangtua', 'Parent'],
  [8, 'Mertua', 'Parent-in-law'],
  [9, 'Famili lain', 'Other relative'],
  [10, 'Pembantu', 'Domestic worker'],
  [11, 'Lainnya', 'Other'],
])

export const citizenship = codeTable('citizenship', [
  [1, 'WNI', 'Indonesian citizen'],
  [2, 'WNA', 'Foreign citizen'],
  [3, 'Dua kewarganegaraan', 'Dual citizenship'],
])

export const bloodType = codeTable('bloodType', [
  [1, 'A', 'A'],
  [2, 'B', 'B'],
  [3, 'AB', 'AB'],
  [4, 'O', 'O'],
  [5, 'A+', 'A+'],
  [6, 'A-', 'A-'],
  [7, 'B+', 'B+'],
  [8, 'B-', 'B-'],
  [9, 'AB+', 'AB+'],
  [10, 'AB-', 'AB-'],
  [11, 'O+', 'O+'],
  [12, 'O-', 'O-'],
  [13, 'Tidak tahu', 'Not known', 'Tdk Th'],
])

export const lifeStatus = codeTable('lifeStatus', [
  [1, 'Hidup', 'Alive'],
  [2, 'Mati', 'Deceased'],
  [3, 'Pindah', 'Moved away', 'Pindah dalam negeri', 'Pindah luar negeri'],
  [4, 'Hilang', 'Missing'],
  [6, 'Pergi', 'Left'],
  [9, 'Tidak valid', 'Not valid'],
])

export const residency = codeTable('residency', [
  [1, 'Tetap', 'Permanent'],
  [2, 'Tidak tetap', 'Temporary'],
])

/** The register numbers the cards otherwise than the table of states behind it; these are the numbers of the register. */
export const identityCard = codeTable('identityCard', [
  [1, 'Belum', 'None yet'],
  [2, 'KTP-el', 'Electronic identity card'],
  [3, 'KIA', "Child's identity card"],
])

/** The numbers of the column `status_rekam`, which are not the keys of the table of states in the database. */
export const identityCardState = codeTable('identityCardState', [
  [1, 'Belum wajib', 'Not yet required'],
  [2, 'Belum rekam', 'Not recorded'],
  [3, 'Sudah rekam', 'Recorded'],
  [4, 'Card printed', 'Card printed'],
  [5, 'Print ready record', 'Ready to print'],
  [6, 'Card shipped', 'Card shipped'],
  [7, 'Sent for card printing', 'Sent for printing'],
  [8, 'Card issued', 'Card issued'],
])

export const lifeEvent = codeTable('lifeEvent', [
  [1, 'Lahir', 'Birth'],
  [2, 'Mati', 'Death'],
  [3, 'Pindah keluar', 'Moved out'],
  [4, 'Hilang', 'Went missing'],
  [5, 'Pindah masuk', 'Moved in'],
  [6, 'Pergi', 'Left'],
])

export const moveReach = codeTable('moveReach', [
  [1, 'Pindah keluar desa/kelurahan', 'To another village'],
  [2, 'Pindah keluar kecamatan', 'To another district'],
  [3, 'Pindah keluar kabupaten/kota', 'To another regency or city'],
  [4, 'Pindah keluar provinsi', 'To another province'],
])

export const dwellingRole = codeTable('dwellingRole', [
  [1, 'Kepala rumah tangga', 'Head of the dwelling household'],
  [2, 'Anggota', 'Member'],
])

export const literacy = codeTable('literacy', [
  [1, 'Latin', 'Latin script'],
  [2, 'Daerah', 'Regional script'],
  [3, 'Arab', 'Arabic script'],
  [4, 'Arab dan Latin', 'Arabic and Latin scripts'],
  [5, 'Arab dan Daerah', 'Arabic and regional scripts'],
  [6, 'Arab, Latin dan Daerah', 'Arabic, Latin and regional scripts'],
])
