import type { ResidentView } from '@lumbung/core/village'
import { newKey } from '../server/once.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Page,
  SummaryList,
  TextField,
} from '../ui/index.ts'
import { maskedNumber, nameOf } from './people.tsx'
import { errorOf } from './typed.ts'

/** Longest reason that is taken. */
export const reasonMax = 200

interface MergeReasonProps {
  readonly visit: Visit
  readonly kept: ResidentView
  readonly merged: ResidentView
  /** In what the two contradict each other. */
  readonly fields: readonly string[]
  readonly reason: string
  readonly errors: readonly FieldError[]
}

/** Asks why two records that contradict each other are of one person. */
export function MergeReasonPage({ visit, kept, merged, fields, reason, errors }: MergeReasonProps): Html {
  const { frame, words, translation, csrf } = visit
  const labels = fields.map((field) => words.say(field === 'sex' ? 'resident.sex' : 'resident.number'))
  return (
    <Page
      frame={frame}
      title={words.say('merges.reasonTitle')}
      lead={words.say('merges.reasonLead', { fields: labels.join(', ') })}
      section="/duplicates"
      above={[{ href: '/duplicates', label: words.say('menu.duplicates') }]}
      translation={{ ...translation, href: `/duplicates?lang=${translation.locale}` }}
    >
      <ErrorSummary words={words} errors={errors} />
      <SummaryList
        rows={[
          { term: words.say('merges.kept'), value: personText(kept, words) },
          { term: words.say('merges.merged'), value: personText(merged, words) },
        ]}
      />
      <Form words={words} action="/duplicates" csrf={csrf} once={newKey()}>
        <input type="hidden" name="kept" value={kept.id ?? ''} />
        <input type="hidden" name="merged" value={merged.id ?? ''} />
        <input type="hidden" name="fields" value={fields.join(',')} />
        <TextField
          words={words}
          name="reason"
          label={words.say('merges.reason')}
          hint={words.say('merges.reasonHint')}
          value={reason}
          autocomplete="off"
          lengthMax={reasonMax}
          {...errorOf(errors, 'reason')}
        />
        <Buttons>
          <Button>{words.say('merges.now')}</Button>
          <a href="/duplicates">{words.say('act.cancel')}</a>
        </Buttons>
      </Form>
    </Page>
  )
}

function personText(person: ResidentView, words: Visit['words']): string {
  const sex = person.sex === null ? words.say('value.hidden') : words.say(`sex.${person.sex}`)
  return [nameOf(person, words), maskedNumber(person.identityNumber, words), sex].join(', ')
}
