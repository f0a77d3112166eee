import type { Words } from '../words/index.ts'
import type { Child, Html } from './html.ts'
import { Icon } from './icon.tsx'

/** A step of something that goes on for a while. */
export interface TimelineStep {
  readonly title: string
  readonly state: 'done' | 'now' | 'coming'
  /** The date, written out, or what is expected. */
  readonly when?: string
  readonly children?: Child
}

interface TimelineProps {
  readonly words: Words
  readonly steps: readonly TimelineStep[]
}

/** How something came to where it is, and what is still ahead. */
export function Timeline({ words, steps }: TimelineProps): Html {
  return (
    <ol class="steps">
      {steps.map(({ title, state, when, children }) => (
        <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
          <span class="mark">{state === 'done' && <Icon name="check" />}</span>
          <h3>
            {title}
            <span class="hidden">, {words.say(`step.${state}`)}</span>
          </h3>
          {when !== undefined && <p class="when">{when}</p>}
          {children}
        </li>
      ))}
    </ol>
  )
}
