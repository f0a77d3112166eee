import type { Child, Html } from './html.ts'
import { Icon, type IconName } from './icon.tsx'
import { type Standing, standings } from './status-mark.tsx'

interface NoticeProps {
  readonly is: Standing
  readonly title: string
  readonly children?: Child
}

/** Something that a reader must not miss: what happened, why, and how to go on. */
export function Notice({ is, title, children }: NoticeProps): Html {
  const { icon, tone } = standings[is]
  return (
    <section class={`notice ${tone}`}>
      <h2>
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  )
}

interface EmptyStateProps {
  readonly icon: IconName
  /** What will stand here. */
  readonly title: string
  /** How to begin. */
  readonly children?: Child
}

/** Where nothing is yet: what will stand here, and how to begin. */
export function EmptyState({ icon, title, children }: EmptyStateProps): Html {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  )
}

interface DetailsProps {
  readonly summary: string
  readonly children: Child
}

/** What only some readers want to see, such as the numbers behind a picture. It is open in print. */
export function Details({ summary, children }: DetailsProps): Html {
  return (
    <details class="details">
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  )
}
