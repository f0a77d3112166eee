import type { Pack } from '@lumbung/core/eligibility'
import type { CivilDate, HouseholdId } from '@lumbung/core/kernel'
import {
  type CounterQuestion,
  type DecisionView,
  type ResidentView,
  recordDatedFact,
} from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { Button, Buttons, Details, type Html, Notice } from '../ui/index.ts'
import { Explanation, OutcomeMark } from './decision-parts.tsx'
import type { EligibilityTexts } from './eligibility-texts.ts'
import { nameOf } from './people.tsx'

/** Whom a counter decides about, and what came of it: a household with its members, or one person. */
export interface CounterFound {
  /** Null for somebody on no family card. */
  readonly household: HouseholdId | null
  readonly on: CivilDate
  /** Null for somebody out of reach. */
  readonly members: readonly (ResidentView | null)[]
  readonly decisions: readonly DecisionView[]
  readonly next?: CounterQuestion | null
}

/** What the parts of a counter are made with. */
export interface CounterPartProps {
  readonly visit: Visit
  readonly found: CounterFound
  readonly pack: Pack
  readonly texts: EligibilityTexts
  /** The facts that the village keeps, as `household.name`. */
  readonly kept: ReadonlySet<string>
}

/** What a member is called; a household where there is none. */
export function memberName({ words }: Visit, member: ResidentView | null | undefined): string {
  return member === undefined || member === null ? words.say('household.title') : nameOf(member, words)
}

interface DecisionPartProps extends CounterPartProps {
  readonly view: DecisionView
  /** Whether the page is about one person, so that a name says nothing new. */
  readonly isOfOne?: boolean
}

/** What one programme says, and why. */
export function DecisionPart(props: DecisionPartProps): Html {
  const { visit, found, pack, texts, view, kept, isOfOne = false } = props
  const { words: own } = visit
  const { decision, explanation, changes, isMasked, member } = view
  const common = { words: own, texts, pack, changes, isMasked, messages: explanation }
  const linkOf = (path: string) => factAddress(visit, found, kept, path)
  const explained = <Explanation {...common} programme={decision.programme} linkOf={linkOf} />
  if (isOfOne || member === null || decision.kind === 'no-version-in-force') return explained
  const name = memberName(visit, found.members[member])
  return (
    <>
      <h3>{name}</h3>
      <OutcomeMark words={own} is={decision.outcome} />
      <Details summary={`${own.say('counter.why')}: ${name}`}>{explained}</Details>
    </>
  )
}

/** Where a fact is written down; undefined where the village keeps none, or the visitor may not. */
function factAddress(
  visit: Visit,
  { household, members }: CounterFound,
  kept: ReadonlySet<string>,
  path: string,
): string | undefined {
  if (!visit.may(recordDatedFact)) return undefined
  const [, position, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(path) ?? []
  const unit = position === undefined ? 'household' : 'resident'
  if (!kept.has(`${unit}.${name}`)) return undefined
  if (position === undefined) {
    return household === null ? undefined : `/households/${household}/facts?fact=${name}`
  }
  const member = members[Number(position)]
  return member === undefined || member === null ? undefined : `/residents/${member.id}/facts?fact=${name}`
}

/** What to ask next, and the way to write it down. */
export function NextCard(props: CounterPartProps & { readonly next: CounterQuestion | null }): Html {
  const { visit, found, texts, next, kept } = props
  const { words: own } = visit
  if (next === null) {
    return (
      <Notice is="good" title={own.say('counter.nextNone')}>
        <p>{own.say('counter.nextNoneText')}</p>
      </Notice>
    )
  }
  const href = factAddress(visit, found, kept, next.path)
  const fact = texts.fact(next.fact)
  const label =
    next.member === null
      ? own.say('counter.record', { fact })
      : own.say('counter.recordFor', { fact, name: memberName(visit, found.members[next.member]) })
  return (
    <Notice is="info" title={`${own.say('counter.next')}: ${texts.path(next.path)}`}>
      <p>{own.say('counter.nextWhy')}</p>
      {href === undefined ? (
        !next.isKept && (
          <p>
            {own.say(
              found.household === null && next.member === null ? 'counter.needsCard' : 'counter.notKept',
            )}
          </p>
        )
      ) : (
        <Buttons>
          <Button href={href}>{label}</Button>
        </Buttons>
      )}
    </Notice>
  )
}
