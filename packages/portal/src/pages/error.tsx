import { isLumbungError } from '@lumbung/core/kernel'
import type { PortalContext } from '../server/visit.ts'
import { Button, Buttons, Notice } from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { VisitPage } from './visit-page.tsx'

const statuses = [400, 403, 404, 409, 413, 422, 429, 500, 503] as const
type Status = (typeof statuses)[number]

/** Says what happened, why, and how to go on. Before there is a visit it can only name the status. */
export function errorPage(
  context: PortalContext,
  given: number,
  error?: unknown,
): Response | Promise<Response> {
  const status: Status = statuses.find((candidate) => candidate === given) ?? 500
  const visit = context.get('visit')
  context.header('cache-control', 'no-store')
  if (visit === undefined) return context.text(String(status), status)
  const { words, account, purposes } = visit
  const isOfPurpose = isLumbungError(error, 'village/forbidden') && error.details['reason'] === 'purpose'
  return context.html(
    <VisitPage
      visit={visit}
      title={words.say(`error.${status}.title` satisfies MessageKey)}
      lead={words.say(`error.${status}.text` satisfies MessageKey)}
    >
      {isOfPurpose && purposes.length > 1 && (
        <Notice is="unknown" title={words.say('purpose.refused')}>
          <ul>
            {purposes
              .filter(({ isNow }) => !isNow)
              .map(({ href, label }) => (
                <li>
                  <a href={href}>{label}</a>
                </li>
              ))}
          </ul>
        </Notice>
      )}
      <Buttons>
        {status === 403 && account === undefined && (
          <Button href="/sign-in" icon="person">
            {words.say('account.signIn')}
          </Button>
        )}
        <Button kind="second" href="/">
          {words.say('error.home')}
        </Button>
      </Buttons>
    </VisitPage>,
    status,
  )
}
