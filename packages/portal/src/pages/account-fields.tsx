import type { AreaView, VillageConfig } from '@lumbung/core/village'
import { isForResidents } from '../accounts/roles-of-residents.ts'
import { Checkboxes, type FieldError, type Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { Faults } from './typed.ts'
import { errorOf } from './typed.ts'

/** How far a role reaches, the farthest first. */
const reaches = ['village', 'hamlets', 'own-household', 'self'] as const

interface RoleFieldsProps {
  readonly words: Words
  readonly roles: VillageConfig['roles']
  readonly hamlets: readonly AreaView[]
  readonly values: { readonly roles: readonly string[]; readonly hamlets: readonly string[] }
  readonly errors: readonly FieldError[]
}

/** As what an account acts, and in which hamlets. */
export function RoleFields({ words, roles, hamlets, values, errors }: RoleFieldsProps): Html {
  return (
    <>
      <Checkboxes
        words={words}
        name="roles"
        label={words.say('signIn.role')}
        options={roles.map((role) => ({
          value: role.id,
          label: words.text(role.label),
          hint: reachText(role, words),
        }))}
        values={values.roles}
        {...errorOf(errors, 'roles')}
      />
      {hamlets.length > 0 && (
        <Checkboxes
          words={words}
          name="hamlets"
          label={words.say('accounts.hamlets')}
          hint={words.say('accounts.hamletsHint')}
          options={hamlets.map(({ id, path }) => ({ value: id, label: path.join(', ') }))}
          values={values.hamlets}
          {...errorOf(errors, 'hamlets')}
        />
      )}
    </>
  )
}

/** Whose data a role reaches. */
function reachText({ grants }: VillageConfig['roles'][number], words: Words): string {
  const own = grants.filter(({ scope }) => scope.startsWith('resident.'))
  const found = reaches.filter((reach) => own.some((grant) => grant.reach === reach))
  if (found.length === 0) return words.say('accounts.reach.none')
  return found.map((reach) => words.say(`accounts.reach.${reach}`)).join(', ')
}

/** Notes what is missing: a role, or the hamlets of one that reaches nothing without. */
export function checkRoles(
  values: RoleFieldsProps['values'],
  roles: VillageConfig['roles'],
  words: Words,
  faults: Faults,
): void {
  if (values.roles.length === 0) faults.add('roles', words.say('accounts.rolesMissing'))
  const needsHamlets = roles
    .filter(({ id }) => values.roles.includes(id))
    .some(({ grants }) => grants.some(({ reach }) => reach === 'hamlets'))
  if (needsHamlets && values.hamlets.length === 0) {
    faults.add('hamlets', words.say('accounts.hamletsMissing'))
  }
}

/** The roles that an account may have: any, or those that are made for residents. */
export function rolesFor(
  kind: 'officer' | 'resident',
  roles: VillageConfig['roles'],
): VillageConfig['roles'] {
  return kind === 'officer' ? roles : roles.filter(isForResidents)
}

/** What roles are called. */
export function rolesText(ids: readonly string[], roles: VillageConfig['roles'], words: Words): string {
  const labels = ids.map((id) => {
    const role = roles.find((candidate) => candidate.id === id)
    return role === undefined ? id : words.text(role.label)
  })
  return labels.join(', ')
}
