import { hashSecret } from '../accounts/secret.ts'
import { signIn, signOut } from '../accounts/sessions.ts'
import { changeOwnSecret } from '../accounts/use-cases.ts'
import { newKey } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { PortalContext, Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  Table,
  TextField,
} from '../ui/index.ts'

/** Fewest characters of a new password or PIN; a longer one is better than a stranger one (NIST 800-63B). */
const secretLengthMin = { officer: 10, resident: 6 } as const

/** Signing in and out, and changing one's own password or PIN. */
export function signInPages({ app, options, store, cookies }: PortalParts): void {
  app.get('/sign-in', (context) => context.html(signInPage(context.get('visit'), options)))

  app.post('/sign-in', async (context) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody()
    const login = String(form['login'] ?? '')
    const outcome = await signIn(store, {
      login,
      secret: String(form['secret'] ?? ''),
      address: addressOf(context),
    })
    if (outcome.outcome === 'signed-in') {
      cookies.setSession(context, outcome.token)
      return context.redirect(outcome.account.mustChange ? '/my/secret' : '/', 303)
    }
    const { words } = visit
    const message =
      outcome.outcome === 'refused'
        ? words.say('signIn.refused')
        : words.say('signIn.tooMany', { minutes: String(minutesUntil(outcome.until)) })
    const errors = [{ name: 'login', message }]
    return context.html(
      signInPage(visit, options, { login, errors }),
      outcome.outcome === 'refused' ? 422 : 429,
    )
  })

  app.post('/sign-out', async (context) => {
    const token = cookies.session(context)
    if (token !== undefined) await signOut(store, token)
    cookies.endSession(context)
    return context.redirect('/', 303)
  })

  app.get('/my/secret', (context) => {
    const visit = context.get('visit')
    if (visit.account === undefined) return context.redirect('/sign-in', 303)
    return context.html(secretPage(visit, []))
  })

  app.post('/my/secret', async (context) => {
    const visit = context.get('visit')
    const { words, account } = visit
    if (account === undefined) return context.redirect('/sign-in', 303)
    const form = await context.req.parseBody()
    const [old, secret, again] = ['old', 'secret', 'again'].map((name) => String(form[name] ?? ''))
    const errors: FieldError[] = []
    const checked = await signIn(store, {
      login: account.login,
      secret: old ?? '',
      address: addressOf(context),
    })
    if (checked.outcome !== 'signed-in') errors.push({ name: 'old', message: words.say('secret.wrong') })
    const least = secretLengthMin[account.kind]
    if ((secret ?? '').length < least)
      errors.push({ name: 'secret', message: words.say('secret.short', { count: least }) })
    if (secret === old) errors.push({ name: 'secret', message: words.say('secret.same') })
    if (secret !== again) errors.push({ name: 'again', message: words.say('secret.differs') })
    if (errors.length > 0) return context.html(secretPage(visit, errors), 422)
    await visit.session().perform(changeOwnSecret, { hashedSecret: await hashSecret(secret ?? '') })
    // All sessions ended with the old secret; this one begins anew.
    const fresh = await signIn(store, {
      login: account.login,
      secret: secret ?? '',
      address: addressOf(context),
    })
    if (fresh.outcome === 'signed-in') cookies.setSession(context, fresh.token)
    return context.redirect('/', 303)
  })
}

function addressOf(context: PortalContext): string {
  const env: unknown = context.env
  return env !== null && typeof env === 'object' && 'address' in env ? String(env.address) : 'unknown'
}

function minutesUntil(until: string): number {
  return Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 60_000))
}

function signInPage(
  { frame, words, csrf, translation }: Visit,
  { demoAccounts = [] }: PortalParts['options'],
  given: { readonly login?: string; readonly errors?: readonly FieldError[] } = {},
): Html {
  const { login, errors = [] } = given
  const error = errors[0]?.message
  return (
    <Page
      frame={frame}
      title={words.say('signIn.title')}
      lead={words.say('signIn.lead')}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action="/sign-in" csrf={csrf} once={newKey()}>
        <TextField
          words={words}
          name="login"
          label={words.say('signIn.login')}
          autocomplete="username"
          {...(login === undefined ? {} : { value: login })}
          {...(error === undefined ? {} : { error })}
        />
        <TextField
          words={words}
          name="secret"
          label={words.say('signIn.secret')}
          kind="password"
          autocomplete="current-password"
        />
        <Buttons>
          <Button>{words.say('account.signIn')}</Button>
        </Buttons>
      </Form>
      <p class="soft">{words.say('signIn.lost')}</p>
      {demoAccounts.length > 0 && (
        <Card title={words.say('signIn.demo')}>
          <Table
            caption={words.say('signIn.demo')}
            hideCaption
            columns={[
              { label: words.say('signIn.role'), cell: ({ role }) => role },
              { label: words.say('signIn.login'), cell: (row) => <code>{row.login}</code> },
              { label: words.say('signIn.secret'), cell: (row) => <code>{row.secret}</code> },
            ]}
            rows={demoAccounts}
          />
        </Card>
      )}
    </Page>
  )
}

function secretPage(
  { frame, words, csrf, translation, account }: Visit,
  errors: readonly FieldError[],
): Html {
  const field = (name: string, autocomplete: string) => {
    const error = errors.find((candidate) => candidate.name === name)?.message
    return (
      <TextField
        words={words}
        name={name}
        label={words.say(`secret.${name as 'old' | 'secret' | 'again'}`)}
        kind="password"
        autocomplete={autocomplete}
        {...(error === undefined ? {} : { error })}
      />
    )
  }
  return (
    <Page
      frame={frame}
      title={words.say('secret.title')}
      lead={account?.mustChange === true ? words.say('secret.must') : words.say('secret.lead')}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action="/my/secret" csrf={csrf} once={newKey()}>
        {field('old', 'current-password')}
        {field('secret', 'new-password')}
        {field('again', 'new-password')}
        <Buttons>
          <Button>{words.say('secret.submit')}</Button>
        </Buttons>
      </Form>
    </Page>
  )
}
