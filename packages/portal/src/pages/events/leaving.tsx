import { ResidentId } from '@lumbung/core/kernel'
import { Checkboxes, TextField } from '../../ui/index.ts'
import { entered, errorOf, idFrom, textOf, textsOf } from '../typed.ts'
import type { EventForm } from './asked.ts'
import { memberOptions, NewHeadFields, readNewHeads } from './parts.tsx'

/** Somebody dies. */
export const death: EventForm = {
  mainField: 'on',
  Fields: ({ asked }) => <NewHeadFields asked={asked} />,
  read: async (asked) => ({
    kind: 'death',
    resident: idFrom(ResidentId, asked.place.file?.resident.id),
    newHeads: readNewHeads(asked),
  }),
}

const destinationMax = 500

/** People leave the village: one, or several of a household. */
export const moveOut: EventForm = {
  mainField: 'residents',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors, place } = asked
    return (
      <>
        {place.household !== undefined && (
          <Checkboxes
            words={words}
            name="residents"
            label={words.say('event.who')}
            options={memberOptions(asked, place.household.members)}
            values={textsOf(form, 'residents')}
            {...errorOf(errors, 'residents')}
          />
        )}
        <TextField
          words={words}
          {...entered(form, errors, 'destination')}
          label={words.say('event.destination')}
          autocomplete="off"
          isOptional
        />
        <NewHeadFields asked={asked} />
      </>
    )
  },
  async read(asked) {
    const { form, faults, place } = asked
    const { words } = asked.visit
    const own = place.file?.resident.id
    const chosen = own === undefined ? textsOf(form, 'residents') : [own]
    const destination = textOf(form, 'destination')
    if (chosen.length === 0) faults.add('residents', words.say('fault.nobody'))
    if (destination.length > destinationMax) {
      faults.add('destination', words.say('fault.tooLong', { max: String(destinationMax) }))
    }
    if (faults.errors.length > 0) return undefined
    return {
      kind: 'move-out',
      residents: chosen.map((id) => idFrom(ResidentId, id)),
      newHeads: readNewHeads(asked),
      destination: destination === '' ? null : destination,
    }
  },
}
