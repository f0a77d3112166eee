import { Field, type FieldProps, inputAttributes } from './field.tsx'
import type { Html } from './html.ts'

interface TextFieldProps extends FieldProps {
  readonly value?: string
  /** What kind of text, so that a phone offers the right keys. Default `text`. */
  readonly kind?: 'text' | 'email' | 'tel' | 'password' | 'search'
  /** What the browser may fill in, as `name`, `current-password` or `off`. */
  readonly autocomplete?: string
  readonly isShort?: boolean
  readonly lengthMax?: number
}

/** One line of text. */
export function TextField(props: TextFieldProps): Html {
  const { value, kind = 'text', autocomplete, isShort = false, lengthMax } = props
  return (
    <Field {...props}>
      <input
        {...inputAttributes(props)}
        class={isShort ? 'input short' : 'input'}
        type={kind}
        value={value}
        autocomplete={autocomplete}
        maxlength={lengthMax}
      />
    </Field>
  )
}

interface LongTextFieldProps extends FieldProps {
  readonly value?: string
  readonly rows?: number
}

/** Several lines of text. */
export function LongTextField(props: LongTextFieldProps): Html {
  const { value, rows = 4 } = props
  return (
    <Field {...props}>
      <textarea {...inputAttributes(props)} class="input" rows={rows}>
        {value}
      </textarea>
    </Field>
  )
}

interface NumberFieldProps extends FieldProps {
  /** As it was typed, so that a wrong one can be put right. */
  readonly value?: string
  /** What stands before the number, as `Rp`. */
  readonly before?: string
  /** The unit after the number, as `kg`. */
  readonly after?: string
  /** Whether the keys offer a comma. */
  readonly hasFraction?: boolean
}

/**
 * A number or an amount. It is a text field with number keys: a field of type `number` loses what it cannot read
 * (`1.500`), and changes when the wheel of a mouse passes over it.
 */
export function NumberField(props: NumberFieldProps): Html {
  const { value, before, after, hasFraction = false } = props
  return (
    <Field {...props}>
      <div class="with">
        {before !== undefined && <span>{before}</span>}
        <input
          {...inputAttributes(props)}
          class="input short"
          inputmode={hasFraction ? 'decimal' : 'numeric'}
          autocomplete="off"
          value={value}
        />
        {after !== undefined && <span>{after}</span>}
      </div>
    </Field>
  )
}

interface FileFieldProps extends FieldProps {
  /** File endings that are understood, as `.xlsx,.xlsm`. */
  readonly accept?: string
}

/** A file from the reader's machine. */
export function FileField(props: FileFieldProps): Html {
  return (
    <Field {...props}>
      <input {...inputAttributes(props)} class="input" type="file" accept={props.accept} />
    </Field>
  )
}
