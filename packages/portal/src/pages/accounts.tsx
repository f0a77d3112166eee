import { randomInt } from 'node:crypto'
import { isLumbungError } from '@lumbung/core/kernel'
import { hashSecret } from '../accounts/secret.ts'
import {
  type AccountView,
  createAccount,
  listAccounts,
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
  Checkboxes,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Notice,
  Page,
  Radios,
  StatusMark,
  Table,
  TextField,
} from '../ui/index.ts'

/** What was typed into the form of a new account. */
interface Typed {
  readonly kind: string
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly resident: string
}

const nothingTyped: Typed = { kind: 'officer', login: '', name: '', roles: [], resident: '' }

/** Accounts: making them, giving a new password or PIN, closing them. */
export function accountPages({ app, options }: PortalParts): void {
  const roles = options.village.config.roles

  const show = async (
    visit: Visit,
    more: { readonly typed?: Typed; readonly errors?: readonly FieldError[]; readonly given?: Given } = {},
  ) => {
    const { accounts } = await visit.session().perform(listAccounts, {})
    return <AccountsPage visit={visit} accounts={accounts} roles={roles} {...more} />
  }

  app.get('/accounts', async (context) => context.html(await show(context.get('visit'))))

  app.post('/accounts', async (context) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody({ all: true })
    const text = (name: string) => String(form[name] ?? '').trim()
    const typed: Typed = {
      kind: text('kind'),
      login: text('login').toLowerCase(),
      name: text('name'),
      roles: [form['roles'] ?? []].flat().map(String),
      resident: text('resident'),
    }
    const errors = faultsOf(typed, visit)
    if (errors.length > 0) return context.html(await show(visit, { typed, errors }), 422)
    const secret = newSecret(typed.kind)
    try {
      const account = await visit.session().perform(createAccount, {
        kind: typed.kind === 'resident' ? 'resident' : 'officer',
        login: typed.login,
        name: typed.name,
        roles: [...typed.roles],
        resident: typed.kind === 'resident' ? (typed.resident as never) : null,
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

  app.post('/accounts/:id/reset', async (context) => {
    const visit = context.get('visit')
    const secret = newSecret('officer')
    const id = context.req.param('id') as never
    const account = await visit.session().perform(resetSecret, { id, hashedSecret: await hashSecret(secret) })
    return context.html(await show(visit, { given: { login: account.login, secret } }))
  })

  app.post('/accounts/:id/disable', async (context) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody()
    const id = context.req.param('id') as never
    await visit.session().perform(setDisabled, { id, disabled: form['disabled'] === 'yes' })
    return context.redirect('/accounts', 303)
  })
}

/** A password or PIN that was just made: it is shown once, and stands nowhere else. */
interface Given {
  readonly login: string
  readonly secret: string
}

/** Six digits for a resident, who changes them at once; four groups of letters and digits for an officer. */
function newSecret(kind: string): string {
  if (kind === 'resident') return String(randomInt(1_000_000)).padStart(6, '0')
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

function faultsOf({ login, name, roles, kind, resident }: Typed, { words }: Visit): readonly FieldError[] {
  const errors: FieldError[] = []
  if (!/^[a-z0-9][a-z0-9._-]{1,59}$/.test(login)) {
    errors.push({ name: 'login', message: words.say('accounts.loginForm') })
  }
  if (name === '') errors.push({ name: 'name', message: words.say('accounts.nameMissing') })
  if (roles.length === 0) errors.push({ name: 'roles', message: words.say('accounts.rolesMissing') })
  if (kind === 'resident' && resident === '') {
    errors.push({ name: 'resident', message: words.say('accounts.residentMissing') })
  }
  return errors
}

interface AccountsProps {
  readonly visit: Visit
  readonly accounts: readonly AccountView[]
  readonly roles: PortalParts['options']['village']['config']['roles']
  readonly typed?: Typed
  readonly errors?: readonly FieldError[]
  readonly given?: Given
}

function AccountsPage({
  visit,
  accounts,
  roles,
  typed = nothingTyped,
  errors = [],
  given,
}: AccountsProps): Html {
  const { frame, words, translation, csrf } = visit
  const error = (name: string) => {
    const message = errors.find((candidate) => candidate.name === name)?.message
    return message === undefined ? {} : { error: message }
  }
  return (
    <Page
      frame={frame}
      title={words.say('accounts.title')}
      lead={words.say('accounts.lead')}
      section="/accounts"
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      {given !== undefined && (
        <Notice is="good" title={words.say('accounts.given', { login: given.login })}>
          <p>
            <code class="number">{given.secret}</code>
          </p>
          <p>{words.say('accounts.givenNext')}</p>
        </Notice>
      )}
      <Table
        caption={words.say('accounts.all')}
        columns={[
          { label: words.say('signIn.login'), cell: ({ login }) => login },
          { label: words.say('resident.name'), cell: ({ name }) => name },
          {
            label: words.say('signIn.role'),
            cell: (account) =>
              account.roles
                .map((id) => {
                  const role = roles.find((candidate) => candidate.id === id)
                  return role === undefined ? id : words.text(role.label)
                })
                .join(', '),
          },
          {
            label: words.say('resident.status'),
            cell: ({ disabled }) => (
              <StatusMark is={disabled ? 'bad' : 'good'}>
                {words.say(disabled ? 'accounts.closed' : 'accounts.open')}
              </StatusMark>
            ),
          },
          { label: '', cell: (account) => <AccountActions visit={visit} account={account} csrf={csrf} /> },
        ]}
        rows={accounts}
      />
      <Card title={words.say('accounts.new')}>
        <Form words={words} action="/accounts" csrf={csrf} once={newKey()}>
          <Radios
            words={words}
            name="kind"
            label={words.say('accounts.kind')}
            options={[
              {
                value: 'officer',
                label: words.say('accounts.officer'),
                hint: words.say('accounts.officerHint'),
              },
              {
                value: 'resident',
                label: words.say('accounts.resident'),
                hint: words.say('accounts.residentHint'),
              },
            ]}
            value={typed.kind}
          />
          <TextField
            words={words}
            name="login"
            label={words.say('signIn.login')}
            value={typed.login}
            autocomplete="off"
            {...error('login')}
          />
          <TextField
            words={words}
            name="name"
            label={words.say('resident.name')}
            value={typed.name}
            autocomplete="off"
            {...error('name')}
          />
          <Checkboxes
            words={words}
            name="roles"
            label={words.say('signIn.role')}
            options={roles.map(({ id, label }) => ({ value: id, label: words.text(label) }))}
            values={typed.roles}
            {...error('roles')}
          />
          <TextField
            words={words}
            name="resident"
            label={words.say('accounts.residentId')}
            hint={words.say('accounts.residentIdHint')}
            value={typed.resident}
            autocomplete="off"
            isOptional
            {...error('resident')}
          />
          <Buttons>
            <Button>{words.say('accounts.create')}</Button>
          </Buttons>
        </Form>
      </Card>
    </Page>
  )
}

function AccountActions({
  visit,
  account,
  csrf,
}: {
  readonly visit: Visit
  readonly account: AccountView
  readonly csrf: string
}): Html {
  const { words } = visit
  const isOwn = visit.account?.id === account.id
  return (
    <>
      <form method="post" action={`/accounts/${account.id}/reset`}>
        <input type="hidden" name="csrf" value={csrf} />
        <Button kind="second">{words.say('accounts.reset')}</Button>
      </form>
      {!isOwn && (
        <form method="post" action={`/accounts/${account.id}/disable`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="disabled" value={account.disabled ? 'no' : 'yes'} />
          <Button kind="second">{words.say(account.disabled ? 'accounts.reopen' : 'accounts.close')}</Button>
        </form>
      )}
    </>
  )
}
