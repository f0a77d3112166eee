import { Card } from './card.tsx'
import type { Child, Html } from './html.ts'
import { Page, type PageProps } from './page.tsx'

interface ProgressPageProps extends PageProps {
  readonly done: number
  readonly total: number
  /** What is being counted, as "baris". */
  readonly unit: string
  readonly refreshSeconds: number
  /** More that is known already, as the warnings found so far. */
  readonly children: Child
}

/** Long work, seen from outside: how far it is, on a page that refreshes itself and may be left. */
export function ProgressPage(props: ProgressPageProps): Html {
  const { frame, done, total, unit, refreshSeconds, children } = props
  const { words } = frame
  const text = `${words.say('progress.done', { done: words.number(done), total: words.number(total) })} ${unit}`
  return (
    <Page {...props}>
      <Card>
        <p>
          <b>{words.percent(total === 0 ? 0 : done / total)}</b> · {text}
        </p>
        <progress class="bar" value={done} max={Math.max(total, 1)} aria-label={text} />
        <p class="soft">
          {words.say('progress.refresh', { count: refreshSeconds })} {words.say('progress.leave')}
        </p>
        {children}
      </Card>
    </Page>
  )
}
