import { DateField, type FieldError, type Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { Typed } from './form-values.ts'
import { enteredDate } from './typed.ts'

interface SpanFieldsProps {
  readonly words: Words
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  /** Default: needed. */
  readonly isFromOptional?: boolean
  /** Default: what the end of any span says. */
  readonly toHint?: string
  /** Default: there is one. */
  readonly hasTo?: boolean
}

/** From which day and to which day something holds. */
export function SpanFields(props: SpanFieldsProps): Html {
  const {
    words,
    typed,
    errors,
    isFromOptional = false,
    toHint = words.say('span.toHint'),
    hasTo = true,
  } = props
  return (
    <>
      <DateField
        words={words}
        {...enteredDate(typed, errors, 'from')}
        label={words.say('span.from')}
        {...(isFromOptional ? { hint: words.say('span.fromHint'), isOptional: true } : {})}
      />
      {hasTo && (
        <DateField
          words={words}
          {...enteredDate(typed, errors, 'to')}
          label={words.say('span.to')}
          hint={toHint}
          isOptional
        />
      )}
    </>
  )
}
