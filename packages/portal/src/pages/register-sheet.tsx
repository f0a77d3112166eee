import type { RegisterPage as Found, ResidentView } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
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
import { bornText, maskedNumber, nameOf } from './people.tsx'
import { statusText } from './person-values.ts'
import { VisitPage } from './visit-page.tsx'

interface SheetProps {
  readonly visit: Visit
  readonly look: VillageLook
  readonly list: Found
  readonly back: string
  /** Where the rest stands. */
  readonly next?: string
}

/** The register as a sheet of paper. */
export function RegisterSheet({ visit, look, list, back, next }: SheetProps): Html {
  const { words } = visit
  const { residents, count, on } = list
  const title = words.say('list.printed')
  const columns: readonly Column<ResidentView>[] = [
    { label: words.say('resident.name'), cell: (resident) => nameOf(resident, words) },
    {
      label: words.say('resident.number'),
      cell: ({ identityNumber, temporaryNumber, isPersonal }) =>
        isPersonal ? maskedNumber(identityNumber ?? temporaryNumber, words) : words.say('value.hidden'),
    },
    { label: words.say('resident.birth'), cell: (resident) => bornText(resident, words, on) },
    { label: words.say('home.hamlet'), cell: ({ hamlet }) => hamlet ?? words.say('value.none') },
    { label: words.say('resident.status'), cell: ({ status }) => statusText(status ?? '', words) },
  ]
  const isPart = residents.length < count
  const values = { count, date: words.date(on) }
  return (
    <VisitPage
      visit={visit}
      title={title}
      section="/residents"
      above={[{ href: '/residents', label: words.say('menu.residents') }]}
      hasOwnHeading
    >
      <Buttons>
        <PrintButton words={words} />
        <Button kind="second" href={back}>
          {words.say('list.back')}
        </Button>
      </Buttons>
      <Document look={look} words={words} title={title} lead={words.say('list.printedLead', values)}>
        <Table caption={title} hideCaption columns={columns} rows={residents} />
        {isPart && (
          <p>
            {words.say('list.printedPart', {
              shown: words.number(residents.length),
              count,
            })}
          </p>
        )}
        <DocumentFoot words={words} signatures={[]} printedOn={on} />
      </Document>
      {next !== undefined && <Pagination words={words} next={next} />}
    </VisitPage>
  )
}
