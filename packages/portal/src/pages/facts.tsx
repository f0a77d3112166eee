import { HouseholdId, ResidentId } from '@lumbung/core/kernel'
import { DatedFact, type FactConfig, type PeopleRefusal } from '@lumbung/core/people'
import { readHousehold, readResident, recordDatedFact } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { once } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  DateField,
  EmptyState,
  type FieldError,
  type Html,
  Radios,
  SelectField,
  TextField,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { EntryForm } from './entry-form.tsx'
import { FactValue, factValueFrom } from './fact-value.tsx'
import { householdTitle } from './household-page.tsx'
import { nameOf } from './people.tsx'
import { refusalText } from './refusal-text.ts'
import { Refused } from './refused.ts'
import { civilDateOf, entered, errorOf, Faults, idFrom, type Sent, textOf, typedDate } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** About whom or what a fact is. */
interface Subject {
  readonly unit: 'resident' | 'household'
  readonly id: string
  readonly name: string
  readonly address: string
}

const sourceMax = 200

/** Recording a dated fact of a resident or a household: which one, then what it is and who says so. */
export function factPages({ app, options, store }: PortalParts): void {
  const { facts, currencyScale } = options.village.config

  const subjectOf = async (visit: Visit, path: string, id: string): Promise<Subject> => {
    if (!visit.may(recordDatedFact)) throw new HTTPException(403)
    const address = `/${path}/${id}`
    if (path === 'residents') {
      const { resident } = await visit.session().perform(readResident, { id: idFrom(ResidentId, id) })
      if (!resident.isPersonal || resident.status === 'merged') throw new HTTPException(403)
      return { unit: 'resident', id, name: nameOf(resident, visit.words), address }
    }
    const household = await visit.session().perform(readHousehold, { id: idFrom(HouseholdId, id) })
    return { unit: 'household', id, name: householdTitle(household, visit.words), address }
  }

  for (const path of ['residents', 'households'] as const) {
    app.get(`/${path}/:id/facts`, async (context) => {
      const visit = context.get('visit')
      const subject = await subjectOf(visit, path, context.req.param('id'))
      const asked = context.req.query('fact')
      const own = facts.filter(({ unit }) => unit === subject.unit)
      const fact = own.find(({ name }) => name === asked)
      if (fact === undefined) return context.html(<ChoosePage visit={visit} subject={subject} facts={own} />)
      return context.html(<FactPage {...{ visit, subject, fact, currencyScale }} form={{}} errors={[]} />)
    })

    app.post(`/${path}/:id/facts`, async (context) => {
      const visit = context.get('visit')
      const subject = await subjectOf(visit, path, context.req.param('id'))
      const form = await context.req.parseBody()
      const fact = facts.find(({ name, unit }) => name === textOf(form, 'fact') && unit === subject.unit)
      if (fact === undefined) throw new HTTPException(400)
      const show = (errors: readonly FieldError[]) =>
        context.html(<FactPage {...{ visit, subject, fact, currencyScale, form, errors }} />, 422)
      const { input, errors } = readFact(form, fact, visit.words, currencyScale)
      if (input === undefined) return show(errors)
      try {
        const address = await once(store, textOf(form, 'once'), async () => {
          const about = {
            unit: subject.unit,
            subject: DatedFact.shape.subject.parse(subject.id),
            name: fact.name,
          }
          const saved = await visit.session().perform(recordDatedFact, { ...about, ...input })
          if (!saved.ok) throw new Refused(saved.refusal)
          return `${subject.address}?done=${saved.outcome === 'unchanged' ? 'unchanged' : 'fact'}`
        })
        return context.redirect(address, 303)
      } catch (error) {
        if (error instanceof Refused) return show([fieldOf(error.refusal, visit.words)])
        throw error
      }
    })
  }
}

function readFact(form: Sent, fact: FactConfig, words: Words, currencyScale: number) {
  const faults = new Faults()
  const value = factValueFrom(form, fact, words, currencyScale)
  if (value === undefined) faults.add('value', words.say('fact.valueMissing'))
  const date = (name: string) => {
    const read = civilDateOf(typedDate(form, name))
    if (read === undefined) faults.add(name, words.say('fault.dateWrong'))
    return read ?? null
  }
  const [from, to] = [date('from'), date('to')]
  const source = textOf(form, 'source')
  if (source === '') faults.add('source', words.say('fact.sourceMissing'))
  if (source.length > sourceMax) {
    faults.add('source', words.say('fault.tooLong', { max: String(sourceMax) }))
  }
  const degree = DatedFact.shape.degree.safeParse(textOf(form, 'degree'))
  if (!degree.success) faults.add('degree', words.say('fact.degreeMissing'))
  const { errors } = faults
  if (errors.length > 0 || value === undefined || !degree.success) return { errors }
  return { input: { value, from, to, source, degree: degree.data }, errors }
}

function fieldOf(refusal: PeopleRefusal, words: Words): FieldError {
  const message = refusalText(refusal, words)
  return { name: refusal.code === 'people/empty-span' ? 'to' : 'value', message }
}

interface ChooseProps {
  readonly visit: Visit
  readonly subject: Subject
  readonly facts: readonly FactConfig[]
}

function ChoosePage({ visit, subject, facts }: ChooseProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('fact.choose')}
      section="/residents"
      above={aboveOf(subject, words)}
    >
      {facts.length === 0 ? (
        <EmptyState icon="file" title={words.say('fact.none')}>
          <p>{words.say('fact.noneNext')}</p>
        </EmptyState>
      ) : (
        <form class="form" method="get" action={`${subject.address}/facts`}>
          <SelectField
            words={words}
            name="fact"
            label={words.say('fact.which')}
            options={facts.map(({ name, label }) => ({ value: name, label: words.text(label) }))}
          />
          <Buttons>
            <Button>{words.say('act.continue')}</Button>
            <a href={subject.address}>{words.say('act.cancel')}</a>
          </Buttons>
        </form>
      )}
    </VisitPage>
  )
}

interface FactProps {
  readonly visit: Visit
  readonly subject: Subject
  readonly fact: FactConfig
  readonly currencyScale: number
  readonly form: Sent
  readonly errors: readonly FieldError[]
}

function FactPage({ visit, subject, fact, currencyScale, form, errors }: FactProps): Html {
  const { words } = visit
  const date = (name: 'from' | 'to') => ({
    words,
    name,
    value: typedDate(form, name),
    isOptional: true,
    ...errorOf(errors, name),
  })
  return (
    <VisitPage
      visit={visit}
      title={words.say('fact.title', { fact: words.text(fact.label) })}
      section="/residents"
      above={aboveOf(subject, words)}
    >
      <EntryForm
        visit={visit}
        action={`${subject.address}/facts`}
        errors={errors}
        hidden={{ fact: fact.name }}
        save={words.say('fact.save')}
        cancel={subject.address}
      >
        <FactValue {...{ words, fact, form, errors, currencyScale }} />
        <DateField {...date('from')} label={words.say('fact.from')} hint={words.say('fact.fromHint')} />
        <DateField {...date('to')} label={words.say('fact.to')} hint={words.say('fact.toHint')} />
        <TextField
          words={words}
          {...entered(form, errors, 'source')}
          label={words.say('fact.source')}
          hint={words.say('fact.sourceHint')}
          autocomplete="off"
        />
        <Radios
          words={words}
          {...entered(form, errors, 'degree')}
          label={words.say('fact.degree')}
          options={(['declared', 'verified'] as const).map((degree) => ({
            value: degree,
            label: words.say(`fact.${degree}`),
            hint: words.say(`fact.${degree}Hint`),
          }))}
        />
      </EntryForm>
    </VisitPage>
  )
}

function aboveOf({ address, name }: Subject, words: Words) {
  return [
    { href: '/residents', label: words.say('menu.residents') },
    { href: address, label: name },
  ]
}
