import type { LocalizedText } from '@lumbung/core/kernel'

/**
 * Why a register refuses a row of an import, and why a file is no workbook that can be read, by the code that says
 * so: one catalogue for every program that imports.
 *
 * @example
 * ```ts
 * import { refusalMessages } from '@lumbung/opensid'
 *
 * refusalMessages['people/in-the-future']?.['en'] // => 'This date is yet to come.'
 * ```
 */
export const refusalMessages: Readonly<Record<string, LocalizedText>> = {
  'people/unknown-fact': { id: 'Desa tidak mencatat fakta ini.', en: 'The village keeps no such fact.' },
  'people/empty-span': {
    id: 'Tanggal akhir tidak sesudah tanggal awal.',
    en: 'The end is not after the beginning.',
  },
  'people/fact-wrong-type': {
    id: 'Nilai ini bukan jenis nilai fakta tersebut.',
    en: 'This value is not of the kind of the fact.',
  },
  'people/fact-out-of-range': {
    id: 'Nilai ini di luar batas fakta tersebut.',
    en: 'This value is beyond the range of the fact.',
  },
  'people/fact-too-fine': {
    id: 'Nilai ini lebih rinci daripada fakta tersebut.',
    en: 'This value is finer than the fact is kept.',
  },
  'people/fact-not-in-set': {
    id: 'Nilai ini tidak ada dalam daftar nilai fakta tersebut.',
    en: 'This value is none of those of the fact.',
  },
  'people/fact-text-invalid': {
    id: 'Teks ini berisi karakter yang tidak boleh.',
    en: 'This text holds characters that it may not.',
  },
  'people/number-taken': {
    id: 'Nomor ini sudah dipakai orang lain.',
    en: 'Somebody else has this number already.',
  },
  'people/listed-twice': { id: 'Orang ini tercantum dua kali.', en: 'This person is listed twice.' },
  'people/unfit-name': {
    id: 'Nama ini kosong, terlalu panjang, atau berisi karakter yang tidak boleh ada dalam nama.',
    en: 'This name is blank or too long, or holds characters that no name may hold.',
  },
  'people/needs-life-event': {
    id: 'Keluarga, hubungan atau status orang ini berbeda dari yang tercatat; catatlah sebagai peristiwa.',
    en: 'Family, relationship or status of this person differ from the register; record it as an event.',
  },
  'people/in-the-future': { id: 'Tanggal ini belum tiba.', en: 'This date is yet to come.' },
  'people/before-birth': { id: 'Tanggal ini sebelum kelahiran.', en: 'This date is before the birth.' },
  'people/already-merged': {
    id: 'Data orang ini sudah digabung dengan yang lain.',
    en: 'The record of this person was merged with another.',
  },
  'people/unknown-household': { id: 'Keluarga ini tidak ada.', en: 'There is no such household.' },
  'people/unknown-resident': { id: 'Penduduk ini tidak ada.', en: 'There is no such resident.' },
  'people/second-household': {
    id: 'Orang ini sudah berada dalam keluarga lain.',
    en: 'This person belongs to another household already.',
  },
  'casework/no-such-programme': {
    id: 'Desa tidak mengenal program ini.',
    en: 'The village knows no such programme.',
  },
  'casework/unknown-participant': {
    id: 'Tidak ada penduduk atau keluarga dengan nomor ini.',
    en: 'No resident or household has this number.',
  },
  'casework/ambiguous-participant': {
    id: 'Lebih dari satu penduduk atau keluarga memakai nomor ini.',
    en: 'Several residents or households have this number.',
  },
  'casework/dead-participant': {
    id: 'Peserta ini tercatat meninggal.',
    en: 'This person is recorded as dead.',
  },
  'casework/moved-participant': {
    id: 'Peserta ini tercatat pindah.',
    en: 'This person is recorded as moved away.',
  },
  'casework/empty-household': {
    id: 'Keluarga ini tidak lagi mempunyai anggota.',
    en: 'Nobody belongs to this household any more.',
  },
  'casework/no-family': {
    id: 'Program ini untuk keluarga, dan orang ini tidak ada di kartu keluarga mana pun.',
    en: 'The programme is for households, and this person is on no family card.',
  },
  'casework/unit-differs': {
    id: 'Program ini untuk perorangan, sedangkan daftar ini berisi keluarga.',
    en: 'The programme is for residents, and the list names households.',
  },
  'casework/listed-twice': {
    id: 'Peserta ini, atau keluarganya, sudah ada di baris lain.',
    en: 'This participant, or their household, stands in another row.',
  },
  'casework/participant-number-differs': {
    id: 'Peserta ini sudah terdaftar dengan nomor kartu lain.',
    en: 'They take part already under the number of another card.',
  },
  'casework/participant-number-taken': {
    id: 'Nomor kartu ini sudah dipakai peserta lain.',
    en: 'Somebody else takes part under the number of this card.',
  },
  'casework/double-benefit': {
    id: 'Peserta ini menerima bantuan lain yang tidak boleh digabung.',
    en: 'They take part in another programme that the law does not allow beside this one.',
  },
  'opensid/not-a-workbook': {
    id: 'Berkas ini bukan buku kerja .xlsx atau .xlsm yang dapat dibaca.',
    en: 'The file is no .xlsx or .xlsm workbook that can be read.',
  },
  'opensid/old-workbook': {
    id: 'Berkas ini buku kerja lama (.xls), atau terkunci kata sandi. Bukalah, lalu simpan sebagai .xlsx tanpa kata sandi.',
    en: 'This is an old workbook (.xls), or it is protected by a password. Open it, and save it as .xlsx without one.',
  },
  'opensid/unsafe-archive': {
    id: 'Berkas ini disusun dengan cara yang tidak aman.',
    en: 'The file is put together in an unsafe way.',
  },
  'opensid/too-large': { id: 'Isi berkas ini terlalu besar.', en: 'The file holds too much.' },
  'village/import-overtaken': {
    id: 'Daftar diubah orang lain selama impor. Sebagian sudah masuk; kirimlah berkas yang sama sekali lagi.',
    en: 'Somebody changed the register during the import. A part is in; send the same file once more.',
  },
}

/** The column that a refusal of a person is about; the others are about the row as a whole. */
const columns: Readonly<Record<string, string>> = {
  'people/in-the-future': 'tanggallahir',
  'people/unfit-name': 'nama',
  'people/number-taken': 'nik',
  'people/listed-twice': 'nik',
  'casework/unknown-participant': 'Peserta',
  'casework/ambiguous-participant': 'Peserta',
  'casework/dead-participant': 'Peserta',
  'casework/moved-participant': 'Peserta',
  'casework/empty-household': 'Peserta',
  'casework/no-family': 'Peserta',
  'casework/unit-differs': 'Peserta',
  'casework/listed-twice': 'Peserta',
  'casework/double-benefit': 'Peserta',
  'casework/participant-number-differs': 'No. Peserta',
  'casework/participant-number-taken': 'No. Peserta',
}

/**
 * Where in the workbook a refused person stands, by the key that `populationOf` gave them and the code of the
 * refusal; nowhere for what is no person.
 *
 * @example
 * ```ts
 * import { refusedPlace } from '@lumbung/opensid'
 *
 * refusedPlace('Penduduk:4', 'people/in-the-future') // => { sheet: 'Penduduk', row: 4, column: 'tanggallahir' }
 * refusedPlace('9999010101110001', 'people/unknown-household') // => {}
 * ```
 */
export function refusedPlace(
  key: string,
  code: string,
): { readonly sheet?: string; readonly row?: number; readonly column?: string } {
  const [, sheet, row] = /^(.*):(\d+)$/.exec(key) ?? []
  if (sheet === undefined) return {}
  const column = columns[code]
  return { sheet, row: Number(row), ...(column === undefined ? {} : { column }) }
}
