import type { Child, Html } from './html.ts'
import { Icon, type IconName } from './icon.tsx'

/** How something stands. Each has a shape of its own, so that colour is never all that tells. */
export type Standing = 'good' | 'attention' | 'bad' | 'unknown' | 'waiting' | 'info'

/** The shape of each standing, and the class that colours it. */
export const standings: Readonly<Record<Standing, { readonly icon: IconName; readonly tone: string }>> = {
  good: { icon: 'done', tone: 'good' },
  attention: { icon: 'warning', tone: 'attention' },
  bad: { icon: 'stop', tone: 'bad' },
  unknown: { icon: 'question', tone: 'attention' },
  waiting: { icon: 'clock', tone: 'attention' },
  info: { icon: 'info', tone: 'info' },
}

/** A word and a shape that say how something stands. */
export function StatusMark({ is, children }: { readonly is: Standing; readonly children: Child }): Html {
  const { icon, tone } = standings[is]
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}
