import type { CivilDate } from '@lumbung/core/kernel'
import { id } from '../../words/id.ts'
import type { MessageKey, Words } from '../../words/index.ts'

/** Why casework refused something, as far as a page says it. */
export interface CaseRefusal {
  readonly code: string
  /** The last day on which it could have been done, or the first one. */
  readonly on?: CivilDate
  readonly name?: string
  /** The guards of a process that are not met. */
  readonly guards?: readonly string[]
}

type PlainKey = Exclude<
  Extract<MessageKey, `caseRefusal.${string}`>,
  'caseRefusal.too-late' | 'caseRefusal.not-yet' | 'caseRefusal.other'
>

/** Why something was not done, in words that tell how to go on. */
export function refusalSentence({ code, on, guards }: CaseRefusal, words: Words): string {
  const name = code.replace(/^[a-z]+\//, '')
  if (name === 'too-late' && on !== undefined)
    return words.say('caseRefusal.too-late', { date: words.date(on) })
  if (name === 'not-yet' && on !== undefined)
    return words.say('caseRefusal.not-yet', { date: words.date(on) })
  const key = `caseRefusal.${guards?.[0] === undefined ? name : `guard-${guards[0]}`}`
  return isPlain(key) ? words.say(key) : words.say('caseRefusal.other', { code })
}

function isPlain(key: string): key is PlainKey {
  return Object.hasOwn(id, key) && !/\.(too-late|not-yet|other)$/.test(key)
}
