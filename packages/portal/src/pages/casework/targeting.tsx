import { readTargeting, type TargetingRow, type VillageTargeting } from '@lumbung/core/village'
import { BarChart } from '../../charts/index.ts'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Card, Details, EmptyState, type Html, PrintButton, Table, Tiles } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveDesk, caseSession, programmeIn } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** How well a programme reaches those whom its rules mean, by hamlet and by group. */
export function targetingPages(parts: PortalParts): void {
  parts.app.get('/programmes/:id/targeting', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const found = await caseSession(parts, visit, readTargeting).perform(readTargeting, {
      programme: programme.id,
    })
    return context.html(<TargetingPage visit={visit} found={found} />)
  })
}

type Measure = 'exclusion' | 'inclusion'

/** A part of the village by its name. */
interface Part {
  readonly label: string
  readonly row: TargetingRow
}

function TargetingPage({ visit, found }: { readonly visit: Visit; readonly found: VillageTargeting }): Html {
  const { words } = visit
  const { total, on, isInForce, fewest, enrolledElsewhere } = found
  const hamlets = found.hamlets.flatMap((one): Part[] =>
    one.isSmall ? [] : [{ label: one.name ?? words.say('home.noHamlet'), row: one }],
  )
  const groups = found.groups.map(({ label, parts }) => ({
    title: words.text(label),
    parts: parts.flatMap((one): Part[] =>
      one.isSmall ? [] : [{ label: membershipText(one.isIn, words), row: one }],
    ),
    hidden: hiddenIn(parts),
  }))
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.targeting')}
      lead={words.say('case.targetingLead', { date: words.date(on) })}
      section="/cases"
      above={aboveDesk(visit, { id: found.programme, title: found.title })}
    >
      {!isInForce ? (
        <EmptyState icon="calendar" title={words.say('programme.closed')}>
          <p>
            <a href={`/programmes/${found.programme}`}>{words.say('programme.history')}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <Tiles
            tiles={(['exclusion', 'inclusion'] as const).map((measure) => ({
              value: shareText(total[measure].share, words),
              label: words.say(`case.${measure}`),
              change: words.say(`case.${measure}Line`, {
                some: words.number(total[measure].numerator),
                all: words.number(total[measure].denominator),
              }),
            }))}
          />
          <Card title={words.say('case.everybody')}>
            <Counts words={words} row={total} />
            {enrolledElsewhere > 0 && (
              <p class="soft">{words.say('case.enrolledElsewhere', { count: enrolledElsewhere })}</p>
            )}
          </Card>
          {(['exclusion', 'inclusion'] as const).map((measure) => (
            <Card>
              <MeasureChart
                words={words}
                title={words.say('case.byHamlet', { what: words.say(`case.${measure}`) })}
                says={words.say(`case.${measure}Says`)}
                labelOfBars={words.say('home.hamlet')}
                measure={measure}
                parts={hamlets}
                hidden={hiddenIn(found.hamlets)}
              />
            </Card>
          ))}
          {groups.map(({ title, parts, hidden }) => (
            <Card title={title}>
              {(['exclusion', 'inclusion'] as const).map((measure) => (
                <MeasureChart
                  words={words}
                  title={`${title}: ${words.say(`case.${measure}`)}`}
                  labelOfBars={words.say('case.group')}
                  measure={measure}
                  parts={parts}
                  hidden={hidden}
                />
              ))}
            </Card>
          ))}
          <Details summary={words.say('case.howCounted')}>
            <p>{words.say('case.howCountedText', { fewest: words.number(fewest) })}</p>
          </Details>
        </>
      )}
      <PrintButton words={words} />
    </VisitPage>
  )
}

function hiddenIn(parts: readonly { readonly isSmall: boolean }[]): number {
  return parts.filter(({ isSmall }) => isSmall).length
}

function membershipText(isIn: boolean | null, words: Words): string {
  if (isIn === null) return words.say('counter.unknown')
  return words.say(isIn ? 'value.yes' : 'value.no')
}

function shareText(share: number | null, words: Words): string {
  return share === null ? '–' : words.percent(share)
}

interface ChartProps {
  readonly words: Words
  readonly title: string
  readonly says?: string
  readonly labelOfBars: string
  readonly measure: Measure
  readonly parts: readonly Part[]
  /** How many are too small to be shown. */
  readonly hidden: number
}

function MeasureChart({ words, title, says, labelOfBars, measure, parts, hidden }: ChartProps): Html {
  const note = hidden === 0 ? null : <p class="soft">{words.say('case.tooSmall', { count: hidden })}</p>
  // A picture of nothing tells nothing.
  if (parts.length === 0) {
    return (
      <>
        <h3>{title}</h3>
        {note}
      </>
    )
  }
  return (
    <>
      <BarChart
        words={words}
        title={title}
        {...(says === undefined ? {} : { says })}
        labelOfBars={labelOfBars}
        labelOfValues={words.say(`case.${measure}`)}
        format={(share) => words.percent(share)}
        bars={parts.map(({ label, row }) => {
          const { share, low, high } = row[measure]
          return {
            label,
            ...(share === null ? {} : { value: share }),
            ...(share === null || low === null || high === null || low === high
              ? {}
              : { interval: { low, high } }),
          }
        })}
      />
      {note}
    </>
  )
}

function Counts({ words, row }: { readonly words: Words; readonly row: TargetingRow }): Html {
  const rows = (['enrolled', 'notEnrolled'] as const).map((part) => ({ part, ...row.counts[part] }))
  const column = (of: 'eligible' | 'ineligible' | 'undetermined') => ({
    label: words.say(`outcome.${of}`),
    cell: (one: (typeof rows)[number]) => words.number(one[of]),
    isNumber: true,
  })
  return (
    <Table
      caption={words.say('case.everybody')}
      hideCaption
      columns={[
        { label: words.say('case.group'), cell: ({ part }) => words.say(`case.${part}`) },
        column('eligible'),
        column('ineligible'),
        column('undetermined'),
      ]}
      rows={rows}
    />
  )
}
