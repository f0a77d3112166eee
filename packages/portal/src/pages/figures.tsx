import { packOf } from '@lumbung/core/casework'
import { programmeOn } from '@lumbung/core/eligibility'
import { type CivilDate, intervalContains } from '@lumbung/core/kernel'
import type { ScalarValue } from '@lumbung/core/rules'
import type { Village } from '@lumbung/core/village'
import {
  Checkboxes,
  DateField,
  type FieldError,
  type Html,
  NumberField,
  type Option,
  Radios,
  TextField,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { factsOfVillage } from './eligibility-texts.ts'
import { wholeOf } from './fact-value.tsx'
import { civilDateOf, errorOf, type Sent, shownDate, textOf, textsOf, typedDate } from './typed.ts'

/** A value of a programme that a simulation can change. */
export interface Figure {
  readonly name: string
  readonly label: string
  readonly kind: 'bool' | 'int' | 'money' | 'decimal' | 'text' | 'date' | 'enum'
  /** As rules read it; a list serves `in`. */
  readonly value: ScalarValue | readonly ScalarValue[]
  /** Of a number: how many digits stand behind the comma. */
  readonly scale: number
  /** Of an enum or a truth value. */
  readonly options: readonly Option[]
}

/** Present in what a form with figures sends, so that a list of which nothing is ticked is told from one not sent. */
export const figuresSent = 'sent'

/** The values by which a programme decides or gives on a day. */
export function figuresOf({ config }: Village, id: string, words: Words, on: CivilDate): readonly Figure[] {
  const programme = packOf(config).programmes.get(id)
  const version = programme && programmeOn(programme, on)?.version
  const text = JSON.stringify([version?.criteria, version?.benefit])
  const isUsed = (name: string) => new RegExp(`parameters\\.${name}\\b`).test(text)
  const parameters = Object.entries(programme?.config.parameters ?? {}).filter(([name]) => isUsed(name))
  const labels = valueLabels(factsOfVillage(config), words)
  const truth = [
    { value: 'true', label: words.say('value.yes') },
    { value: 'false', label: words.say('value.no') },
  ]
  return parameters.flatMap(([name, { label, type, values }]): readonly Figure[] => {
    const value = values.find((dated) => intervalContains(dated, on))?.value
    if (value === undefined) return []
    const scale = type.kind === 'decimal' ? type.scale : type.kind === 'money' ? config.currencyScale : 0
    const options =
      type.kind === 'enum'
        ? type.values.map((each) => ({ value: each, label: labels(type.values, each) }))
        : type.kind === 'bool'
          ? truth
          : []
    return [{ name, label: words.text(label), kind: type.kind, value, scale, options }]
  })
}

/** What a value of an enum is called: as that of the fact which has the same values. */
function valueLabels(facts: ReturnType<typeof factsOfVillage>, words: Words) {
  return (values: readonly string[], value: string): string => {
    if (values.includes('female') && (value === 'female' || value === 'male'))
      return words.say(`sex.${value}`)
    const fact = [...facts.values()].find(
      ({ type }) => type.kind === 'enum' && values.every((each) => type.values.includes(each)),
    )
    const label = fact?.valueLabels?.[value]
    return label === undefined ? value : words.text(label)
  }
}

/** The values that were typed in place of those in force, and what is wrong with the others. */
export function askedFigures(form: Sent, figures: readonly Figure[], words: Words) {
  const parameters: Record<string, ScalarValue | readonly ScalarValue[]> = {}
  const errors: FieldError[] = []
  for (const figure of figures) {
    const value = typedValue(form, figure, words)
    if (value === undefined) {
      const key =
        figure.kind === 'int' || figure.kind === 'money' ? 'screening.wrong' : 'screening.wrongValue'
      errors.push({ name: figure.name, message: words.say(key) })
    } else if (JSON.stringify(value) !== JSON.stringify(figure.value)) parameters[figure.name] = value
  }
  return { parameters, errors }
}

/** What was typed; the value in force where nothing was, undefined where it is not of the kind. */
function typedValue(form: Sent, figure: Figure, words: Words): Figure['value'] | undefined {
  const { name, kind, value } = figure
  const isSent = textOf(form, figuresSent) !== ''
  if (!Array.isArray(value)) {
    if (kind === 'date') {
      const date = civilDateOf(typedDate(form, name))
      return date === null ? value : date
    }
    const text = textOf(form, name)
    return text === '' ? value : scalarOf(text, figure, words)
  }
  const ticked = textsOf(form, name)
  const texts = kind === 'enum' ? ticked : textOf(form, name).split(/\s*;\s*/)
  const given = texts.filter((text) => text !== '')
  if (!isSent && given.length === 0) return value
  const found = given.flatMap((text) => scalarOf(text, figure, words) ?? [])
  if (found.length < given.length) return undefined
  // What is ticked comes in the order of the choices, whatever the order in force is.
  const isSame = found.length === value.length && found.every((each) => value.includes(each))
  return isSame ? value : found
}

function scalarOf(text: string, { kind, scale, options }: Figure, words: Words): ScalarValue | undefined {
  switch (kind) {
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'enum':
      return options.some((option) => option.value === text) ? text : undefined
    case 'text':
      return text
    case 'date': {
      const [year = '', month = '', day = ''] = text.split('-')
      return civilDateOf({ year, month, day }) ?? undefined
    }
    default:
      return wholeOf(text, scale, words.locale)
  }
}

interface FigureFieldProps {
  readonly words: Words
  readonly figure: Figure
  readonly form: Sent
  readonly errors: readonly FieldError[]
}

/** The field for a figure, by its kind, with what was typed or what is in force. */
export function FigureField({ words, figure, form, errors }: FigureFieldProps): Html {
  const { name, label, kind, value, scale, options } = figure
  const field = { words, name, label, ...errorOf(errors, name) }
  const shown = (each: ScalarValue) =>
    typeof each === 'number' ? words.number(each / 10 ** scale, scale) : String(each)
  if (Array.isArray(value)) {
    const isSent = textOf(form, figuresSent) !== ''
    if (kind === 'enum') {
      return (
        <Checkboxes {...field} options={options} values={isSent ? textsOf(form, name) : value.map(String)} />
      )
    }
    const text = textOf(form, name) || value.map(shown).join('; ')
    return <TextField {...field} hint={words.say('screening.listHint')} value={text} autocomplete="off" />
  }
  // The value is one, so its list was dealt with above, which TypeScript cannot tell of a readonly list.
  const single = value as ScalarValue
  const text = textOf(form, name) || shown(single)
  if (kind === 'bool' || kind === 'enum') return <Radios {...field} options={options} value={text} />
  if (kind === 'date') {
    const typed = typedDate(form, name)
    const isTyped = `${typed.day}${typed.month}${typed.year}` !== ''
    return <DateField {...field} value={isTyped ? typed : shownDate(single as CivilDate)} />
  }
  if (kind === 'text') return <TextField {...field} value={text} autocomplete="off" />
  return <NumberField {...field} value={text} hasFraction={scale > 0} />
}
