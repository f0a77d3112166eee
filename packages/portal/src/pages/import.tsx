import { packOf } from '@lumbung/core/casework'
import type { LocalizedText } from '@lumbung/core/kernel'
import { HTTPException } from 'hono/http-exception'
import type { ImportFinding, ImportState } from '../server/options.ts'
import { formOf } from '../server/own-form.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  ErrorSummary,
  type FieldError,
  FileField,
  type Html,
  Notice,
  ProgressPage,
  SelectField,
  SummaryList,
  Table,
} from '../ui/index.ts'
import { EntryForm } from './entry-form.tsx'
import { VisitPage } from './visit-page.tsx'

const refreshSeconds = 2
/** Who may bring a workbook in. */
export const importScope = { scope: 'population.import' }

/** Bringing a population in from a workbook, with its report. */
export function importPages({ app, options }: PortalParts): void {
  const desk = options.imports
  /** The programmes that a list of participants can be of. */
  const programmes = [...packOf(options.village.config).programmes.values()].map(({ config }) => config)

  const requireScope = (visit: Visit) => {
    if (!visit.may(importScope)) throw new HTTPException(403)
  }

  app.get('/import', (context) => {
    const visit = context.get('visit')
    requireScope(visit)
    return context.html(
      <ImportPage visit={visit} isOpen={desk !== undefined} programmes={programmes} errors={[]} />,
    )
  })

  app.post('/import', async (context) => {
    const visit = context.get('visit')
    requireScope(visit)
    const form = await formOf(context)
    const file = form['workbook']
    if (!(file instanceof File) || file.size === 0 || desk === undefined) {
      const errors = [{ name: 'workbook', message: visit.words.say('import.missing') }]
      const isOpen = desk !== undefined
      const page = <ImportPage visit={visit} isOpen={isOpen} programmes={programmes} errors={errors} />
      return context.html(page, 422)
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const purpose = visit.purposes.find(({ isNow }) => isNow)?.id
    const programme = programmes.find((each) => each.id === form['programme'])?.id
    const id = desk.start({
      name: file.name,
      bytes,
      by: visit.actor,
      key: String(form['once'] ?? ''),
      ...(purpose === undefined ? {} : { purpose }),
      ...(programme === undefined ? {} : { programme }),
    })
    return context.redirect(`/import/${id}`, 303)
  })

  app.get('/import/:id', (context) => {
    const visit = context.get('visit')
    requireScope(visit)
    const state = desk?.stateOf(context.req.param('id'))
    if (state === undefined) throw new HTTPException(404)
    const isStill = context.req.query('still') !== undefined
    return context.html(<StatePage visit={visit} state={state} isStill={isStill} />)
  })
}

interface ImportProps {
  readonly visit: Visit
  readonly isOpen: boolean
  readonly programmes: readonly { readonly id: string; readonly title: LocalizedText }[]
  readonly errors: readonly FieldError[]
}

function ImportPage({ visit, isOpen, programmes, errors }: ImportProps): Html {
  const { words } = visit
  const error = errors[0]?.message
  return (
    <VisitPage
      visit={visit}
      title={words.say('import.title')}
      lead={words.say('import.lead')}
      section="/import"
    >
      {isOpen ? (
        <EntryForm
          visit={visit}
          action="/import"
          errors={errors}
          hasFile
          save={{ label: words.say('import.submit'), icon: 'upload' }}
        >
          <FileField
            words={words}
            name="workbook"
            label={words.say('import.file')}
            hint={words.say('import.fileHint')}
            accept=".xlsx,.xlsm"
            {...(error === undefined ? {} : { error })}
          />
          {programmes.length > 0 && visit.may({ scope: 'enrolment.import' }) && (
            <SelectField
              words={words}
              name="programme"
              label={words.say('import.programme')}
              hint={words.say('import.programmeHint')}
              options={programmes.map(({ id, title }) => ({ value: id, label: words.text(title) }))}
            />
          )}
        </EntryForm>
      ) : (
        <>
          <ErrorSummary words={words} errors={errors} />
          <Notice is="unknown" title={words.say('import.closed')} />
        </>
      )}
    </VisitPage>
  )
}

function StatePage({
  visit,
  state,
  isStill,
}: {
  readonly visit: Visit
  readonly state: ImportState
  readonly isStill: boolean
}): Html {
  const { words } = visit
  const { status, report, fileName, id } = state
  const address = `/import/${id}`
  if (status === 'reading' || status === 'writing') {
    return (
      <ProgressPage
        frame={visit.frame}
        translation={visit.translation}
        title={words.say(`import.${status}`)}
        lead={fileName}
        section="/import"
        done={state.done}
        total={state.total}
        unit={words.say('import.unit')}
        {...(isStill ? {} : { refreshSeconds })}
        toggle={isStill ? address : `${address}?still`}
      >
        {null}
      </ProgressPage>
    )
  }
  const standing = status === 'done' ? 'good' : 'bad'
  return (
    <VisitPage
      visit={visit}
      title={words.say(`import.${status}`)}
      lead={fileName}
      section="/import"
      above={[{ href: '/import', label: words.say('menu.import') }]}
    >
      <Notice
        is={standing}
        title={words.say(
          report?.isPartial === true
            ? 'import.partText'
            : report?.participants !== undefined
              ? 'import.participantsText'
              : `import.${status}Text`,
        )}
      />
      {report !== undefined && (
        <>
          {report.participants !== undefined && (
            <SummaryList
              rows={[
                { term: words.say('import.programmeName'), value: report.participants.programme },
                { term: words.say('import.added'), value: words.number(report.participants.added) },
                { term: words.say('import.unchanged'), value: words.number(report.participants.unchanged) },
              ]}
            />
          )}
          {report.came !== undefined && (
            <SummaryList
              rows={[
                { term: words.say('import.added'), value: words.number(report.came.added) },
                { term: words.say('import.changed'), value: words.number(report.came.changed) },
                { term: words.say('import.unchanged'), value: words.number(report.came.unchanged) },
                { term: words.say('home.households'), value: words.number(report.came.households) },
                { term: words.say('import.hamlets'), value: words.number(report.came.hamlets) },
              ]}
            />
          )}
          <Findings
            visit={visit}
            title={words.say('import.faults', { count: report.faultCount })}
            found={report.faults}
          />
          <Findings
            visit={visit}
            title={words.say('import.warnings', { count: report.warningCount })}
            found={report.warnings}
          />
        </>
      )}
      <Buttons>
        <Button href="/residents">{words.say('menu.residents')}</Button>
        <Button kind="second" href="/import">
          {words.say('import.again')}
        </Button>
      </Buttons>
    </VisitPage>
  )
}

function Findings({
  visit,
  title,
  found,
}: {
  readonly visit: Visit
  readonly title: string
  readonly found: readonly ImportFinding[]
}): Html | null {
  const { words } = visit
  if (found.length === 0) return null
  return (
    <Table
      caption={title}
      columns={[
        {
          label: words.say('import.place'),
          cell: ({ sheet, row, column }) =>
            [
              sheet,
              row === undefined ? undefined : words.say('import.row', { row: words.number(row) }),
              column,
            ]
              .filter((part) => part !== undefined)
              .join(', '),
        },
        { label: words.say('import.finding'), cell: ({ message }) => words.text(message) },
        {
          label: words.say('import.expected'),
          cell: ({ expected }) => (expected === undefined ? '' : words.text(expected)),
        },
        { label: words.say('import.found'), cell: ({ found: text }) => text ?? '' },
      ]}
      rows={found}
    />
  )
}
