import type { ResidentView } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { type FieldError, type Html, SummaryList, TextField } from '../ui/index.ts'
import { EntryForm } from './entry-form.tsx'
import { maskedNumber, nameOf } from './people.tsx'
import { errorOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

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
  const { words, translation } = visit
  const labels = fields.map((field) => words.say(field === 'sex' ? 'resident.sex' : 'resident.number'))
  return (
    <VisitPage
      visit={visit}
      title={words.say('merges.reasonTitle')}
      lead={words.say('merges.reasonLead', { fields: labels.join(', ') })}
      section="/duplicates"
      above={[{ href: '/duplicates', label: words.say('menu.duplicates') }]}
      translation={{ ...translation, href: `/duplicates?lang=${translation.locale}` }}
    >
      <EntryForm
        visit={visit}
        action="/duplicates"
        errors={errors}
        about={
          <SummaryList
            rows={[
              { term: words.say('merges.kept'), value: personText(kept, words) },
              { term: words.say('merges.merged'), value: personText(merged, words) },
            ]}
          />
        }
        hidden={{ kept: kept.id ?? '', merged: merged.id ?? '', fields: fields.join(',') }}
        save={words.say('merges.now')}
        cancel="/duplicates"
      >
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
      </EntryForm>
    </VisitPage>
  )
}

function personText(person: ResidentView, words: Visit['words']): string {
  const sex = person.sex === null ? words.say('value.hidden') : words.say(`sex.${person.sex}`)
  return [nameOf(person, words), maskedNumber(person.identityNumber, words), sex].join(', ')
}
