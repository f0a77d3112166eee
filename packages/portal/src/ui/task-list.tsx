import type { Html, Link } from './html.ts'
import { type Standing, StatusMark } from './status-mark.tsx'

/** Something that waits for somebody. */
export interface Task extends Link {
  readonly mark?: { readonly is: Standing; readonly text: string }
  /** Since when it waits, or until when it can. */
  readonly note?: string
}

/** What is waiting, the most pressing first. */
export function TaskList({ tasks }: { readonly tasks: readonly Task[] }): Html {
  return (
    <ul class="tasks">
      {tasks.map(({ href, label, mark, note }) => (
        <li>
          <a href={href}>{label}</a>
          {mark && <StatusMark is={mark.is}>{mark.text}</StatusMark>}
          {note !== undefined && <span class="soft">{note}</span>}
        </li>
      ))}
    </ul>
  )
}
