import { type CivilDate, isLumbungError, ResidentId } from '@lumbung/core/kernel'
import { AreaId, type PeopleRefusal, ResidentStatus } from '@lumbung/core/people'
import { listAreas, type ResidentView, readResident, saveResidentRecord } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import { once } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import type { FieldError } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import {
  type PersonValues,
  type ReadPerson,
  readPerson,
  reconciled,
  shownPerson,
  typedPerson,
} from './person-values.ts'
import { refusalText } from './refusal-text.ts'
import { Refused } from './refused.ts'
import { AddPage, CorrectPage } from './resident-form-pages.tsx'
import { idFrom, type Sent, textOf } from './typed.ts'

const reasonMax = 200
/** Writing a resident down by hand, and correcting a record. */
export function residentFormPages({ app, options, store }: PortalParts): void {
  const { today } = options.village

  const areasFor = async (visit: Visit) => {
    if (!visit.may(saveResidentRecord)) throw new HTTPException(403)
    return await visit.session().perform(listAreas, {})
  }
  /** Who is masked to an officer cannot be corrected by them: what they do not see, they would overwrite. */
  const residentFor = async (visit: Visit, id: string): Promise<ResidentView> => {
    const { resident } = await visit.session().perform(readResident, { id: idFrom(ResidentId, id) })
    if (!resident.isPersonal || resident.status === 'merged') throw new HTTPException(403)
    return resident
  }

  app.get('/residents/new', async (context) => {
    const visit = context.get('visit')
    const areas = await areasFor(visit)
    return context.html(<AddPage visit={visit} areas={areas} values={{}} errors={[]} />)
  })

  app.post('/residents/new', async (context) => {
    const visit = context.get('visit')
    const areas = await areasFor(visit)
    const form = await context.req.parseBody()
    const values = typedPerson(form)
    const show = (errors: readonly FieldError[]) =>
      context.html(<AddPage visit={visit} areas={areas} values={values} errors={errors} />, 422)
    const { person, errors } = readPerson(values, visit.words)
    if (person === undefined) return show(errors)
    try {
      const address = await once(store, textOf(form, 'once'), async () => {
        const saved = await visit.session().perform(saveResidentRecord, {
          ...told(person),
          identityNumber: person.number,
          temporaryNumber: null,
          status: 'present',
          statusSince: person.since,
        })
        if (!saved.ok) throw new Refused(saved.refusal)
        return `/residents/${saved.record.id}?done=added`
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (error instanceof Refused) return show([fieldOf(error.refusal, person, today(), visit.words)])
      throw error
    }
  })

  app.get('/residents/:id/correct', async (context) => {
    const visit = context.get('visit')
    const areas = await areasFor(visit)
    const resident = await residentFor(visit, context.req.param('id'))
    const values = shownPerson(resident)
    return context.html(<CorrectPage {...{ visit, areas, resident, values }} errors={[]} />)
  })

  app.post('/residents/:id/correct', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const areas = await areasFor(visit)
    const id = context.req.param('id')
    const form = await context.req.parseBody()
    const typed = typedPerson(form)
    const reason = textOf(form, 'reason')
    const conflict = async () => {
      const resident = await residentFor(visit, id)
      const number = resident.identityNumber
      const met = reconciled(openedValues(form), typed, shownPerson(resident), { words, areas, number })
      const { values, changed } = met
      return context.html(
        <CorrectPage {...{ visit, areas, resident, values, changed, reason }} errors={[]} />,
        409,
      )
    }
    const resident = await residentFor(visit, id)
    const show = (errors: readonly FieldError[]) =>
      context.html(<CorrectPage {...{ visit, areas, resident, values: typed, reason, errors }} />, 422)
    const { person, errors } = readPerson(typed, words)
    const isOvertaken = String(resident.version) !== textOf(form, 'version')
    if (person === undefined) return isOvertaken ? await conflict() : show(errors)
    if (reason.length > reasonMax) {
      return show([{ name: 'reason', message: words.say('fault.tooLong', { max: String(reasonMax) }) }])
    }
    try {
      const address = await once(store, textOf(form, 'once'), async () => {
        const session = visit.session(reason === '' ? {} : { reason })
        const version = Number(textOf(form, 'version')) || 1
        const saved = await session.perform(saveResidentRecord, {
          ...corrected(resident, person, typed),
          version,
        })
        if (!saved.ok) throw new Refused(saved.refusal)
        return `/residents/${id}?done=${saved.outcome === 'unchanged' ? 'unchanged' : 'corrected'}`
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (isLumbungError(error, 'storage/version-conflict')) return await conflict()
      if (error instanceof Refused) return show([fieldOf(error.refusal, person, today(), words)])
      throw error
    }
  })
}

/** What a person and a record say alike. */
function told({ name, sex, birthDate, birthPlace, area, since }: ReadPerson) {
  return { name, sex, birthDate, birthPlace, area: idFrom(AreaId, area), validFrom: since }
}

/** The record as it is to stand. */
function corrected(resident: ResidentView, person: ReadPerson, typed: PersonValues) {
  const { identityNumber, temporaryNumber, statusSince, birthDate } = resident
  const status = idFrom(ResidentStatus, typed['status'] || (resident.status ?? ''))
  // Who is here since birth is so since the right birth date.
  const since = statusSince === birthDate ? person.birthDate : (statusSince ?? person.since)
  return {
    id: idFrom(ResidentId, resident.id),
    ...told(person),
    identityNumber: person.number ?? (typed['removeNumber'] === 'yes' ? null : identityNumber),
    temporaryNumber,
    status,
    statusSince: status === resident.status ? since : person.since,
  }
}

/** The values with which the form was opened, as it carries them along. */
function openedValues(form: Sent): PersonValues {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(textOf(form, 'opened')))
  } catch {
    return {}
  }
}

function fieldOf(refusal: PeopleRefusal, person: ReadPerson, today: CivilDate, words: Words): FieldError {
  const message = refusalText(refusal, words)
  switch (refusal.code) {
    case 'people/number-taken':
      return { name: 'number', message }
    case 'people/in-the-future':
      return { name: person.birthDate > today ? 'birth' : 'since', message }
    case 'people/before-birth':
    case 'people/changed-later':
      return { name: 'since', message }
    case 'people/unknown-area':
      return { name: 'area', message }
    default:
      return { name: 'name', message }
  }
}
