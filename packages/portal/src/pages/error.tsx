import type { PortalContext } from '../server/visit.ts'
import { Button, Buttons, Page } from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'

const statuses = [400, 403, 404, 413, 429, 500, 503] as const
type Status = (typeof statuses)[number]

/** Says what happened, why, and how to go on. Before there is a visit it can only name the status. */
export function errorPage(context: PortalContext, given: number): Response | Promise<Response> {
  const status: Status = statuses.find((candidate) => candidate === given) ?? 500
  const visit = context.get('visit')
  context.header('cache-control', 'no-store')
  if (visit === undefined) return context.text(String(status), status)
  const { frame, words, translation, account } = visit
  return context.html(
    <Page
      frame={frame}
      title={words.say(`error.${status}.title` satisfies MessageKey)}
      lead={words.say(`error.${status}.text` satisfies MessageKey)}
      translation={translation}
    >
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
    </Page>,
    status,
  )
}
