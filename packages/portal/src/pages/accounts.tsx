import { isLumbungError } from '@lumbung/core/kernel'
import { type AreaView, listAreas } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { AccountId } from '../accounts/records.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import {
  type AccountView,
  changeAccount,
  createAccount,
  listAccounts,
  readAccount,
  resetSecret,
  setDisabled,
} from '../accounts/use-cases.ts'
import { newKey } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  Pagination,
  Radios,
  Table,
  TextField,
} from '../ui/index.ts'
import { checkRoles, RoleFields, rolesText } from './account-fields.tsx'
import { AccountPage, AccountStatus, type Given, GivenSecret } from './account-page.tsx'
import { errorOf, Faults, idFrom, textOf, textsOf } from './typed.ts'

/** What was typed into the form of a new account. */
interface Typed {
  readonly kind: string
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly hamlets: readonly string[]
  readonly resident: string
}

const nothingTyped: Typed = { kind: 'officer', login: '', name: '', roles: [], hamlets: [], resident: '' }

/** Accounts: making them, giving them roles and hamlets, a new password or PIN, closing them. */
export function accountPages({ app, options }: PortalParts): void {
  const { roles } = options.village.config

  const hamletsFor = async (visit: Visit): Promise<readonly AreaView[]> => {
    if (!visit.may(listAreas)) return []
    return (await visit.session().perform(listAreas, {})).filter(({ kind }) => kind === 'hamlet')
  }
  const show = async (visit: Visit, more: Partial<AccountsProps> = {}, after?: string) => {
    const found = await visit.session().perform(listAccounts, after === undefined ? {} : { after })
    const hamlets = await hamletsFor(visit)
    return <AccountsPage {...{ visit, roles, hamlets }} {...found} isFirst={after === undefined} {...more} />
  }
  const showOne = async (
    visit: Visit,
    id: AccountId,
    more: Partial<Parameters<typeof AccountPage>[0]> = {},
  ) => {
    const account = await answered(() => visit.session().perform(readAccount, { id }))
    return <AccountPage {...{ visit, account, roles }} hamlets={await hamletsFor(visit)} {...more} />
  }

  app.get('/accounts', async (context) =>
    context.html(await show(context.get('visit'), {}, context.req.query('after'))),
  )

  app.post('/accounts', async (context) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody({ all: true })
    const typed: Typed = {
      kind: textOf(form, 'kind') === 'resident' ? 'resident' : 'officer',
      login: textOf(form, 'login').toLowerCase(),
      name: textOf(form, 'name'),
      roles: textsOf(form, 'roles'),
      hamlets: textsOf(form, 'hamlets'),
      resident: textOf(form, 'resident'),
    }
    const faults = new Faults()
    checkTyped(typed, visit, faults)
    checkRoles(typed, roles, visit.words, faults)
    const { errors } = faults
    if (errors.length > 0) return context.html(await show(visit, { typed, errors }), 422)
    const kind = typed.kind === 'resident' ? 'resident' : 'officer'
    const secret = newSecret(kind)
    try {
      const account = await visit.session().perform(createAccount, {
        kind,
        login: typed.login,
        name: typed.name,
        roles: [...typed.roles],
        hamlets: [...typed.hamlets],
        // A use case parses what it is given, and refuses what is no id.
        resident: kind === 'resident' ? (typed.resident as never) : null,
        hashedSecret: await hashSecret(secret),
      })
      return context.html(await show(visit, { given: { login: account.login, secret } }))
    } catch (error) {
      if (isLumbungError(error, 'account/login-taken')) {
        const taken = [{ name: 'login', message: visit.words.say('accounts.loginTaken') }]
        return context.html(await show(visit, { typed, errors: taken }), 422)
      }
      if (
        isLumbungError(error, 'village/invalid-input') ||
        isLumbungError(error, 'account/resident-missing')
      ) {
        const wrong = [{ name: 'resident', message: visit.words.say('accounts.residentUnknown') }]
        return context.html(await show(visit, { typed, errors: wrong }), 422)
      }
      throw error
    }
  })

  app.get('/accounts/:id', async (context) => {
    const id = idFrom(AccountId, context.req.param('id'))
    const isChanged = context.req.query('changed') !== undefined
    return context.html(await showOne(context.get('visit'), id, { isChanged }))
  })

  app.post('/accounts/:id/change', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(AccountId, context.req.param('id'))
    const form = await context.req.parseBody({ all: true })
    const chosen = { roles: textsOf(form, 'roles'), hamlets: textsOf(form, 'hamlets') }
    const faults = new Faults()
    checkRoles(chosen, roles, visit.words, faults)
    const { errors } = faults
    if (errors.length > 0) return context.html(await showOne(visit, id, { chosen, errors }), 422)
    const change = { id, roles: [...chosen.roles], hamlets: [...chosen.hamlets] }
    await answered(() => visit.session().perform(changeAccount, change))
    return context.redirect(`/accounts/${id}?changed`, 303)
  })

  app.post('/accounts/:id/reset', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(AccountId, context.req.param('id'))
    const { kind, login } = await answered(() => visit.session().perform(readAccount, { id }))
    const secret = newSecret(kind)
    await visit.session().perform(resetSecret, { id, hashedSecret: await hashSecret(secret) })
    return context.html(await showOne(visit, id, { given: { login, secret } }))
  })

  app.post('/accounts/:id/disable', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(AccountId, context.req.param('id'))
    const form = await context.req.parseBody()
    const disabled = textOf(form, 'disabled') === 'yes'
    await answered(() => visit.session().perform(setDisabled, { id, disabled }))
    return context.redirect(`/accounts/${id}`, 303)
  })
}

const statuses = {
  'account/own': 403,
  'account/not-found': 404,
  'account/unknown-role': 400,
  'account/unknown-hamlet': 400,
} as const

/** What no form of these pages asks for, but somebody may send by hand, is answered as such. */
async function answered<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    for (const [code, status] of Object.entries(statuses)) {
      if (isLumbungError(error, code)) throw new HTTPException(status)
    }
    throw error
  }
}

function checkTyped({ login, name, kind, resident }: Typed, { words }: Visit, faults: Faults): void {
  if (!/^[a-z0-9][a-z0-9._-]{1,59}$/.test(login)) faults.add('login', words.say('accounts.loginForm'))
  if (name === '') faults.add('name', words.say('accounts.nameMissing'))
  if (name.length > 200) faults.add('name', words.say('fault.tooLong', { max: '200' }))
  if (kind === 'resident' && resident === '') {
    faults.add('resident', words.say('accounts.residentMissing'))
  }
}

interface AccountsProps {
  readonly visit: Visit
  readonly accounts: readonly AccountView[]
  readonly next?: string
  readonly isFirst: boolean
  readonly roles: PortalParts['options']['village']['config']['roles']
  readonly hamlets: readonly AreaView[]
  readonly typed?: Typed
  readonly errors?: readonly FieldError[]
  readonly given?: Given
}

function AccountsPage(props: AccountsProps): Html {
  const { visit, accounts, next, isFirst, roles, errors = [], given } = props
  const { frame, words, translation } = visit
  return (
    <Page
      frame={frame}
      title={words.say('accounts.title')}
      lead={words.say('accounts.lead')}
      section="/accounts"
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <GivenSecret visit={visit} given={given} />
      <Table
        caption={words.say('accounts.all')}
        columns={[
          {
            label: words.say('signIn.login'),
            cell: ({ id, login }) => <a href={`/accounts/${id}`}>{login}</a>,
          },
          { label: words.say('resident.name'), cell: ({ name }) => name },
          {
            label: words.say('signIn.role'),
            cell: (account) => rolesText(account.roles, roles, words),
          },
          {
            label: words.say('resident.status'),
            cell: (account) => <AccountStatus visit={visit} account={account} />,
          },
        ]}
        rows={accounts}
      />
      {(next !== undefined || !isFirst) && (
        <Pagination
          words={words}
          {...(isFirst ? {} : { first: '/accounts' })}
          {...(next === undefined ? {} : { next: `/accounts?after=${encodeURIComponent(next)}` })}
        />
      )}
      <NewAccount {...props} />
    </Page>
  )
}

function NewAccount({ visit, roles, hamlets, typed = nothingTyped, errors = [] }: AccountsProps): Html {
  const { words, csrf } = visit
  const field = (name: 'login' | 'name' | 'resident') => ({
    words,
    name,
    value: typed[name],
    autocomplete: 'off',
    ...errorOf(errors, name),
  })
  return (
    <Card title={words.say('accounts.new')}>
      <Form words={words} action="/accounts" csrf={csrf} once={newKey()}>
        <Radios
          words={words}
          name="kind"
          label={words.say('accounts.kind')}
          options={(['officer', 'resident'] as const).map((kind) => ({
            value: kind,
            label: words.say(`accounts.${kind}`),
            hint: words.say(`accounts.${kind}Hint`),
          }))}
          value={typed.kind}
        />
        <TextField {...field('login')} label={words.say('signIn.login')} />
        <TextField {...field('name')} label={words.say('resident.name')} />
        <RoleFields {...{ words, roles, hamlets, errors }} values={typed} />
        <TextField
          {...field('resident')}
          label={words.say('accounts.residentId')}
          hint={words.say('accounts.residentIdHint')}
          isOptional
        />
        <Buttons>
          <Button>{words.say('accounts.create')}</Button>
        </Buttons>
      </Form>
    </Card>
  )
}
