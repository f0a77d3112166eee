import { ResidentId } from '@lumbung/core/kernel'
import { addToList, type ProposalListSummary, readResident } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { nameOf } from '../people.tsx'
import { PickPersonPage, peopleToPick } from '../pick-person.tsx'
import { requireScope } from '../place-texts.ts'
import { idFrom } from '../typed.ts'
import { aboveList, listOf } from './list-units.ts'
import { caseSession, programmeIn } from './parts.tsx'
import { led, stepPage } from './step-page.tsx'

/** Whether units may still be put on a list by the visitor. */
export function mayAddTo(
  { may }: Pick<Visit, 'may'>,
  { state }: Pick<ProposalListSummary, 'state'>,
): boolean {
  return may(addToList) && (state === 'draft' || state === 'verifying')
}

/** Puts somebody on a proposal list whom screening left off: who it is, then the question. */
export function listAddPages(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/lists/:list/add', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, addToList)
    const list = await listOf(parts, visit, context.req.param('list'))
    const { q, person } = context.req.query()
    const address = `/lists/${list.id}/add`
    if (person !== undefined) return context.redirect(`${address}/${idFrom(ResidentId, person)}`, 303)
    return context.html(
      <PickPersonPage
        visit={visit}
        title={visit.words.say('case.addWho', { title: list.title })}
        section="/cases"
        above={aboveList(visit, list)}
        address={address}
        q={q}
        found={await peopleToPick(visit, q)}
        on={options.village.today()}
      />,
    )
  })

  stepPage(parts, '/lists/:list/add/:person', addToList, async (context, visit) => {
    const { words } = visit
    const { list: one = '', person = '' } = context.req.param()
    const list = await listOf(parts, visit, one)
    const { unit } = programmeIn(parts, list.programme)
    const id = idFrom(ResidentId, person)
    const { resident, households } = await caseSession(parts, visit, readResident).perform(readResident, {
      id,
    })
    const home = households.find(({ kind }) => kind === 'family')?.id
    const subject = unit === 'resident' ? id : home
    const name = nameOf(resident, words)
    return {
      title: words.say(unit === 'resident' ? 'case.addTitle' : 'case.addFamilyTitle', { name }),
      lead: words.say('case.addLead'),
      above: aboveList(visit, list),
      ...(subject === undefined && {
        warning: { title: words.say('own.none'), text: words.say('own.noneNext') },
      }),
      button: words.say('case.addDo'),
      next: words.say('case.addNext'),
      back: `/lists/${list.id}`,
      perform: async () => {
        if (subject === undefined) throw new HTTPException(404)
        return await led(
          caseSession(parts, visit, addToList).perform(addToList, { list: list.id, subject }),
          ({ record }) => `/lists/${list.id}/units/${record.id}?done=addedUnit`,
        )
      },
    }
  })
}
