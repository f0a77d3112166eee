import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import type { ResidentFile } from '@lumbung/core/village'
import { Radios } from '../../ui/index.ts'
import { nameOf } from '../people.tsx'
import { entered, idFrom, textOf } from '../typed.ts'
import type { EventForm } from './asked.ts'
import {
  NewHeadFields,
  PersonField,
  RelationshipField,
  readNewHeads,
  readPersonField,
  readRelationship,
} from './parts.tsx'

/** Two people marry; one of them may move to the family card of the other. */
export const marriage: EventForm = {
  mainField: 'spouse',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors, place } = asked
    const name = place.file === undefined ? '' : nameOf(place.file.resident, words)
    return (
      <>
        <PersonField asked={asked} name="spouse" label={words.say('event.spouse')} />
        <Radios
          words={words}
          {...entered(form, errors, 'joins')}
          label={words.say('event.joins')}
          options={[
            { value: 'nobody', label: words.say('event.joinsNobody') },
            { value: 'this', label: words.say('event.joinsThis', { name }) },
            { value: 'spouse', label: words.say('event.joinsSpouse', { name }) },
          ]}
        />
        <RelationshipField asked={asked} name="relationship" label={words.say('event.joinsAs')} isOptional />
        <NewHeadFields asked={asked} />
      </>
    )
  },
  async read(asked) {
    const { form, faults, place } = asked
    const { words } = asked.visit
    const own = idFrom(ResidentId, place.file?.resident.id)
    const spouse = await readPersonField(asked, 'spouse')
    const how = textOf(form, 'joins')
    if (!['nobody', 'this', 'spouse'].includes(how)) faults.add('joins', words.say('fault.chooseMissing'))
    const relationship = how === 'nobody' ? '' : readRelationship(asked, 'relationship')
    if (spouse === undefined) return undefined
    const file = await asked.fileOf(spouse)
    const household = cardOf(how === 'this' ? file : place.file)
    if (how !== 'nobody' && household === undefined) faults.add('joins', words.say('fault.noFamily'))
    if (faults.errors.length > 0 || relationship === undefined) return undefined
    const joins =
      how === 'nobody' || household === undefined
        ? null
        : {
            resident: how === 'this' ? own : spouse,
            household,
            relationship,
            newHeads: readNewHeads(asked),
          }
    return { kind: 'marriage', spouses: [own, spouse], joins }
  },
}

function cardOf(file: ResidentFile | undefined): HouseholdId | undefined {
  const id = file?.households.find(({ kind }) => kind === 'family')?.id
  return id === undefined ? undefined : HouseholdId.parse(id)
}

/** Two people part; who goes where is an event of its own. */
export const divorce: EventForm = {
  mainField: 'spouse',
  Fields: ({ asked }) => (
    <PersonField asked={asked} name="spouse" label={asked.visit.words.say('event.spouse')} />
  ),
  async read(asked) {
    const own = idFrom(ResidentId, asked.place.file?.resident.id)
    const spouse = await readPersonField(asked, 'spouse')
    if (spouse === undefined) return undefined
    await asked.fileOf(spouse)
    return { kind: 'divorce', spouses: [own, spouse] }
  },
}
