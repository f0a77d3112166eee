import type { PeopleRefusal } from '@lumbung/core/people'
import { id } from '../words/id.ts'
import type { MessageKey, Words } from '../words/index.ts'

/** Why a change of the register was refused, in words that tell how to go on. */
export function refusalText({ code }: PeopleRefusal, words: Words): string {
  const key = `refusal.${code.replace(/^people\//, '')}`
  return isPlain(key) ? words.say(key) : words.say('refusal.other', { code })
}

type RefusalKey = Exclude<Extract<MessageKey, `refusal.${string}`>, 'refusal.other'>

function isPlain(key: string): key is RefusalKey {
  return Object.hasOwn(id, key) && key !== 'refusal.other'
}
