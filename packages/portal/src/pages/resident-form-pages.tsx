import type { AreaView, ResidentView } from '@lumbung/core/village'
import { newKey } from '../server/once.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Checkboxes,
  DateField,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Notice,
  Page,
  SelectField,
  Table,
  TextField,
  WhatNext,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { maskedNumber, nameOf } from './people.tsx'
import { AreaField, PersonFields } from './person-fields.tsx'
import { type ChangedField, type PersonValues, shownPerson, statusText } from './person-values.ts'
import { errorOf, textOf, typedDate } from './typed.ts'

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
  const { frame, words, translation, csrf } = visit
  return (
    <Page
      frame={frame}
      title={words.say('person.add')}
      lead={words.say('person.addLead')}
      section="/residents"
      above={[{ href: '/residents', label: words.say('menu.residents') }]}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action="/residents/new" csrf={csrf} once={newKey()} keepAs="resident-new">
        <PersonFields words={words} values={values} errors={errors} />
        <AreaField words={words} values={values} errors={errors} areas={areas} />
        <DateField
          words={words}
          name="since"
          label={words.say('person.sinceNew')}
          hint={words.say('person.sinceNewHint')}
          value={typedDate(values, 'since')}
          {...errorOf(errors, 'since')}
        />
        <Buttons>
          <Button>{words.say('act.add')}</Button>
          <a href="/residents">{words.say('act.cancel')}</a>
        </Buttons>
      </Form>
    </Page>
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
  const { frame, words, translation, csrf } = visit
  const { id, version, identityNumber, status } = resident
  const shownNumber = maskedNumber(identityNumber, words)
  const opened = JSON.stringify({ ...shownPerson(resident), shownNumber })
  // Who died or moved away comes back by an event, or by taking back the one that told it.
  const statuses: readonly string[] =
    status === null || correctable.some((one) => one === status) ? correctable : [status]
  const title = words.say('person.correct', { name: nameOf(resident, words) })
  return (
    <Page
      frame={frame}
      title={title}
      lead={words.say('person.correctLead')}
      section="/residents"
      above={[
        { href: '/residents', label: words.say('menu.residents') },
        { href: `/residents/${id}`, label: nameOf(resident, words) },
      ]}
      translation={translation}
    >
      <ErrorSummary words={words} errors={errors} />
      {changed !== undefined && <Conflict words={words} changed={changed} />}
      <Form words={words} action={`/residents/${id}/correct`} csrf={csrf} once={newKey()}>
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="opened" value={opened} />
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
          name="since"
          label={words.say('person.since')}
          hint={words.say('person.sinceHint')}
          value={typedDate(values, 'since')}
          {...errorOf(errors, 'since')}
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
        <Buttons>
          <Button>{words.say('person.save')}</Button>
          <a href={`/residents/${id}`}>{words.say('act.cancel')}</a>
        </Buttons>
      </Form>
    </Page>
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
