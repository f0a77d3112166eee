import { FactConfig } from '@lumbung/core/village'
import { codeName } from '../codes/code-name.ts'
import type { CodeTable } from '../codes/code-table.ts'
import { codeTables } from '../codes/code-tables.ts'

/**
 * The dated facts that a village keeps where its config names none of its own: the coded columns of the population
 * register, by the names of their codes, and the welfare decile of a household as the ministry gives it.
 *
 * @example
 * ```ts
 * import { registerFacts } from '@lumbung/indonesia'
 *
 * registerFacts.find(({ name }) => name === 'bloodType')?.unit // => 'resident'
 * registerFacts.find(({ name }) => name === 'welfareDecile')?.type // => { kind: 'int', minimum: 1, maximum: 10 }
 * ```
 */
export const registerFacts: readonly FactConfig[] = Object.freeze([
  coded('religion', codeTables.religion, 'Agama', 'Religion', 'personal'),
  coded('completedEducation', codeTables.completedEducation, 'Pendidikan terakhir', 'Completed education'),
  coded('currentEducation', codeTables.currentEducation, 'Pendidikan sekarang', 'Current education'),
  coded('occupation', codeTables.occupation, 'Pekerjaan', 'Occupation'),
  coded('maritalStatus', codeTables.maritalStatus, 'Status perkawinan', 'Marital status'),
  coded('citizenship', codeTables.citizenship, 'Kewarganegaraan', 'Citizenship'),
  coded('bloodType', codeTables.bloodType, 'Golongan darah', 'Blood type', 'specific'),
  coded('disability', codeTables.disability, 'Disabilitas', 'Disability', 'specific'),
  coded('contraception', codeTables.contraception, 'Cara KB', 'Contraception', 'specific'),
  coded('pregnancy', codeTables.pregnancy, 'Kehamilan', 'Pregnancy', 'specific'),
  coded('healthInsurance', codeTables.healthInsurance, 'Asuransi kesehatan', 'Health insurance'),
  FactConfig.parse({
    name: 'welfareDecile',
    unit: 'household',
    type: { kind: 'int', minimum: 1, maximum: 10 },
    label: { id: 'Desil kesejahteraan', en: 'Welfare decile' },
    fieldClass: 'specific',
    // The ministry publishes it anew every three months.
    freshForMonths: 6,
  }),
])

function coded(
  name: string,
  table: CodeTable,
  id: string,
  en: string,
  fieldClass: FactConfig['fieldClass'] = 'personal',
): FactConfig {
  const named = table.entries.map(
    ({ code, label }) => [codeName(table, code) ?? String(code), label] as const,
  )
  return FactConfig.parse({
    name,
    unit: 'resident',
    type: { kind: 'enum', values: [...new Set(named.map(([value]) => value))] },
    label: { id, en },
    fieldClass,
    valueLabels: Object.fromEntries(named),
  })
}
