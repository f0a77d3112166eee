import type { AreaView } from '@lumbung/core/village'
import { DateField, type FieldError, type Html, Radios, SelectField, TextField } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { Sent } from './typed.ts'
import { entered, enteredDate } from './typed.ts'

interface PersonFieldsProps {
  readonly words: Words
  readonly values: Sent
  readonly errors: readonly FieldError[]
  /** What stands before the name of each input, where a form is about several people. */
  readonly prefix?: string
  /** The number that is on record, masked; left out for somebody new. */
  readonly recordedNumber?: string
  /** Left out for a newborn, whose birth is the day of the event. */
  readonly hasBirthDate?: boolean
}

/** Who somebody is: name, sex, birth, number. */
export function PersonFields({
  words,
  values,
  errors,
  prefix = '',
  recordedNumber,
  hasBirthDate = true,
}: PersonFieldsProps): Html {
  const field = (name: string) => ({ words, ...entered(values, errors, `${prefix}${name}`) })
  return (
    <>
      <TextField
        {...field('name')}
        label={words.say(hasBirthDate ? 'person.name' : 'event.child')}
        hint={words.say('person.nameHint')}
        autocomplete="off"
      />
      <Radios
        {...field('sex')}
        label={words.say('resident.sex')}
        options={[
          { value: 'female', label: words.say('sex.female') },
          { value: 'male', label: words.say('sex.male') },
        ]}
      />
      {hasBirthDate && (
        <DateField
          words={words}
          {...enteredDate(values, errors, `${prefix}birth`)}
          label={words.say('person.birth')}
        />
      )}
      <TextField
        {...field('birthPlace')}
        label={words.say('resident.birthPlace')}
        autocomplete="off"
        isOptional
      />
      <TextField
        {...field('number')}
        label={words.say('resident.number')}
        hint={
          recordedNumber === undefined
            ? words.say('person.numberHint')
            : words.say('person.numberKept', { number: recordedNumber })
        }
        autocomplete="off"
        isOptional
      />
    </>
  )
}

interface AreaFieldProps {
  readonly words: Words
  readonly values: Sent
  readonly errors: readonly FieldError[]
  readonly areas: readonly AreaView[]
}

/** Where somebody lives. */
export function AreaField({ words, values, errors, areas }: AreaFieldProps): Html {
  return (
    <SelectField
      words={words}
      {...entered(values, errors, 'area')}
      label={words.say('person.area')}
      hint={words.say('person.areaHint')}
      options={areas.map(({ id, path }) => ({ value: id, label: path.join(', ') }))}
    />
  )
}
