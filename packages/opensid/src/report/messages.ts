import type { LocalizedText } from '@lumbung/core/kernel'

/** What each finding says, in both languages. Which of them stop an import, the reader decides. */
export const findingMessages = {
  'workbook/macros': {
    id: 'Berkas berisi makro. Makro tidak dijalankan.',
    en: 'The workbook holds macros. They are not run.',
  },
  'workbook/external-links': {
    id: 'Berkas menunjuk ke berkas atau data lain. Tautan itu tidak diikuti.',
    en: 'The workbook points to other files or data. They are not followed.',
  },
  'workbook/embedded-objects': {
    id: 'Berkas berisi objek lain. Objek itu tidak dibuka.',
    en: 'The workbook holds other objects. They are not opened.',
  },
  'workbook/no-rows': {
    id: 'Tidak ada baris data di dalam berkas.',
    en: 'The workbook holds no row of data.',
  },
  'workbook/missing-sheet': { id: 'Lembar ini tidak ada.', en: 'This sheet is not there.' },
  'sheet/merged-cells': {
    id: 'Sel digabung; hanya sel pertama yang dibaca.',
    en: 'Cells are merged; only the first one is read.',
  },
  'sheet/cells-outside-columns': {
    id: 'Ada isi di kolom tanpa nama; isi itu tidak dibaca.',
    en: 'There are cells in a column without a name; they are not read.',
  },
  'header/unknown-column': { id: 'Nama kolom tidak dikenal.', en: 'The name of the column is not known.' },
  'header/repeated-column': { id: 'Kolom ini ada dua kali.', en: 'This column stands twice.' },
  'header/missing-column': { id: 'Kolom ini tidak ada.', en: 'This column is missing.' },
  'cell/formula': {
    id: 'Sel berisi rumus; nilai yang tersimpan dipakai.',
    en: 'The cell holds a formula; its stored value is used.',
  },
  'cell/formula-without-value': {
    id: 'Sel berisi rumus tanpa nilai tersimpan.',
    en: 'The cell holds a formula without a stored value.',
  },
  'cell/error': { id: 'Sel berisi nilai galat.', en: 'The cell holds an error value.' },
  'cell/missing': { id: 'Sel ini harus diisi.', en: 'This cell must be filled in.' },
  'cell/unknown-code': { id: 'Kode atau label tidak dikenal.', en: 'The code or label is not known.' },
  'cell/not-a-date': { id: 'Isi sel bukan tanggal.', en: 'The cell holds no date.' },
  'cell/not-a-number': { id: 'Isi sel bukan angka.', en: 'The cell holds no number.' },
  'cell/not-accepted': { id: 'Isi sel tidak dapat diterima.', en: 'The cell holds what cannot be accepted.' },
  'cell/too-long': { id: 'Isi sel terlalu panjang.', en: 'The cell holds too much text.' },
  'cell/rounded-number': {
    id: 'Angka ini disimpan sebagai bilangan dan mungkin dibulatkan.',
    en: 'These digits are stored as a number and may have been rounded.',
  },
  'cell/stored-as-number': {
    id: 'Angka ini disimpan sebagai bilangan; simpan sebagai teks.',
    en: 'These digits are stored as a number; store them as text.',
  },
  'cell/mojibake': {
    id: 'Huruf tampak rusak karena salah pengodean; dibaca apa adanya.',
    en: 'Letters seem broken by a wrong encoding; they are read as they are.',
  },
  'identity/wrong-form': { id: 'Nomor tidak berbentuk 16 angka.', en: 'The number does not have 16 digits.' },
  'identity/no-such-day': {
    id: 'Angka tanggal di dalam NIK bukan tanggal yang ada.',
    en: 'The digits of the day in the identity number name no day.',
  },
  'identity/no-serial': {
    id: 'Nomor urut NIK adalah 0000.',
    en: 'The serial of the identity number is 0000.',
  },
  'identity/birth-date-differs': {
    id: 'Tanggal lahir berbeda dari tanggal di dalam NIK.',
    en: 'The birth date differs from the one in the identity number.',
  },
  'identity/sex-differs': {
    id: 'Jenis kelamin berbeda dari yang tertulis di dalam NIK.',
    en: 'The sex differs from the one in the identity number.',
  },
  'row/repeated-number': {
    id: 'NIK ini sudah ada di baris lain.',
    en: 'This identity number stands in another row.',
  },
  'row/repeated-person': {
    id: 'Orang tanpa NIK dengan nama, tempat dan tanggal lahir ini sudah ada di baris lain.',
    en: 'A person without a number with this name, place and date of birth stands in another row.',
  },
  'row/repeated-tag': {
    id: 'Tag kartu ini sudah ada di baris lain.',
    en: 'This card tag stands in another row.',
  },
  'row/repeated-participant': {
    id: 'Peserta ini sudah ada di baris lain.',
    en: 'This participant stands in another row.',
  },
  'row/no-sex': { id: 'Jenis kelamin tidak diisi.', en: 'The sex is not given.' },
  'row/no-birth-date': { id: 'Tanggal lahir tidak diisi.', en: 'The birth date is not given.' },
  'row/pregnancy-of-man': {
    id: 'Keterangan hamil pada laki-laki diabaikan.',
    en: 'A pregnancy given for a man is left out.',
  },
  'family/several-heads': {
    id: 'Nomor KK ini memiliki lebih dari satu kepala keluarga.',
    en: 'This family card has more than one head.',
  },
  'family/no-head': {
    id: 'Nomor KK ini tidak memiliki kepala keluarga.',
    en: 'This family card has no head.',
  },
  'hamlet/several-spellings': {
    id: 'Nama dusun ini ditulis dengan cara lain di baris sebelumnya.',
    en: 'The name of this hamlet is written otherwise in an earlier row.',
  },
  'programme/unknown-setting': { id: 'Keterangan ini tidak dikenal.', en: 'This setting is not known.' },
  'programme/ends-before-start': {
    id: 'Program berakhir sebelum dimulai.',
    en: 'The programme ends before it starts.',
  },
  'programme/target-not-kept': {
    id: 'Peserta kelompok belum dicatat di sini.',
    en: 'Participants that are groups are not kept here yet.',
  },
  'fact/left-out': {
    id: 'Fakta ini tidak dicatat desa, jadi tidak dimasukkan.',
    en: 'The village keeps no such fact, so it is left out.',
  },
} as const satisfies Readonly<Record<string, LocalizedText>>

/** What a finding is about; stable, so that a program can react to it. */
export type FindingCode = keyof typeof findingMessages
