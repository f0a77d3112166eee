import type { Words } from '../words/index.ts'
import type { Child, Html } from './html.ts'
import { Icon } from './icon.tsx'

/** What every field of a form has. */
export interface FieldProps {
  readonly words: Words
  /** The name under which the value is sent, once in a form. */
  readonly name: string
  readonly label: string
  /** How to answer, or where to find the answer. */
  readonly hint?: string
  /** What is wrong with the answer that was given, and how to put it right. */
  readonly error?: string
  /** Whether it may be left empty. Default: it must be answered. */
  readonly isOptional?: boolean
}

/** The address of a field within its page: an error summary leads there. */
export function fieldId(name: string): string {
  return `field-${name}`
}

/** What ties the input to its hint and its error. */
export function inputAttributes({ name, hint, error, isOptional = false }: FieldProps) {
  return {
    id: fieldId(name),
    name,
    required: !isOptional,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    'aria-describedby': describedBy(name, hint, error),
  }
}

/** A field that is one input with a label. */
export function Field(props: FieldProps & { readonly children: Child }): Html {
  const { name, children } = props
  return (
    <div class={classOf(props)}>
      <label for={fieldId(name)}>
        <FieldLabel {...props} />
      </label>
      <HintAndError {...props} />
      {children}
    </div>
  )
}

/** A field that is several inputs under one question. */
export function FieldGroup(props: FieldProps & { readonly children: Child }): Html {
  const { name, hint, error, children } = props
  return (
    <div class={classOf(props)}>
      <fieldset aria-describedby={describedBy(name, hint, error)}>
        <legend>
          <FieldLabel {...props} />
        </legend>
        <HintAndError {...props} />
        {children}
      </fieldset>
    </div>
  )
}

function FieldLabel({ words, label, isOptional = false }: FieldProps): Html {
  return (
    <>
      {label} {isOptional && <span class="optional">{words.say('form.optional')}</span>}
    </>
  )
}

function HintAndError({ words, name, hint, error }: FieldProps): Html {
  return (
    <>
      {hint !== undefined && (
        <p class="hint" id={`hint-${name}`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="error" id={`error-${name}`}>
          <Icon name="warning" />
          <span>
            <span class="hidden">{words.say('form.error')} </span>
            {error}
          </span>
        </p>
      )}
    </>
  )
}

function classOf({ error }: FieldProps): string {
  return error === undefined ? 'field' : 'field wrong'
}

function describedBy(name: string, hint: string | undefined, error: string | undefined): string | undefined {
  const ids = [
    hint === undefined ? [] : [`hint-${name}`],
    error === undefined ? [] : [`error-${name}`],
  ].flat()
  return ids.length > 0 ? ids.join(' ') : undefined
}
