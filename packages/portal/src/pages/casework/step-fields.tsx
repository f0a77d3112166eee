import {
  Checkboxes,
  DateField,
  type FieldError,
  FileField,
  type Html,
  LongTextField,
  NumberField,
  type Option,
  Radios,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import type { Typed } from '../form-values.ts'
import { entered, errorOf, typedDate } from '../typed.ts'

/** A question of a form, as data. */
export interface StepField {
  readonly kind: 'text' | 'long-text' | 'number' | 'date' | 'choice' | 'choices' | 'select' | 'file'
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly isOptional?: boolean
  readonly options?: readonly Option[]
  /** What stands in it at first: a date as `2026-11-24`, several choices with commas between. */
  readonly value?: string
  /** What stands before a number, as `Rp`. */
  readonly before?: string
  readonly accept?: string
}

interface FieldsProps {
  readonly words: Words
  readonly fields: readonly StepField[]
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

/** The questions of a form, with what was typed and what is wrong with it. */
export function StepFields({ words, fields, typed, errors }: FieldsProps): Html {
  return (
    <>
      {fields.map((field) => (
        <OneField words={words} field={field} typed={typed} errors={errors} />
      ))}
    </>
  )
}

interface OneProps extends Omit<FieldsProps, 'fields'> {
  readonly field: StepField
}

function OneField({ words, field, typed, errors }: OneProps): Html {
  const { kind, name, label, hint, isOptional, options = [], before, accept } = field
  const { value } = entered(typed, errors, name)
  const common = {
    words,
    name,
    label,
    ...(hint === undefined ? {} : { hint }),
    ...(isOptional === undefined ? {} : { isOptional }),
    ...errorOf(errors, name),
  }
  switch (kind) {
    case 'text':
      return <TextField {...common} value={value} autocomplete="off" />
    case 'long-text':
      return <LongTextField {...common} value={value} />
    case 'number':
      return <NumberField {...common} value={value} {...(before === undefined ? {} : { before })} />
    case 'date':
      return <DateField {...common} value={typedDate(typed, name)} />
    case 'choice':
      return <Radios {...common} options={options} value={value} />
    case 'choices':
      return <Checkboxes {...common} options={options} values={value.split(',')} />
    case 'select':
      return <SelectField {...common} options={options} value={value} />
    case 'file':
      return <FileField {...common} {...(accept === undefined ? {} : { accept })} />
  }
}
