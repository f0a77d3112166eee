import {
  type Agreements,
  type ConsentView,
  giveConsentRecord,
  type RepresentationView,
  saveRepresentationRecord,
  withdrawConsentRecord,
} from '@lumbung/core/village'
import { newKey } from '../server/once.ts'
import type { Visit } from '../server/visit.ts'
import { Button, Buttons, Card, type Html, Notice, PrintButton, StatusMark, Table } from '../ui/index.ts'
import type { MessageKey, Words } from '../words/index.ts'
import { agreementsAddress, representationKind } from './agreement-texts.ts'
import { Holds } from './holds.tsx'
import { nameOf } from './people.tsx'
import { spanText } from './place-texts.ts'
import { VisitPage } from './visit-page.tsx'

interface AgreementsProps {
  readonly visit: Visit
  readonly found: Agreements
  readonly tail: string
  readonly done: MessageKey | undefined
}

/** What a person agreed to, who acts for them, and for whom they act. */
export function AgreementsPage({ visit, found, tail, done }: AgreementsProps): Html {
  const { words } = visit
  const { resident, representatives, represented } = found
  const name = nameOf(resident, words)
  return (
    <VisitPage
      visit={visit}
      title={words.say('agreements.of', { name })}
      section="/residents"
      above={[{ href: `/residents/${resident.id}${tail}`, label: name }]}
    >
      {done !== undefined && <Notice is="good" title={words.say(done as 'agreements.saved')} />}
      <Card title={words.say('agreements.consents')}>
        {found.consents.length === 0 ? (
          <p>{words.say('agreements.noConsents')}</p>
        ) : (
          <Consents visit={visit} found={found} tail={tail} />
        )}
        {visit.may(giveConsentRecord) && (
          <Buttons>
            <Button href={`/residents/${resident.id}/consents/new${tail}`} icon="plus">
              {words.say('agreements.give')}
            </Button>
          </Buttons>
        )}
      </Card>
      <Card title={words.say('agreements.representatives')}>
        {representatives.length === 0 ? (
          <p>{words.say('agreements.noRepresentatives')}</p>
        ) : (
          <Powers visit={visit} powers={representatives} of="representatives" />
        )}
        {visit.may(saveRepresentationRecord) && (
          <Buttons>
            <Button kind="second" href={`/residents/${resident.id}/representatives/new`} icon="plus">
              {words.say('agreements.addRepresentative')}
            </Button>
          </Buttons>
        )}
      </Card>
      <Card title={words.say('agreements.represented')}>
        {represented.length === 0 ? (
          <p>{words.say('agreements.noRepresented')}</p>
        ) : (
          <Powers visit={visit} powers={represented} of="represented" />
        )}
      </Card>
      <Card title={words.say('agreements.roles')}>
        {found.roles.length === 0 ? (
          <p>{words.say('agreements.noRoles')}</p>
        ) : (
          <Roles visit={visit} found={found} />
        )}
      </Card>
      <PrintButton words={words} />
    </VisitPage>
  )
}

function Consents({ visit, found, tail }: Omit<AgreementsProps, 'done'>): Html {
  const { words, csrf, timeZone } = visit
  const address = agreementsAddress(found.resident.id, '')
  return (
    <Table
      caption={words.say('agreements.consents')}
      hideCaption
      columns={[
        { label: words.say('agreements.purpose'), cell: ({ purposeLabel }) => words.text(purposeLabel) },
        {
          label: words.say('agreements.givenBy'),
          cell: ({ giver }) => (giver === null ? words.say('agreements.outOfReach') : nameOf(giver, words)),
        },
        { label: words.say('agreements.basis'), cell: ({ basis }) => basis ?? words.say('value.hidden') },
        { label: words.say('span.from'), cell: (consent) => spanText(consent, words) },
        {
          label: words.say('resident.status'),
          cell: ({ holds, withdrawnAt }) =>
            withdrawnAt === null ? (
              <Holds holds={holds} words={words} />
            ) : (
              <StatusMark is="bad">
                {words.say('agreements.withdrawn', { at: words.instant(withdrawnAt, timeZone) })}
              </StatusMark>
            ),
        },
        ...(visit.may(withdrawConsentRecord)
          ? [
              {
                label: '',
                cell: ({ id, withdrawnAt, purposeLabel }: ConsentView) =>
                  withdrawnAt === null && (
                    <form method="post" action={`${address}/${id}/withdraw${tail}`}>
                      <input type="hidden" name="csrf" value={csrf} />
                      <input type="hidden" name="once" value={newKey()} />
                      <Button kind="second">
                        {words.say('agreements.withdraw')}
                        <span class="hidden">: {words.text(purposeLabel)}</span>
                      </Button>
                    </form>
                  ),
              },
            ]
          : []),
      ]}
      rows={found.consents}
    />
  )
}

/** What a power is for, written out. */
function purposesText({ purposeLabels }: RepresentationView, words: Words): string {
  if (purposeLabels.length === 0) return words.say('agreements.everything')
  return purposeLabels.map((label) => words.text(label)).join(', ')
}

function Powers({
  visit,
  powers,
  of,
}: {
  readonly visit: Visit
  readonly powers: readonly RepresentationView[]
  readonly of: 'representatives' | 'represented'
}): Html {
  const { words } = visit
  const isOver = of === 'represented'
  const other = (power: RepresentationView) => (isOver ? power.person : power.actsFor)
  return (
    <Table
      caption={words.say(`agreements.${of}`)}
      hideCaption
      columns={[
        {
          label: words.say(isOver ? 'agreements.person' : 'agreements.representative'),
          cell: (power) => <Other visit={visit} power={power} person={other(power)} isOver={isOver} />,
        },
        { label: words.say('agreements.kind'), cell: ({ kind }) => representationKind(kind, words) },
        { label: words.say('agreements.purposes'), cell: (power) => purposesText(power, words) },
        { label: words.say('agreements.basis'), cell: ({ basis }) => basis ?? words.say('value.hidden') },
        { label: words.say('span.from'), cell: (power) => spanText(power, words) },
        {
          label: words.say('resident.status'),
          cell: ({ holds }) => <Holds holds={holds} words={words} />,
        },
        ...(visit.may(saveRepresentationRecord)
          ? [
              {
                label: '',
                cell: ({ id, resident, kind }: RepresentationView) => (
                  <a href={`/residents/${resident}/representatives/${id}`}>
                    {words.say('agreements.edit')}
                    <span class="hidden">: {representationKind(kind, words)}</span>
                  </a>
                ),
              },
            ]
          : []),
      ]}
      rows={powers}
    />
  )
}

/** The other person of a power; where it holds for some purposes alone, a way to each. */
function Other({
  visit,
  power,
  person,
  isOver,
}: {
  readonly visit: Visit
  readonly power: RepresentationView
  readonly person: RepresentationView['person']
  readonly isOver: boolean
}): Html {
  const { words } = visit
  if (person !== null) {
    const [first] = power.purposes
    const tail =
      isOver && visit.actor.resident === power.representative && first !== undefined
        ? `?${new URLSearchParams({ purpose: first })}`
        : ''
    return <a href={`/residents/${person.id}${tail}`}>{nameOf(person, words)}</a>
  }
  if (!isOver || !power.holds || visit.actor.resident !== power.representative)
    return <>{words.say('agreements.outOfReach')}</>
  return (
    <>
      {power.purposes.map((purpose) => (
        <a href={`/residents/${power.resident}?${new URLSearchParams({ purpose })}`}>
          {words.say('agreements.openFor', { purpose: visit.labelOfPurpose(purpose) })}
        </a>
      ))}
    </>
  )
}

function Roles({ visit, found }: { readonly visit: Visit; readonly found: Agreements }): Html {
  const { words } = visit
  return (
    <Table
      caption={words.say('agreements.roles')}
      hideCaption
      columns={[
        {
          label: words.say('organisations.name'),
          cell: ({ organisation, organisationName }) => (
            <a href={`/organisations/${organisation}`}>{organisationName}</a>
          ),
        },
        { label: words.say('organisations.role'), cell: ({ role }) => role },
        { label: words.say('span.from'), cell: (role) => spanText(role, words) },
        {
          label: words.say('resident.status'),
          cell: ({ holds }) => <Holds holds={holds} words={words} />,
        },
      ]}
      rows={found.roles}
    />
  )
}
