import type { CivilDate } from '@lumbung/core/kernel'
import {
  decideResident,
  listDecisions,
  listLifeEvents,
  type ResidentFile,
  type ResidentNumbers,
  readsOfResident,
  recordDatedFact,
  recordEvent,
  residentHistory,
  saveResidentRecord,
  searchResidents,
  unmergeRecords,
} from '@lumbung/core/village'
import { createAccount } from '../accounts/use-cases.ts'
import type { Visit } from '../server/visit.ts'
import { Button, Buttons, Card, Columns, type Html, Notice, PrintButton, SummaryList } from '../ui/index.ts'
import { agreementsAddress } from './agreement-texts.ts'
import { hasDesk } from './casework/requires.ts'
import { NumbersNotice, type Purposes, ShowNumbers } from './numbers.tsx'
import { bornText, maskedNumber, nameOf, StatusOf } from './people.tsx'
import { Done, factRows, Members } from './record-parts.tsx'
import { VisitPage } from './visit-page.tsx'

interface ResidentPageProps {
  readonly visit: Visit
  readonly file: ResidentFile
  readonly on: CivilDate
  readonly purposes: Purposes
  /** The names of facts that are masked as numbers are. */
  readonly identifying: ReadonlySet<string>
  /** Whether the village knows programmes that a person can be held against. */
  readonly hasProgrammes: boolean
  /** The purpose that the address names, for those that lead on. Default: none. */
  readonly tail?: string
  /** What was just done. */
  readonly done?: string | undefined
  /** The numbers in full, once they were opened. */
  readonly numbers?: ResidentNumbers
  /** Set where they were asked for without a purpose. */
  readonly isAskedAgain?: boolean
}

/** What the register knows of a person. */
export function ResidentPage(props: ResidentPageProps): Html {
  const { visit, file, on, done, numbers, isAskedAgain = false, tail = '', hasProgrammes } = props
  const { words } = visit
  const { resident, households } = file
  const opened = new Map(numbers?.facts.map((fact) => [fact.id, fact]))
  const facts = file.facts.map((fact) => opened.get(fact.id) ?? fact)
  return (
    <VisitPage
      visit={visit}
      title={nameOf(resident, words)}
      section="/residents"
      above={visit.may(searchResidents) ? [{ href: '/residents', label: words.say('menu.residents') }] : []}
    >
      <Done visit={visit} done={done} />
      <NumbersNotice visit={visit} isShown={numbers !== undefined} isAskedAgain={isAskedAgain} />
      {resident.mergedInto !== null && (
        <Notice is="waiting" title={words.say('merges.into')}>
          <p>
            <a href={`/residents/${resident.mergedInto}`}>{words.say('merges.kept')}</a>
          </p>
        </Notice>
      )}
      <Columns
        main={
          <>
            <Person {...props} />
            {facts.length > 0 && (
              <Card title={words.say('resident.facts')}>
                <SummaryList rows={factRows(visit, facts)} />
              </Card>
            )}
            <Actions visit={visit} resident={resident} />
          </>
        }
        aside={
          <>
            {households.map((household) => (
              <Card title={words.say(`household.${household.kind}`)}>
                <Members visit={visit} household={household} on={on} />
                <p>
                  <a href={`/households/${household.id}`}>{words.say('household.open')}</a>
                </p>
              </Card>
            ))}
            {households.length === 0 && <p>{words.say('resident.noHousehold')}</p>}
            {hasProgrammes && visit.may(decideResident) && (
              <p>
                <a href={`/residents/${resident.id}/programmes`}>{words.say('counter.open')}</a>
              </p>
            )}
            {hasProgrammes && hasDesk(visit) && visit.may(listDecisions) && (
              <p>
                <a href={`/residents/${resident.id}/cases`}>{words.say('case.unitCasesLink')}</a>
              </p>
            )}
            <p>
              <a href={agreementsAddress(resident.id, tail)}>{words.say('agreements.link')}</a>
            </p>
            {visit.may(readsOfResident) && (
              <p>
                <a href={`/residents/${resident.id}/reads`}>{words.say('reads.ofResident')}</a>
              </p>
            )}
            {visit.may(residentHistory) && (
              <p>
                <a href={`/residents/${resident.id}/history`}>{words.say('history.link')}</a>
              </p>
            )}
            {visit.may(unmergeRecords) && (
              <p>
                <a href={`/merges?resident=${resident.id}`}>{words.say('merges.title')}</a>
              </p>
            )}
            {visit.may(createAccount) && resident.isPersonal && resident.mergedInto === null && (
              <p>
                <a href={`/accounts/new?resident=${resident.id}`}>{words.say('accounts.ofResident')}</a>
              </p>
            )}
            <PrintButton words={words} />
          </>
        }
      />
    </VisitPage>
  )
}

/** The person, whose number shows its ends alone until it is opened. */
function Person(props: ResidentPageProps): Html {
  const { visit, file, on, purposes, identifying, numbers, isAskedAgain = false } = props
  const { words } = visit
  const { resident, facts } = file
  const shown = resident.isPersonal
  const number = resident.identityNumber ?? resident.temporaryNumber
  const opened = numbers?.identityNumber ?? numbers?.temporaryNumber
  const hasNumbers = number !== null || facts.some(({ name }) => identifying.has(name))
  return (
    <Card title={words.say('resident.person')}>
      <SummaryList
        rows={[
          {
            term: words.say('resident.number'),
            value: (
              <span class="number">
                {shown ? (opened ?? maskedNumber(number, words)) : words.say('value.hidden')}
              </span>
            ),
          },
          {
            term: words.say('resident.sex'),
            value: resident.sex === null ? words.say('value.hidden') : words.say(`sex.${resident.sex}`),
          },
          { term: words.say('resident.birth'), value: bornText(resident, words, on) },
          {
            term: words.say('resident.birthPlace'),
            value: shown ? (resident.birthPlace ?? words.say('value.none')) : words.say('value.hidden'),
          },
          {
            term: words.say('home.hamlet'),
            value: [resident.hamlet, resident.areaName]
              .filter((part, index, all) => part !== null && all.indexOf(part) === index)
              .join(', '),
          },
          {
            term: words.say('resident.status'),
            value: <StatusOf resident={resident} words={words} />,
          },
        ]}
      />
      {shown && hasNumbers && numbers === undefined && purposes.length > 0 && (
        <ShowNumbers
          visit={visit}
          action={`/residents/${resident.id}/numbers`}
          purposes={purposes}
          isAskedAgain={isAskedAgain}
        />
      )}
    </Card>
  )
}

/** What may be done with a record by whoever looks at it. */
function Actions({
  visit,
  resident,
}: {
  readonly visit: Visit
  readonly resident: ResidentFile['resident']
}): Html | null {
  const { words } = visit
  const { id, isPersonal, status } = resident
  const actions = [
    { to: 'correct', label: words.say('act.correct'), may: saveResidentRecord },
    { to: 'facts', label: words.say('act.fact'), may: recordDatedFact },
    { to: 'events', label: words.say('act.events'), may: recordEvent },
  ].filter(({ may }) => visit.may(may))
  if (actions.length === 0 || !visit.may(listLifeEvents) || !isPersonal || status === 'merged') return null
  return (
    <Card title={words.say('act.title')}>
      <Buttons>
        {actions.map(({ to, label }) => (
          <Button kind="second" href={`/residents/${id}/${to}`}>
            {label}
          </Button>
        ))}
      </Buttons>
    </Card>
  )
}
