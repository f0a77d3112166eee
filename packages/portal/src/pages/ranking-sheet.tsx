import type { CivilDate } from '@lumbung/core/kernel'
import type { RankedListing } from '@lumbung/core/village'
import {
  Button,
  Buttons,
  type Column,
  Document,
  DocumentFoot,
  type Html,
  Pagination,
  PrintButton,
  Table,
  type VillageLook,
} from '../ui/index.ts'
import { addressWith } from './asked-day.tsx'
import { nameOf } from './people.tsx'
import { LineText, OrderText } from './ranking-page.tsx'
import type { RankingView } from './ranking-view.ts'
import { VisitPage } from './visit-page.tsx'

interface SheetProps extends RankingView {
  readonly look: VillageLook
  readonly printedOn: CivilDate
}

/** The priority list as a sheet of paper, to lay before a forum. */
export function RankingSheet(props: SheetProps): Html {
  const { visit, ranking, asked, look, printedOn } = props
  const { words } = visit
  const { programme: id, on, places, count, served, waiting, tiedAtLine, next } = ranking
  const path = `/screening/${id}/ranking`
  const programme = words.text(ranking.title)
  const title = words.say('ranking.title', { programme })
  const sums = { served: words.number(served), waiting: words.number(waiting) }
  return (
    <VisitPage
      visit={visit}
      title={title}
      section="/screening"
      above={[
        { href: '/screening', label: words.say('menu.screening') },
        { href: addressWith(`/screening/${id}`, asked.day.query), label: programme },
      ]}
      hasOwnHeading
    >
      <Buttons>
        <PrintButton words={words} />
        <Button kind="second" href={addressWith(path, asked.query)}>
          {words.say('ranking.back')}
        </Button>
      </Buttons>
      <Document
        look={look}
        words={words}
        title={title}
        lead={words.say('ranking.lead', { date: words.date(on) })}
      >
        <OrderText {...props} />
        <p>{words.say('ranking.sums', sums)}</p>
        <LineText {...props} />
        {tiedAtLine > 0 && (
          <p>
            <b>{words.say('ranking.tieTitle', { count: tiedAtLine })}</b> {words.say('ranking.tieText')}
          </p>
        )}
        <Table caption={title} hideCaption columns={columnsOf(props)} rows={places} />
        {places.length < count && (
          <p>{words.say('ranking.part', { shown: words.number(places.length), count })}</p>
        )}
        <DocumentFoot words={words} signatures={[]} printedOn={printedOn} />
      </Document>
      {next !== undefined && (
        <Pagination
          words={words}
          next={addressWith(`${path}/print`, { ...asked.query, from: String(next) })}
        />
      )}
    </VisitPage>
  )
}

function columnsOf({ visit, ranking, texts }: RankingView): readonly Column<RankedListing>[] {
  const { words } = visit
  return [
    {
      label: words.say(ranking.unit === 'household' ? 'screening.head' : 'screening.person'),
      cell: (place) => `${words.number(place.position)}. ${nameOf(place.resident, words)}`,
    },
    {
      label: words.say('screening.hamlet'),
      cell: ({ resident }) => resident.hamlet ?? words.say('home.noHamlet'),
    },
    ...ranking.order.map(({ label }, index) => ({
      label: words.text(label),
      cell: (place: RankedListing) => texts.key(place, index),
    })),
    ...(ranking.per === null
      ? []
      : [{ label: words.say('screening.cost'), cell: texts.cost, isNumber: true }]),
    {
      label: words.say('programme.state'),
      cell: (place) =>
        [texts.state(place), ...(place.isTiedAtLine ? [words.say('ranking.tied')] : [])].join('; '),
    },
  ]
}
