import { isLumbungError, ResidentId } from '@lumbung/core/kernel'
import {
  type AreaView,
  listAreas,
  type ResidentView,
  readResident,
  searchResidents,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { Login } from '../accounts/login.ts'
import { hashSecret, newSecret } from '../accounts/secret.ts'
import { createAccount } from '../accounts/use-cases.ts'
import type { openGivenSecrets } from '../server/given-secrets.ts'
import { newKey, once } from '../server/once.ts'
import { formOf } from '../server/own-form.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { EmptyState, type FieldError, type Html, SearchForm, SummaryList, TextField } from '../ui/index.ts'
import { checkRoles, RoleFields, rolesFor } from './account-fields.tsx'
import { EntryForm } from './entry-form.tsx'
import { nameOf } from './people.tsx'
import { PeopleTable } from './pick-person.tsx'
import { errorOf, Faults, idFrom, textsOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

type Roles = PortalParts['options']['village']['config']['roles']

/** What was typed into the form of a new account. */
interface Typed {
  readonly login: string
  readonly name: string
  readonly roles: readonly string[]
  readonly hamlets: readonly string[]
}

/** The hamlets that an account may be limited to. */
export async function hamletsFor(visit: Visit): Promise<readonly AreaView[]> {
  if (!visit.may(listAreas)) return []
  return (await visit.session().perform(listAreas, {})).filter(({ kind }) => kind === 'hamlet')
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
      const typed = { login: '', name: '', roles: [], hamlets: [] }
      const hamlets = await hamletsFor(visit)
      return context.html(<NewPage {...{ visit, typed, hamlets }} roles={config.roles} errors={[]} />)
    }
    const person = await personOf(visit, resident)
    const roles = rolesFor('resident', config.roles)
    const only = roles.filter(({ grants }) => grants.some(({ reach }) => reach !== 'village'))
    const chosen = only.length === 1 ? only.map(({ id }) => id) : []
    const typed = { login: '', name: person.name ?? '', roles: chosen, hamlets: [] }
    return context.html(<NewPage {...{ visit, roles, typed, person }} hamlets={[]} errors={[]} />)
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
      roles: textsOf(form, 'roles'),
      hamlets: textsOf(form, 'hamlets'),
    }
    const resident = text('resident')
    const kind = resident === '' ? 'officer' : 'resident'
    const person = resident === '' ? undefined : await personOf(visit, resident)
    const roles = rolesFor(kind, config.roles)
    const hamlets = kind === 'officer' ? await hamletsFor(visit) : []
    const show = (errors: readonly FieldError[]) =>
      context.html(
        <NewPage
          {...{ visit, typed, errors, roles, hamlets }}
          {...(person === undefined ? {} : { person })}
        />,
        422,
      )
    const errors = faultsOf(typed, config.roles, visit)
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
          hamlets: [...typed.hamlets],
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

function faultsOf(typed: Typed, roles: Roles, { words }: Visit): readonly FieldError[] {
  const { login, name } = typed
  const faults = new Faults()
  if (!Login.safeParse(login).success) faults.add('login', words.say('accounts.loginForm'))
  if (name === '') faults.add('name', words.say('accounts.nameMissing'))
  if (name.length > 200) faults.add('name', words.say('fault.tooLong', { max: '200' }))
  checkRoles(typed, roles, words, faults)
  return faults.errors
}

const above = ({ words }: Visit) => [{ href: '/accounts', label: words.say('menu.accounts') }]

interface NewProps {
  readonly visit: Visit
  readonly roles: Roles
  readonly hamlets: readonly AreaView[]
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** The resident to whom it belongs; without one it is an officer's. */
  readonly person?: ResidentView
}

function NewPage({ visit, roles, hamlets, typed, errors, person }: NewProps): Html {
  const { words, translation } = visit
  const href =
    person === undefined
      ? `/accounts/new?lang=${translation.locale}`
      : `/accounts/new?resident=${person.id}&lang=${translation.locale}`
  return (
    <VisitPage
      visit={visit}
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
      <EntryForm visit={visit} action="/accounts" errors={errors} save={words.say('accounts.create')}>
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
          {...errorOf(errors, 'login')}
        />
        <TextField
          words={words}
          name="name"
          label={words.say('resident.name')}
          value={typed.name}
          autocomplete="off"
          {...errorOf(errors, 'name')}
        />
        <RoleFields {...{ words, roles, hamlets, errors }} values={typed} />
      </EntryForm>
    </VisitPage>
  )
}

interface FindProps {
  readonly visit: Visit
  readonly q: string
  readonly residents: readonly ResidentView[] | undefined
  readonly on: ReturnType<PortalParts['options']['village']['today']>
}

function FindPage({ visit, q, residents, on }: FindProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('accounts.newResident')}
      lead={words.say('register.lead')}
      section="/accounts"
      above={above(visit)}
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
        <PeopleTable
          visit={visit}
          caption={words.say('register.found')}
          people={residents}
          addressOf={(id) => `/accounts/new?resident=${id}`}
          on={on}
        />
      )}
    </VisitPage>
  )
}
