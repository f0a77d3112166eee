import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import { readHousehold, readResident, showHouseholdNumber, showResidentNumbers } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import { purposeTail } from './agreement-texts.ts'
import { HouseholdPage } from './household-page.tsx'
import { purposesOf } from './numbers.tsx'
import { ResidentPage } from './resident-page.tsx'
import { idFrom, textOf } from './typed.ts'

/** What the register knows of a person or a household. Numbers are masked until somebody opens them on purpose. */
export function recordPages({ app, options }: PortalParts): void {
  const { village } = options
  const { today, config } = village
  const hasProgrammes = config.packs.length > 0
  const identifying = new Set(
    config.facts.filter(({ isIdentifying }) => isIdentifying === true).map(({ name }) => name),
  )

  app.get('/residents/:id', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(ResidentId, context.req.param('id'))
    const file = await visit.session().perform(readResident, { id })
    const purposes = purposesOf(visit, config)
    const done = context.req.query('done')
    const tail = purposeTail(context)
    return context.html(
      <ResidentPage {...{ visit, file, purposes, identifying, done, tail, hasProgrammes }} on={today()} />,
    )
  })

  app.post('/residents/:id/numbers', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(ResidentId, context.req.param('id'))
    const form = await context.req.parseBody()
    const purposes = purposesOf(visit, config)
    const purpose = purposes.find((known) => known.id === textOf(form, 'purpose'))
    const file = await visit.session().perform(readResident, { id })
    if (purpose === undefined) {
      return context.html(
        <ResidentPage {...{ visit, file, purposes, identifying, hasProgrammes }} isAskedAgain on={today()} />,
        422,
      )
    }
    const numbers = await visit.session({ purpose: purpose.id }).perform(showResidentNumbers, { id })
    return context.html(
      <ResidentPage {...{ visit, file, purposes, identifying, numbers, hasProgrammes }} on={today()} />,
    )
  })

  app.get('/households/:id', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(HouseholdId, context.req.param('id'))
    const household = await visit.session().perform(readHousehold, { id })
    const purposes = purposesOf(visit, config)
    const done = context.req.query('done')
    return context.html(
      <HouseholdPage {...{ visit, household, purposes, done, hasProgrammes }} on={today()} />,
    )
  })

  app.post('/households/:id/number', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(HouseholdId, context.req.param('id'))
    const form = await context.req.parseBody()
    const purposes = purposesOf(visit, config)
    const purpose = purposes.find((known) => known.id === textOf(form, 'purpose'))
    const household = await visit.session().perform(readHousehold, { id })
    if (purpose === undefined) {
      return context.html(
        <HouseholdPage {...{ visit, household, purposes, hasProgrammes }} isAskedAgain on={today()} />,
        422,
      )
    }
    const shown = await visit.session({ purpose: purpose.id }).perform(showHouseholdNumber, { id })
    return context.html(
      <HouseholdPage {...{ visit, household, purposes, shown, hasProgrammes }} on={today()} />,
    )
  })
}
