import { CivilDate, NameText } from '@lumbung/core/kernel'
import { HTTPException } from 'hono/http-exception'
import type * as z from 'zod'
import type { FieldError, TypedDate } from '../ui/index.ts'
import type { Words } from '../words/index.ts'

/** A form as it was sent: texts, several under one name where there are checkboxes. */
export type Sent = Readonly<Record<string, unknown>>

/** What was typed into a field, without the space around it. */
export function textOf(form: Sent, name: string): string {
  const [first] = [form[name] ?? ''].flat()
  return typeof first === 'string' ? first.trim() : ''
}

/** All that was chosen under a name. */
export function textsOf(form: Sent, name: string): readonly string[] {
  return [form[name] ?? []].flat().filter((value) => typeof value === 'string')
}

/** The names of the three inputs of a date. */
export function dateParts(name: string): readonly [string, string, string] {
  return [`${name}-day`, `${name}-month`, `${name}-year`]
}

/** A date as it was typed, right or wrong. */
export function typedDate(form: Sent, name: string): TypedDate {
  const [day, month, year] = dateParts(name)
  return { day: textOf(form, day), month: textOf(form, month), year: textOf(form, year) }
}

/** A date as a form shows it. */
export function shownDate(date: CivilDate | null): TypedDate {
  if (date === null) return { day: '', month: '', year: '' }
  const [year = '', month = '', day = ''] = date.split('-')
  return { day: String(Number(day)), month: String(Number(month)), year }
}

/** The date that was typed; null where nothing was, undefined where there is no such date. */
export function civilDateOf({ day, month, year }: TypedDate): CivilDate | null | undefined {
  if (`${day}${month}${year}` === '') return null
  const text = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const parsed = CivilDate.safeParse(text)
  // A year of two digits is never meant as one of the first century.
  return parsed.success && year.length === 4 ? parsed.data : undefined
}

/** Why a name that was typed is none; undefined where it is one. */
export function nameFault(
  name: string,
  missing: 'fault.nameMissing' | 'refusal.nameMissing',
  words: Words,
): string | undefined {
  if (name === '') return words.say(missing)
  if (name.length > 200) return words.say('fault.tooLong', { max: '200' })
  return NameText.safeParse(name).success ? undefined : words.say('fault.nameUnfit')
}

/** What is wrong with the fields of one form, noted as they are read. */
export class Faults {
  readonly errors: FieldError[] = []

  /** Notes one, unless the field has one. */
  add(name: string, message: string): void {
    if (this.errors.every((error) => error.name !== name)) this.errors.push({ name, message })
  }
}

/** What a field shows of the errors. */
export function errorOf(errors: readonly FieldError[], name: string): { readonly error?: string } {
  const message = errors.find((error) => error.name === name)?.message
  return message === undefined ? {} : { error: message }
}

/** A field as it was sent: its name, what was typed into it, and what is wrong with that. */
export function entered(form: Sent, errors: readonly FieldError[], name: string) {
  return { name, value: textOf(form, name), ...errorOf(errors, name) }
}

/** The same of a date. */
export function enteredDate(form: Sent, errors: readonly FieldError[], name: string) {
  return { name, value: typedDate(form, name), ...errorOf(errors, name) }
}

/** All that was typed, as the next step of a form carries it along. */
export function carriedOn(form: Sent): Readonly<Record<string, readonly string[]>> {
  const names = Object.keys(form).filter((name) => !['csrf', 'once', 'step'].includes(name))
  return Object.fromEntries(names.map((name) => [name, textsOf(form, name)]))
}

/** The id that an address names; an address that names none leads nowhere. */
export function idFrom<Schema extends z.ZodType>(schema: Schema, text: unknown): z.output<Schema> {
  const parsed = schema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new HTTPException(404)
}
