import type { Words } from '../words/index.ts'
import { fieldId } from './field.tsx'
import type { Child, Html } from './html.ts'
import { Icon } from './icon.tsx'

interface FormProps {
  readonly words: Words
  readonly action: string
  /** Proves that the form came from the portal. */
  readonly csrf: string
  /** The idempotency key: a form that is sent twice acts once. Left out where the form brings its own along. */
  readonly once?: string
  /** Set where a file is sent along. */
  readonly hasFile?: boolean
  /**
   * A name under which the browser keeps what is typed until it is sent, for this tab alone. Left out for forms
   * on which others must not see it, such as a sign-in.
   */
  readonly keepAs?: string
  readonly children: Child
}

/**
 * A form that changes something. The browser's own check of the fields is off, because its bubbles vanish and
 * are not translated; the server answers with an error summary instead.
 */
export function Form({ words, action, csrf, once, hasFile = false, keepAs, children }: FormProps): Html {
  return (
    <form
      class="form"
      method="post"
      action={action}
      enctype={hasFile ? 'multipart/form-data' : undefined}
      novalidate
      data-sending={words.say('form.sending')}
      data-keep={keepAs}
      data-kept={keepAs === undefined ? undefined : words.say('form.kept')}
    >
      <input type="hidden" name="csrf" value={csrf} />
      {once !== undefined && <input type="hidden" name="once" value={once} />}
      {children}
    </form>
  )
}

/** The main button of a form, and what else one can do instead. */
export function Buttons({ children }: { readonly children: Child }): Html {
  return <div class="buttons">{children}</div>
}

interface NextProps {
  readonly words: Words
  readonly children: Child
}

/** What happens after a form is sent. */
export function WhatNext({ words, children }: NextProps): Html {
  return (
    <div class="next">
      <h2>{words.say('form.next')}</h2>
      <p>{children}</p>
    </div>
  )
}

/** What is wrong with one field. */
export interface FieldError {
  readonly name: string
  readonly message: string
}

interface ErrorSummaryProps {
  readonly words: Words
  readonly errors: readonly FieldError[]
}

/** All that is wrong with a form, above it, each a link to its field. Nothing where nothing is wrong. */
export function ErrorSummary({ words, errors }: ErrorSummaryProps): Html | null {
  if (errors.length === 0) return null
  return (
    <section class="errors" role="alert" tabindex={-1} id="errors">
      <h2>
        <Icon name="warning" />
        {words.say('errors.title', { count: errors.length })}
      </h2>
      <ul>
        {errors.map(({ name, message }) => (
          <li>
            <a href={`#${fieldId(name)}`}>{message}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
