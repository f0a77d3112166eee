import { epochMsOf, type Instant } from '@lumbung/core/kernel'
import { hashSecret } from '../accounts/secret.ts'
import { checkCredentials, openSession, type Refusal, signIn, signOut } from '../accounts/sessions.ts'
import { changeOwnSecret } from '../accounts/use-cases.ts'
import { isWeak, secretLengthMin } from '../accounts/weak-secret.ts'
import { csrfOf } from '../server/cookies.ts'
import type { DemoAccount } from '../server/options.ts'
import { formOf } from '../server/own-form.ts'
import type { PortalParts } from '../server/parts.ts'
import type { PortalContext, Visit } from '../server/visit.ts'
import { Card, type FieldError, type Html, Table, TextField } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { EntryForm } from './entry-form.tsx'
import { KeptFields, type KeptForm, keptIn, sendAgainPage } from './kept-form.tsx'
import { VisitPage } from './visit-page.tsx'

/** Signing in and out, and changing one's own password or PIN. */
export function signInPages({ app, options, store, cookies }: PortalParts): void {
  const { demoAccounts = [] } = options
  app.get('/sign-in', (context) => context.html(signInPage(context.get('visit'), { demoAccounts })))

  app.post('/sign-in', async (context) => {
    const visit = context.get('visit')
    const form = await formOf(context)
    const login = String(form['login'] ?? '')
    const kept = keptIn(form)
    const outcome = await signIn(store, {
      login,
      secret: String(form['secret'] ?? ''),
      address: addressOf(context),
    })
    if (outcome.outcome === 'signed-in') {
      cookies.setSession(context, outcome.token)
      if (outcome.account.mustChange) return context.redirect('/my/secret', 303)
      if (kept === undefined) return context.redirect('/', 303)
      if (kept.fields.length === 0) return context.redirect(kept.path, 303)
      return context.html(sendAgainPage({ ...visit, csrf: csrfOf(outcome.token) }, kept))
    }
    const errors = [{ name: 'login', message: refusalText(outcome, visit.words, store.now()) }]
    return context.html(
      signInPage(visit, { demoAccounts, login, errors, ...(kept === undefined ? {} : { kept }) }),
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
    const form = await formOf(context)
    const [old, secret, again] = ['old', 'secret', 'again'].map((name) => String(form[name] ?? ''))
    const errors: FieldError[] = []
    const { login, kind } = account
    const shown = { login, secret: old ?? '', address: addressOf(context) }
    const checked = await checkCredentials(store, shown)
    if (checked.outcome === 'refused') errors.push({ name: 'old', message: words.say('secret.wrong') })
    if (checked.outcome === 'too-many') {
      errors.push({ name: 'old', message: refusalText(checked, words, store.now()) })
    }
    const least = secretLengthMin[kind]
    if ((secret ?? '').length < least)
      errors.push({ name: 'secret', message: words.say('secret.short', { count: least }) })
    else if (isWeak(secret ?? '', login)) errors.push({ name: 'secret', message: words.say('secret.weak') })
    if (secret === old) errors.push({ name: 'secret', message: words.say('secret.same') })
    if (secret !== again) errors.push({ name: 'again', message: words.say('secret.differs') })
    if (errors.length > 0) return context.html(secretPage(visit, errors), 422)
    await visit.session().perform(changeOwnSecret, { hashedSecret: await hashSecret(secret ?? '') })
    // All sessions ended with the old secret; this one begins anew.
    cookies.setSession(context, await openSession(store, account))
    return context.redirect('/', 303)
  })
}

function addressOf(context: PortalContext): string {
  const env: unknown = context.env
  return env !== null && typeof env === 'object' && 'address' in env ? String(env.address) : 'unknown'
}

/** Why somebody is not let in, and what they can do. A new secret opens an account, and no address. */
function refusalText(refusal: Refusal, words: Words, now: Instant): string {
  if (refusal.outcome === 'refused') return words.say('signIn.refused')
  const left = Math.ceil((epochMsOf(refusal.until) - epochMsOf(now)) / 60_000)
  const minutes = String(Math.max(1, left))
  return words.say(refusal.of === 'account' ? 'signIn.tooMany' : 'signIn.tooManyFromHere', { minutes })
}

/** The page for signing in, by itself or with a form that is sent once that is done. */
export function signInPage(
  visit: Visit,
  given: {
    readonly demoAccounts?: readonly DemoAccount[]
    readonly login?: string
    readonly errors?: readonly FieldError[]
    readonly kept?: KeptForm
  },
): Html {
  const { words, translation } = visit
  const { login, errors = [], demoAccounts = [], kept } = given
  const error = errors[0]?.message
  return (
    <VisitPage
      visit={visit}
      title={words.say(kept === undefined ? 'signIn.title' : 'ended.title')}
      lead={words.say(
        kept === undefined ? 'signIn.lead' : kept.fields.length > 0 ? 'ended.lead' : 'ended.leadFile',
      )}
      // A page in the other language is asked for anew, so what was typed would be lost on the way.
      translation={
        kept === undefined ? translation : { ...translation, href: `/sign-in?lang=${translation.locale}` }
      }
    >
      <EntryForm visit={visit} action="/sign-in" errors={errors} mayRepeat save={words.say('account.signIn')}>
        {kept !== undefined && <KeptFields kept={kept} />}
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
      </EntryForm>
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
    </VisitPage>
  )
}

function secretPage(visit: Visit, errors: readonly FieldError[]): Html {
  const { words, account } = visit
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
    <VisitPage
      visit={visit}
      title={words.say('secret.title')}
      lead={account?.mustChange === true ? words.say('secret.must') : words.say('secret.lead')}
    >
      <EntryForm
        visit={visit}
        action="/my/secret"
        errors={errors}
        mayRepeat
        save={words.say('secret.submit')}
      >
        {field('old', 'current-password')}
        {field('secret', 'new-password')}
        {field('again', 'new-password')}
      </EntryForm>
    </VisitPage>
  )
}
