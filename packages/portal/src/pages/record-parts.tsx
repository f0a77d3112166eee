import { CivilDate } from '@lumbung/core/kernel'
import type { FactView, HouseholdView, ResidentFile, ResidentView } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { type Html, Notice, type SummaryRow, Table } from '../ui/index.ts'
import type { MessageKey, Words } from '../words/index.ts'
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
  return facts.map((fact) => ({
    term: words.text(fact.label),
    value: (
      <>
        {factText(fact, words)}
        <br />
        <small class="soft">
          {words.say(`degree.${fact.degree}` satisfies MessageKey, { source: fact.source })}
          {fact.months > 0 && ` · ${words.say('fact.age', { count: fact.months })}`}
          {fact.isStale && ` · ${words.say('fact.stale')}`}
        </small>
      </>
    ),
  }))
}

/** The value of a fact as people write it: `1,5`, `Rp150.000`, `24 November 2026`, `ya`. */
export function factText(
  { kind, value, scale, valueLabel }: Pick<FactView, 'kind' | 'value' | 'scale' | 'valueLabel'>,
  words: Words,
): string {
  if (valueLabel !== undefined) return words.text(valueLabel)
  if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no')
  if (kind === 'money' && typeof value === 'number') return words.money(BigInt(value))
  if (typeof value === 'number') return words.number(Number(value) / 10 ** scale, scale)
  const date = kind === 'date' ? CivilDate.safeParse(value) : undefined
  return date?.success === true ? words.date(date.data) : value
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
