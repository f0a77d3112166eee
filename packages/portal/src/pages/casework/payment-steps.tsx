import { PaymentId, PaymentListId } from '@lumbung/core/casework'
import {
  decidePayments,
  listPaymentLists,
  type PaymentView,
  readPaymentList,
  recordPaymentSteps,
  withdrawPayments,
} from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../../server/parts.ts'
import type { Visit } from '../../server/visit.ts'
import { idFrom } from '../typed.ts'
import { amountText, caseSession, whoText } from './parts.tsx'
import { ListSummary } from './payment-summary.tsx'
import { led, type StepPage, stepPage } from './step-page.tsx'

/** What is done with a list of payments and with each of them: approval, and what became of the money. */
export function paymentSteps(parts: PortalParts): void {
  const open = async (visit: Visit, id: string) => {
    const { lists } = await caseSession(parts, visit, listPaymentLists).perform(listPaymentLists, {
      id: idFrom(PaymentListId, id),
    })
    const [list] = lists
    if (list === undefined) throw new HTTPException(404)
    const title = visit.words.say('case.paymentsOf', {
      from: visit.words.date(list.from),
      to: visit.words.date(list.to),
    })
    return { list, above: [{ href: `/payments/${id}`, label: title }], back: `/payments/${id}` }
  }

  for (const outcome of ['approve', 'reject'] as const) {
    stepPage(
      parts,
      `/payments/:list/${outcome}`,
      decidePayments,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { list, above, back } = await open(visit, context.req.param('list') ?? '')
        return {
          title: words.say(`case.pay-${outcome}Title`, { money: words.money(BigInt(list.totalMinor)) }),
          above,
          about: <ListSummary words={words} list={list} />,
          fields:
            outcome === 'reject'
              ? [{ kind: 'long-text', name: 'reason', label: words.say('case.reason') }]
              : [],
          button: words.say(outcome === 'approve' ? 'case.payApprove' : 'case.payReject'),
          ...(outcome === 'reject' && { isLoss: true }),
          next: words.say(`case.pay-${outcome}Next`),
          back,
          perform: ({ reason }) =>
            led(
              caseSession(parts, visit, decidePayments).perform(decidePayments, {
                list: list.id,
                outcome,
                digest: list.digest,
                ...(reason && { reason }),
              }),
              () => `${back}?done=pay-${outcome}`,
            ),
        }
      },
    )
  }

  stepPage(parts, '/payments/:list/withdraw', withdrawPayments, async (context, visit): Promise<StepPage> => {
    const { words } = visit
    const { list, above, back } = await open(visit, context.req.param('list') ?? '')
    return {
      title: words.say('case.payWithdrawTitle'),
      above,
      warning: { title: words.say('case.noWayBack'), text: words.say('case.payWithdrawWarning') },
      fields: [{ kind: 'long-text', name: 'reason', label: words.say('case.reason') }],
      button: words.say('case.payWithdraw'),
      isLoss: true,
      back,
      perform: ({ reason = '' }) =>
        led(
          caseSession(parts, visit, withdrawPayments).perform(withdrawPayments, { list: list.id, reason }),
          () => `${back}?done=withdrawn`,
        ),
    }
  })

  /** All payments of a list that are to go out. */
  const approved = async (visit: Visit, list: string): Promise<readonly PaymentView[]> => {
    const session = caseSession(parts, visit, readPaymentList)
    const found: PaymentView[] = []
    let after: string | undefined
    do {
      const page: { readonly payments: readonly PaymentView[]; readonly next?: string } =
        await session.perform(readPaymentList, {
          list,
          limit: 1_000,
          state: 'approved',
          ...(after && { after }),
        })
      found.push(...page.payments)
      after = page.next
    } while (after !== undefined)
    return found
  }

  stepPage(parts, '/payments/:list/paid', recordPaymentSteps, async (context, visit): Promise<StepPage> => {
    const { words } = visit
    const { list, above, back } = await open(visit, context.req.param('list') ?? '')
    const { count = 0, amountMinor = 0 } = list.totals.approved ?? {}
    return {
      title: words.say('case.payAllTitle', {
        number: words.number(count),
        money: words.money(BigInt(amountMinor)),
      }),
      lead: words.say('case.payAllLead'),
      above,
      warning: { title: words.say('case.noWayBack'), text: words.say('case.payAllWarning') },
      fields: [
        { kind: 'date', name: 'on', label: words.say('case.paidOn'), value: parts.options.village.today() },
      ],
      button: words.say('case.payAll'),
      back,
      perform: async ({ on }) => {
        const payments = (await approved(visit, list.id)).map(({ id }) => id)
        return await led(
          caseSession(parts, visit, recordPaymentSteps).perform(recordPaymentSteps, {
            payments,
            action: 'pay',
            ...(on && { on }),
          }),
          () => `${back}?done=paid`,
        )
      },
    }
  })

  for (const action of ['pay', 'fail', 'retry', 'cancel'] as const) {
    stepPage(
      parts,
      `/payments/:list/:payment/${action}`,
      recordPaymentSteps,
      async (context, visit): Promise<StepPage> => {
        const { words } = visit
        const { list: listId = '', payment: id = '' } = context.req.param()
        const { above, back } = await open(visit, listId)
        const { payments } = await caseSession(parts, visit, readPaymentList).perform(readPaymentList, {
          list: idFrom(PaymentListId, listId),
          payment: idFrom(PaymentId, id),
        })
        const [payment] = payments
        if (payment === undefined) throw new HTTPException(404)
        const needsReason = action === 'fail' || action === 'cancel'
        return {
          title: words.say(`case.pay-${action}Title`, {
            name: whoText(payment.who, words),
            money: amountText(payment.amountMinor, words),
          }),
          above,
          ...((action === 'pay' || action === 'cancel') && {
            warning: { title: words.say('case.noWayBack'), text: words.say('case.payStepWarning') },
          }),
          fields: [
            ...(needsReason
              ? [{ kind: 'long-text', name: 'reason', label: words.say('case.reason') } as const]
              : []),
            {
              kind: 'date',
              name: 'on',
              label: words.say('case.happenedOn'),
              value: parts.options.village.today(),
            },
          ],
          button: words.say(`case.pay-${action}`),
          ...(action === 'cancel' && { isLoss: true }),
          back,
          perform: ({ reason, on }) =>
            led(
              caseSession(parts, visit, recordPaymentSteps).perform(recordPaymentSteps, {
                payments: [id],
                action,
                ...(reason && { reason }),
                ...(on && { on }),
              }),
              () => `${back}?done=payStep`,
            ),
        }
      },
    )
  }
}
