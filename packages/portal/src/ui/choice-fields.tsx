import { Field, FieldGroup, type FieldProps, fieldId, inputAttributes } from './field.tsx'
import type { Html } from './html.ts'

/** One of the answers to choose from. */
export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[]
}

interface RadiosProps extends ChoiceProps {
  readonly value?: string
}

/** A question with one answer among a few, all of which can be seen. */
export function Radios(props: RadiosProps): Html {
  const { name, options, value, isOptional = false } = props
  return (
    <FieldGroup {...props}>
      {options.map((option, index) => (
        <Choice option={option} id={choiceId(name, index)}>
          <input
            type="radio"
            id={choiceId(name, index)}
            name={name}
            value={option.value}
            checked={option.value === value}
            required={!isOptional}
          />
        </Choice>
      ))}
    </FieldGroup>
  )
}

interface CheckboxesProps extends ChoiceProps {
  readonly values?: readonly string[]
}

/** A question with any number of answers. */
export function Checkboxes(props: CheckboxesProps): Html {
  const { name, options, values = [] } = props
  return (
    <FieldGroup {...props} isOptional={false}>
      {options.map((option, index) => (
        <Choice option={option} id={choiceId(name, index)}>
          <input
            type="checkbox"
            id={choiceId(name, index)}
            name={name}
            value={option.value}
            checked={values.includes(option.value)}
          />
        </Choice>
      ))}
    </FieldGroup>
  )
}

interface SelectFieldProps extends ChoiceProps {
  readonly value?: string
}

/** A question with one answer among many. */
export function SelectField(props: SelectFieldProps): Html {
  const { words, options, value = '' } = props
  return (
    <Field {...props}>
      <select {...inputAttributes(props)} class="input">
        <option value="" selected={value === ''}>
          {words.say('form.choose')}
        </option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

function Choice({ option, id, children }: { option: Option; id: string; children: Html }): Html {
  return (
    <div class="choice">
      {children}
      <label for={id}>
        {option.label}
        {option.hint !== undefined && <span class="hint">{option.hint}</span>}
      </label>
    </div>
  )
}

/** The first choice has the address of the field, so that an error summary leads to it. */
function choiceId(name: string, index: number): string {
  return index === 0 ? fieldId(name) : `${fieldId(name)}-${index + 1}`
}
