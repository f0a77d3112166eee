import type { PaymentListView } from '@lumbung/core/village'
import { type Html, SummaryList } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { CaseState, stateText } from './parts.tsx'

/** What a list of payments is about. */
export function ListSummary({
  words,
  list,
}: {
  readonly words: Words
  readonly list: PaymentListView
}): Html {
  const totals = Object.entries(list.totals).map(([state, total]) => ({
    term: words.say('case.totalOf', { state: stateText(state, words) }),
    value: words.say('case.countAndMoney', {
      number: words.number(total.count),
      money: words.money(BigInt(total.amountMinor)),
    }),
  }))
  return (
    <SummaryList
      rows={[
        { term: words.say('case.state'), value: <CaseState words={words} is={list.state} /> },
        { term: words.say('case.payOn'), value: words.date(list.payOn) },
        { term: words.say('case.total'), value: words.money(BigInt(list.totalMinor)) },
        {
          term: words.say('case.approvals'),
          value: words.say('progress.done', {
            done: words.number(list.approvedBy.length),
            total: words.number(list.approvalsNeeded),
          }),
        },
        ...totals,
      ]}
    />
  )
}
