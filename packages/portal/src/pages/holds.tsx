import { type Html, StatusMark } from '../ui/index.ts'
import type { Words } from '../words/index.ts'

/** Whether a role, a consent or a power holds today. */
export function Holds({ holds, words }: { readonly holds: boolean; readonly words: Words }): Html {
  return (
    <StatusMark is={holds ? 'good' : 'unknown'}>{words.say(holds ? 'span.holds' : 'span.ended')}</StatusMark>
  )
}
