import { packOf } from '@lumbung/core/casework'
import type { Programme } from '@lumbung/core/eligibility'
import type { CivilDate, HistoryEntry, LocalizedText } from '@lumbung/core/kernel'
import { listEnrolments, type ResidentView, type UseCase, type VillageSession } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import {
  type Html,
  type Link,
  Notice,
  SearchForm,
  SelectField,
  type Standing,
  StatusMark,
  Timeline,
} from '../../ui/index.ts'
import { id } from '../../words/id.ts'
import type { MessageKey, Words } from '../../words/index.ts'
import { nameOf } from '../people.tsx'
import { sessionFor } from '../purpose-for.ts'

/**
 * The village as the visitor meets it for one use case of casework: what names no purposes of its own is done for the
 * one for which the visitor reads cases, since powers to act for somebody are given for a purpose.
 */
export function caseSession(
  { options }: PortalParts,
  visit: Visit,
  useCase: Pick<UseCase, 'scope'>,
): VillageSession {
  const { config } = options.village
  const isForPurposes = config.roles
    .filter(({ id: role }) => visit.actor.roles.includes(role))
    .some(({ grants }) =>
      grants.some(({ scope, purposes }) => scope === useCase.scope && purposes !== undefined),
    )
  return sessionFor(visit, config, isForPurposes ? useCase : listEnrolments).session
}

/** A programme of the village's packs. What it does not know is not found. */
export function programmeIn({ options }: PortalParts, programme: string): Programme {
  const known = packOf(options.village.config).programmes.get(programme)
  if (known === undefined) throw new HTTPException(404)
  return known.config
}

/** The pages above one that belongs to a programme's desk. */
export function aboveDesk(
  { words }: Visit,
  programme: { readonly id: string; readonly title: LocalizedText },
  ...more: readonly Link[]
): readonly Link[] {
  return [
    { href: '/cases', label: words.say('menu.cases') },
    { href: deskAddress(programme.id), label: words.text(programme.title) },
    ...more,
  ]
}

/** Where the desk of a programme stands. */
export function deskAddress(programme: string): string {
  return `/programmes/${programme}/cases`
}

/** Somebody on a list, whichever room the list is from. */
export interface Listed {
  readonly household: string | null
  readonly resident: ResidentView | null
}

/** Who it is: a person, or the head of a household. */
export function whoText(listed: Listed | null, words: Words): string {
  if (listed === null || listed.resident === null) return words.say('case.nobodyThere')
  const name = nameOf(listed.resident, words)
  return listed.household === null ? name : words.say('case.householdOf', { name })
}

/** Where it is. */
export function hamletText(listed: Listed | null, words: Words): string {
  return listed?.resident?.hamlet ?? words.say('home.noHamlet')
}

const standings: Readonly<Record<string, Standing>> = {
  active: 'good',
  accepted: 'good',
  enrolled: 'good',
  verified: 'good',
  approved: 'good',
  paid: 'good',
  upheld: 'good',
  settled: 'good',
  kept: 'good',
  decided: 'good',
  closed: 'good',
  rejected: 'bad',
  refused: 'bad',
  failed: 'bad',
  dismissed: 'bad',
  suspended: 'attention',
  escalated: 'attention',
  received: 'waiting',
  proposed: 'waiting',
  waiting: 'waiting',
  pending: 'waiting',
  prepared: 'waiting',
  filed: 'waiting',
  open: 'waiting',
  draft: 'waiting',
  verifying: 'waiting',
  'before-forum': 'waiting',
}

type StateKey = Extract<MessageKey, `caseState.${string}`>

/** Where a process stands, by word and shape. */
export function CaseState({ words, is }: { readonly words: Words; readonly is: string }): Html {
  return <StatusMark is={standings[is] ?? 'info'}>{stateText(is, words)}</StatusMark>
}

/** Where a process stands, in words. */
export function stateText(state: string, words: Words): string {
  const key = `caseState.${state}`
  return isState(key) ? words.say(key) : state
}

function isState(key: string): key is StateKey {
  return Object.hasOwn(id, key)
}

/** An amount of minor units, or the word for one that is not known or not shown. */
export function amountText(amount: number | null, words: Words): string {
  return amount === null ? words.say('value.hidden') : words.money(BigInt(amount))
}

interface FilterProps {
  readonly words: Words
  readonly action: string
  readonly states: readonly string[]
  /** Undefined where there is no filter. */
  readonly state: string | undefined
}

/** A filter of a list by where its entries stand. */
export function StateFilter({ words, action, states, state }: FilterProps): Html {
  const any = { value: anyState, label: words.say('case.anyState') }
  return (
    <SearchForm
      words={words}
      action={action}
      label={words.say('case.filterUnits')}
      {...(state === undefined ? {} : { clear: action })}
    >
      <SelectField
        words={words}
        name="state"
        label={words.say('case.state')}
        options={[any, ...states.map((value) => ({ value, label: stateText(value, words) }))]}
        value={state ?? anyState}
      />
    </SearchForm>
  )
}

/** What stands in a filter that lets everything through. */
const anyState = 'any'

interface HistoryProps {
  readonly words: Words
  readonly began: CivilDate
  readonly first: string
  readonly history: readonly HistoryEntry[]
}

/** How a process came to where it is. */
export function CaseHistory({ words, began, first, history }: HistoryProps): Html {
  const last = history.length - 1
  return (
    <Timeline
      words={words}
      steps={[
        { title: stateText(first, words), state: last < 0 ? 'now' : 'done', when: words.date(began) },
        ...history.map(({ to, on, reason }, index) => ({
          title: stateText(to, words),
          state: index === last ? ('now' as const) : ('done' as const),
          when: words.date(on),
          ...(reason === undefined ? {} : { children: <p>{reason}</p> }),
        })),
      ]}
    />
  )
}

/** Tells that something was done, where the address says so. */
export function DoneNotice({
  words,
  done,
}: {
  readonly words: Words
  readonly done: string | undefined
}): Html | null {
  const key = `caseDone.${done ?? ''}`
  return isDone(key) ? <Notice is="good" title={words.say(key)} /> : null
}

function isDone(key: string): key is Extract<MessageKey, `caseDone.${string}`> {
  return Object.hasOwn(id, key)
}
