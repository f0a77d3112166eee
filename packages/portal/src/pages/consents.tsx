import { ResidentId } from '@lumbung/core/kernel'
import { Consent } from '@lumbung/core/people'
import { listAgreements, withdrawConsentRecord } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { MessageKey } from '../words/index.ts'
import { agreementsAddress, purposeTail, withDone } from './agreement-texts.ts'
import { AgreementsPage } from './agreements-page.tsx'
import { consentForms } from './consent-forms.tsx'
import { sendForm, typedIn } from './form-values.ts'
import { representationForms } from './representation-forms.tsx'
import { idFrom } from './typed.ts'

/** What a person agreed to, who acts for whom, and which roles they have. */
export function consentPages(parts: PortalParts): void {
  const { app, store } = parts

  app.get('/residents/:id/consents', async (context) => {
    const visit = context.get('visit')
    const found = await visit
      .session()
      .perform(listAgreements, { resident: idFrom(ResidentId, context.req.param('id')) })
    const done = doneKeys[context.req.query('done') ?? '']
    return context.html(
      <AgreementsPage visit={visit} found={found} tail={purposeTail(context)} done={done} />,
    )
  })

  consentForms(parts)
  representationForms(parts)

  app.post('/residents/:id/consents/:consent/withdraw', async (context) => {
    const visit = context.get('visit')
    const typed = await typedIn(context)
    const id = idFrom(Consent.shape.id, context.req.param('consent'))
    const resident = idFrom(ResidentId, context.req.param('id'))
    const back = agreementsAddress(resident, purposeTail(context))
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(withdrawConsentRecord, { id }),
      () => withDone(back, 'withdrawn'),
    )
    // Whoever withdrew it first, it is withdrawn.
    return context.redirect('address' in sent ? sent.address : withDone(back, 'withdrawn'), 303)
  })
}

/** The sentences that say what was just done. */
const doneKeys: Readonly<Record<string, MessageKey>> = {
  given: 'agreements.given',
  withdrawn: 'agreements.withdrawnDone',
  saved: 'agreements.saved',
}
