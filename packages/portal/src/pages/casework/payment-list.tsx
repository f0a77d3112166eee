import { PaymentListId } from '@lumbung/core/casework'
import {
  decidePayments,
  type PaymentListView,
  type PaymentView,
  paymentInstructions,
  readPaymentList,
  recordPaymentSteps,
  withdrawPayments,
} from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { Button, Buttons, Card, type Html, Notice, Pagination, PrintButton, Table } from '../../ui/index.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { csvText } from './csv.ts'
import {
  aboveDesk,
  amountText,
  CaseState,
  caseSession,
  DoneNotice,
  hamletText,
  StateFilter,
  whoText,
} from './parts.tsx'
import { ListSummary } from './payment-summary.tsx'
import { requireDesk } from './requires.ts'

/** Where one payment of a list may stand. */
export const paymentStateNames = ['prepared', 'approved', 'paid', 'failed', 'cancelled'] as const

/** One list of payments, and what goes to whoever hands the money out. */
export function paymentListPage(parts: PortalParts): void {
  const { app } = parts

  app.get('/payments/:list', async (context) => {
    const visit = context.get('visit')
    requireDesk(visit)
    const state = paymentStateNames.find((each) => each === context.req.query('state'))
    const after = context.req.query('after')
    const found = await caseSession(parts, visit, readPaymentList).perform(readPaymentList, {
      list: idFrom(PaymentListId, context.req.param('list')),
      limit: 25,
      ...(state && { state }),
      ...(after && { after }),
    })
    return context.html(
      <PaymentListPage
        visit={visit}
        id={context.req.param('list')}
        list={found.list}
        payments={found.payments}
        next={found.next}
        state={state}
        isFirst={!after}
        done={context.req.query('done')}
      />,
    )
  })

  app.get('/payments/:list/csv', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const list = idFrom(PaymentListId, context.req.param('list'))
    const lines = await caseSession(parts, visit, paymentInstructions).perform(paymentInstructions, { list })
    return context.body(
      csvText([
        [
          words.say('case.participantNumber'),
          words.say('resident.name'),
          words.say('resident.number'),
          words.say('case.payFrom'),
          words.say('case.payTo'),
          words.say('case.payOn'),
          words.say('case.amount'),
        ],
        ...lines.map((line) => [
          line.participantNumber ?? '',
          line.name ?? '',
          line.identityNumber ?? '',
          line.from,
          line.to,
          line.payOn,
          String(line.amountMinor),
        ]),
      ]),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="pembayaran.csv"',
      },
    )
  })
}

interface ListProps {
  readonly visit: Visit
  readonly id: string
  readonly list: PaymentListView | null
  readonly payments: readonly PaymentView[]
  readonly next: string | undefined
  readonly state: string | undefined
  readonly isFirst: boolean
  readonly done: string | undefined
}

function PaymentListPage({ visit, id, list, payments, next, state, isFirst, done }: ListProps): Html {
  const { words } = visit
  const at = `/payments/${id}`
  const query = state === undefined ? '?' : `?state=${state}&`
  return (
    <VisitPage
      visit={visit}
      title={
        list === null
          ? words.say('case.payments')
          : words.say('case.paymentsOf', { from: words.date(list.from), to: words.date(list.to) })
      }
      section="/cases"
      above={
        list === null
          ? [{ href: '/cases', label: words.say('menu.cases') }]
          : aboveDesk(
              visit,
              { id: list.programme, title: list.title },
              { href: `/programmes/${list.programme}/payments`, label: words.say('case.payments') },
            )
      }
    >
      <DoneNotice words={words} done={done} />
      {list !== null && <ListActions visit={visit} list={list} />}
      {list !== null && <ListSummary words={words} list={list} />}
      <Card title={words.say('case.paymentsEach')}>
        <StateFilter words={words} action={at} states={paymentStateNames} state={state} />
        <Table
          caption={words.say('case.paymentsEach')}
          hideCaption
          columns={[
            {
              label: words.say('case.who'),
              cell: ({ who }: PaymentView) =>
                list === null ? (
                  whoText(who, words)
                ) : (
                  <a href={`/programmes/${list.programme}/participants/${who.household ?? who.resident?.id}`}>
                    {whoText(who, words)}
                  </a>
                ),
            },
            { label: words.say('home.hamlet'), cell: ({ who }) => hamletText(who, words) },
            {
              label: words.say('case.amount'),
              cell: ({ amountMinor }) => amountText(amountMinor, words),
              isNumber: true,
            },
            {
              label: words.say('case.state'),
              cell: ({ state: is, reason }) => (
                <div>
                  <CaseState words={words} is={is} />
                  {reason !== null && (
                    <>
                      <br />
                      <small class="soft">{reason}</small>
                    </>
                  )}
                </div>
              ),
            },
            {
              label: '',
              cell: (payment) => <PaymentSteps visit={visit} payment={payment} />,
            },
          ]}
          rows={payments}
        />
        <Pagination
          words={words}
          {...(isFirst ? {} : { first: `${at}${query}` })}
          {...(next === undefined ? {} : { next: `${at}${query}after=${encodeURIComponent(next)}` })}
        />
      </Card>
      <PrintButton words={words} />
    </VisitPage>
  )
}

/** What can be noted of one payment now. */
function PaymentSteps({
  visit,
  payment,
}: {
  readonly visit: Visit
  readonly payment: PaymentView
}): Html | null {
  const { words } = visit
  const steps = { approved: ['pay', 'fail'], failed: ['retry', 'cancel'] } as const
  const { state, id, list, who } = payment
  const possible = state === 'approved' || state === 'failed' ? steps[state] : []
  if (!visit.may(recordPaymentSteps) || possible.length === 0) return null
  return (
    <Buttons>
      {possible.map((step) => (
        <a href={`/payments/${list}/${id}/${step}`}>
          {words.say(`case.pay-${step}`)}
          <span class="hidden">: {whoText(who, words)}</span>
        </a>
      ))}
    </Buttons>
  )
}

function ListActions({
  visit,
  list,
}: {
  readonly visit: Visit
  readonly list: PaymentListView
}): Html | null {
  const { words } = visit
  const at = `/payments/${list.id}`
  if (list.state === 'pending') {
    const isOwn = list.mayDecide !== true
    return (
      <Notice is="info" title={words.say('case.payPending')}>
        <p>{words.say(visit.may(decidePayments) && isOwn ? 'case.payNotYou' : 'case.payPendingText')}</p>
        <Buttons>
          {visit.may(decidePayments) && list.mayDecide === true && (
            <>
              <Button href={`${at}/approve`}>{words.say('case.payApprove')}</Button>
              <Button kind="second" href={`${at}/reject`}>
                {words.say('case.payReject')}
              </Button>
            </>
          )}
          {visit.may(withdrawPayments) && (
            <Button kind="second" href={`${at}/withdraw`}>
              {words.say('case.payWithdraw')}
            </Button>
          )}
        </Buttons>
      </Notice>
    )
  }
  if (list.state !== 'approved' || (list.totals.approved?.count ?? 0) === 0) return null
  return (
    <Notice is="info" title={words.say('case.payDue')}>
      <p>{words.say('case.payDueText')}</p>
      <Buttons>
        {visit.may(recordPaymentSteps) && <Button href={`${at}/paid`}>{words.say('case.payAll')}</Button>}
        {visit.may(paymentInstructions) && (
          <Button kind="second" href={`${at}/csv`} icon="download">
            {words.say('case.csvFull')}
          </Button>
        )}
      </Buttons>
    </Notice>
  )
}
