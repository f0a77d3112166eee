import type { VillageConfig } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { ErrorSummary, type Html, Notice, SelectField } from '../ui/index.ts'
import { EntryForm } from './entry-form.tsx'

/** For what a number may be opened. */
export type Purposes = VillageConfig['purposes']

/** The purposes for which the visitor's roles show personal fields. */
export function purposesOf({ actor }: Visit, { roles, purposes }: VillageConfig): Purposes {
  const grants = roles
    .filter(({ id }) => actor.roles.includes(id))
    .flatMap((role) => role.grants)
    .filter(({ scope, shows }) => scope === 'resident.read' && (shows === 'personal' || shows === 'specific'))
  return purposes.filter(({ id }) => grants.some((grant) => grant.purposes?.includes(id) ?? true))
}

interface ShowNumbersProps {
  readonly visit: Visit
  readonly action: string
  readonly purposes: Purposes
  readonly isAskedAgain: boolean
}

/** Opens a number on purpose: the purpose is chosen, and the opening is noted. */
export function ShowNumbers({ visit, action, purposes, isAskedAgain }: ShowNumbersProps): Html {
  const { words } = visit
  const [only, ...others] = purposes
  return (
    <details class="details noprint" open={isAskedAgain}>
      <summary>{words.say('numbers.show')}</summary>
      <div>
        <EntryForm
          visit={visit}
          action={action}
          save={{ label: words.say('numbers.show'), kind: 'second', icon: 'eye' }}
        >
          <p class="hint">{words.say('numbers.logged')}</p>
          {only !== undefined && others.length === 0 ? (
            <input type="hidden" name="purpose" value={only.id} />
          ) : (
            <SelectField
              words={words}
              name="purpose"
              label={words.say('numbers.why')}
              options={purposes.map(({ id, label }) => ({ value: id, label: words.text(label) }))}
              {...(isAskedAgain ? { error: words.say('numbers.whyMissing') } : {})}
            />
          )}
        </EntryForm>
      </div>
    </details>
  )
}

/** Above a page on which numbers are opened, or could not be. */
export function NumbersNotice({
  visit,
  isShown,
  isAskedAgain,
}: {
  readonly visit: Visit
  readonly isShown: boolean
  readonly isAskedAgain: boolean
}): Html {
  const { words } = visit
  const errors = isAskedAgain ? [{ name: 'purpose', message: words.say('numbers.whyMissing') }] : []
  return (
    <>
      <ErrorSummary words={words} errors={errors} />
      {isShown && (
        <Notice is="info" title={words.say('numbers.shown')}>
          <p>{words.say('numbers.shownNext')}</p>
        </Notice>
      )}
    </>
  )
}
