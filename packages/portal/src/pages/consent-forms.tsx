import { ResidentId } from '@lumbung/core/kernel'
import { type Agreements, giveConsentRecord, listAgreements } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { type FieldError, type Html, type Option, Radios, SelectField } from '../ui/index.ts'
import { BasisField, basisErrors, purposeOptions } from './agreement-fields.tsx'
import {
  aboveAgreements,
  agreementsAddress,
  purposeTail,
  representationKind,
  withDone,
} from './agreement-texts.ts'
import { EntryForm } from './entry-form.tsx'
import {
  dateAsTyped,
  dateErrors,
  dateIn,
  refusalError,
  sendForm,
  type Typed,
  typedIn,
} from './form-values.ts'
import { nameOf } from './people.tsx'
import { requireScope } from './place-texts.ts'
import { SpanFields } from './span-fields.tsx'
import { entered, idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Writing down what a person agreed to. */
export function consentForms({ app, options, store }: PortalParts): void {
  const { today, config } = options.village

  app.get('/residents/:id/consents/new', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, giveConsentRecord)
    const found = await visit
      .session()
      .perform(listAgreements, { resident: idFrom(ResidentId, context.req.param('id')) })
    const typed = { ...dateAsTyped('from', today()), givenBy: usualGiver(visit, found) }
    return context.html(
      <ConsentForm
        visit={visit}
        found={found}
        purposes={purposeOptions(config, visit.words)}
        tail={purposeTail(context)}
        typed={typed}
        errors={[]}
      />,
    )
  })

  app.post('/residents/:id/consents', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const tail = purposeTail(context)
    const resident = idFrom(ResidentId, context.req.param('id'))
    const typed = await typedIn(context)
    const fail = async (errors: readonly FieldError[]) => {
      const found = await visit.session().perform(listAgreements, { resident })
      const purposes = purposeOptions(config, words)
      return context.html(
        <ConsentForm
          visit={visit}
          found={found}
          purposes={purposes}
          tail={tail}
          typed={typed}
          errors={errors}
        />,
        422,
      )
    }
    const isKnown = config.purposes.some(({ id }) => id === typed['purpose'])
    const givenBy = ResidentId.safeParse(typed['givenBy'])
    const errors = [
      ...(isKnown ? [] : [{ name: 'purpose', message: words.say('agreements.purposeMissing') }]),
      ...basisErrors(typed, words),
      ...dateErrors(typed, words, { from: 'needed', to: 'optional' }),
    ]
    if (errors.length > 0) return await fail(errors)
    const input = {
      resident,
      purpose: typed['purpose'] ?? '',
      basis: typed['basis'] ?? '',
      from: dateIn(typed, 'from') ?? null,
      to: dateIn(typed, 'to') ?? null,
      ...(givenBy.success ? { givenBy: givenBy.data } : {}),
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(giveConsentRecord, input),
      () => withDone(agreementsAddress(resident, tail), 'given'),
    )
    if ('address' in sent) return context.redirect(sent.address, 303)
    const fields = { 'people/empty-span': 'to', 'people/not-represented': 'givenBy', other: 'purpose' }
    return await fail([refusalError(sent.refusal, words, fields)])
  })
}

/** Who gives a consent as a rule: whoever acts in their own name, else the person. */
function usualGiver({ actor }: Visit, { resident, representatives }: Agreements): string {
  const isOwn = representatives.some(
    ({ representative, holds }) => holds && representative === actor.resident,
  )
  return isOwn ? (actor.resident ?? '') : (resident.id ?? '')
}

/** Who may give it: the person, and who acts for them today. A resident gives it in their own name alone. */
function givers(visit: Visit, { resident, representatives }: Agreements): readonly Option[] {
  const { words, actor } = visit
  const all = [
    { value: resident.id ?? '', label: nameOf(resident, words) },
    ...representatives
      .filter(({ holds }) => holds)
      .map(({ representative, actsFor, kind }) => ({
        value: representative,
        label: actsFor === null ? words.say('agreements.outOfReach') : nameOf(actsFor, words),
        hint: representationKind(kind, words),
      })),
  ]
  const own = all.filter(({ value }) => value === actor.resident)
  return own.length > 0 ? own : all
}

interface ConsentFormProps {
  readonly visit: Visit
  readonly found: Agreements
  readonly purposes: readonly Option[]
  readonly tail: string
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function ConsentForm({ visit, found, purposes, tail, typed, errors }: ConsentFormProps): Html {
  const { words } = visit
  const { resident } = found
  return (
    <VisitPage
      visit={visit}
      title={words.say('agreements.giveTitle', { name: nameOf(resident, words) })}
      section="/residents"
      above={aboveAgreements(visit, found, tail)}
    >
      <EntryForm
        visit={visit}
        action={agreementsAddress(resident.id, tail)}
        errors={errors}
        save={words.say('agreements.give')}
      >
        <SelectField
          words={words}
          {...entered(typed, errors, 'purpose')}
          label={words.say('agreements.purpose')}
          options={purposes}
        />
        <Radios
          words={words}
          {...entered(typed, errors, 'givenBy')}
          label={words.say('agreements.givenBy')}
          options={givers(visit, found)}
        />
        <BasisField {...{ words, typed, errors }} />
        <SpanFields {...{ words, typed, errors }} />
      </EntryForm>
    </VisitPage>
  )
}
