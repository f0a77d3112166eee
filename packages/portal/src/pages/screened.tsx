import type { HamletOutcomes, ListedUnit } from '@lumbung/core/village'
import { BarChart } from '../charts/index.ts'
import { type Html, Table } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { nameOf } from './people.tsx'

interface ChartProps {
  readonly words: Words
  readonly title: string
  readonly hamlets: readonly Pick<HamletOutcomes, 'name' | 'eligible' | 'undetermined'>[]
  readonly of: 'eligible' | 'undetermined'
  readonly source?: string
}

/** One outcome of a screening, by hamlet. */
export function HamletChart({ words, title, hamlets, of, source }: ChartProps): Html {
  return (
    <BarChart
      words={words}
      title={title}
      labelOfBars={words.say('screening.hamlet')}
      labelOfValues={words.say(`screening.${of}`)}
      {...(source === undefined ? {} : { source })}
      bars={hamlets.map((hamlet) => ({
        label: hamlet.name ?? words.say('home.noHamlet'),
        value: hamlet[of],
      }))}
    />
  )
}

interface UnitsProps {
  readonly words: Words
  readonly units: readonly ListedUnit[]
  readonly isOfHouseholds: boolean
}

/** The people or households that a screening lists. */
export function Units({ words, units, isOfHouseholds }: UnitsProps): Html {
  const name = words.say(isOfHouseholds ? 'screening.head' : 'screening.person')
  return (
    <Table
      caption={words.say('screening.list')}
      hideCaption
      columns={[
        {
          label: name,
          cell: ({ household, resident }: ListedUnit) => (
            <a
              href={household === null ? `/residents/${resident.id}` : `/households/${household}/programmes`}
            >
              {nameOf(resident, words)}
            </a>
          ),
        },
        {
          label: words.say('screening.hamlet'),
          cell: ({ resident }) => resident.hamlet ?? words.say('home.noHamlet'),
        },
      ]}
      rows={units}
    />
  )
}
