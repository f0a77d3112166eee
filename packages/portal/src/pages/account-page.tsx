import type { AreaView, VillageConfig } from '@lumbung/core/village'
import type { AccountView } from '../accounts/use-cases.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  ErrorSummary,
  type FieldError,
  type Html,
  Notice,
  StatusMark,
  SummaryList,
} from '../ui/index.ts'
import { RoleFields, rolesFor, rolesText } from './account-fields.tsx'
import { EntryForm } from './entry-form.tsx'
import { VisitPage } from './visit-page.tsx'

interface AccountPageProps {
  readonly visit: Visit
  readonly account: AccountView
  readonly roles: VillageConfig['roles']
  readonly hamlets: readonly AreaView[]
  /** What was chosen, where it could not be kept. */
  readonly chosen?: { readonly roles: readonly string[]; readonly hamlets: readonly string[] }
  readonly errors?: readonly FieldError[]
  readonly isChanged?: boolean
}

/** One account: as what it acts, its secret, and whether it is open. */
export function AccountPage(props: AccountPageProps): Html {
  const { visit, account, roles, hamlets, chosen, errors = [], isChanged = false } = props
  const { words } = visit
  const address = `/accounts/${account.id}`
  const isOwn = visit.account?.id === account.id
  return (
    <VisitPage
      visit={visit}
      title={words.say('accounts.of', { login: account.login })}
      section="/accounts"
      above={[{ href: '/accounts', label: words.say('menu.accounts') }]}
    >
      <ErrorSummary words={words} errors={errors} />
      {isChanged && (
        <Notice is="good" title={words.say('accounts.changed')}>
          <p>{words.say('accounts.changedNext')}</p>
        </Notice>
      )}
      <Card>
        <SummaryList
          rows={[
            { term: words.say('resident.name'), value: account.name },
            { term: words.say('accounts.kind'), value: words.say(`accounts.${account.kind}`) },
            { term: words.say('signIn.role'), value: rolesText(account.roles, roles, words) },
            {
              term: words.say('accounts.hamlets'),
              value: hamletsText(account.hamlets, hamlets) || words.say('value.none'),
            },
            { term: words.say('resident.status'), value: <AccountStatus visit={visit} account={account} /> },
          ]}
        />
      </Card>
      <Card title={words.say('accounts.rights')}>
        {isOwn ? (
          <p>{words.say('accounts.own')}</p>
        ) : (
          <EntryForm visit={visit} action={`${address}/change`} save={words.say('accounts.change')}>
            <RoleFields
              {...{ words, hamlets, errors }}
              roles={rolesFor(account.kind, roles)}
              values={chosen ?? account}
            />
          </EntryForm>
        )}
      </Card>
      <Card title={words.say('accounts.secret')}>
        <p>{words.say('accounts.resetText')}</p>
        <Buttons>
          <Button kind="second" href={`${address}/reset`}>
            {words.say(`accounts.reset.${account.kind}`)}
          </Button>
        </Buttons>
      </Card>
      {!isOwn && (
        <Card title={words.say('accounts.entry')}>
          <p>{words.say(account.disabled ? 'accounts.reopenText' : 'accounts.closeText')}</p>
          <EntryForm
            visit={visit}
            action={`${address}/disable`}
            hidden={{ disabled: account.disabled ? 'no' : 'yes' }}
            save={{
              label: words.say(account.disabled ? 'accounts.reopen' : 'accounts.close'),
              kind: account.disabled ? 'second' : 'danger',
            }}
          />
        </Card>
      )}
    </VisitPage>
  )
}

/** Whether somebody may sign in. */
export function AccountStatus({
  visit,
  account,
}: {
  readonly visit: Visit
  readonly account: AccountView
}): Html {
  return (
    <StatusMark is={account.disabled ? 'bad' : 'good'}>
      {visit.words.say(account.disabled ? 'accounts.closed' : 'accounts.open')}
    </StatusMark>
  )
}

function hamletsText(ids: readonly string[], hamlets: readonly AreaView[]): string {
  return hamlets
    .filter(({ id }) => ids.includes(id))
    .map(({ path }) => path.join(', '))
    .join('; ')
}
