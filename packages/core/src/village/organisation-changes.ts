import { OrganisationId } from '../kernel/index.ts'
import {
  Affiliation,
  affiliations,
  Organisation,
  organisations,
  saveAffiliation,
  saveOrganisation,
} from '../people/index.ts'
import { readAreas } from './area-tree.ts'
import { placeContext, requirePlace, requireVersion, versionRead } from './place.ts'
import { requireReach } from './register.ts'
import { peopleContext } from './register-changes.ts'
import { defineWrite } from './use-case.ts'

/** Writes an organisation down, or corrects its record. */
export const saveOrganisationRecord = defineWrite({
  name: 'organisation.save',
  scope: 'organisation.write',
  input: Organisation.omit({ id: true, nameKey: true })
    .extend({ id: OrganisationId.optional(), version: versionRead })
    .strict(),
  async run(context, { id, version, ...fields }) {
    const tree = await readAreas(context.tx)
    requirePlace(context, tree, fields.area, 'organisation')
    const before = id === undefined ? undefined : await context.tx.get(organisations, { id })
    if (before !== undefined) requirePlace(context, tree, before.area, 'organisation')
    requireVersion(organisations, before, version)
    const input = { ...fields, ...(id === undefined ? {} : { id }) }
    return await saveOrganisation(context.tx, input, placeContext(context))
  },
})

/** Writes down a role of a person in an organisation, corrects it, or ends it by its `to`. */
export const saveAffiliationRecord = defineWrite({
  name: 'affiliation.save',
  scope: 'organisation.write',
  input: Affiliation.omit({ id: true }).extend({ id: Affiliation.shape.id.optional() }).strict(),
  async run(context, { id, ...fields }) {
    const { tx } = context
    const before = id === undefined ? undefined : await tx.get(affiliations, { id })
    const tree = await readAreas(tx)
    for (const role of [fields, ...(before === undefined ? [] : [before])]) {
      const body = await tx.get(organisations, { id: role.organisation })
      if (body !== undefined) requirePlace(context, tree, body.area, 'organisation')
      await requireReach(context, role.resident)
    }
    const input = { ...fields, ...(id === undefined ? {} : { id }) }
    return await saveAffiliation(tx, input, peopleContext(context))
  },
})
