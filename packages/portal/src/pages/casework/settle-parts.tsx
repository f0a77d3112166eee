import type { ProposalView } from '@lumbung/core/village'
import { Button, Buttons, type Html, Table } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import type { Overrides } from './overrides.ts'
import { amountText, CaseState, whoText } from './parts.tsx'
import type { SettleUnits } from './settle-units.ts'

/** Whom the forum decided on otherwise, each of whom can be taken off again. */
export function OverrideList({
  words,
  proposals,
  overrides,
}: {
  readonly words: Words
  readonly proposals: readonly ProposalView[]
  readonly overrides: Overrides
}): Html {
  return (
    <div class="text">
      <ul>
        {overrides.map(({ proposal, towards, reason }) => (
          <li>
            <b>{whoText(proposals.find(({ id }) => id === proposal)?.listed ?? null, words)}</b>:{' '}
            {words.say(`case.${towards}`)}. {reason}
            <br />
            <Button kind="second" name="do" value={`drop:${proposal}`}>
              {words.say('case.overrideDrop')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What a settlement would come to, unit by unit. */
export function Preview({
  words,
  title,
  proposals,
  states,
  isOverridden,
}: {
  readonly words: Words
  /** What a reader who does not see hears of the table. */
  readonly title: string
  readonly proposals: readonly ProposalView[]
  readonly states: Readonly<Record<string, string>>
  readonly isOverridden: ReadonlySet<string>
}): Html {
  return (
    <Table
      caption={title}
      hideCaption
      columns={[
        { label: words.say('case.who'), cell: ({ listed }: ProposalView) => whoText(listed, words) },
        {
          label: words.say('case.rank'),
          cell: ({ rank }) => (rank === null ? '–' : words.number(rank)),
          isNumber: true,
        },
        {
          label: words.say('case.willBe'),
          cell: ({ id, state }) => (
            <div>
              <CaseState words={words} is={states[id] ?? state} />
              {isOverridden.has(id) && (
                <>
                  <br />
                  <small class="soft">{words.say('case.overridden')}</small>
                </>
              )}
            </div>
          ),
        },
        {
          label: words.say('case.cost'),
          cell: ({ costMinor, isMasked }) =>
            costMinor === null && !isMasked ? words.say('case.costUnknown') : amountText(costMinor, words),
          isNumber: true,
        },
      ]}
      rows={proposals}
    />
  )
}

/** The way through the units of a settlement. Each is a button, since what was decided so far stands in the form alone. */
export function PageButtons({
  words,
  file: { count, after, next },
}: {
  readonly words: Words
  readonly file: SettleUnits
}): Html {
  return (
    <>
      <p>{words.say('list.count', { count })}</p>
      <Buttons>
        {after !== '' && (
          <Button kind="second" name="do" value="page:">
            {words.say('list.first')}
          </Button>
        )}
        {next !== undefined && (
          <Button kind="second" name="do" value={`page:${next}`}>
            {words.say('list.next')}
          </Button>
        )}
      </Buttons>
    </>
  )
}
