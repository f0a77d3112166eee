import { isLumbungError, ResidentId } from '@lumbung/core/kernel'
import { type ResidentView, readResident, searchResidents } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { Login } from '../accounts/login.ts'
import { isForResidents } from '../accounts/roles-of-residents.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import { createAccount } from '../accounts/use-cases.ts'
import type { openGivenSecrets } from '../server/given-secrets.ts'
import { newKey, once } from '../server/once.ts'
import { formOf } from '../server/own-form.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Checkboxes,
  EmptyState,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  SearchForm,
  SummaryList,
  Table,
  TextField,
} from '../ui/index.ts'
import { bornText, nameOf } from './people.tsx'
import { idFrom } from './typed.ts'

type Roles = PortalParts['options']['village']['config']['roles']

/** What was typed into the form of a new account. */
interface Typed {
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
}

/**
 * New accounts. That of an officer needs a name; that of a resident belongs to somebody in the register, who is
 * found there by whoever may search it.
 */
export function newAccountPages(
  { app, options, store }: PortalParts,
  given: ReturnType<typeof openGivenSecrets>,
): void {
  const { config, today } = options.village
  const rolesOf = (kind: 'officer' | 'resident'): Roles =>
    kind === 'officer' ? config.roles : config.roles.filter(isForResidents)
  const personOf = async (visit: Visit, id: string): Promise<ResidentView> => {
    const { resident } = await visit.session().perform(readResident, { id: idFrom(ResidentId, id) })
    return resident
  }
  const requireManager = (visit: Visit) => {
    if (!visit.may(createAccount)) throw new HTTPException(403)
  }

  app.get('/accounts/new', async (context) => {
    const visit = context.get('visit')
    requireManager(visit)
    const { resident } = context.req.query()
    if (resident === undefined) {
      const typed = { login: '', name: '', roles: [] }
      return context.html(<NewPage visit={visit} roles={rolesOf('officer')} typed={typed} errors={[]} />)
    }
    const person = await personOf(visit, resident)
    const roles = rolesOf('resident')
    const only = roles.filter(({ grants }) => grants.some(({ reach }) => reach !== 'village'))
    const chosen = only.length === 1 ? only.map(({ id }) => id) : []
    const typed = { login: '', name: person.name ?? '', roles: chosen }
    return context.html(<NewPage {...{ visit, roles, typed, person }} errors={[]} />)
  })

  app.get('/accounts/new/resident', async (context) => {
    const visit = context.get('visit')
    requireManager(visit)
    const { q = '' } = context.req.query()
    const found = q.trim() === '' ? undefined : await visit.session().perform(searchResidents, { text: q })
    const residents = found?.residents.filter(({ status, isPersonal }) => isPersonal && status !== 'merged')
    return context.html(<FindPage visit={visit} q={q} residents={residents} on={today()} />)
  })

  app.post('/accounts', async (context) => {
    const visit = context.get('visit')
    requireManager(visit)
    const { words } = visit
    const form = await formOf(context)
    const text = (name: string) => String(form[name] ?? '').trim()
    const typed: Typed = {
      login: text('login').toLowerCase(),
      name: text('name'),
      roles: [form['roles'] ?? []].flat().map(String),
    }
    const resident = text('resident')
    const kind = resident === '' ? 'officer' : 'resident'
    const person = resident === '' ? undefined : await personOf(visit, resident)
    const show = (errors: readonly FieldError[]) =>
      context.html(
        <NewPage
          {...{ visit, typed, errors, roles: rolesOf(kind) }}
          {...(person === undefined ? {} : { person })}
        />,
        422,
      )
    const errors = faultsOf(typed, visit)
    if (errors.length > 0) return show(errors)
    const key = text('once') || newKey()
    const secret = newSecret(kind)
    try {
      const address = await once(store, key, async () => {
        const made = await visit.session().perform(createAccount, {
          kind,
          login: typed.login,
          name: typed.name,
          roles: [...typed.roles],
          resident: kind === 'resident' ? idFrom(ResidentId, resident) : null,
          hashedSecret: await hashSecret(secret),
        })
        const { id, login, name } = made
        given.keep(key, visit.actor.id, { account: id, login, name, kind, secret })
        return `/accounts/given/${key}`
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (isLumbungError(error, 'account/login-taken')) {
        return show([{ name: 'login', message: words.say('accounts.loginTaken') }])
      }
      if (isLumbungError(error, 'account/officer-role') || isLumbungError(error, 'account/unknown-role')) {
        return show([{ name: 'roles', message: words.say('accounts.rolesWrong') }])
      }
      throw error
    }
  })
}

function faultsOf({ login, name, roles }: Typed, { words }: Visit): readonly FieldError[] {
  const errors: FieldError[] = []
  if (!Login.safeParse(login).success) {
    errors.push({ name: 'login', message: words.say('accounts.loginForm') })
  }
  if (name === '') errors.push({ name: 'name', message: words.say('accounts.nameMissing') })
  if (roles.length === 0) errors.push({ name: 'roles', message: words.say('accounts.rolesMissing') })
  return errors
}

const above = ({ words }: Visit) => [{ href: '/accounts', label: words.say('menu.accounts') }]

interface NewProps {
  readonly visit: Visit
  readonly roles: Roles
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** The resident to whom it belongs; without one it is an officer's. */
  readonly person?: ResidentView
}

function NewPage({ visit, roles, typed, errors, person }: NewProps): Html {
  const { frame, words, translation, csrf } = visit
  const error = (name: string) => {
    const message = errors.find((candidate) => candidate.name === name)?.message
    return message === undefined ? {} : { error: message }
  }
  const href =
    person === undefined
      ? `/accounts/new?lang=${translation.locale}`
      : `/accounts/new?resident=${person.id}&lang=${translation.locale}`
  return (
    <Page
      frame={frame}
      title={words.say(person === undefined ? 'accounts.newOfficer' : 'accounts.newResident')}
      lead={words.say(person === undefined ? 'accounts.officerHint' : 'accounts.residentHint')}
      section="/accounts"
      above={above(visit)}
      translation={{ ...translation, href }}
    >
      {person === undefined && visit.may(searchResidents) && (
        <p>
          <a href="/accounts/new/resident">{words.say('accounts.forResident')}</a>
        </p>
      )}
      {person === undefined && !visit.may(searchResidents) && (
        <p class="soft">{words.say('accounts.residentElsewhere')}</p>
      )}
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action="/accounts" csrf={csrf} once={newKey()}>
        {person !== undefined && (
          <>
            <input type="hidden" name="resident" value={person.id ?? ''} />
            <SummaryList rows={[{ term: words.say('accounts.resident'), value: nameOf(person, words) }]} />
          </>
        )}
        <TextField
          words={words}
          name="login"
          label={words.say('signIn.login')}
          hint={words.say('accounts.loginHint')}
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
        <Buttons>
          <Button>{words.say('accounts.create')}</Button>
        </Buttons>
      </Form>
    </Page>
  )
}

interface FindProps {
  readonly visit: Visit
  readonly q: string
  readonly residents: readonly ResidentView[] | undefined
  readonly on: ReturnType<PortalParts['options']['village']['today']>
}

function FindPage({ visit, q, residents, on }: FindProps): Html {
  const { frame, words, translation } = visit
  return (
    <Page
      frame={frame}
      title={words.say('accounts.newResident')}
      lead={words.say('register.lead')}
      section="/accounts"
      above={above(visit)}
      translation={translation}
    >
      <SearchForm words={words} action="/accounts/new/resident" label={words.say('register.search')}>
        <TextField
          words={words}
          name="q"
          label={words.say('register.query')}
          hint={words.say('register.queryHint')}
          kind="search"
          autocomplete="off"
          value={q}
        />
      </SearchForm>
      {residents?.length === 0 && <EmptyState icon="search" title={words.say('register.nothing')} />}
      {residents !== undefined && residents.length > 0 && (
        <Table
          caption={words.say('register.found')}
          columns={[
            {
              label: words.say('resident.name'),
              cell: (resident) => (
                <a href={`/accounts/new?resident=${resident.id}`}>{nameOf(resident, words)}</a>
              ),
            },
            { label: words.say('resident.birth'), cell: (resident) => bornText(resident, words, on) },
            { label: words.say('home.hamlet'), cell: ({ hamlet }) => hamlet ?? words.say('value.none') },
          ]}
          rows={residents}
        />
      )}
    </Page>
  )
}
