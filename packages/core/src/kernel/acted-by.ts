import * as z from 'zod'
import { isVisibleId, PlainText } from './text.ts'

const uuidInAnyCase = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * The id of somebody who acts, from one register of persons: that of a resident, or whatever the sign-in calls them.
 *
 * It has one form, so that equal persons are equal texts: normal form NFC, no white space around it, a UUID in
 * lower case. What cannot be seen in it, such as a zero-width space, is refused, since it would make two ids of what
 * looks like one. In all else, letter case too, ids differ as their texts do.
 *
 * @example
 * ```ts
 * import { ActorId } from '@lumbung/core/kernel'
 *
 * ActorId.parse(' siti ') // => 'siti'
 * ActorId.parse('0190A5B8-7E2C-7C3E-9F5B-0D6A3C1E2F40') // => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
 * ActorId.safeParse(' ').success // => false
 * ```
 */
export const ActorId = PlainText.trim()
  .min(1)
  .refine(isVisibleId, { error: 'An id has no characters that cannot be seen' })
  .overwrite((id) => (uuidInAnyCase.test(id) ? id.toLowerCase() : id))
  .brand<'ActorId'>()

/** A text that the schema of the same name has accepted. */
export type ActorId = z.infer<typeof ActorId>

/**
 * Who acts: the one at the keyboard, and the one for whom they do it where that is somebody else. Both are ids
 * from one register of persons, so that they can be compared.
 *
 * @example
 * ```ts
 * import { ActedBy } from '@lumbung/core/kernel'
 *
 * ActedBy.parse({ actor: 'daughter', onBehalfOf: 'mother' }) // => { actor: 'daughter', onBehalfOf: 'mother' }
 * ```
 */
export const ActedBy = z.strictObject({ actor: ActorId, onBehalfOf: ActorId.optional() }).readonly()

/** An actor that the schema of the same name has accepted. */
export type ActedBy = z.infer<typeof ActedBy>

/** An actor as it is handed in, before the schema has given the ids their one form. */
export type ActedByInput = z.input<typeof ActedBy>

/** Whether the two are one person, or act for one, or one acts for the other. */
export function isSamePerson(a: ActedBy, b: ActedBy): boolean {
  const persons = personsOf(b)
  return personsOf(a).some((person) => persons.includes(person))
}

function personsOf({ actor, onBehalfOf }: ActedBy): ActorId[] {
  return onBehalfOf === undefined ? [actor] : [actor, onBehalfOf]
}
