import type { RankedListing } from '@lumbung/core/village'
import {
  Button,
  Buttons,
  Card,
  type Column,
  DateField,
  EmptyState,
  ErrorSummary,
  type Html,
  Notice,
  NumberField,
  Pagination,
  StatusMark,
  Table,
  Tiles,
} from '../ui/index.ts'
import { addressWith } from './asked-day.tsx'
import { RankingCharts } from './ranking-charts.tsx'
import type { RankingView } from './ranking-view.ts'
import { CsvLink, UnitName } from './screened.tsx'
import { errorOf, shownDate, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** The priority list of a programme. */
export function RankingPage(props: RankingView & { readonly purpose: string }): Html {
  const { visit, ranking, asked, purpose } = props
  const { words } = visit
  const { programme: id, on, isInForce, count } = ranking
  const title = words.text(ranking.title)
  const date = words.date(on)
  const errors = asked.day.isWrong
    ? [...asked.errors, { name: 'on', message: words.say('fault.dateWrong') }]
    : asked.errors
  return (
    <VisitPage
      visit={visit}
      title={words.say('ranking.title', { programme: title })}
      lead={words.say('ranking.lead', { date })}
      section="/screening"
      above={[
        { href: addressWith('/screening', asked.day.query), label: words.say('menu.screening') },
        { href: addressWith(`/screening/${id}`, asked.day.query), label: title },
      ]}
    >
      <ErrorSummary words={words} errors={errors} />
      <LimitsForm {...props} errors={errors} />
      {!isInForce ? (
        <EmptyState icon="calendar" title={words.say('screening.closed', { date })}>
          <p>
            <a href={`/programmes/${id}`}>{words.say('programme.history')}</a>
          </p>
        </EmptyState>
      ) : count === 0 ? (
        <EmptyState icon="people" title={words.say('screening.listNone')}>
          <p>{words.say('screening.listNoneNext')}</p>
        </EmptyState>
      ) : (
        <Found {...props} />
      )}
      <p class="soft">{words.say('counter.purpose', { purpose })}</p>
    </VisitPage>
  )
}

function Found(props: RankingView): Html {
  const { visit, ranking, asked } = props
  const { words } = visit
  const { programme: id, count, next } = ranking
  const path = `/screening/${id}/ranking`
  return (
    <>
      <Counts {...props} />
      <TieNotice {...props} />
      <Card title={words.say('ranking.list')}>
        <OrderText {...props} />
        <LineText {...props} />
        <Table
          caption={words.say('ranking.list')}
          hideCaption
          columns={columnsOf(props)}
          rows={ranking.places}
        />
        <Pagination
          words={words}
          count={count}
          {...(asked.from === 1 ? {} : { first: addressWith(path, asked.query) })}
          {...(next === undefined ? {} : { next: addressWith(path, { ...asked.query, from: String(next) }) })}
        />
        <Buttons>
          <CsvLink words={words} href={addressWith(`${path}.csv`, asked.query)} />
          <Button kind="second" icon="print" href={addressWith(`${path}/print`, asked.query)}>
            {words.say('act.printList')}
          </Button>
        </Buttons>
        <p class="hint noprint">{words.say('list.logged')}</p>
      </Card>
      <RankingCharts {...props} />
    </>
  )
}

/** The numbers that matter: who is in, who waits, and who is not ranked yet. */
function Counts({ visit, ranking }: RankingView): Html {
  const { words } = visit
  const { served, waiting, undetermined } = ranking
  return (
    <Tiles
      tiles={[
        { value: words.number(served), label: words.say('ranking.in') },
        { value: words.number(waiting), label: words.say('ranking.waits') },
        { value: words.number(undetermined), label: words.say('ranking.undetermined') },
      ]}
    />
  )
}

/** Where the list ends, why, and what it comes to. */
export function LineText({ visit, ranking, texts }: RankingView): Html {
  const { words } = visit
  const { per, spentMinor, limits } = ranking
  const left = limits.budgetMinor === null ? null : limits.budgetMinor - spentMinor
  return (
    <p>
      {texts.line}
      {per !== null && ` ${words.say('ranking.spentText', { total: texts.money(spentMinor) })}`}
      {per !== null && left !== null && ` ${words.say('ranking.leftText', { total: texts.money(left) })}`}
    </p>
  )
}

/** Said wherever the line runs through units that are equal by every key. */
export function TieNotice({ visit, ranking }: RankingView): Html | null {
  const { words } = visit
  if (ranking.tiedAtLine === 0) return null
  return (
    <Notice is="attention" title={words.say('ranking.tieTitle', { count: ranking.tiedAtLine })}>
      <p>{words.say('ranking.tieText')}</p>
    </Notice>
  )
}

/** By what the list is ordered, in words. */
export function OrderText({ visit, ranking }: RankingView): Html {
  const { words } = visit
  if (ranking.order.length === 0) return <p>{words.say('ranking.noOrder')}</p>
  return (
    <div class="text">
      <p>{words.say('ranking.order')}</p>
      <ol>
        {ranking.order.map(({ label, order }) => (
          <li>
            {words.text(label)} ({words.say(`ranking.${order}`)})
          </li>
        ))}
      </ol>
    </div>
  )
}

function columnsOf({ visit, ranking, asked, texts }: RankingView): readonly Column<RankedListing>[] {
  const { words } = visit
  const isOfHouseholds = ranking.unit === 'household'
  return [
    {
      label: words.say(isOfHouseholds ? 'screening.head' : 'screening.person'),
      cell: (place) => (
        <>
          {words.number(place.position)}. <UnitName words={words} unit={place} day={asked.day} />
        </>
      ),
    },
    {
      label: words.say('programme.state'),
      cell: (place) => (
        <span>
          <StatusMark is={place.isServed ? 'good' : 'waiting'}>{texts.state(place)}</StatusMark>
          {place.isTiedAtLine && (
            <>
              <br />
              <small class="soft">{words.say('ranking.tied')}</small>
            </>
          )}
        </span>
      ),
    },
    ...ranking.order.map(({ label }, index) => ({
      label: words.text(label),
      cell: (place: RankedListing) => texts.key(place, index),
    })),
    ...(ranking.per === null
      ? []
      : [{ label: words.say('screening.cost'), cell: texts.cost, isNumber: true }]),
    {
      label: words.say('screening.hamlet'),
      cell: ({ resident }) => resident.hamlet ?? words.say('home.noHamlet'),
    },
  ]
}

interface LimitsProps extends RankingView {
  readonly errors: RankingView['asked']['errors']
}

/** Other limits, or another day: the list is made anew, and nothing is stored. */
function LimitsForm({ visit, ranking, asked, texts, errors }: LimitsProps): Html {
  const { words } = visit
  const { form, day } = asked
  const { limits, stated, per, unit } = ranking
  // Where the law states no limit, nobody is told apart before somebody gives one.
  const isOpen =
    errors.length > 0 || (ranking.count > 0 && limits.units === null && limits.budgetMinor === null)
  const shown = (name: string, limit: number | null, text: (value: number) => string) =>
    form[name] === undefined || errors.every((error) => error.name !== name)
      ? limit === null
        ? ''
        : text(limit)
      : textOf(form, name)
  return (
    <details class="details noprint" open={isOpen}>
      <summary>{words.say('ranking.limits')}</summary>
      <div>
        <p class="soft">
          {words.say(
            stated.units === null && stated.budgetMinor === null
              ? 'ranking.limitsNone'
              : 'ranking.limitsHint',
          )}
        </p>
        <form class="form" method="get" action={`/screening/${ranking.programme}/ranking`}>
          <NumberField
            words={words}
            name="units"
            label={words.say(unit === 'household' ? 'ranking.quotaFamilies' : 'ranking.quotaPeople')}
            hint={words.say('ranking.emptyHint')}
            value={shown('units', limits.units, (value) => words.number(value))}
            isOptional
            {...errorOf(errors, 'units')}
          />
          {per !== null && (
            <NumberField
              words={words}
              name="budget"
              label={words.say(`ranking.budget.${per}`)}
              hint={words.say('ranking.emptyHint')}
              value={shown('budget', limits.budgetMinor, texts.amount)}
              isOptional
              {...errorOf(errors, 'budget')}
            />
          )}
          <DateField
            words={words}
            name="on"
            label={words.say('counter.on')}
            value={shownDate(day.on)}
            {...errorOf(errors, 'on')}
          />
          <Buttons>
            <Button>{words.say('ranking.run')}</Button>
            <a href={`/screening/${ranking.programme}/ranking`}>{words.say('ranking.reset')}</a>
          </Buttons>
        </form>
      </div>
    </details>
  )
}
