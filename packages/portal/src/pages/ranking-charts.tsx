import { BarChart, StackedBar } from '../charts/index.ts'
import { Card, type Html } from '../ui/index.ts'
import type { RankingView } from './ranking-view.ts'

/** A priority list in pictures: who is in, and in which hamlets they live. */
export function RankingCharts({ visit, ranking }: RankingView): Html {
  const { words } = visit
  const { served, waiting, undetermined, hamlets, on } = ranking
  const source = words.say('screening.source', { date: words.date(on) })
  return (
    <>
      <Card>
        <StackedBar
          words={words}
          title={words.say('ranking.share')}
          source={source}
          labelOfParts={words.say('programme.state')}
          labelOfValues={words.say('ranking.number')}
          parts={[
            { label: words.say('ranking.in'), value: served },
            { label: words.say('ranking.waits'), value: waiting },
            { label: words.say('ranking.undetermined'), value: undetermined },
          ]}
        />
      </Card>
      <Card>
        <BarChart
          words={words}
          title={words.say('ranking.byHamlet')}
          source={source}
          labelOfBars={words.say('screening.hamlet')}
          labelOfValues={words.say('ranking.in')}
          bars={hamlets.map((hamlet) => ({
            label: hamlet.name ?? words.say('home.noHamlet'),
            value: hamlet.served,
          }))}
        />
      </Card>
    </>
  )
}
