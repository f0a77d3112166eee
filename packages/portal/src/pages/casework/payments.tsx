import { CivilDate } from '@lumbung/core/kernel'
import {
  listEnrolments,
  listPaymentLists,
  type PaymentListView,
  type PreparedList,
  preparePaymentList,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import { Button, Buttons, EmptyState, type Html, Notice, Pagination, Table, Tiles } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveDesk, CaseState, caseSession, programmeIn, whoText } from './parts.tsx'
import { refusalSentence } from './refusals.ts'
import { requireDesk } from './requires.ts'
import { led, type StepPage, stepPage } from './step-page.tsx'

/** How many of those who cannot be paid are named; the others are counted. */
const namedMax = 20

/** The lists of payments of a programme, and a new one, seen before it is made. */
export function paymentPages(parts: PortalParts): void {
  const { app, options } = parts
  const aboveLists = (visit: Visit, programme: ReturnType<typeof programmeIn>) =>
    aboveDesk(visit, programme, {
      href: `/programmes/${programme.id}/payments`,
      label: visit.words.say('case.payments'),
    })

  app.get('/programmes/:id/payments', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const programme = programmeIn(parts, context.req.param('id'))
    const after = context.req.query('after')
    const page = await caseSession(parts, visit, listPaymentLists).perform(listPaymentLists, {
      programme: programme.id,
      ...(after && { after }),
    })
    return context.html(<PaymentsPage visit={visit} programme={programme} page={page} />)
  })

  stepPage(parts, '/programmes/:id/payments/new', preparePaymentList, async (context, visit) => {
    const { words } = visit
    const programme = programmeIn(parts, context.req.param('id') ?? '')
    const today = options.village.today()
    const [from, to] = monthOf(today)
    return {
      title: words.say('case.newPaymentsTitle'),
      lead: words.say('case.newPaymentsLead'),
      above: aboveLists(visit, programme),
      fields: [
        { kind: 'date', name: 'from', label: words.say('case.payFrom'), value: from },
        {
          kind: 'date',
          name: 'to',
          label: words.say('case.payTo'),
          hint: words.say('case.payToHint'),
          value: to,
        },
        {
          kind: 'date',
          name: 'payOn',
          label: words.say('case.payOn'),
          hint: words.say('case.payOnHint'),
          value: today,
        },
      ],
      button: words.say('case.payPreview'),
      next: words.say('case.payPreviewNext'),
      back: `/programmes/${programme.id}/payments`,
      perform: async ({ from = '', to = '', payOn = '' }) => {
        const asked = { programme: programme.id, from, to, payOn, isDryRun: true }
        const session = caseSession(parts, visit, preparePaymentList)
        const query = new URLSearchParams({ from, to, payOn })
        return await led(
          session.perform(preparePaymentList, asked),
          () => `/programmes/${programme.id}/payments/preview?${query}`,
        )
      },
    }
  })

  stepPage(
    parts,
    '/programmes/:id/payments/preview',
    preparePaymentList,
    async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const programme = programmeIn(parts, context.req.param('id') ?? '')
      const asked = { programme: programme.id, ...daysAsked(context) }
      const session = caseSession(parts, visit, preparePaymentList)
      const seen = await session.perform(preparePaymentList, { ...asked, isDryRun: true })
      const back = `/programmes/${programme.id}/payments/new`
      const common = {
        title: words.say('case.payPreviewTitle'),
        lead: words.say('programme.between', { from: words.date(asked.from), to: words.date(asked.to) }),
        above: aboveLists(visit, programme),
        button: words.say('case.payPrepare'),
        back,
        perform: () =>
          led(session.perform(preparePaymentList, asked), ({ list }) =>
            list === null ? back : `/payments/${list.id}?done=prepared`,
          ),
      }
      if (!seen.ok) {
        const text = refusalSentence(seen.refusal, words)
        return {
          ...common,
          about: (
            <Notice is="bad" title={words.say('case.payRefused')}>
              <p>{text}</p>
            </Notice>
          ),
        }
      }
      const named = await namesOf(parts, visit, programme.id, seen)
      return {
        ...common,
        about: <Prepared words={words} prepared={seen} named={named} programme={programme.id} />,
        next: words.say(seen.list === null ? 'case.payNobody' : 'case.payPrepareNext'),
      }
    },
  )
}

/** The month of a day, from its first to the first day of the next one. */
function monthOf(day: CivilDate): readonly [string, string] {
  const [year, month] = day.split('-').map(Number)
  const first = (y: number, m: number) => `${y}-${String(m).padStart(2, '0')}-01`
  const [y, m] = [year ?? 0, month ?? 1]
  return [first(y, m), m === 12 ? first(y + 1, 1) : first(y, m + 1)]
}

function daysAsked(context: PortalContext) {
  const day = (name: string): CivilDate => {
    const parsed = CivilDate.safeParse(context.req.query(name))
    if (!parsed.success) throw new HTTPException(400)
    return parsed.data
  }
  return { from: day('from'), to: day('to'), payOn: day('payOn') }
}

/** The names of the first of those who cannot be paid. */
async function namesOf(
  parts: PortalParts,
  visit: Visit,
  programme: string,
  { notPayable }: PreparedList,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  const session = caseSession(parts, visit, listEnrolments)
  for (const { subject } of notPayable.slice(0, namedMax)) {
    const { items } = await session.perform(listEnrolments, { programme, subject })
    names.set(subject, whoText(items.at(-1)?.listed ?? null, visit.words))
  }
  return names
}

interface PreparedProps {
  readonly words: Words
  readonly prepared: PreparedList
  readonly named: ReadonlyMap<string, string>
  readonly programme: string
}

function Prepared({ words, prepared, named, programme }: PreparedProps): Html {
  const { list, payable, notPayable } = prepared
  return (
    <>
      <Tiles
        tiles={[
          { value: words.number(payable), label: words.say('case.payable') },
          { value: words.money(BigInt(list?.totalMinor ?? 0)), label: words.say('case.total') },
          { value: words.number(notPayable.length), label: words.say('case.notPayable') },
        ]}
      />
      {notPayable.length > 0 && (
        <Table
          caption={words.say('case.notPayable')}
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ subject }: PreparedList['notPayable'][number]) => (
                <a href={`/programmes/${programme}/participants/${subject}`}>{named.get(subject)}</a>
              ),
            },
            {
              label: words.say('case.why'),
              cell: ({ reason }) => words.say(`caseUnpaid.${reason}`),
            },
          ]}
          rows={notPayable.slice(0, namedMax)}
        />
      )}
      {notPayable.length > namedMax && (
        <p>{words.say('case.andMore', { count: notPayable.length - namedMax })}</p>
      )}
    </>
  )
}

interface PaymentsProps {
  readonly visit: Visit
  readonly programme: ReturnType<typeof programmeIn>
  readonly page: { readonly lists: readonly PaymentListView[]; readonly next?: string }
}

function PaymentsPage({ visit, programme, page }: PaymentsProps): Html {
  const { words } = visit
  const at = `/programmes/${programme.id}/payments`
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.payments')}
      lead={words.say('case.paymentsLead')}
      section="/cases"
      above={aboveDesk(visit, programme)}
    >
      {visit.may(preparePaymentList) && (
        <Buttons>
          <Button href={`${at}/new`} icon="plus">
            {words.say('case.newPayments')}
          </Button>
        </Buttons>
      )}
      {page.lists.length === 0 ? (
        <EmptyState icon="coins" title={words.say('case.noPayments')}>
          <p>{words.say('case.noPaymentsNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('case.payments')}
          hideCaption
          columns={[
            {
              label: words.say('case.paidFor'),
              cell: ({ id, from, to }: PaymentListView) => (
                <a href={`/payments/${id}`}>
                  {words.say('programme.between', { from: words.date(from), to: words.date(to) })}
                </a>
              ),
            },
            { label: words.say('case.payOn'), cell: ({ payOn }) => words.date(payOn) },
            {
              label: words.say('case.total'),
              cell: ({ totalMinor }) => words.money(BigInt(totalMinor)),
              isNumber: true,
            },
            {
              label: words.say('caseState.paid'),
              cell: ({ totals }) => words.number(totals.paid?.count ?? 0),
              isNumber: true,
            },
            { label: words.say('case.state'), cell: ({ state }) => <CaseState words={words} is={state} /> },
          ]}
          rows={page.lists}
        />
      )}
      <Pagination
        words={words}
        {...(page.next === undefined ? {} : { next: `${at}?after=${encodeURIComponent(page.next)}` })}
      />
    </VisitPage>
  )
}
