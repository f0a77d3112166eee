import { type CivilDate, isLumbungError, sha256Hex } from '@lumbung/core/kernel'
import type { UseCase } from '@lumbung/core/village'
import { once } from '../../server/once.ts'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import { Button, type Child, type FieldError, type Html, type Link, Notice } from '../../ui/index.ts'
import { EntryForm } from '../entry-form.tsx'
import { dateAsTyped, dateIn, type Typed, typedIn } from '../form-values.ts'
import { requireScope } from '../place-texts.ts'
import { VisitPage } from '../visit-page.tsx'
import { type CaseRefusal, refusalSentence } from './refusals.ts'
import { type StepField, StepFields } from './step-fields.tsx'

/** What was answered, by the names of the fields: dates as `2026-11-24`, files as their SHA-256, nothing as `''`. */
export type Answers = Readonly<Record<string, string>>

/** What became of a step: where it leads, or why it was refused. */
export type StepDone =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly refusal: CaseRefusal }

/** One question or one decision on a page of its own. */
export interface StepPage {
  /** The question. */
  readonly title: string
  readonly lead?: string
  readonly section?: string
  readonly above: readonly Link[]
  /** What it is about, above the form. */
  readonly about?: Child
  /** What is lost or cannot be undone. */
  readonly warning?: { readonly title: string; readonly text: string }
  readonly fields?: readonly StepField[]
  readonly button: string
  /** Set where something is lost. */
  readonly isLoss?: boolean
  /** What happens after it. */
  readonly next?: string
  /** Where one goes who does not do it. */
  readonly back: string
  readonly perform: (answers: Answers) => Promise<StepDone>
}

/** What a step leads to, where it was done. */
export async function led<Done extends object>(
  work: Promise<({ readonly ok: true } & Done) | { readonly ok: false; readonly refusal: CaseRefusal }>,
  addressOf: (done: Done) => string,
): Promise<StepDone> {
  const done = await work
  return done.ok ? { ok: true, address: addressOf(done) } : done
}

/**
 * A page with one form, which keeps what was typed when it is refused, and is carried out once however often it is
 * sent. `open` finds what it is about, and tells how to ask.
 */
export function stepPage<Path extends string>(
  { app, store }: PortalParts,
  path: Path,
  useCase: Pick<UseCase, 'scope'>,
  open: (context: PortalContext, visit: Visit) => Promise<StepPage>,
): void {
  app.get(path, async (context) => {
    const visit = context.get('visit')
    requireScope(visit, useCase)
    const step = await open(context, visit)
    return context.html(<StepForm visit={visit} step={step} typed={valuesOf(step)} errors={[]} />)
  })

  app.post(path, async (context) => {
    const visit = context.get('visit')
    requireScope(visit, useCase)
    const step = await open(context, visit)
    const typed = await typedIn(context)
    const fail = (errors: readonly FieldError[]) =>
      context.html(<StepForm visit={visit} step={step} typed={typed} errors={errors} />, 422)
    const { answers, errors } = await answersOf(context, step.fields ?? [], typed)
    if (errors.length > 0) return await fail(errors)
    try {
      const address = await once(store, typed['once'], async () => {
        const done = await step.perform(answers)
        if (!done.ok) throw new RefusedStep(done.refusal)
        return done.address
      })
      return context.redirect(address, 303)
    } catch (error) {
      const name = step.fields?.[0]?.name ?? 'step'
      if (error instanceof RefusedStep) {
        return await fail([{ name, message: refusalSentence(error.refusal, visit.words) }])
      }
      if (isLumbungError(error, 'storage/version-conflict')) {
        return await fail([{ name, message: visit.words.say('refusal.changedMeanwhile') }])
      }
      throw error
    }
  })
}

class RefusedStep extends Error {
  readonly refusal: CaseRefusal

  constructor(refusal: CaseRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

function valuesOf({ fields = [] }: StepPage): Typed {
  return Object.assign(
    {},
    ...fields.map(({ name, kind, value = '' }) =>
      // A date's value is one that the page itself gave.
      kind === 'date' && value !== '' ? dateAsTyped(name, value as CivilDate) : { [name]: value },
    ),
  )
}

async function answersOf(
  context: PortalContext,
  fields: readonly StepField[],
  typed: Typed,
): Promise<{ readonly answers: Answers; readonly errors: readonly FieldError[] }> {
  const { words } = context.get('visit')
  const answers: Record<string, string> = {}
  const errors: FieldError[] = []
  for (const { name, kind, isOptional = false, options = [] } of fields) {
    let answer: string | undefined = typed[name] ?? ''
    if (kind === 'date') answer = dateOf(typed, name)
    else if (kind === 'file') answer = await digestOf(context, name)
    else if (kind === 'number') answer = numberOf(answer)
    else if (kind === 'choice' && !options.some(({ value }) => value === answer)) answer = ''
    if (answer === undefined) {
      errors.push({ name, message: words.say(kind === 'date' ? 'refusal.dateWrong' : 'case.numberWrong') })
    } else if (answer === '' && !isOptional) {
      errors.push({ name, message: words.say(kind === 'date' ? 'refusal.dateMissing' : missing[kind]) })
    } else answers[name] = answer
  }
  return { answers, errors }
}

const missing = {
  text: 'case.answerMissing',
  'long-text': 'case.reasonMissing',
  number: 'case.answerMissing',
  choice: 'case.choiceMissing',
  choices: 'case.choiceMissing',
  select: 'case.choiceMissing',
  file: 'case.fileMissing',
  date: 'case.answerMissing',
} as const

function dateOf(typed: Typed, name: string): string | undefined {
  const date = dateIn(typed, name)
  return date === null ? '' : date
}

/** Whole numbers, with points or spaces between thousands as people write them. */
function numberOf(text: string): string | undefined {
  const plain = text
    .replace(/^Rp/i, '')
    .replaceAll(/[\s.,](?=\d{3}(\D|$))/g, '')
    .trim()
  return plain === '' || /^\d{1,15}$/.test(plain) ? plain : undefined
}

/** The digest of a file that was sent along; the file itself is not kept. */
async function digestOf(context: PortalContext, name: string): Promise<string> {
  const [file] = [(await context.req.parseBody({ all: true }))[name] ?? []].flat()
  if (!(file instanceof File) || file.size === 0) return ''
  return sha256Hex(new Uint8Array(await file.arrayBuffer()))
}

/** The address of a page as a form sends to it. */
function withoutLanguage(href: string): string {
  const { pathname, searchParams } = new URL(href, 'http://here')
  searchParams.delete('lang')
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`
}

interface StepFormProps {
  readonly visit: Visit
  readonly step: StepPage
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function StepForm({ visit, step, typed, errors }: StepFormProps): Html {
  const { words, translation } = visit
  const { title, lead, section = '/cases', above, about, warning, fields = [], button, back, next } = step
  return (
    <VisitPage
      visit={visit}
      title={title}
      {...(lead === undefined ? {} : { lead })}
      section={section}
      above={above}
    >
      <EntryForm
        visit={visit}
        action={withoutLanguage(translation.href)}
        errors={errors}
        about={
          <>
            {about}
            {warning && (
              <Notice is="attention" title={warning.title}>
                <p>{warning.text}</p>
              </Notice>
            )}
          </>
        }
        save={{ label: button, kind: step.isLoss ? 'danger' : 'main' }}
        others={
          <Button kind="second" href={back}>
            {words.say('case.cancel')}
          </Button>
        }
        hasFile={fields.some(({ kind }) => kind === 'file')}
        {...(next === undefined ? {} : { next })}
      >
        <StepFields words={words} fields={fields} typed={typed} errors={errors} />
        {
          // So that an error summary leads somewhere also where there is no field.
          fields.length === 0 && <span id="field-step" tabindex={-1} />
        }
      </EntryForm>
    </VisitPage>
  )
}
