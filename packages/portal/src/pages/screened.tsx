import type { HamletOutcomes, ListedUnit } from '@lumbung/core/village'
import { BarChart } from '../charts/index.ts'
import { type Html, Icon, Table } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { type AskedDay, addressWith } from './asked-day.tsx'
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
  /** The day that the list is of, which the pages behind it speak of too. */
  readonly day: AskedDay
}

/** Whom a unit is called by, with the way to why. */
export function UnitName({
  words,
  unit,
  day,
}: {
  readonly words: Words
  readonly unit: ListedUnit
  readonly day: AskedDay
}): Html {
  const { household, resident } = unit
  const path = household === null ? `/residents/${resident.id}` : `/households/${household}`
  return <a href={addressWith(`${path}/programmes`, day.query)}>{nameOf(resident, words)}</a>
}

/** The way to a list as a file. */
export function CsvLink({ words, href }: { readonly words: Words; readonly href: string }): Html {
  return (
    <a class="button second" href={href} download>
      <Icon name="download" />
      {words.say('act.csv')}
    </a>
  )
}

/** The people or households that a screening lists. */
export function Units({ words, units, isOfHouseholds, day }: UnitsProps): Html {
  const name = words.say(isOfHouseholds ? 'screening.head' : 'screening.person')
  return (
    <Table
      caption={words.say('screening.title')}
      hideCaption
      columns={[
        {
          label: name,
          cell: (unit: ListedUnit) => <UnitName {...{ words, unit, day }} />,
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
