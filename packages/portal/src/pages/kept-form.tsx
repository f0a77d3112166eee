import type { SentForm } from '../server/own-form.ts'
import type { Visit } from '../server/visit.ts'
import { Button, type Html, Notice } from '../ui/index.ts'
import { EntryForm } from './entry-form.tsx'
import { VisitPage } from './visit-page.tsx'

/** A form that could not be carried out because its session had ended: where it was going, and what was typed. */
export interface KeptForm {
  readonly path: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

const pathName = 'kept-path'
const prefix = 'kept:'
/** What the portal itself puts into a form; it is made anew. */
const ownNames = new Set(['csrf'])
/** Passwords and PINs are never written into a page. */
const secretPath = '/my/secret'

/** What of a form may be kept: what was typed, neither secrets nor files. */
export function keptOf(path: string, form: SentForm): KeptForm {
  const fields = Object.entries(form).flatMap(([name, given]) =>
    [given]
      .flat()
      .flatMap((value) => (typeof value === 'string' && !ownNames.has(name) ? [[name, value] as const] : [])),
  )
  const hasFile = Object.values(form).some((given) =>
    [given].flat().some((value) => typeof value !== 'string'),
  )
  return { path, fields: path === secretPath || hasFile ? [] : fields }
}

/** A form that was kept in the page for signing in. */
export function keptIn(form: SentForm): KeptForm | undefined {
  const path = form[pathName]
  if (typeof path !== 'string' || !/^\/(?![/\\])/.test(path)) return undefined
  const fields = Object.entries(form).flatMap(([name, given]) =>
    name.startsWith(prefix)
      ? [given].flat().map((value) => [name.slice(prefix.length), String(value)] as const)
      : [],
  )
  return { path, fields }
}

/** The kept form as parts of the form for signing in. */
export function KeptFields({ kept }: { readonly kept: KeptForm }): Html {
  return (
    <>
      <input type="hidden" name={pathName} value={kept.path} />
      {kept.fields.map(([name, value]) => (
        <input type="hidden" name={`${prefix}${name}`} value={value} />
      ))}
    </>
  )
}

/** Asks whoever has signed in again whether what they had typed is to be sent now. */
export function sendAgainPage(visit: Visit, kept: KeptForm): Html {
  const { words } = visit
  return (
    <VisitPage visit={visit} title={words.say('ended.again')}>
      <Notice is="good" title={words.say('ended.kept')}>
        <p>{words.say('ended.keptText')}</p>
      </Notice>
      <EntryForm
        visit={visit}
        action={kept.path}
        mayRepeat
        save={words.say('ended.send')}
        others={
          <Button kind="second" href="/">
            {words.say('ended.drop')}
          </Button>
        }
      >
        {kept.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      </EntryForm>
    </VisitPage>
  )
}
