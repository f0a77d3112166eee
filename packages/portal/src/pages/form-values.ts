import { type CivilDate, isLumbungError } from '@lumbung/core/kernel'
import type { PeopleRefusal } from '@lumbung/core/people'
import type { SessionStore } from '../accounts/sessions.ts'
import { once } from '../server/once.ts'
import type { PortalContext } from '../server/visit.ts'
import type { FieldError } from '../ui/index.ts'
import type { MessageKey, Words } from '../words/index.ts'
import { civilDateOf, nameFault, shownDate, typedDate } from './typed.ts'

/** What was typed into a form, by the names of its fields; several answers to one question have commas between. */
export type Typed = Readonly<Record<string, string>>

/** Reads the form of a request. Files are left out. */
export async function typedIn(context: PortalContext): Promise<Typed> {
  const form = await context.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      [value]
        .flat()
        .filter((part) => typeof part === 'string')
        .join(',')
        .trim(),
    ]),
  )
}

/** A date as the three texts of its field. */
export function dateAsTyped(name: string, date: CivilDate | null): Typed {
  if (date === null) return {}
  const { day, month, year } = shownDate(date)
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}

/** The date that was typed: null where nothing was, undefined where it is none. */
export function dateIn(typed: Typed, name: string): CivilDate | null | undefined {
  return civilDateOf(typedDate(typed, name))
}

/** What is wrong with the dates of a form, of which some must be answered. */
export function dateErrors(
  typed: Typed,
  words: Words,
  names: Readonly<Record<string, 'needed' | 'optional'>>,
): readonly FieldError[] {
  return Object.entries(names).flatMap(([name, need]): readonly FieldError[] => {
    const date = dateIn(typed, name)
    if (date === undefined) return [{ name, message: words.say('refusal.dateWrong') }]
    if (date === null && need === 'needed') return [{ name, message: words.say('refusal.dateMissing') }]
    return []
  })
}

/** What is wrong with a name that must be there. */
export function nameErrors(typed: Typed, name: string, words: Words): readonly FieldError[] {
  const message = nameFault(typed[name] ?? '', 'refusal.nameMissing', words)
  return message === undefined ? [] : [{ name, message }]
}

/** What became of a change that a form asked for: where it leads, or what is wrong. */
export type Sent = { readonly address: string } | { readonly refusal: PeopleRefusal['code'] | 'conflict' }

class RefusedForm extends Error {
  readonly refusal: PeopleRefusal['code'] | 'conflict'

  constructor(refusal: PeopleRefusal['code'] | 'conflict') {
    super('The register refused a form.')
    this.refusal = refusal
  }
}

/**
 * Carries out once what a form asks for. What the register refuses may be corrected and sent again under the same
 * key.
 */
export async function sendForm<Record>(
  store: SessionStore,
  typed: Typed,
  work: () => Promise<
    | { readonly ok: true; readonly record: Record }
    | { readonly ok: false; readonly refusal: Pick<PeopleRefusal, 'code'> }
  >,
  addressOf: (record: Record) => string,
): Promise<Sent> {
  try {
    const address = await once(store, typed['once'], async () => {
      const result = await work()
      if (!result.ok) throw new RefusedForm(result.refusal.code)
      return addressOf(result.record)
    })
    return { address }
  } catch (error) {
    if (error instanceof RefusedForm) return { refusal: error.refusal }
    if (isLumbungError(error, 'storage/version-conflict')) return { refusal: 'conflict' }
    throw error
  }
}

const refusalKeys: Readonly<Partial<Record<PeopleRefusal['code'] | 'conflict', MessageKey>>> = {
  'people/empty-span': 'refusal.emptySpan',
  'people/in-the-future': 'refusal.future',
  'people/already-there': 'refusal.alreadyThere',
  'people/same-person': 'refusal.samePerson',
  'people/not-represented': 'refusal.notRepresented',
  conflict: 'refusal.changedMeanwhile',
}

/** A refusal as what is wrong with a field. A page names its own words for some codes, and the field of each. */
export function refusalError(
  refusal: PeopleRefusal['code'] | 'conflict',
  words: Words,
  fields: Readonly<Partial<Record<PeopleRefusal['code'] | 'conflict' | 'other', string>>>,
  own: Readonly<Partial<Record<PeopleRefusal['code'], MessageKey>>> = {},
): FieldError {
  const name = fields[refusal] ?? fields['other'] ?? ''
  const key = (refusal === 'conflict' ? undefined : own[refusal]) ?? refusalKeys[refusal]
  // Such sentences take no values.
  const message =
    key === undefined ? words.say('refusal.other', { code: refusal }) : words.say(key as 'refusal.emptySpan')
  return { name, message }
}
