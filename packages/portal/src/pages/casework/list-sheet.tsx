import type { ProposalView } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import { Button, Buttons, type Column, Document, DocumentFoot, PrintButton, Table } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { VisitPage } from '../visit-page.tsx'
import { csvText } from './csv.ts'
import { aboveList, wholeList } from './list-units.ts'
import { amountText, hamletText, stateText, whoText } from './parts.tsx'
import { requireDesk } from './requires.ts'

/** A proposal list on paper, with lines to sign on, and as comma-separated values. */
export function listSheets(parts: PortalParts): void {
  const { app, options } = parts

  app.get('/lists/:list/sheet', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const { words } = visit
    const { list, proposals, forum } = await wholeList(parts, visit, context.req.param('list'))
    const title = words.say('case.sheetTitle', { programme: words.text(list.programmeTitle) })
    return context.html(
      <VisitPage visit={visit} title={title} section="/cases" above={aboveList(visit, list)} hasOwnHeading>
        <Buttons>
          <PrintButton words={words} />
          <Button kind="second" href={`/lists/${list.id}`}>
            {words.say('case.backToList')}
          </Button>
        </Buttons>
        <Document
          look={options.look}
          words={words}
          title={title}
          lead={`${list.title}. ${words.say('case.listLead', { date: words.date(list.on) })}`}
        >
          <p>
            {words.say('case.sheetLimits', {
              places: list.places === null ? words.say('case.noLimit') : words.number(list.places),
              budget:
                list.budgetMinor === null ? words.say('case.noLimit') : words.money(BigInt(list.budgetMinor)),
            })}
          </p>
          <Table caption={title} hideCaption columns={sheetColumns(words)} rows={proposals} />
          <p>{words.say('case.sheetIndication')}</p>
          <p>
            {forum === null
              ? words.say('case.sheetForum')
              : words.say('case.sheetForumDone', {
                  date: words.date(forum.on),
                  for: words.number(forum.votes.for),
                  against: words.number(forum.votes.against),
                  abstained: words.number(forum.votes.abstained),
                })}
          </p>
          {forum !== null && (
            <p>
              {words.say('case.minutesHash')}: <span class="hash">{forum.minutes}</span>
            </p>
          )}
          <DocumentFoot
            words={words}
            signatures={[
              { role: words.say('case.signForum') },
              { role: words.say('case.signHead') },
              { role: words.say('case.signResidents') },
            ]}
            printedOn={options.village.today()}
          />
        </Document>
      </VisitPage>,
    )
  })

  app.get('/lists/:list/csv', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const { list, proposals } = await wholeList(parts, visit, context.req.param('list'))
    const { words } = visit
    const columns = sheetColumns(words)
    context.header('content-type', 'text/csv; charset=utf-8')
    context.header('content-disposition', `attachment; filename="${list.programme}-${list.on}.csv"`)
    return context.body(
      csvText([
        columns.map(({ label }) => label),
        ...proposals.map((unit) => columns.map(({ cell }) => String(cell(unit)))),
      ]),
    )
  })
}

function sheetColumns(
  words: Words,
): readonly (Column<ProposalView> & { cell: (unit: ProposalView) => string })[] {
  return [
    { label: words.say('case.who'), cell: ({ listed }) => whoText(listed, words) },
    {
      label: words.say('case.rank'),
      cell: ({ rank }) => (rank === null ? '–' : words.number(rank)),
      isNumber: true,
    },
    { label: words.say('home.hamlet'), cell: ({ listed }) => hamletText(listed, words) },
    {
      label: words.say('case.outcome'),
      cell: ({ outcome }) => (outcome === null ? words.say('value.hidden') : words.say(`outcome.${outcome}`)),
    },
    {
      label: words.say('case.state'),
      cell: ({ state, override }) =>
        override === null ? stateText(state, words) : `${stateText(state, words)}: ${override.reason}`,
    },
    {
      label: words.say('case.cost'),
      cell: ({ costMinor, isMasked }) =>
        costMinor === null && !isMasked ? words.say('case.costUnknown') : amountText(costMinor, words),
      isNumber: true,
    },
  ]
}
