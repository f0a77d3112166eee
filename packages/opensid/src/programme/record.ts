import { CivilDate } from '@lumbung/core/kernel'
import { codeLabel, codeTables } from '@lumbung/indonesia'
import * as z from 'zod'
import { isCellText } from '../cells/clean.ts'

const Text = z.string().min(1).max(1_000).refine(isCellText)
const place = z.strictObject({ sheet: z.string(), row: z.int().min(1) }).readonly()
const { programmeFunding, programmeTarget } = codeTables

/** What the sheet `Program` tells of an assistance programme. What is not known is absent. */
export const ProgrammeSettings = z
  .strictObject({
    /** The number under which the register knows it; absent for a new one. */
    programmeId: Text.optional(),
    name: Text,
    /** Who takes part: a code of the table `programmeTarget`. */
    target: z.int().refine((code) => codeLabel(programmeTarget, code, 'id') !== undefined),
    description: Text.optional(),
    /** Who pays: a code of the table `programmeFunding`. */
    funding: z
      .int()
      .refine((code) => codeLabel(programmeFunding, code, 'id') !== undefined)
      .optional(),
    startsOn: CivilDate.optional(),
    /** The last day, as the sheet has it. */
    endsOn: CivilDate.optional(),
  })
  .readonly()

/** A programme that the schema of the same name has accepted. */
export type ProgrammeSettings = z.infer<typeof ProgrammeSettings>

/** One participant of the sheet `Peserta`. */
export const ProgrammeParticipant = z
  .strictObject({
    /** Who takes part: an identity number, a family card, or the number of a household or group. */
    participant: Text,
    /** The number on the programme's own card. */
    cardNumber: Text.optional(),
    /** The identity number of the one who holds the card. */
    identityNumber: z.string().regex(/^\d{16}$/),
    name: Text.optional(),
    birthPlace: Text.optional(),
    birthDate: CivilDate.optional(),
    address: Text.optional(),
    place,
  })
  .readonly()

/** A participant that the schema of the same name has accepted. */
export type ProgrammeParticipant = z.infer<typeof ProgrammeParticipant>
