import type { LocalizedText } from '@lumbung/core/kernel'
import { type CodeTable, codeTables } from '@lumbung/indonesia'
import { expected, expectedCode, expectedDegrees } from '../cells/expected.ts'
import type { PopulationRecord } from './record.ts'

/** How a column is read and what it may hold. */
export type ColumnKind =
  | { readonly kind: 'text'; readonly isRequired?: boolean }
  /** A text that people put an apostrophe before, and that a spreadsheet program takes for a number. */
  | { readonly kind: 'entry'; readonly isRequired?: false }
  | { readonly kind: 'hamlet'; readonly isRequired: true }
  /** RT and RW: they must be filled in, with a dash where there is none. */
  | { readonly kind: 'unit'; readonly isRequired: true }
  | { readonly kind: 'number'; readonly isRequired?: boolean }
  | { readonly kind: 'code'; readonly table: CodeTable; readonly isRequired?: boolean }
  | { readonly kind: 'date'; readonly isRequired?: false }
  | { readonly kind: 'degrees'; readonly most: number; readonly isRequired?: false }

/** A column of the workbook and the field of ours that it fills. */
export type Column = { readonly name: string; readonly field: keyof PopulationRecord } & ColumnKind

const text = { kind: 'text' } as const
const entry = { kind: 'entry' } as const
const date = { kind: 'date' } as const
const number = { kind: 'number' } as const
const code = (table: CodeTable) => ({ kind: 'code', table }) as const

/** The 43 columns in the order in which OpenSID 2410.0.0 writes them. */
export const columns: readonly Column[] = [
  { name: 'alamat', field: 'address', ...text },
  { name: 'dusun', field: 'hamlet', kind: 'hamlet', isRequired: true },
  { name: 'rw', field: 'rw', kind: 'unit', isRequired: true },
  { name: 'rt', field: 'rt', kind: 'unit', isRequired: true },
  { name: 'nama', field: 'name', kind: 'text', isRequired: true },
  { name: 'no_kk', field: 'familyCardNumber', kind: 'number', isRequired: true },
  { name: 'nik', field: 'identityNumber', ...number },
  { name: 'sex', field: 'sex', ...code(codeTables.sex) },
  { name: 'tempatlahir', field: 'birthPlace', ...text },
  { name: 'tanggallahir', field: 'birthDate', ...date },
  { name: 'agama_id', field: 'religion', ...code(codeTables.religion) },
  { name: 'pendidikan_kk_id', field: 'completedEducation', ...code(codeTables.completedEducation) },
  { name: 'pendidikan_sedang_id', field: 'currentEducation', ...code(codeTables.currentEducation) },
  { name: 'pekerjaan_id', field: 'occupation', ...code(codeTables.occupation) },
  { name: 'status_kawin', field: 'maritalStatus', ...code(codeTables.maritalStatus) },
  { name: 'kk_level', field: 'familyRole', ...code(codeTables.familyRole), isRequired: true },
  { name: 'warganegara_id', field: 'citizenship', ...code(codeTables.citizenship) },
  { name: 'ayah_nik', field: 'fatherIdentityNumber', ...number },
  { name: 'nama_ayah', field: 'fatherName', ...text },
  { name: 'ibu_nik', field: 'motherIdentityNumber', ...number },
  { name: 'nama_ibu', field: 'motherName', ...text },
  { name: 'golongan_darah_id', field: 'bloodType', ...code(codeTables.bloodType) },
  { name: 'akta_lahir', field: 'birthCertificate', ...entry },
  { name: 'dokumen_pasport', field: 'passport', ...entry },
  { name: 'tanggal_akhir_paspor', field: 'passportExpiresOn', ...date },
  { name: 'dokumen_kitas', field: 'stayPermit', ...entry },
  { name: 'akta_perkawinan', field: 'marriageCertificate', ...entry },
  { name: 'tanggalperkawinan', field: 'marriedOn', ...date },
  { name: 'akta_perceraian', field: 'divorceCertificate', ...entry },
  { name: 'tanggalperceraian', field: 'divorcedOn', ...date },
  { name: 'cacat_id', field: 'disability', ...code(codeTables.disability) },
  { name: 'cara_kb_id', field: 'contraception', ...code(codeTables.contraception) },
  { name: 'hamil', field: 'pregnancy', ...code(codeTables.pregnancy) },
  { name: 'ktp_el', field: 'identityCard', ...code(codeTables.identityCard) },
  { name: 'status_rekam', field: 'identityCardState', ...code(codeTables.identityCardState) },
  { name: 'alamat_sekarang', field: 'currentAddress', ...text },
  { name: 'status_dasar', field: 'lifeStatus', ...code(codeTables.lifeStatus) },
  { name: 'suku', field: 'ethnicity', ...text },
  { name: 'tag_id_card', field: 'cardTag', ...entry },
  { name: 'id_asuransi', field: 'healthInsurance', ...code(codeTables.healthInsurance) },
  { name: 'no_asuransi', field: 'healthInsuranceNumber', ...entry },
  { name: 'lat', field: 'latitude', kind: 'degrees', most: 90 },
  { name: 'lng', field: 'longitude', kind: 'degrees', most: 180 },
]

/** What a cell of a column should hold. */
export function expectedIn(column: Column): LocalizedText {
  switch (column.kind) {
    case 'code':
      return expectedCode(column.table)
    case 'degrees':
      return expectedDegrees(column.most)
    case 'number':
      return column.isRequired === true ? expected.sixteenDigits : expected.identityNumber
    case 'entry':
      return column.field === 'cardTag' ? expected.tag : expected.text
    default:
      return expected[column.kind]
  }
}
