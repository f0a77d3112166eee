import type {
  ApplicationView,
  CorrectionView,
  DecisionSummary,
  EnrolmentView,
  PaymentView,
} from '@lumbung/core/village'
import { type Html, Table } from '../../ui/index.ts'
import type { Words } from '../../words/index.ts'
import { OutcomeMark } from '../decision-parts.tsx'
import { amountText, CaseState } from './parts.tsx'

/** What a household or a resident was paid. */
export interface PaidUnit {
  readonly payments: readonly PaymentView[]
  readonly corrections: readonly CorrectionView[]
}

/** Payments of one household or resident, with what was over- or underpaid. */
export function PaymentTable({ words, paid }: { readonly words: Words; readonly paid: PaidUnit }): Html {
  const correctionOf = ({ id }: PaymentView) =>
    paid.corrections.filter(({ payment, state }) => payment === id && state !== 'replaced')
  return (
    <Table
      caption={words.say('case.payments')}
      hideCaption
      columns={[
        {
          label: words.say('case.paidFor'),
          cell: ({ from, to }: PaymentView) =>
            words.say('programme.between', { from: words.date(from), to: words.date(to) }),
        },
        {
          label: words.say('case.amount'),
          cell: ({ amountMinor }) => amountText(amountMinor, words),
          isNumber: true,
        },
        {
          label: words.say('case.state'),
          cell: ({ state, since, reason }) => (
            <div>
              <CaseState words={words} is={state} />
              <br />
              <small class="soft">
                {words.date(since)}
                {reason !== null && `: ${reason}`}
              </small>
            </div>
          ),
        },
        {
          label: words.say('case.corrections'),
          cell: (payment) =>
            correctionOf(payment)
              .map(({ differenceMinor }) => differenceText(differenceMinor, words))
              .join(', ') || words.say('value.none'),
        },
      ]}
      rows={paid.payments}
    />
  )
}

/** What is still to be paid, or was paid too much. */
export function differenceText(difference: number | null, words: Words): string {
  if (difference === null) return words.say('value.hidden')
  const amount = words.money(BigInt(Math.abs(difference)))
  return words.say(difference < 0 ? 'case.overpaid' : 'case.underpaid', { amount })
}

/** Decisions, the newest first. */
export function DecisionTable({
  words,
  decisions,
}: {
  readonly words: Words
  readonly decisions: readonly DecisionSummary[]
}): Html {
  return (
    <Table
      caption={words.say('case.decisions')}
      hideCaption
      columns={[
        {
          label: words.say('case.decision'),
          cell: ({ id, title, on }: DecisionSummary) => (
            <a href={`/decisions/${id}`}>
              {words.text(title)}, {words.date(on)}
            </a>
          ),
        },
        {
          label: words.say('case.outcome'),
          cell: ({ outcome }) =>
            outcome === null ? words.say('value.hidden') : <OutcomeMark words={words} is={outcome} />,
        },
        {
          label: words.say('case.validity'),
          cell: ({ replacedBy }) => words.say(replacedBy === null ? 'case.stands' : 'case.replaced'),
        },
      ]}
      rows={decisions}
    />
  )
}

/** In which programmes somebody takes part, or took part. */
export function EnrolmentTable({
  words,
  enrolments,
  addressOf,
}: {
  readonly words: Words
  readonly enrolments: readonly EnrolmentView[]
  /** Where the name of the programme leads. */
  readonly addressOf: (enrolment: EnrolmentView) => string
}): Html {
  return (
    <Table
      caption={words.say('case.ownEnrolments')}
      hideCaption
      columns={[
        {
          label: words.say('programme.which'),
          cell: (enrolment: EnrolmentView) => (
            <a href={addressOf(enrolment)}>{words.text(enrolment.title)}</a>
          ),
        },
        { label: words.say('case.enrolFrom'), cell: ({ from }) => words.date(from) },
        {
          label: words.say('case.state'),
          cell: ({ state, history }) => (
            <div>
              <CaseState words={words} is={state} />
              {history.at(-1)?.reason !== undefined && (
                <>
                  <br />
                  <small class="soft">{history.at(-1)?.reason}</small>
                </>
              )}
            </div>
          ),
        },
      ]}
      rows={enrolments}
    />
  )
}

/** To which programmes somebody applied. */
export function ApplicationTable({
  words,
  applications,
}: {
  readonly words: Words
  readonly applications: readonly ApplicationView[]
}): Html {
  return (
    <Table
      caption={words.say('case.applications')}
      hideCaption
      columns={[
        {
          label: words.say('programme.which'),
          cell: ({ id, programme, title }: ApplicationView) => (
            <a href={`/programmes/${programme}/applications/${id}`}>{words.text(title)}</a>
          ),
        },
        { label: words.say('case.receivedOn'), cell: ({ began }) => words.date(began) },
        { label: words.say('case.state'), cell: ({ state }) => <CaseState words={words} is={state} /> },
      ]}
      rows={applications}
    />
  )
}
