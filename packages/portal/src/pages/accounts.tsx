import { AccountId } from '../accounts/records.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import {
  type AccountView,
  listAccounts,
  readAccount,
  resetSecret,
  setDisabled,
} from '../accounts/use-cases.ts'
import { type GivenSecret, openGivenSecrets } from '../server/given-secrets.ts'
import { newKey, once } from '../server/once.ts'
import { formOf } from '../server/own-form.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  Form,
  type Html,
  Notice,
  Page,
  Pagination,
  SearchForm,
  StatusMark,
  SummaryList,
  Table,
  TextField,
} from '../ui/index.ts'
import { newAccountPages } from './new-account.tsx'
import { idFrom } from './typed.ts'

type Roles = PortalParts['options']['village']['config']['roles']

/** Accounts: finding and making them, giving a new password or PIN, closing them. */
export function accountPages(parts: PortalParts): void {
  const { app, options, store } = parts
  const { roles } = options.village.config
  const given = openGivenSecrets(() => Date.parse(store.now()))

  app.get('/accounts', async (context) => {
    const visit = context.get('visit')
    const { login = '', after } = context.req.query()
    const found = await visit
      .session()
      .perform(listAccounts, { login, ...(after === undefined ? {} : { after }) })
    const asked = { login: login.trim(), isFirst: after === undefined }
    return context.html(<AccountsPage visit={visit} found={found} roles={roles} asked={asked} />)
  })

  newAccountPages(parts, given)

  app.get('/accounts/given/:key', async (context) => {
    const visit = context.get('visit')
    // Asked for first, so that whoever may no longer manage accounts is refused.
    await visit.session().perform(listAccounts, {})
    const secret = given.of(context.req.param('key'), visit.actor.id)
    return context.html(<GivenPage visit={visit} given={secret} />)
  })

  app.get('/accounts/:id', async (context) => {
    const visit = context.get('visit')
    const account = await visit
      .session()
      .perform(readAccount, { id: idFrom(AccountId, context.req.param('id')) })
    return context.html(<AccountPage visit={visit} account={account} roles={roles} />)
  })

  app.get('/accounts/:id/reset', async (context) => {
    const visit = context.get('visit')
    const account = await visit
      .session()
      .perform(readAccount, { id: idFrom(AccountId, context.req.param('id')) })
    return context.html(<ResetPage visit={visit} account={account} />)
  })

  app.post('/accounts/:id/reset', async (context) => {
    const visit = context.get('visit')
    const form = await formOf(context)
    const id = idFrom(AccountId, context.req.param('id'))
    const key = String(form['once'] ?? '') || newKey()
    const address = await once(store, key, async () => {
      const { kind } = await visit.session().perform(readAccount, { id })
      const secret = newSecret(kind)
      const { login, name } = await visit.session().perform(resetSecret, {
        id,
        hashedSecret: await hashSecret(secret),
      })
      given.keep(key, visit.actor.id, { account: id, login, name, kind, secret })
      return `/accounts/given/${key}`
    })
    return context.redirect(address, 303)
  })

  app.post('/accounts/:id/disable', async (context) => {
    const visit = context.get('visit')
    const form = await formOf(context)
    const id = idFrom(AccountId, context.req.param('id'))
    await visit.session().perform(setDisabled, { id, disabled: form['disabled'] === 'yes' })
    return context.redirect(`/accounts/${id}`, 303)
  })
}

function rolesText(account: AccountView, roles: Roles, { words }: Visit): string {
  return account.roles
    .map((id) => {
      const role = roles.find((candidate) => candidate.id === id)
      return role === undefined ? id : words.text(role.label)
    })
    .join(', ')
}

function StandingOf({ account, visit }: { readonly account: AccountView; readonly visit: Visit }): Html {
  const { disabled } = account
  return (
    <StatusMark is={disabled ? 'bad' : 'good'}>
      {visit.words.say(disabled ? 'accounts.closed' : 'accounts.open')}
    </StatusMark>
  )
}

interface AccountsProps {
  readonly visit: Visit
  readonly found: {
    readonly accounts: readonly AccountView[]
    readonly count: number
    readonly next?: string
  }
  readonly roles: Roles
  readonly asked: { readonly login: string; readonly isFirst: boolean }
}

function AccountsPage({ visit, found, roles, asked }: AccountsProps): Html {
  const { frame, words, translation } = visit
  const { accounts, count, next } = found
  const addressOf = (more: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({ ...(asked.login === '' ? {} : { login: asked.login }), ...more })
    return query.size === 0 ? '/accounts' : `/accounts?${query}`
  }
  return (
    <Page
      frame={frame}
      title={words.say('accounts.title')}
      lead={words.say('accounts.lead')}
      section="/accounts"
      translation={translation}
    >
      <Buttons>
        <Button icon="plus" href="/accounts/new">
          {words.say('accounts.new')}
        </Button>
      </Buttons>
      <SearchForm
        words={words}
        action="/accounts"
        label={words.say('accounts.search')}
        {...(asked.login === '' ? {} : { clear: '/accounts' })}
      >
        <TextField
          words={words}
          name="login"
          label={words.say('signIn.login')}
          hint={words.say('accounts.searchHint')}
          kind="search"
          autocomplete="off"
          value={asked.login}
          isOptional
        />
      </SearchForm>
      {accounts.length === 0 ? (
        <EmptyState icon="search" title={words.say('accounts.nothing')} />
      ) : (
        <>
          <Table
            caption={words.say('accounts.all')}
            columns={[
              {
                label: words.say('signIn.login'),
                cell: ({ id, login }) => <a href={`/accounts/${id}`}>{login}</a>,
              },
              { label: words.say('resident.name'), cell: ({ name }) => name },
              { label: words.say('signIn.role'), cell: (account) => rolesText(account, roles, visit) },
              {
                label: words.say('resident.status'),
                cell: (account) => <StandingOf account={account} visit={visit} />,
              },
            ]}
            rows={accounts}
          />
          <Pagination
            words={words}
            count={count}
            {...(asked.isFirst ? {} : { first: addressOf({}) })}
            {...(next === undefined ? {} : { next: addressOf({ after: next }) })}
          />
        </>
      )}
    </Page>
  )
}

const above = ({ words }: Visit) => [{ href: '/accounts', label: words.say('menu.accounts') }]

function AccountPage({
  visit,
  account,
  roles,
}: {
  readonly visit: Visit
  readonly account: AccountView
  readonly roles: Roles
}): Html {
  const { frame, words, translation, csrf } = visit
  const { id, login, name, kind, disabled } = account
  const isOwn = visit.account?.id === id
  return (
    <Page
      frame={frame}
      title={words.say('accounts.of', { login })}
      section="/accounts"
      above={above(visit)}
      translation={translation}
    >
      <SummaryList
        rows={[
          { term: words.say('resident.name'), value: name },
          { term: words.say('accounts.kind'), value: words.say(`accounts.${kind}`) },
          { term: words.say('signIn.role'), value: rolesText(account, roles, visit) },
          { term: words.say('resident.status'), value: <StandingOf account={account} visit={visit} /> },
        ]}
      />
      <Card title={words.say('accounts.secret')}>
        <p>{words.say('accounts.resetText')}</p>
        <Buttons>
          <Button kind="second" href={`/accounts/${id}/reset`}>
            {words.say(`accounts.reset.${kind}`)}
          </Button>
        </Buttons>
      </Card>
      {!isOwn && (
        <Card title={words.say('accounts.entry')}>
          <p>{words.say(disabled ? 'accounts.reopenText' : 'accounts.closeText')}</p>
          <Form words={words} action={`/accounts/${id}/disable`} csrf={csrf}>
            <input type="hidden" name="disabled" value={disabled ? 'no' : 'yes'} />
            <Buttons>
              <Button kind="second">{words.say(disabled ? 'accounts.reopen' : 'accounts.close')}</Button>
            </Buttons>
          </Form>
        </Card>
      )}
    </Page>
  )
}

function ResetPage({ visit, account }: { readonly visit: Visit; readonly account: AccountView }): Html {
  const { frame, words, translation, csrf } = visit
  const { id, login, name, kind } = account
  return (
    <Page
      frame={frame}
      title={words.say(`accounts.resetAsk.${kind}`, { name })}
      lead={words.say('accounts.resetText')}
      section="/accounts"
      above={[...above(visit), { href: `/accounts/${id}`, label: words.say('accounts.of', { login }) }]}
      translation={translation}
    >
      <Form words={words} action={`/accounts/${id}/reset`} csrf={csrf} once={newKey()}>
        <Buttons>
          <Button>{words.say(`accounts.reset.${kind}`)}</Button>
          <Button kind="second" href={`/accounts/${id}`}>
            {words.say('act.cancel')}
          </Button>
        </Buttons>
      </Form>
    </Page>
  )
}

function GivenPage({
  visit,
  given,
}: {
  readonly visit: Visit
  readonly given: GivenSecret | undefined
}): Html {
  const { frame, words, translation } = visit
  if (given === undefined) {
    return (
      <Page
        frame={frame}
        title={words.say('accounts.givenGone')}
        lead={words.say('accounts.givenGoneNext')}
        section="/accounts"
        above={above(visit)}
        translation={translation}
      >
        {null}
      </Page>
    )
  }
  const { account, login, name, kind, secret } = given
  return (
    <Page
      frame={frame}
      title={words.say(`accounts.given.${kind}`, { name })}
      section="/accounts"
      above={[...above(visit), { href: `/accounts/${account}`, label: words.say('accounts.of', { login }) }]}
      translation={translation}
    >
      <Notice is="good" title={words.say('accounts.givenNext')}>
        <SummaryList
          rows={[
            { term: words.say('signIn.login'), value: <code>{login}</code> },
            { term: words.say('accounts.secret'), value: <code class="number">{secret}</code> },
          ]}
        />
        <p>{words.say('accounts.givenTime')}</p>
      </Notice>
    </Page>
  )
}
