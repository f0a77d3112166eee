import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import { AreaId } from '@lumbung/core/people'
import { type Html, Radios, SelectField, TextField } from '../../ui/index.ts'
import { nameOf } from '../people.tsx'
import { AreaField } from '../person-fields.tsx'
import { entered, errorOf, idFrom, textOf } from '../typed.ts'
import type { Asked, EventForm } from './asked.ts'
import { memberOptions, NewHeadFields, readNewHeads, readRelationship, relationshipsOf } from './parts.tsx'

const stays = 'stays'

/** Another member answers for a household. */
export const headChange: EventForm = {
  mainField: 'head',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors } = asked
    const [former, ...others] = asked.place.household?.members ?? []
    return (
      <>
        <Radios
          words={words}
          {...entered(form, errors, 'head')}
          label={words.say('event.head')}
          options={memberOptions(asked, others)}
        />
        {[...(former === undefined ? [] : [former]), ...others].map(({ resident, relationship }) => (
          <SelectField
            words={words}
            name={`rel-${resident.id}`}
            label={words.say('event.relationshipOf', { name: nameOf(resident, words) })}
            options={relationshipsOf(asked, false)}
            value={textOf(form, `rel-${resident.id}`) || relationship}
            isOptional
            {...errorOf(errors, `rel-${resident.id}`)}
          />
        ))}
      </>
    )
  },
  async read(asked) {
    const { form, faults, place } = asked
    const head = ResidentId.safeParse(textOf(form, 'head'))
    if (!head.success) faults.add('head', asked.visit.words.say('fault.chooseMissing'))
    const relationships = membersOf(asked)
      .filter((resident) => resident !== textOf(form, 'head'))
      .map((resident) => ({ resident, relationship: readRelationship(asked, `rel-${resident}`) ?? '' }))
    if (faults.errors.length > 0 || !head.success) return undefined
    return {
      kind: 'head-change',
      household: idFrom(HouseholdId, place.household?.id),
      head: head.data,
      relationships,
    }
  },
}

/** Members of a family card get one of their own. */
export const cardSplit: EventForm = {
  mainField: 'number',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors, place } = asked
    const options = [
      { value: stays, label: words.say('event.splitStays') },
      ...relationshipsOf(asked, true).map(({ value, label }) => ({
        value,
        label: words.say('event.splitAs', { relationship: label }),
      })),
    ]
    return (
      <>
        {(place.household?.members ?? []).map(({ resident }) => (
          <SelectField
            words={words}
            name={`to-${resident.id}`}
            label={words.say('event.splitOf', { name: nameOf(resident, words) })}
            options={options}
            value={textOf(form, `to-${resident.id}`) || stays}
            {...errorOf(errors, `to-${resident.id}`)}
          />
        ))}
        <HomeFields asked={asked} numberLabel={words.say('event.newCard')} />
        <NewHeadFields asked={asked} />
      </>
    )
  },
  async read(asked) {
    const { faults, form, place } = asked
    const going = membersOf(asked).filter((resident) => textOf(form, `to-${resident}`) !== stays)
    const members = going.map((resident) => ({
      resident,
      relationship: readRelationship(asked, `to-${resident}`) ?? '',
    }))
    const [first] = membersOf(asked)
    if (members.length === 0) faults.add(`to-${first}`, asked.visit.words.say('fault.nobody'))
    const opens = readHome(asked)
    if (faults.errors.length > 0) return undefined
    const household = idFrom(HouseholdId, place.household?.id)
    return { kind: 'card-split', household, opens, members, newHeads: readNewHeads(asked) }
  },
}

function membersOf({ place }: Asked): readonly ResidentId[] {
  return (place.household?.members ?? []).map(({ resident }) => idFrom(ResidentId, resident.id))
}

/** The fields of a new household: its number, its address, its area. */
export function HomeFields({
  asked,
  numberLabel,
}: {
  readonly asked: Asked
  readonly numberLabel: string
}): Html {
  const {
    form,
    errors,
    areas,
    visit: { words },
  } = asked
  return (
    <>
      <TextField
        words={words}
        {...entered(form, errors, 'number')}
        label={numberLabel}
        hint={words.say('event.newCardHint')}
        autocomplete="off"
        isOptional
      />
      <TextField
        words={words}
        {...entered(form, errors, 'address')}
        label={words.say('event.newAddress')}
        autocomplete="off"
        isOptional
      />
      <AreaField words={words} values={form} errors={errors} areas={areas} />
    </>
  )
}

/** What was entered into {@link HomeFields}. */
export function readHome(asked: Asked) {
  const { form, faults } = asked
  const { words } = asked.visit
  const [number, address] = [textOf(form, 'number').replaceAll(/[\s.-]/g, ''), textOf(form, 'address')]
  if (number.length > 64) faults.add('number', words.say('fault.tooLong', { max: '64' }))
  if (address.length > 500) faults.add('address', words.say('fault.tooLong', { max: '500' }))
  const area = AreaId.safeParse(textOf(form, 'area'))
  if (!area.success) faults.add('area', words.say('fault.areaMissing'))
  return { number: number === '' ? null : number, address, area: area.success ? area.data : null }
}
