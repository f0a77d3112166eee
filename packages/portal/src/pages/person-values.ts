import type { CivilDate } from '@lumbung/core/kernel'
import type { AreaView, ResidentView } from '@lumbung/core/village'
import type { FieldError } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { maskedNumber } from './people.tsx'
import {
  civilDateOf,
  dateParts,
  Faults,
  nameFault,
  type Sent,
  shownDate,
  textOf,
  typedDate,
} from './typed.ts'

/** What the form of a resident holds, each text under the name of its input. */
export type PersonValues = Readonly<Record<string, string>>

const plainNames = ['name', 'sex', 'birthPlace', 'number', 'removeNumber', 'area', 'status'] as const
const names = [...plainNames, ...dateParts('birth'), ...dateParts('since')]

/** What was typed. */
export function typedPerson(form: Sent): PersonValues {
  return Object.fromEntries(names.map((name) => [name, textOf(form, name)]))
}

/**
 * What a form shows of a resident who is on record. The number is not among it: a form that is opened to mend a name
 * needs no number in full.
 */
export function shownPerson(resident: ResidentView): PersonValues {
  const date = (name: string, value: CivilDate | null) => {
    const [day, month, year] = dateParts(name)
    const shown = shownDate(value)
    return { [day]: shown.day, [month]: shown.month, [year]: shown.year }
  }
  return {
    name: resident.name ?? '',
    sex: resident.sex ?? '',
    birthPlace: resident.birthPlace ?? '',
    number: '',
    removeNumber: '',
    area: resident.area ?? '',
    status: resident.status ?? '',
    ...date('birth', resident.birthDate),
    ...date('since', resident.validFrom),
  }
}

/** What the values say about a person. */
export interface ReadPerson {
  readonly name: string
  readonly sex: 'female' | 'male'
  readonly birthDate: CivilDate
  readonly birthPlace: string | null
  /** What was typed; null where nothing was. */
  readonly number: string | null
  readonly area: string
  readonly since: CivilDate
}

/** Reads the values; what is wrong goes to each field. */
export function readPerson(
  values: PersonValues,
  words: Words,
): { readonly person?: ReadPerson; readonly errors: readonly FieldError[] } {
  const faults = new Faults()
  const { name = '', sex, birthPlace = '', area = '' } = values
  const nameWrong = nameFault(name, 'fault.nameMissing', words)
  if (nameWrong !== undefined) faults.add('name', nameWrong)
  if (birthPlace.length > 200) faults.add('birthPlace', words.say('fault.tooLong', { max: '200' }))
  if (sex !== 'female' && sex !== 'male') faults.add('sex', words.say('fault.sexMissing'))
  const birthDate = readDate(values, 'birth', 'fault.birthMissing', words, faults)
  const since = readDate(values, 'since', 'fault.dateMissing', words, faults)
  // Numbers are written in groups on some papers.
  const number = (values['number'] ?? '').replaceAll(/[\s.-]/g, '')
  if (number.length > 64) faults.add('number', words.say('fault.tooLong', { max: '64' }))
  if (area === '') faults.add('area', words.say('fault.areaMissing'))
  const { errors } = faults
  if (errors.length > 0 || birthDate === undefined || since === undefined) return { errors }
  if (sex !== 'female' && sex !== 'male') return { errors }
  const person: ReadPerson = {
    name,
    sex,
    birthDate,
    birthPlace: birthPlace === '' ? null : birthPlace,
    number: number === '' ? null : number,
    area,
    since,
  }
  return { person, errors }
}

/** A date that must be there; what is wrong with it goes to its field. */
export function readDate(
  form: Sent,
  name: string,
  missing: 'fault.birthMissing' | 'fault.dateMissing',
  words: Words,
  faults: Faults,
): CivilDate | undefined {
  const date = civilDateOf(typedDate(form, name))
  if (date === null) faults.add(name, words.say(missing))
  if (date === undefined) faults.add(name, words.say('fault.dateWrong'))
  return date ?? undefined
}

/** A field that somebody else changed while a form was open. */
export interface ChangedField {
  readonly label: string
  readonly was: string
  readonly now: string
  /** What was typed here; left out where it was not touched. */
  readonly yours?: string
}

/**
 * Brings what was typed together with what somebody else wrote meanwhile: a field that was touched here keeps what
 * was typed, any other follows the record.
 */
export function reconciled(
  opened: PersonValues,
  typed: PersonValues,
  now: PersonValues,
  tell: { readonly words: Words; readonly areas: readonly AreaView[]; readonly number: string | null },
): { readonly values: PersonValues; readonly changed: readonly ChangedField[] } {
  const values: Record<string, string> = {}
  const changed: ChangedField[] = []
  for (const { key, inputs } of fields) {
    const same = (a: PersonValues, b: PersonValues) =>
      inputs.every((input) => (a[input] ?? '') === (b[input] ?? ''))
    const isTouched = !same(typed, opened)
    for (const input of inputs) values[input] = (isTouched ? typed[input] : now[input]) ?? ''
    if (same(opened, now)) continue
    const text = (of: PersonValues) => fieldText(key, of, tell)
    const yours = isTouched ? { yours: text(typed) } : {}
    changed.push({ label: tell.words.say(key), was: text(opened), now: text(now), ...yours })
  }
  const shownNumber = maskedNumber(tell.number, tell.words)
  if ((opened['shownNumber'] ?? shownNumber) !== shownNumber) {
    const yours = typed['number'] === '' ? {} : { yours: typed['number'] ?? '' }
    const label = tell.words.say('resident.number')
    changed.push({ label, was: opened['shownNumber'] ?? '', now: shownNumber, ...yours })
  }
  for (const input of ['number', 'removeNumber']) values[input] = typed[input] ?? ''
  return { values, changed }
}

const fields = [
  { key: 'person.name', inputs: ['name'] },
  { key: 'resident.sex', inputs: ['sex'] },
  { key: 'person.birth', inputs: dateParts('birth') },
  { key: 'resident.birthPlace', inputs: ['birthPlace'] },
  { key: 'person.area', inputs: ['area'] },
  { key: 'resident.status', inputs: ['status'] },
  { key: 'person.since', inputs: dateParts('since') },
] as const

function fieldText(
  key: (typeof fields)[number]['key'],
  values: PersonValues,
  { words, areas }: { readonly words: Words; readonly areas: readonly AreaView[] },
): string {
  const text = (name: string) => values[name] || words.say('value.none')
  switch (key) {
    case 'resident.sex': {
      const { sex } = values
      return sex === 'female' || sex === 'male' ? words.say(`sex.${sex}`) : words.say('value.none')
    }
    case 'person.birth':
    case 'person.since': {
      const name = key === 'person.birth' ? 'birth' : 'since'
      const date = civilDateOf(typedDate(values, name))
      return date
        ? words.date(date)
        : dateParts(name)
            .map((part) => values[part])
            .join(' ')
    }
    case 'person.area':
      return areas.find(({ id }) => id === values['area'])?.path.join(', ') ?? words.say('value.none')
    case 'resident.status':
      return statusText(values['status'] ?? '', words)
    case 'person.name':
      return text('name')
    case 'resident.birthPlace':
      return text('birthPlace')
  }
}

const statuses = ['present', 'away', 'missing', 'moved', 'dead', 'invalid', 'merged'] as const

/** A status in words. */
export function statusText(status: string, words: Words): string {
  const known = statuses.find((candidate) => candidate === status)
  return known === undefined ? words.say('value.none') : words.say(`status.${known}`)
}
