import type { AreaView, ResidentView } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import {
  Checkboxes,
  DateField,
  type FieldError,
  type Html,
  Notice,
  SelectField,
  Table,
  TextField,
  WhatNext,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { EntryForm } from './entry-form.tsx'
import { maskedNumber, nameOf } from './people.tsx'
import { AreaField, PersonFields } from './person-fields.tsx'
import { type ChangedField, type PersonValues, shownPerson, statusText } from './person-values.ts'
import { enteredDate, errorOf, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** What a correction may make of a status; a death and a move are events. */
const correctable = ['present', 'away', 'missing', 'invalid'] as const

interface AddProps {
  readonly visit: Visit
  readonly areas: readonly AreaView[]
  readonly values: PersonValues
  readonly errors: readonly FieldError[]
}

/** The form for somebody who was never written down. */
export function AddPage({ visit, areas, values, errors }: AddProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('person.add')}
      lead={words.say('person.addLead')}
      section="/residents"
      above={[{ href: '/residents', label: words.say('menu.residents') }]}
    >
      <EntryForm
        visit={visit}
        action="/residents/new"
        errors={errors}
        keepAs="resident-new"
        save={words.say('act.add')}
        cancel="/residents"
      >
        <PersonFields words={words} values={values} errors={errors} />
        <AreaField words={words} values={values} errors={errors} areas={areas} />
        <DateField
          words={words}
          {...enteredDate(values, errors, 'since')}
          label={words.say('person.sinceNew')}
          hint={words.say('person.sinceNewHint')}
        />
      </EntryForm>
    </VisitPage>
  )
}

interface CorrectProps extends AddProps {
  readonly resident: ResidentView
  readonly reason?: string
  /** What somebody else changed meanwhile; left out where nobody did. */
  readonly changed?: readonly ChangedField[]
}

/** The form that mends a record, with what somebody else changed meanwhile. */
export function CorrectPage({
  visit,
  areas,
  values,
  errors,
  resident,
  reason = '',
  changed,
}: CorrectProps): Html {
  const { words } = visit
  const { id, version, identityNumber, status } = resident
  const shownNumber = maskedNumber(identityNumber, words)
  const opened = JSON.stringify({ ...shownPerson(resident), shownNumber })
  // Who died or moved away comes back by an event, or by taking back the one that told it.
  const statuses: readonly string[] =
    status === null || correctable.some((one) => one === status) ? correctable : [status]
  const title = words.say('person.correct', { name: nameOf(resident, words) })
  return (
    <VisitPage
      visit={visit}
      title={title}
      lead={words.say('person.correctLead')}
      section="/residents"
      above={[
        { href: '/residents', label: words.say('menu.residents') },
        { href: `/residents/${id}`, label: nameOf(resident, words) },
      ]}
    >
      <EntryForm
        visit={visit}
        action={`/residents/${id}/correct`}
        errors={errors}
        about={changed !== undefined && <Conflict words={words} changed={changed} />}
        hidden={{ version: String(version), opened }}
        save={words.say('person.save')}
        cancel={`/residents/${id}`}
      >
        <PersonFields
          words={words}
          values={values}
          errors={errors}
          {...(identityNumber === null ? {} : { recordedNumber: shownNumber })}
        />
        {identityNumber !== null && (
          <Checkboxes
            words={words}
            name="removeNumber"
            label={words.say('resident.number')}
            options={[{ value: 'yes', label: words.say('person.removeNumber') }]}
            values={[textOf(values, 'removeNumber')]}
          />
        )}
        <AreaField words={words} values={values} errors={errors} areas={areas} />
        <SelectField
          words={words}
          name="status"
          label={words.say('resident.status')}
          options={statuses.map((value) => ({ value, label: statusText(value, words) }))}
          value={textOf(values, 'status')}
        />
        <DateField
          words={words}
          {...enteredDate(values, errors, 'since')}
          label={words.say('person.since')}
          hint={words.say('person.sinceHint')}
        />
        <TextField
          words={words}
          name="reason"
          label={words.say('person.reason')}
          hint={words.say('person.reasonHint')}
          value={reason}
          autocomplete="off"
          isOptional
          {...errorOf(errors, 'reason')}
        />
        <WhatNext words={words}>{words.say('person.next')}</WhatNext>
      </EntryForm>
    </VisitPage>
  )
}

function Conflict({
  words,
  changed,
}: {
  readonly words: Words
  readonly changed: readonly ChangedField[]
}): Html {
  return (
    <>
      <Notice is="waiting" title={words.say('conflict.title')}>
        <p>{words.say('conflict.text')}</p>
        {changed.length === 0 && <p>{words.say('conflict.none')}</p>}
      </Notice>
      {changed.length > 0 && (
        <Table
          caption={words.say('conflict.caption')}
          columns={[
            { label: words.say('conflict.field'), cell: ({ label }) => label },
            { label: words.say('conflict.was'), cell: ({ was }) => was },
            { label: words.say('conflict.now'), cell: ({ now }) => now },
            {
              label: words.say('conflict.yours'),
              cell: ({ yours }) => yours ?? words.say('conflict.untouched'),
            },
          ]}
          rows={changed}
        />
      )}
    </>
  )
}
