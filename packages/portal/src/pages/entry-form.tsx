import { newKey } from '../server/once.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  type Child,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  type IconName,
  WhatNext,
} from '../ui/index.ts'

/** The main button of a form. */
interface Save {
  readonly label: string
  /** Default: main. */
  readonly kind?: 'main' | 'second' | 'danger'
  readonly icon?: IconName
  /** What the form says, as `step`, when this button was pressed: a form of several steps needs it. */
  readonly step?: string
}

/** What {@link EntryForm} takes. */
export interface EntryFormProps {
  readonly visit: Visit
  readonly action: string
  /** What is wrong, summed up above the form. Left out where a page of several forms sums it up itself. */
  readonly errors?: readonly FieldError[]
  /** What stands between the summary and the form, such as what the form is about. */
  readonly about?: Child
  /** What is sent along unseen, by name: a version, an id, what an earlier step asked. */
  readonly hidden?: Readonly<Record<string, string | readonly string[]>>
  readonly save: string | Save
  /** Further buttons, behind that which saves. */
  readonly others?: Child
  /** Where whoever thinks better of it goes. */
  readonly cancel?: string
  /** What happens once the form is sent. */
  readonly next?: string
  /** Set where sending the form twice does no harm, or where it brings along the key that it was given before. */
  readonly mayRepeat?: boolean
  /** Set where a file is sent along. */
  readonly hasFile?: boolean
  /** A name under which the browser keeps what is typed. */
  readonly keepAs?: string
  readonly children?: Child
}

/** A form of the portal as every page has it: what is wrong, the fields, the buttons. It is carried out once. */
export function EntryForm(props: EntryFormProps): Html {
  const { visit, action, errors = [], about, hidden = {}, save, others, cancel, next, children } = props
  const { mayRepeat = false, hasFile = false, keepAs } = props
  const { words, csrf } = visit
  const { label, step, ...look } = typeof save === 'string' ? { label: save } : save
  return (
    <>
      <ErrorSummary words={words} errors={errors} />
      {about}
      <Form
        {...{ words, action, csrf, hasFile }}
        {...(mayRepeat ? {} : { once: newKey() })}
        {...(keepAs === undefined ? {} : { keepAs })}
      >
        {Object.entries(hidden).map(([name, values]) =>
          [values].flat().map((value) => <input type="hidden" name={name} value={value} />),
        )}
        {children}
        <Buttons>
          <Button {...look} {...(step === undefined ? {} : { name: 'step', value: step })}>
            {label}
          </Button>
          {others}
          {cancel !== undefined && <a href={cancel}>{words.say('act.cancel')}</a>}
        </Buttons>
        {next !== undefined && <WhatNext words={words}>{next}</WhatNext>}
      </Form>
    </>
  )
}
