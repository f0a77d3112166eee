import { Actor, type Occasion, type VillageConfig } from '@lumbung/core/village'
import { publicScopes } from '../accounts/roles-of-residents.ts'
import { accountOf, type SessionStore } from '../accounts/sessions.ts'
import type { PageFrame } from '../ui/index.ts'
import { type Locale, locales, wordsIn } from '../words/index.ts'
import { type Cookies, csrfOf } from './cookies.ts'
import { frameOf } from './frame.ts'
import { withForm } from './once.ts'
import type { PortalOptions } from './options.ts'
import { isOfThisHost } from './own-form.ts'
import { purposeNow, purposesOf } from './purposes.ts'
import type { PortalContext, Visit } from './visit.ts'

/** A visit, with what only the portal itself needs to know of it. */
export interface Visitor {
  readonly visit: Visit
  /** What the reader's forms are tied to. */
  readonly formToken: string
  /** The token of a session that has ended. */
  readonly endedToken: string | undefined
}

/** Makes the visit of each request: who is there, in which language, and for which purpose they read. */
export function visitsOf(
  { village, look }: PortalOptions,
  { store, cookies, assets }: { store: SessionStore; cookies: Cookies; assets: PageFrame['assets'] },
): (context: PortalContext) => Promise<Visitor> {
  const { config } = village
  const currency = { code: config.currency, scale: config.currencyScale }
  const words = Object.fromEntries(locales.map((locale) => [locale, wordsIn(locale, currency)])) as Readonly<
    Record<Locale, ReturnType<typeof wordsIn>>
  >
  return async (context) => {
    const url = new URL(context.req.url)
    const locale = localeOf(url.searchParams.get('lang') ?? cookies.language(context), config.languages[0])
    if (url.searchParams.has('lang')) cookies.setLanguage(context, locale)
    const token = cookies.session(context)
    const account = token === undefined ? undefined : await accountOf(store, token)
    const actor =
      account === undefined
        ? Actor.parse({ kind: 'anonymous', id: 'anonymous', roles: anonymousRoles(config) })
        : Actor.parse({
            kind: 'person',
            id: account.id,
            roles: account.roles,
            hamlets: account.hamlets,
            ...(account.resident === null ? {} : { resident: account.resident }),
          })
    const scopes = new Set(
      config.roles
        .filter(({ id }) => actor.roles.includes(id))
        .flatMap(({ grants }) => grants.map((grant) => grant.scope)),
    )
    const may: Visit['may'] = ({ scope }) => scopes.has(scope)
    const formToken = account === undefined || token === undefined ? cookies.formToken(context) : token
    const labelOfPurpose: Visit['labelOfPurpose'] = (purpose) => {
      const found = config.purposes.find(({ id }) => id === purpose)
      return found === undefined ? words[locale].say('value.none') : words[locale].text(found.label)
    }
    const known = purposesOf(config, actor)
    // A reader may name another purpose; whether their role has it, the village judges.
    const named = config.purposes.find(({ id }) => id === url.searchParams.get('purpose'))?.id
    if (named !== undefined && known.includes(named) && isOfThisHost(context.req.raw)) {
      cookies.setPurpose(context, named)
    }
    const purpose = named ?? purposeNow(config, known, cookies.purpose(context))
    const usual: Occasion = purpose === undefined ? {} : { purpose }
    const here = context.req.method === 'GET' ? url : new URL('/', url)
    const purposes = known.map((id) => ({
      id,
      label: labelOfPurpose(id),
      href: linkTo(here, 'purpose', id),
      isNow: id === purpose,
    }))
    const other = locales.find((candidate) => candidate !== locale) ?? locale
    const csrf = csrfOf(formToken)
    const common = { look, words: words[locale], assets, account, may, csrf, config, purposes }
    const visit: Visit = {
      words: words[locale],
      account,
      actor,
      csrf,
      may,
      session: (occasion = {}) => village.as(actor, { ...usual, ...withForm(), ...occasion }),
      timeZone: config.timeZone,
      purposes,
      labelOfPurpose,
      translation: { locale: other, href: linkTo(url, 'lang', other) },
      frame: frameOf(common),
    }
    return { visit, formToken, endedToken: account === undefined ? token : undefined }
  }
}

/** The same address with a part of its query set. It never begins with two slashes, which name another host. */
export function linkTo({ pathname, searchParams }: URL, name: string, value: string): string {
  const query = new URLSearchParams(searchParams)
  query.set(name, value)
  return `${pathname.replace(/^[/\\]+/, '/')}?${query}`
}

function localeOf(asked: string | null | undefined, first: string | undefined): Locale {
  return (
    locales.find((locale) => locale === asked) ?? locales.find((locale) => locale === first) ?? locales[0]
  )
}

/** What anybody is before they sign in: the roles that only look at the village. */
function anonymousRoles(config: VillageConfig): readonly string[] {
  return config.roles
    .filter(({ grants }) => grants.length > 0 && grants.every(({ scope }) => publicScopes.has(scope)))
    .map(({ id }) => id)
}
