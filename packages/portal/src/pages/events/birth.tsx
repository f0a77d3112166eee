import { ResidentId } from '@lumbung/core/kernel'
import { SelectField } from '../../ui/index.ts'
import { PersonFields } from '../person-fields.tsx'
import { entered, nameFault, textOf } from '../typed.ts'
import type { Asked, EventForm } from './asked.ts'
import {
  isOfSex,
  memberOptions,
  PersonField,
  RelationshipField,
  readPersonField,
  readRelationship,
} from './parts.tsx'

const noFather = 'none'

function membersOf({ place }: Asked) {
  const homes = place.household === undefined ? (place.file?.households ?? []) : [place.household]
  const members = homes.flatMap((home) => home.members)
  return [...new Map(members.map((member) => [member.resident.id, member])).values()]
}

/** A child is born: it joins the households of its mother. */
export const birth: EventForm = {
  mainField: 'name',
  Fields({ asked }) {
    const { words } = asked.visit
    const { form, errors, place } = asked
    const members = membersOf(asked)
    const women = members.filter(({ resident }) => isOfSex(resident, 'female'))
    const men = members.filter(({ resident }) => isOfSex(resident, 'male'))
    return (
      <>
        <PersonFields words={words} values={form} errors={errors} hasBirthDate={false} />
        {place.file === undefined && (
          <SelectField
            words={words}
            {...entered(form, errors, 'mother')}
            label={words.say('event.mother')}
            options={memberOptions(asked, women)}
          />
        )}
        <SelectField
          words={words}
          {...entered(form, errors, 'father')}
          label={words.say('event.father')}
          options={[...memberOptions(asked, men), { value: noFather, label: words.say('event.fatherNone') }]}
          isOptional
        />
        <PersonField
          asked={asked}
          name="fatherElsewhere"
          label={words.say('event.fatherElsewhere')}
          isOptional
        />
        <RelationshipField asked={asked} name="relationship" label={words.say('event.relationship')} />
      </>
    )
  },
  async read(asked) {
    const { form, faults, place } = asked
    const { words } = asked.visit
    const [name, sex, birthPlace] = [textOf(form, 'name'), textOf(form, 'sex'), textOf(form, 'birthPlace')]
    const number = textOf(form, 'number').replaceAll(/[\s.-]/g, '')
    const nameWrong = nameFault(name, 'fault.nameMissing', words)
    if (nameWrong !== undefined) faults.add('name', nameWrong)
    if (birthPlace.length > 200) faults.add('birthPlace', words.say('fault.tooLong', { max: '200' }))
    if (number.length > 64) faults.add('number', words.say('fault.tooLong', { max: '64' }))
    if (sex !== 'female' && sex !== 'male') faults.add('sex', words.say('fault.sexMissing'))
    const mother = ResidentId.safeParse(place.file?.resident.id ?? textOf(form, 'mother'))
    if (!mother.success) faults.add('mother', words.say('fault.chooseMissing'))
    const elsewhere = await readPersonField(asked, 'fatherElsewhere', { isOptional: true })
    const here = ResidentId.safeParse(textOf(form, 'father'))
    const relationship = readRelationship(asked, 'relationship')
    if (faults.errors.length > 0 || relationship === undefined || !mother.success) return undefined
    if (sex !== 'female' && sex !== 'male') return undefined
    return {
      kind: 'birth',
      child: {
        name,
        sex,
        birthPlace: birthPlace === '' ? null : birthPlace,
        identityNumber: number === '' ? null : number,
        temporaryNumber: null,
      },
      mother: mother.data,
      father: elsewhere ?? (here.success ? here.data : null),
      relationship,
    }
  },
}
