import { packOf } from '@lumbung/core/casework'
import { programmeOn } from '@lumbung/core/eligibility'
import { ResidentId } from '@lumbung/core/kernel'
import { readResident, submitApplicationRecord } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import { nameOf } from '../people.tsx'
import { idFrom } from '../typed.ts'
import { aboveDesk, caseSession, programmeIn } from './parts.tsx'
import { cameThemselves, whoMayCome } from './representatives.ts'
import { led, type StepPage } from './step-page.tsx'

/** Who applies for whom, with which papers. */
export async function applyStep(parts: PortalParts, context: PortalContext, visit: Visit): Promise<StepPage> {
  const { words } = visit
  const { config, today } = parts.options.village
  const { id = '', person = '' } = context.req.param()
  const programme = programmeIn(parts, id)
  const { resident, households } = await caseSession(parts, visit, readResident).perform(readResident, {
    id: idFrom(ResidentId, person),
  })
  const home = households.find(({ kind }) => kind === 'family')?.id
  const subject = programme.unit === 'resident' ? person : home
  const checked = packOf(config).programmes.get(programme.id)
  const version = checked && programmeOn(checked, today())?.version
  const comers = await whoMayCome(parts, visit, person)
  const isOwn = visit.actor.resident !== undefined
  const back = isOwn ? '/my/cases' : `/programmes/${id}/applications`
  return {
    title: words.say('case.applyTitle', { programme: words.text(programme.title) }),
    lead: words.say('case.applyFor', { name: nameOf(resident, words) }),
    section: isOwn ? '/my/cases' : '/cases',
    above: isOwn
      ? [{ href: '/my/cases', label: words.say('menu.ownCases') }]
      : aboveDesk(visit, programme, { href: back, label: words.say('case.applications') }),
    ...(version === undefined
      ? { warning: { title: words.say('programme.closed'), text: words.say('case.noRuleToday') } }
      : subject === undefined
        ? { warning: { title: words.say('own.none'), text: words.say('own.noneNext') } }
        : {}),
    fields: [
      ...(comers.length > 1
        ? [
            {
              kind: 'choice',
              name: 'representative',
              label: words.say('case.whoCame'),
              options: comers,
              value: cameThemselves,
            } as const,
          ]
        : []),
      ...(!isOwn && version !== undefined && version.documents.length > 0
        ? [
            {
              kind: 'choices',
              name: 'documents',
              label: words.say('case.documentsShown'),
              hint: words.say('case.documentsHint'),
              isOptional: true,
              options: version.documents.map((paper) => ({
                value: paper.id,
                label: words.text(paper.label),
              })),
            } as const,
          ]
        : []),
      {
        kind: 'long-text',
        name: 'note',
        label: words.say('case.note'),
        hint: words.say('case.noteHint'),
        isOptional: true,
      },
    ],
    button: words.say(isOwn ? 'case.applySend' : 'case.applyTake'),
    next: words.say('case.applyNext'),
    back,
    perform: ({ representative = cameThemselves, documents = '', note = '' }) =>
      led(
        caseSession(parts, visit, submitApplicationRecord).perform(submitApplicationRecord, {
          programme: programme.id,
          unit: programme.unit,
          subject: subject ?? person,
          applicant: person,
          representative: representative === cameThemselves ? null : representative,
          documents: documents === '' ? [] : documents.split(','),
          note,
        }),
        ({ record }) => `/programmes/${programme.id}/applications/${record.id}?done=applied`,
      ),
  }
}
