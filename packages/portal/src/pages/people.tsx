import type { CivilDate } from '@lumbung/core/kernel'
import { ageYears, maskNumber } from '@lumbung/core/kernel'
import type { ResidentView } from '@lumbung/core/village'
import { type Html, type Standing, StatusMark } from '../ui/index.ts'
import type { MessageKey, Words } from '../words/index.ts'

/** A name, or the word that says why it is not shown. */
export function nameOf({ isPersonal, name }: ResidentView, words: Words): string {
  return isPersonal && name !== null ? name : words.say('resident.hidden')
}

/** A birth date with the age that it makes today. */
export function bornText({ birthDate }: ResidentView, words: Words, on: CivilDate): string {
  if (birthDate === null) return words.say('value.hidden')
  const age = ageYears(birthDate, on)
  return age === undefined
    ? words.date(birthDate)
    : words.say('resident.born', { date: words.date(birthDate), age: words.number(age) })
}

/** An identity number with most of its digits hidden; whoever needs them all opens it on purpose. */
export function maskedNumber(number: string | null, words: Words): string {
  if (number === null) return words.say('value.none')
  return maskNumber(number)
}

const standings: Readonly<Record<string, Standing>> = {
  present: 'good',
  away: 'waiting',
  missing: 'bad',
  moved: 'unknown',
  dead: 'unknown',
  invalid: 'bad',
  merged: 'unknown',
}

/** Where a person stands towards the village, by word and shape. */
export function StatusOf({
  resident,
  words,
}: {
  readonly resident: ResidentView
  readonly words: Words
}): Html {
  const { status } = resident
  if (status === null) return <>{words.say('value.hidden')}</>
  const key = `status.${status}` satisfies MessageKey
  return <StatusMark is={standings[status] ?? 'unknown'}>{words.say(key)}</StatusMark>
}
