import type { ProposalView } from '@lumbung/core/village'
import type { Visit } from '../../server/visit.ts'
import type { Column } from '../../ui/index.ts'
import { OutcomeMark } from '../decision-parts.tsx'
import { amountText, CaseState, hamletText, whoText } from './parts.tsx'

/** The columns of a list: whose turn, who, where, what came out, how it stands, what it costs. */
export function unitColumns(visit: Visit, list: string): readonly Column<ProposalView>[] {
  const { words } = visit
  return [
    {
      label: words.say('case.who'),
      cell: (unit) => <a href={`/lists/${list}/units/${unit.id}`}>{whoText(unit.listed, words)}</a>,
    },
    {
      label: words.say('case.rank'),
      cell: ({ rank, isTied }) =>
        rank === null ? '–' : `${words.number(rank)}${isTied ? ` (${words.say('case.tied')})` : ''}`,
      isNumber: true,
    },
    { label: words.say('home.hamlet'), cell: ({ listed }) => hamletText(listed, words) },
    {
      label: words.say('case.outcome'),
      cell: ({ outcome, isDeclared }) =>
        outcome === null ? (
          words.say('value.hidden')
        ) : (
          <div>
            <OutcomeMark words={words} is={outcome} />
            {isDeclared === true && (
              <>
                <br />
                <small class="soft">{words.say('case.declaredShort')}</small>
              </>
            )}
          </div>
        ),
    },
    {
      label: words.say('case.state'),
      cell: ({ state, override }) => (
        <div>
          <CaseState words={words} is={state} />
          {override !== null && (
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
  ]
}
