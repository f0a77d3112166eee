import * as z from 'zod'
import type { CodeTable } from './code-table.ts'
import { completedEducation, currentEducation } from './education-tables.ts'
import { chronicIllness, contraception, disability, healthInsurance, pregnancy } from './health-tables.ts'
import { occupation } from './occupations.ts'
import { familyWelfare, programmeFunding, programmeTarget } from './programme-tables.ts'
import {
  bloodType,
  citizenship,
  dwellingRole,
  familyRole,
  identityCard,
  identityCardState,
  lifeEvent,
  lifeStatus,
  literacy,
  maritalStatus,
  moveReach,
  religion,
  residency,
  sex,
} from './resident-tables.ts'

/** The tables that there are, by our names for them. */
export const CodeTableName = z.enum([
  'bloodType',
  'chronicIllness',
  'citizenship',
  'completedEducation',
  'contraception',
  'currentEducation',
  'disability',
  'dwellingRole',
  'familyRole',
  'familyWelfare',
  'healthInsurance',
  'identityCard',
  'identityCardState',
  'lifeEvent',
  'lifeStatus',
  'literacy',
  'maritalStatus',
  'moveReach',
  'occupation',
  'pregnancy',
  'programmeFunding',
  'programmeTarget',
  'religion',
  'residency',
  'sex',
])

/** A name that the schema of the same name has accepted. */
export type CodeTableName = z.infer<typeof CodeTableName>

/**
 * The code tables of the population register and of assistance programmes: numbers with a label in Indonesian
 * and English, and the other spellings that are met with.
 *
 * The Indonesian labels are those of the register, also where today's usage differs (`Cacat`); show another
 * word by a catalogue of your own.
 *
 * @example
 * ```ts
 * import { codeTables } from '@lumbung/indonesia'
 *
 * codeTables.sex.entries.map(({ code, label }) => [code, label]) // => [[1, { id: 'Laki-laki', en: 'Male' }], [2, { id: 'Perempuan', en: 'Female' }]]
 * codeTables.occupation.entries.length // => 89
 * codeTables.healthInsurance.confidence // => 'medium'
 * ```
 */
export const codeTables: Readonly<Record<CodeTableName, CodeTable>> = Object.freeze({
  bloodType,
  chronicIllness,
  citizenship,
  completedEducation,
  contraception,
  currentEducation,
  disability,
  dwellingRole,
  familyRole,
  familyWelfare,
  healthInsurance,
  identityCard,
  identityCardState,
  lifeEvent,
  lifeStatus,
  literacy,
  maritalStatus,
  moveReach,
  occupation,
  pregnancy,
  programmeFunding,
  programmeTarget,
  religion,
  residency,
  sex,
})
