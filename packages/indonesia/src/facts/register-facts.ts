import type { FactConfig } from '@lumbung/core/people'
import type { CodeTable } from '../codes/code-table.ts'
import { codeTables } from '../codes/code-tables.ts'

type Unit = FactConfig['unit']
type FieldClass = FactConfig['fieldClass']

/** A fact whose values are the codes of a table, as text. */
function coded(
  name: string,
  table: CodeTable,
  label: { readonly id: string; readonly en: string },
  fieldClass: FieldClass,
  more: Partial<FactConfig> = {},
): FactConfig {
  return {
    name,
    unit: 'resident',
    type: { kind: 'enum', values: table.entries.map(({ code }) => String(code)) },
    label,
    fieldClass,
    valueLabels: Object.fromEntries(table.entries.map((entry) => [String(entry.code), entry.label])),
    ...more,
  }
}

function plain(
  name: string,
  type: FactConfig['type'],
  label: { readonly id: string; readonly en: string },
  fieldClass: FieldClass,
  unit: Unit = 'resident',
  more: Partial<FactConfig> = {},
): FactConfig {
  return { name, unit, type, label, fieldClass, ...more }
}

const text = { kind: 'text' } as const
const date = { kind: 'date' } as const
const bool = { kind: 'bool' } as const
/** A number of a person or their papers, which stands masked until it is opened on purpose. */
function numbered(
  name: string,
  label: { readonly id: string; readonly en: string },
  fieldClass: FieldClass,
): FactConfig {
  return plain(name, text, label, fieldClass, 'resident', { isIdentifying: true })
}

/** Degrees with six digits after the point, some ten centimetres on the ground. */
const degrees = (most: number) =>
  ({ kind: 'decimal', scale: 6, minimum: -most * 1_000_000, maximum: most * 1_000_000 }) as const

/**
 * The facts that an Indonesian village keeps of its people and families beside name, birth and household: those
 * that the population workbook carries, and those that assistance programmes ask for. Health and insurance are
 * `specific` (UU 27/2022, article 4), as is the welfare decile, which speaks of a family's money.
 *
 * @example
 * ```ts
 * import { registerFacts } from '@lumbung/indonesia'
 *
 * registerFacts.find(({ name }) => name === 'welfareDecile')?.freshForMonths // => 6
 * registerFacts.find(({ name }) => name === 'religion')?.valueLabels?.['1'] // => { id: 'Islam', en: 'Islam' }
 * ```
 */
export const registerFacts: readonly FactConfig[] = Object.freeze([
  coded('religion', codeTables.religion, { id: 'Agama', en: 'Religion' }, 'specific'),
  coded(
    'completedEducation',
    codeTables.completedEducation,
    { id: 'Pendidikan dalam KK', en: 'Completed education' },
    'personal',
  ),
  coded(
    'currentEducation',
    codeTables.currentEducation,
    { id: 'Pendidikan sedang ditempuh', en: 'Current education' },
    'personal',
  ),
  coded('occupation', codeTables.occupation, { id: 'Pekerjaan', en: 'Occupation' }, 'personal'),
  coded('maritalStatus', codeTables.maritalStatus, { id: 'Status kawin', en: 'Marital status' }, 'personal'),
  coded('citizenship', codeTables.citizenship, { id: 'Kewarganegaraan', en: 'Citizenship' }, 'personal'),
  coded('bloodType', codeTables.bloodType, { id: 'Golongan darah', en: 'Blood type' }, 'specific'),
  coded('disability', codeTables.disability, { id: 'Disabilitas', en: 'Disability' }, 'specific', {
    freshForMonths: 24,
  }),
  plain(
    'severeDisability',
    bool,
    { id: 'Disabilitas berat', en: 'Severe disability' },
    'specific',
    'resident',
    { freshForMonths: 24 },
  ),
  coded('contraception', codeTables.contraception, { id: 'Cara KB', en: 'Contraception' }, 'specific'),
  plain('pregnant', bool, { id: 'Hamil', en: 'Pregnant' }, 'specific', 'resident', { freshForMonths: 9 }),
  coded(
    'healthInsurance',
    codeTables.healthInsurance,
    { id: 'Asuransi kesehatan', en: 'Health insurance' },
    'specific',
  ),
  numbered('healthInsuranceNumber', { id: 'Nomor asuransi', en: 'Insurance number' }, 'specific'),
  coded('identityCard', codeTables.identityCard, { id: 'KTP elektronik', en: 'Identity card' }, 'personal'),
  coded(
    'identityCardState',
    codeTables.identityCardState,
    { id: 'Status rekam KTP', en: 'Identity card state' },
    'personal',
  ),
  numbered('identityCardTag', { id: 'Tag KTP', en: 'Identity card tag' }, 'personal'),
  plain('fatherName', text, { id: 'Nama ayah', en: 'Name of the father' }, 'personal'),
  numbered('fatherIdentityNumber', { id: 'NIK ayah', en: 'Identity number of the father' }, 'personal'),
  plain('motherName', text, { id: 'Nama ibu', en: 'Name of the mother' }, 'personal'),
  numbered('motherIdentityNumber', { id: 'NIK ibu', en: 'Identity number of the mother' }, 'personal'),
  plain('ethnicity', text, { id: 'Suku', en: 'Ethnicity' }, 'specific'),
  plain('birthCertificate', text, { id: 'Akta lahir', en: 'Birth certificate' }, 'personal'),
  numbered('passport', { id: 'Paspor', en: 'Passport' }, 'personal'),
  plain('passportExpiresOn', date, { id: 'Paspor berlaku sampai', en: 'Passport expires on' }, 'personal'),
  numbered('stayPermit', { id: 'KITAS', en: 'Stay permit' }, 'personal'),
  plain('marriageCertificate', text, { id: 'Akta perkawinan', en: 'Marriage certificate' }, 'personal'),
  plain('marriedOn', date, { id: 'Tanggal perkawinan', en: 'Married on' }, 'personal'),
  plain('divorceCertificate', text, { id: 'Akta perceraian', en: 'Divorce certificate' }, 'personal'),
  plain('divorcedOn', date, { id: 'Tanggal perceraian', en: 'Divorced on' }, 'personal'),
  plain('currentAddress', text, { id: 'Alamat sekarang', en: 'Current address' }, 'personal'),
  plain('latitude', degrees(90), { id: 'Lintang', en: 'Latitude' }, 'personal'),
  plain('longitude', degrees(180), { id: 'Bujur', en: 'Longitude' }, 'personal'),
  plain(
    'welfareDecile',
    { kind: 'int', minimum: 1, maximum: 10 },
    { id: 'Desil kesejahteraan', en: 'Welfare decile' },
    'specific',
    'household',
    { freshForMonths: 6 },
  ),
  plain(
    'floorAreaSquareMetres',
    { kind: 'int', minimum: 1, maximum: 10_000 },
    { id: 'Luas lantai (m²)', en: 'Floor area (m²)' },
    'personal',
    'household',
    { freshForMonths: 36 },
  ),
  plain('floorOfEarth', bool, { id: 'Lantai tanah', en: 'Floor of earth' }, 'personal', 'household', {
    freshForMonths: 36,
  }),
  plain('hasCleanWater', bool, { id: 'Punya air bersih', en: 'Has clean water' }, 'personal', 'household', {
    freshForMonths: 36,
  }),
  plain('hasToilet', bool, { id: 'Punya jamban', en: 'Has a toilet' }, 'personal', 'household', {
    freshForMonths: 36,
  }),
  plain('hasElectricity', bool, { id: 'Punya listrik', en: 'Has electricity' }, 'personal', 'household', {
    freshForMonths: 36,
  }),
])
