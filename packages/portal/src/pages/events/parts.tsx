import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import { headRelationship } from '@lumbung/core/people'
import { type MemberView, type ResidentView, searchResidents } from '@lumbung/core/village'
import { type Html, type Option, Radios, SelectField, TextField } from '../../ui/index.ts'
import { bornText, nameOf } from '../people.tsx'
import { entered, errorOf, idFrom, textOf } from '../typed.ts'
import type { Asked } from './asked.ts'

/** How many people a search for one offers to choose from. */
const offeredMax = 8

interface PersonFieldProps {
  readonly asked: Asked
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly isOptional?: boolean
}

/** Somebody of the register, by name or number; where several match, whichever of them is meant. */
export function PersonField({ asked, name, label, hint, isOptional = false }: PersonFieldProps): Html {
  const { form, errors, today } = asked
  const { words } = asked.visit
  const offered = asked.choices.get(name)
  const query = textOf(form, name)
  return (
    <>
      <TextField
        words={words}
        name={name}
        label={label}
        hint={hint ?? words.say('event.personHint')}
        value={query}
        autocomplete="off"
        isOptional={isOptional}
        {...errorOf(errors, name)}
      />
      {offered !== undefined && (
        <>
          <input type="hidden" name={`${name}-for`} value={query} />
          <Radios
            words={words}
            {...entered(form, errors, `${name}-id`)}
            label={words.say('event.whichPerson', { query })}
            options={offered.map((resident) => ({
              value: resident.id ?? '',
              label: nameOf(resident, words),
              hint: [bornText(resident, words, today), resident.hamlet].filter(Boolean).join(' · '),
            }))}
          />
        </>
      )}
    </>
  )
}

/** Who was meant; undefined where nobody was named, or it cannot be told, which then stands with the field. */
export async function readPersonField(
  asked: Asked,
  name: string,
  { isOptional = false } = {},
): Promise<ResidentId | undefined> {
  const { form, faults } = asked
  const { words } = asked.visit
  const query = textOf(form, name)
  if (query === '') {
    if (!isOptional) faults.add(name, words.say('fault.personMissing'))
    return undefined
  }
  const chosen = textOf(form, `${name}-id`)
  const found = await asked.visit.session().perform(searchResidents, { text: query, limit: offeredMax })
  const [only] = found.residents
  if (found.count === 1 && only !== undefined) return idFrom(ResidentId, only.id)
  if (found.count === 0) faults.add(name, words.say('fault.personUnknown'))
  if (found.count > offeredMax) faults.add(name, words.say('fault.personTooMany'))
  if (found.count === 0 || found.count > offeredMax) return undefined
  asked.choices.set(name, found.residents)
  const meant = found.residents.find(({ id }) => id === chosen && textOf(form, `${name}-for`) === query)
  if (meant === undefined) faults.add(`${name}-id`, words.say('fault.personMany'))
  return meant === undefined ? undefined : idFrom(ResidentId, meant.id)
}

interface RelationshipProps {
  readonly asked: Asked
  readonly name: string
  readonly label: string
  readonly hasHead?: boolean
  readonly isOptional?: boolean
}

/** What somebody is to the head of a household. */
export function RelationshipField({
  asked,
  name,
  label,
  hasHead = false,
  isOptional = false,
}: RelationshipProps): Html {
  return (
    <SelectField
      words={asked.visit.words}
      {...entered(asked.form, asked.errors, name)}
      label={label}
      isOptional={isOptional}
      options={relationshipsOf(asked, hasHead)}
    />
  )
}

/** The relationships that the village knows. */
export function relationshipsOf({ config, visit }: Asked, hasHead: boolean): readonly Option[] {
  return Object.entries(config.relationships)
    .filter(([code]) => hasHead || code !== headRelationship)
    .map(([value, label]) => ({ value, label: visit.words.text(label) }))
}

/** What was chosen; undefined where nothing was, which then stands with the field. */
export function readRelationship(asked: Asked, name: string): string | undefined {
  const chosen = textOf(asked.form, name)
  if (relationshipsOf(asked, true).some(({ value }) => value === chosen)) return chosen
  asked.faults.add(name, asked.visit.words.say('fault.chooseMissing'))
  return undefined
}

/** Who answers for each household whose head goes. */
export function NewHeadFields({ asked }: { readonly asked: Asked }): Html {
  const { words } = asked.visit
  return (
    <>
      {[...asked.headless.values()].map((household) => (
        <SelectField
          words={words}
          {...entered(asked.form, asked.errors, `head-${household.id}`)}
          label={words.say('event.newHead', { household: asked.names.get(household.id) ?? '' })}
          hint={words.say('event.newHeadHint')}
          options={memberOptions(asked, household.members.slice(1))}
          isOptional
        />
      ))}
    </>
  )
}

/** The heads that were chosen. */
export function readNewHeads({ form }: Asked) {
  return Object.keys(form).flatMap((key) => {
    const household = HouseholdId.safeParse(/^head-(.+)$/.exec(key)?.[1])
    const resident = ResidentId.safeParse(textOf(form, key))
    return household.success && resident.success
      ? [{ household: household.data, resident: resident.data }]
      : []
  })
}

/** Members of a household, to choose from. */
export function memberOptions({ visit }: Asked, members: readonly MemberView[]): readonly Option[] {
  return members.map(({ resident, relationshipLabel }) => ({
    value: resident.id ?? '',
    label: `${nameOf(resident, visit.words)} (${visit.words.text(relationshipLabel)})`,
  }))
}

/** Whether somebody may be a mother or father by the register. */
export function isOfSex(resident: ResidentView, sex: 'female' | 'male'): boolean {
  return resident.sex === sex && resident.status === 'present'
}
