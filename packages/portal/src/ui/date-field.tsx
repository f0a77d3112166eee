import { FieldGroup, type FieldProps, fieldId } from './field.tsx'
import type { Html } from './html.ts'

/** A date as it was typed, right or wrong: three texts, sent as `name-day`, `name-month` and `name-year`. */
export interface TypedDate {
  readonly day: string
  /** From `1` to `12`. */
  readonly month: string
  readonly year: string
}

interface DateFieldProps extends FieldProps {
  readonly value?: TypedDate
  /** Whether the date is the reader's own birth date, which a browser may fill in. */
  readonly isOwnBirthDate?: boolean
}

/** A date that people know by heart or read from a paper: typed, with the month by its name. */
export function DateField(props: DateFieldProps): Html {
  const { words, name, value, error, isOptional = false, isOwnBirthDate = false } = props
  const shared = {
    required: !isOptional,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
  }
  const fill = (part: string) => (isOwnBirthDate ? `bday-${part}` : 'off')
  return (
    <FieldGroup {...props}>
      <div class="date">
        <div>
          <label for={fieldId(name)}>{words.say('form.day')}</label>
          <input
            {...shared}
            id={fieldId(name)}
            name={`${name}-day`}
            class="input day"
            inputmode="numeric"
            maxlength={2}
            autocomplete={fill('day')}
            value={value?.day}
          />
        </div>
        <div>
          <label for={fieldId(`${name}-month`)}>{words.say('form.month')}</label>
          <select
            {...shared}
            id={fieldId(`${name}-month`)}
            name={`${name}-month`}
            class="input"
            autocomplete={fill('month')}
          >
            <option value="">{words.say('form.choose')}</option>
            {words.months.map((month, index) => (
              <option value={String(index + 1)} selected={value?.month === String(index + 1)}>
                {month}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for={fieldId(`${name}-year`)}>{words.say('form.year')}</label>
          <input
            {...shared}
            id={fieldId(`${name}-year`)}
            name={`${name}-year`}
            class="input year"
            inputmode="numeric"
            maxlength={4}
            autocomplete={fill('year')}
            value={value?.year}
          />
        </div>
      </div>
    </FieldGroup>
  )
}
