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
  `caseRefusal.${(typeof dated)[number]}` | 'caseRefusal.other'
>

/** Refusals that name a day. */
const dated = ['too-late', 'not-yet', 'forum-before-list', 'law-changes', 'time-too-long'] as const

/** Why something was not done, in words that tell how to go on. */
export function refusalSentence({ code, on, guards }: CaseRefusal, words: Words): string {
  const name = code.replace(/^[a-z]+\//, '')
  const withDay = dated.find((each) => each === name)
  if (withDay !== undefined && on !== undefined)
    return words.say(`caseRefusal.${withDay}`, { date: words.date(on) })
  const key = `caseRefusal.${guards?.[0] === undefined ? name : `guard-${guards[0]}`}`
  return isPlain(key) ? words.say(key) : words.say('caseRefusal.other', { code })
}

function isPlain(key: string): key is PlainKey {
  return Object.hasOwn(id, key) && ![...dated, 'other'].some((each) => key === `caseRefusal.${each}`)
}
