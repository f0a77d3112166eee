import type { ProposalView } from '@lumbung/core/village'
import { Button, type Html, Table } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import type { Overrides } from './overrides.ts'
import { amountText, CaseState, whoText } from './parts.tsx'

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
  proposals,
  states,
  overrides,
}: {
  readonly words: Words
  readonly proposals: readonly ProposalView[]
  readonly states: Readonly<Record<string, string>>
  readonly overrides: Overrides
}): Html {
  return (
    <Table
      caption={words.say('case.preview')}
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
              {overrides.some(({ proposal }) => proposal === id) && (
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
