import { PaymentListId } from '@lumbung/core/casework'
import { moneyText } from '@lumbung/core/kernel'
import { paymentInstructions } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import type { PortalParts } from '../server/parts.ts'
import { csvText } from './register-csv.ts'

/** The payments of an approved list as a file for whoever hands the money out. */
export function paymentInstructionFiles({ app, options }: PortalParts): void {
  const { id, currencyScale } = options.village.config

  app.get('/payments/:list/instructions.csv', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const list = PaymentListId.safeParse(context.req.param('list'))
    if (!list.success) throw new HTTPException(404)
    const lines = await visit.session().perform(paymentInstructions, { list: list.data })
    const heading = [
      words.say('payments.participant'),
      words.say('resident.name'),
      words.say('resident.number'),
      words.say('payments.from'),
      words.say('payments.to'),
      words.say('payments.payOn'),
      words.say('payments.amount'),
      words.say('payments.currency'),
      words.say('payments.payment'),
      words.say('payments.hold'),
    ]
    const rows = lines.map((line) => [
      line.participantNumber ?? '',
      line.name ?? '',
      line.identityNumber ?? '',
      line.from,
      line.to,
      line.payOn,
      moneyText(BigInt(line.amountMinor), currencyScale),
      line.currency,
      line.payment,
      line.hold === null ? '' : words.say(`payments.hold-${line.hold}`),
    ])
    return context.body(csvText([heading, ...rows]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${id}-payments.csv"`,
    })
  })
}
