import { AccountId } from '../accounts/records.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import {
  type AccountView,
  changeAccount,
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
  EmptyState,
  type Html,
  Notice,
  Pagination,
  SearchForm,
  SummaryList,
  Table,
  TextField,
} from '../ui/index.ts'
import { checkRoles, rolesText } from './account-fields.tsx'
import { AccountPage, AccountStatus } from './account-page.tsx'
import { EntryForm } from './entry-form.tsx'
import { hamletsFor, newAccountPages } from './new-account.tsx'
import { Faults, idFrom, textsOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

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

  const showOne = async (
    visit: Visit,
    id: AccountId,
    more: Partial<Parameters<typeof AccountPage>[0]> = {},
  ) => {
    const account = await visit.session().perform(readAccount, { id })
    return <AccountPage {...{ visit, account, roles }} hamlets={await hamletsFor(visit)} {...more} />
  }

  app.get('/accounts/:id', async (context) => {
    const id = idFrom(AccountId, context.req.param('id'))
    const isChanged = context.req.query('changed') !== undefined
    return context.html(await showOne(context.get('visit'), id, { isChanged }))
  })

  app.post('/accounts/:id/change', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(AccountId, context.req.param('id'))
    const form = await formOf(context)
    const chosen = { roles: textsOf(form, 'roles'), hamlets: textsOf(form, 'hamlets') }
    const faults = new Faults()
    checkRoles(chosen, roles, visit.words, faults)
    const { errors } = faults
    if (errors.length > 0) return context.html(await showOne(visit, id, { chosen, errors }), 422)
    const change = { id, roles: [...chosen.roles], hamlets: [...chosen.hamlets] }
    await visit.session().perform(changeAccount, change)
    return context.redirect(`/accounts/${id}?changed`, 303)
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
  const { words } = visit
  const { accounts, count, next } = found
  const addressOf = (more: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams({ ...(asked.login === '' ? {} : { login: asked.login }), ...more })
    return query.size === 0 ? '/accounts' : `/accounts?${query}`
  }
  return (
    <VisitPage
      visit={visit}
      title={words.say('accounts.title')}
      lead={words.say('accounts.lead')}
      section="/accounts"
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
              { label: words.say('signIn.role'), cell: (account) => rolesText(account.roles, roles, words) },
              {
                label: words.say('resident.status'),
                cell: (account) => <AccountStatus visit={visit} account={account} />,
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
    </VisitPage>
  )
}

const above = ({ words }: Visit) => [{ href: '/accounts', label: words.say('menu.accounts') }]

function ResetPage({ visit, account }: { readonly visit: Visit; readonly account: AccountView }): Html {
  const { words } = visit
  const { id, login, name, kind } = account
  return (
    <VisitPage
      visit={visit}
      title={words.say(`accounts.resetAsk.${kind}`, { name })}
      lead={words.say('accounts.resetText')}
      section="/accounts"
      above={[...above(visit), { href: `/accounts/${id}`, label: words.say('accounts.of', { login }) }]}
    >
      <EntryForm
        visit={visit}
        action={`/accounts/${id}/reset`}
        save={words.say(`accounts.reset.${kind}`)}
        others={
          <Button kind="second" href={`/accounts/${id}`}>
            {words.say('act.cancel')}
          </Button>
        }
      />
    </VisitPage>
  )
}

function GivenPage({
  visit,
  given,
}: {
  readonly visit: Visit
  readonly given: GivenSecret | undefined
}): Html {
  const { words } = visit
  if (given === undefined) {
    return (
      <VisitPage
        visit={visit}
        title={words.say('accounts.givenGone')}
        lead={words.say('accounts.givenGoneNext')}
        section="/accounts"
        above={above(visit)}
      >
        {null}
      </VisitPage>
    )
  }
  const { account, login, name, kind, secret } = given
  return (
    <VisitPage
      visit={visit}
      title={words.say(`accounts.given.${kind}`, { name })}
      section="/accounts"
      above={[...above(visit), { href: `/accounts/${account}`, label: words.say('accounts.of', { login }) }]}
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
    </VisitPage>
  )
}
