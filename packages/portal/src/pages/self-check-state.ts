import { decide, nextQuestion, type Pack } from '@lumbung/core/eligibility'
import type { CivilDate } from '@lumbung/core/kernel'
import type { FactConfig } from '@lumbung/core/people'
import type { FactValues } from '@lumbung/core/rules'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import type { Sent } from './typed.ts'
import { textOf } from './typed.ts'

/** As many as a family card is likely to hold. */
export const membersMax = 20

const scalar = z.union([z.boolean(), z.number(), z.string().max(200)])
const path = z.string().regex(/^household\.(members\[\d{1,2}\]\.)?[a-z][A-Za-z0-9]{0,63}$/)

/** What was answered so far. It stands in the form alone, and is forgotten with the page. */
const SelfCheckState = z.strictObject({
  size: z.int().min(1).max(membersMax).nullable(),
  known: z.array(z.tuple([path, scalar])).max(500),
  skipped: z.array(path).max(500),
})
/** Answers that the schema of the same name has accepted. */
export type SelfCheckState = z.infer<typeof SelfCheckState>

/** Before anything was answered. */
export const nothingAnswered: SelfCheckState = { size: null, known: [], skipped: [] }

/** The answers that a form brought back. */
export function stateOf(form: Sent): SelfCheckState {
  try {
    return SelfCheckState.parse(JSON.parse(textOf(form, 'state')))
  } catch (cause) {
    throw new HTTPException(400, { cause })
  }
}

/** The facts of a household as they were answered. */
export function answeredHousehold({ size, known }: SelfCheckState, isOfResident: boolean): FactValues {
  const own: Record<string, FactValues[string]> = {}
  const members: Record<string, FactValues[string]>[] = Array.from(
    { length: size ?? (isOfResident ? 1 : 0) },
    () => ({}),
  )
  for (const [at, value] of known) {
    const [, position, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(at) ?? []
    if (position === undefined) own[name] = value
    else {
      const member = members[Number(position)]
      if (member !== undefined) member[name] = value
    }
  }
  // Before it is known how many live there, nothing can be said of the others.
  return { ...own, members: size === null ? { items: members, complete: false } : members }
}

/** What to ask next about one programme; null where nothing more is open that was not skipped. */
export function askNext(
  pack: Pack,
  programme: string,
  state: SelfCheckState,
  answerable: ReadonlyMap<string, FactConfig>,
  on: CivilDate,
): string | null {
  const isOfResident = pack.programmes.get(programme)?.config.unit === 'resident'
  const household = answeredHousehold(state, isOfResident)
  const skipped = new Set(state.skipped)
  const isOut = (at: string) =>
    skipped.has(at) || (at !== 'household.members' && !answerable.has(at.split('.').at(-1) ?? at))
  const next = nextQuestion(pack, {
    on,
    household,
    programmes: [programme],
    ...(isOfResident && { member: 0 }),
    // What nobody can answer settles nothing, so it is asked for last.
    expectationOf: (at) => (isOut(at) ? [] : undefined),
  })
  return next === null || isOut(next.path) ? null : next.path
}

/** What the programme says of the answers. */
export function decideAnswers(pack: Pack, programme: string, state: SelfCheckState, on: CivilDate) {
  const isOfResident = pack.programmes.get(programme)?.config.unit === 'resident'
  const household = answeredHousehold(state, isOfResident)
  return decide(pack, { programme, on, household, ...(isOfResident && { member: 0 }) })
}
