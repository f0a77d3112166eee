import { CivilDate, NameText } from '@lumbung/core/kernel'
import { type CodeTable, codeLabel, codeTables } from '@lumbung/indonesia'
import * as z from 'zod'
import { cleanEntry, cleanHamlet, isCellText } from '../cells/clean.ts'

const Text = z
  .string()
  .min(1)
  .max(1_000)
  .refine(isCellText, { error: 'Text is clean: single spaces, no control characters, not a dash alone' })

/** Numbers of sixteen digits; all zeros stand for none. */
const SixteenDigits = z.string().regex(/^(?!0+$)\d{16}$/)

/** What the register would not take for a name: what only turns the direction of writing, say. */
const Name = Text.refine((text) => NameText.safeParse(text).success, { error: 'A name can be read' })

const Hamlet = Name.refine((text) => cleanHamlet(text) === text && text !== '###', {
  error: 'A hamlet is named without the word dusun and without underscores',
})

const Unit = Name.max(20).refine((text) => cleanEntry(text) === text)

const Entry = Text.refine((text) => cleanEntry(text) === text)

/** Minus zero is not told from zero by what it is written as. */
const Degrees = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .overwrite((degrees) => degrees + 0)

function code(table: CodeTable) {
  return z.int().refine((value) => codeLabel(table, value, 'id') !== undefined, {
    error: `A code of the table ${table.name}`,
  })
}

/**
 * One person of a population register, as the workbook of OpenSID carries it. What is not known is absent. Codes
 * are those of the tables in `@lumbung/indonesia`.
 *
 * @example
 * ```ts
 * import { PopulationRecord } from '@lumbung/opensid'
 *
 * const person = { hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1 }
 * PopulationRecord.parse(person).hamlet // => 'Timur'
 * PopulationRecord.safeParse({ ...person, familyRole: 12 }).success // => false
 * ```
 */
export const PopulationRecord = z
  .strictObject({
    address: Text.optional(),
    hamlet: Hamlet,
    /** RW; absent where there is none or it is not known. */
    rw: Unit.optional(),
    /** RT; absent where there is none or it is not known. */
    rt: Unit.optional(),
    name: Name,
    familyCardNumber: SixteenDigits,
    /** NIK; absent for a person without a number. */
    identityNumber: SixteenDigits.optional(),
    sex: code(codeTables.sex).optional(),
    birthPlace: Text.optional(),
    birthDate: CivilDate.optional(),
    religion: code(codeTables.religion).optional(),
    completedEducation: code(codeTables.completedEducation).optional(),
    currentEducation: code(codeTables.currentEducation).optional(),
    occupation: code(codeTables.occupation).optional(),
    maritalStatus: code(codeTables.maritalStatus).optional(),
    familyRole: code(codeTables.familyRole),
    citizenship: code(codeTables.citizenship).optional(),
    fatherIdentityNumber: SixteenDigits.optional(),
    fatherName: Name.optional(),
    motherIdentityNumber: SixteenDigits.optional(),
    motherName: Name.optional(),
    bloodType: code(codeTables.bloodType).optional(),
    birthCertificate: Entry.optional(),
    passport: Entry.optional(),
    passportExpiresOn: CivilDate.optional(),
    /** KITAS, the permit of a foreign resident. */
    stayPermit: Entry.optional(),
    marriageCertificate: Entry.optional(),
    marriedOn: CivilDate.optional(),
    divorceCertificate: Entry.optional(),
    divorcedOn: CivilDate.optional(),
    disability: code(codeTables.disability).optional(),
    contraception: code(codeTables.contraception).optional(),
    pregnancy: code(codeTables.pregnancy).optional(),
    identityCard: code(codeTables.identityCard).optional(),
    identityCardState: code(codeTables.identityCardState).optional(),
    currentAddress: Text.optional(),
    lifeStatus: code(codeTables.lifeStatus).optional(),
    ethnicity: Text.optional(),
    /** The tag of the card in its chip, 10 to 17 characters. */
    cardTag: Entry.min(10).max(17).optional(),
    healthInsurance: code(codeTables.healthInsurance).optional(),
    healthInsuranceNumber: Entry.optional(),
    latitude: Degrees(90).optional(),
    longitude: Degrees(180).optional(),
  })
  .readonly()

/** A person that the schema of the same name has accepted. */
export type PopulationRecord = z.infer<typeof PopulationRecord>

/** A person, and the place in the workbook that they were read from. */
export const PopulationRow = PopulationRecord.unwrap()
  .extend({ place: z.strictObject({ sheet: z.string(), row: z.int().min(1) }).readonly() })
  .readonly()

/** A row that the schema of the same name has accepted. */
export type PopulationRow = z.infer<typeof PopulationRow>
