import type { CivilDate } from '@lumbung/core/kernel'
import type { HouseholdView, ResidentFile, ResidentView } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { type Html, Notice, type SummaryRow, Table } from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { bornText, nameOf } from './people.tsx'

const doneKeys = {
  added: 'done.added',
  corrected: 'done.corrected',
  unchanged: 'done.unchanged',
  fact: 'done.fact',
  event: 'done.event',
  reversed: 'done.reversed',
  parted: 'done.parted',
} as const

/** What was just done with a record; nothing where nothing was. */
export function Done({
  visit,
  done,
}: {
  readonly visit: Visit
  readonly done: string | undefined
}): Html | null {
  const [, key] = Object.entries(doneKeys).find(([name]) => name === done) ?? []
  return key === undefined ? null : <Notice is="good" title={visit.words.say(key)} />
}

/** Dated facts, each with its source, degree and age. */
export function factRows({ words }: Visit, facts: ResidentFile['facts']): readonly SummaryRow[] {
  return facts.map(({ label, value, valueLabel, months, isStale, degree, source }) => ({
    term: words.text(label),
    value: (
      <>
        {valueLabel === undefined ? valueText(value, words) : words.text(valueLabel)}
        <br />
        <small class="soft">
          {words.say(`degree.${degree}` satisfies MessageKey, { source })}
          {months > 0 && ` · ${words.say('fact.age', { count: months })}`}
          {isStale && ` · ${words.say('fact.stale')}`}
        </small>
      </>
    ),
  }))
}

function valueText(value: boolean | number | string, words: Visit['words']): string {
  if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no')
  return typeof value === 'number' ? words.number(value) : value
}

interface MembersProps {
  readonly visit: Visit
  readonly household: HouseholdView
  readonly on: CivilDate
  /** Set where a heading above says the same. */
  readonly hideCaption?: boolean
}

/** Who belongs to a household. */
export function Members({ visit, household, on, hideCaption = false }: MembersProps): Html {
  const { words } = visit
  return (
    <Table
      caption={words.say('household.members')}
      hideCaption={hideCaption}
      columns={[
        {
          label: words.say('resident.name'),
          cell: ({ resident }: { readonly resident: ResidentView }) => (
            <a href={`/residents/${resident.id}`}>{nameOf(resident, words)}</a>
          ),
        },
        {
          label: words.say('household.relationship'),
          cell: ({ relationshipLabel }) => words.text(relationshipLabel),
        },
        { label: words.say('resident.birth'), cell: ({ resident }) => bornText(resident, words, on) },
      ]}
      rows={household.members}
    />
  )
}
