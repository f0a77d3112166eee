import { randomBytes } from 'node:crypto'
import { HouseholdId, ResidentId, uuidV7 } from '@lumbung/core/kernel'
import { headRelationship } from '@lumbung/core/people'
import { Card, TextField } from '../../ui/index.ts'
import { PersonFields } from '../person-fields.tsx'
import { readPerson } from '../person-values.ts'
import { dateParts, entered, idFrom, textOf } from '../typed.ts'
import type { Asked, EventForm } from './asked.ts'
import { HomeFields, readHome } from './household-events.tsx'
import { PersonField, RelationshipField, readPersonField, readRelationship } from './parts.tsx'

/** How many people one form takes. */
export const newcomersMax = 12
const originMax = 500

function newId(): string {
  return uuidV7({ epochMs: Date.now(), random: randomBytes(10) })
}

/** How many people the form is about. */
export function newcomersIn({ form }: Asked): number {
  const asked = Number.parseInt(textOf(form, 'people'), 10)
  return Math.min(Math.max(Number.isNaN(asked) ? 1 : asked, 1), newcomersMax)
}

/** People come to the village: into a household that is there, or with one of their own. */
export const moveIn: EventForm = {
  mainField: 'person-1-name',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors, place } = asked
    const count = newcomersIn(asked)
    const isNew = place.household === undefined
    return (
      <>
        <input type="hidden" name="people" value={String(count)} />
        {/* Made with the form, so that one that is sent twice names one household. */}
        {isNew && <input type="hidden" name="household" value={textOf(form, 'household') || newId()} />}
        <OriginField asked={asked} />
        {isNew && <HomeFields asked={asked} numberLabel={words.say('household.number')} />}
        {Array.from({ length: count }, (_, index) => (
          <Card title={words.say('event.newcomer', { number: String(index + 1) })}>
            <PersonFields words={words} values={form} errors={errors} prefix={`person-${index + 1}-`} />
            {isNew && index === 0 ? (
              <input type="hidden" name="person-1-relationship" value={headRelationship} />
            ) : (
              <RelationshipField
                asked={asked}
                name={`person-${index + 1}-relationship`}
                label={words.say('event.relationship')}
              />
            )}
          </Card>
        ))}
      </>
    )
  },
  async read(asked) {
    const { faults, form, place } = asked
    const { words } = asked.visit
    const isNew = place.household === undefined
    const newcomers = Array.from({ length: newcomersIn(asked) }, (_, index) => {
      const prefix = `person-${index + 1}-`
      const names = ['name', 'sex', 'birthPlace', 'number', ...dateParts('birth')]
      const values = Object.fromEntries(names.map((name) => [name, textOf(form, `${prefix}${name}`)]))
      // A newcomer lives where the household is, from the day of the event.
      const since = Object.fromEntries(
        dateParts('since').map((part, at) => [part, ['1', '1', '2000'][at] ?? '']),
      )
      const { person, errors } = readPerson({ ...values, ...since, area: 'household' }, words)
      for (const error of errors) faults.add(`${prefix}${error.name}`, error.message)
      const relationship =
        isNew && index === 0 ? headRelationship : readRelationship(asked, `${prefix}relationship`)
      return { person, relationship }
    })
    const home = isNew ? readHome(asked) : undefined
    const origin = readOrigin(asked)
    if (faults.errors.length > 0) return undefined
    return {
      kind: 'move-in',
      household: idFrom(HouseholdId, place.household?.id ?? textOf(form, 'household')),
      opens: home === undefined ? null : { kind: 'family', ...home },
      newcomers: newcomers.flatMap(({ person, relationship }) =>
        person === undefined || relationship === undefined
          ? []
          : [{ person: newResident(person), relationship }],
      ),
      returning: [],
      origin,
    }
  },
}

function newResident({
  name,
  sex,
  birthDate,
  birthPlace,
  number,
}: NonNullable<ReturnType<typeof readPerson>['person']>) {
  return { name, sex, birthDate, birthPlace, identityNumber: number, temporaryNumber: null, area: null }
}

/** Somebody whom the register knows comes back, into a household that is there. */
export const comeBack: EventForm = {
  mainField: 'household',
  Fields: ({ asked }) => {
    const { words } = asked.visit
    return (
      <>
        <PersonField
          asked={asked}
          name="household"
          label={words.say('event.household')}
          hint={words.say('event.householdHint')}
        />
        <RelationshipField asked={asked} name="relationship" label={words.say('event.relationship')} />
        <OriginField asked={asked} />
      </>
    )
  },
  async read(asked) {
    const { faults, place } = asked
    const member = await readPersonField(asked, 'household')
    const relationship = readRelationship(asked, 'relationship')
    const origin = readOrigin(asked)
    if (member === undefined) return undefined
    const home = (await asked.fileOf(member)).households.find(({ kind }) => kind === 'family')
    if (home === undefined) faults.add('household', asked.visit.words.say('fault.noFamily'))
    if (faults.errors.length > 0 || relationship === undefined || home === undefined) return undefined
    return {
      kind: 'move-in',
      household: idFrom(HouseholdId, home.id),
      opens: null,
      newcomers: [],
      returning: [{ resident: idFrom(ResidentId, place.file?.resident.id), relationship }],
      origin,
    }
  },
}

function OriginField({ asked }: { readonly asked: Asked }) {
  const { words } = asked.visit
  return (
    <TextField
      words={words}
      {...entered(asked.form, asked.errors, 'origin')}
      label={words.say('event.origin')}
      autocomplete="off"
      isOptional
    />
  )
}

function readOrigin({ form, faults, visit }: Asked): string | null {
  const origin = textOf(form, 'origin')
  if (origin.length > originMax) {
    faults.add('origin', visit.words.say('fault.tooLong', { max: String(originMax) }))
  }
  return origin === '' ? null : origin
}
