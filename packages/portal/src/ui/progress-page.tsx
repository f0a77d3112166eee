import { Card } from './card.tsx'
import type { Child, Html } from './html.ts'
import { Page, type PageProps } from './page.tsx'

interface ProgressPageProps extends PageProps {
  readonly done: number
  readonly total: number
  /** What is being counted, as "baris". */
  readonly unit: string
  /** How often the page is read again; left out where its reader has stopped that. */
  readonly refreshSeconds?: number
  /** The address of the same page that does not refresh itself, or does so again. */
  readonly toggle: string
  /** More that is known already, as the warnings found so far. */
  readonly children: Child
}

/**
 * Long work, seen from outside: how far it is, on a page that refreshes itself and may be left. The script renews
 * only the content, and follows where the server leads when the work is done; without script the whole page loads
 * again. Either can be stopped, for those who need longer to read.
 */
export function ProgressPage(props: ProgressPageProps): Html {
  const { frame, done, total, unit, refreshSeconds, toggle, children } = props
  const { words } = frame
  const text = `${words.say('progress.done', { done: words.number(done), total: words.number(total) })} ${unit}`
  return (
    <Page {...props}>
      <div id="progress" data-refresh={refreshSeconds}>
        <Card>
          <p>
            <b>{words.percent(total === 0 ? 0 : done / total)}</b> · {text}
          </p>
          <progress class="bar" value={done} max={Math.max(total, 1)} aria-label={text} />
          {children}
          <p class="soft">
            {refreshSeconds !== undefined && `${words.say('progress.refresh', { count: refreshSeconds })} `}
            {words.say('progress.leave')}
          </p>
        </Card>
      </div>
      <p>
        <a class="button second" href={toggle}>
          {words.say(refreshSeconds === undefined ? 'progress.resume' : 'progress.pause')}
        </a>
      </p>
    </Page>
  )
}
