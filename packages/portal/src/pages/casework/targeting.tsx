import { readTargeting, type TargetingRow, type VillageTargeting } from '@lumbung/core/village'
import { BarChart } from '../../charts/index.ts'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Card, Details, EmptyState, type Html, Page, PrintButton, Table, Tiles } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
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

/** A part of the village by its name; without a row where it is too small to be shown. */
interface Part {
  readonly label: string
  readonly row?: TargetingRow
}

function TargetingPage({ visit, found }: { readonly visit: Visit; readonly found: VillageTargeting }): Html {
  const { frame, words, translation } = visit
  const { total, on, isInForce, fewest, enrolledElsewhere } = found
  const hamlets = found.hamlets.map(
    (one): Part =>
      one.isSmall
        ? { label: words.say('case.tooSmall') }
        : { label: one.name ?? words.say('home.noHamlet'), row: one },
  )
  const groups = found.groups.map(({ label, parts }) => ({
    title: words.text(label),
    parts: parts.map(
      (one): Part =>
        one.isSmall
          ? { label: words.say('case.tooSmall') }
          : { label: membershipText(one.isIn, words), row: one },
    ),
  }))
  return (
    <Page
      frame={frame}
      title={words.say('case.targeting')}
      lead={words.say('case.targetingLead', { date: words.date(on) })}
      section="/cases"
      above={aboveDesk(visit, { id: found.programme, title: found.title })}
      translation={translation}
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
              />
            </Card>
          ))}
          {groups.map(({ title, parts }) => (
            <Card title={title}>
              {(['exclusion', 'inclusion'] as const).map((measure) => (
                <MeasureChart
                  words={words}
                  title={`${title}: ${words.say(`case.${measure}`)}`}
                  labelOfBars={words.say('case.group')}
                  measure={measure}
                  parts={parts}
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
    </Page>
  )
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
}

function MeasureChart({ words, title, says, labelOfBars, measure, parts }: ChartProps): Html {
  return (
    <BarChart
      words={words}
      title={title}
      {...(says === undefined ? {} : { says })}
      labelOfBars={labelOfBars}
      labelOfValues={words.say(`case.${measure}`)}
      format={(share) => words.percent(share)}
      bars={parts.map(({ label, row }) => {
        const { share = null, low = null, high = null } = row?.[measure] ?? {}
        return {
          label,
          ...(share === null ? {} : { value: share }),
          ...(share === null || low === null || high === null || low === high
            ? {}
            : { interval: { low, high } }),
        }
      })}
    />
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
