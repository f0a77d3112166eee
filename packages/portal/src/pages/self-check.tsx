import { packOf } from '@lumbung/core/casework'
import { explain, type Pack } from '@lumbung/core/eligibility'
import type { CivilDate } from '@lumbung/core/kernel'
import { checkFactValue, type FactConfig, factDefinitionOf } from '@lumbung/core/people'
import { readProgramme } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Card,
  Details,
  type FieldError,
  type Html,
  Notice,
  NumberField,
  PrintButton,
  SummaryList,
  WhatNext,
} from '../ui/index.ts'
import { Explanation } from './decision-parts.tsx'
import { type EligibilityTexts, eligibilityTexts, factsOfVillage } from './eligibility-texts.ts'
import { EntryForm } from './entry-form.tsx'
import { FactValue, factValueFrom } from './fact-value.tsx'
import {
  askNext,
  decideAnswers,
  membersMax,
  nothingAnswered,
  type SelfCheckState,
  stateOf,
} from './self-check-state.ts'
import { entered, type Sent, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/**
 * Checking for oneself, question by question. The answers travel in the form and are kept nowhere: not in a cookie, not
 * in an address, not in a log.
 */
export function selfCheckPages({ app, options }: PortalParts): void {
  const { config, today } = options.village
  const facts = factsOfVillage(config)

  app.get('/programmes/:id/self-check', async (context) => {
    const visit = context.get('visit')
    const { programme } = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    return context.html(pageFor(visit, programme.id, nothingAnswered))
  })

  app.post('/programmes/:id/self-check', async (context) => {
    const visit = context.get('visit')
    const { programme } = await visit.session().perform(readProgramme, { id: context.req.param('id') })
    const { id } = programme
    const form = await context.req.parseBody()
    const state = stateOf(form)
    const answerable = answerableFacts(visit)
    const path = askNext(packOf(config), id, state, answerable, today())
    if (path === null) return context.html(pageFor(visit, id, state))
    if (textOf(form, 'skip') !== '' && path !== 'household.members') {
      return context.html(pageFor(visit, id, { ...state, skipped: [...state.skipped, path] }))
    }
    const read =
      path === 'household.members' ? readSize(form, visit) : readValue(form, visit, path, answerable)
    if ('error' in read) {
      const errors = [{ name: 'value', message: read.error }]
      return context.html(pageFor(visit, id, state, { form, errors }), 422)
    }
    const answered: SelfCheckState =
      'size' in read
        ? { ...state, size: read.size }
        : { ...state, known: [...state.known, [path, read.value]] }
    return context.html(pageFor(visit, id, answered))
  })

  /** The facts that a person can answer: those of the village and its packs, and who somebody is. */
  function answerableFacts({ words }: Visit): ReadonlyMap<string, FactConfig> {
    const own = { unit: 'resident', fieldClass: 'personal' } as const
    const label = (key: 'known.birthDate' | 'known.sex') => ({ [words.locale]: words.say(key) })
    const sexes = { female: words.say('sex.female'), male: words.say('sex.male') }
    return new Map<string, FactConfig>([
      ...facts,
      ['birthDate', { ...own, name: 'birthDate', type: { kind: 'date' }, label: label('known.birthDate') }],
      [
        'sex',
        {
          ...own,
          name: 'sex',
          type: { kind: 'enum', values: ['female', 'male'] },
          label: label('known.sex'),
          valueLabels: {
            female: { [words.locale]: sexes.female },
            male: { [words.locale]: sexes.male },
          },
        },
      ],
    ])
  }

  function readSize(form: Sent, { words }: Visit) {
    const size = Number(textOf(form, 'value'))
    return Number.isInteger(size) && size >= 1 && size <= membersMax
      ? { size }
      : { error: words.say('check.sizeWrong', { max: String(membersMax) }) }
  }

  function readValue(
    form: Sent,
    { words }: Visit,
    path: string,
    answerable: ReadonlyMap<string, FactConfig>,
  ) {
    const fact = answerable.get(path.split('.').at(-1) ?? path)
    const typed = fact && factValueFrom(form, fact, words, config.currencyScale)
    if (fact === undefined || typed === undefined) return { error: words.say('check.valueMissing') }
    const checked = checkFactValue(factDefinitionOf(fact), typed)
    return checked.ok ? { value: checked.value } : { error: words.say('check.valueMissing') }
  }

  function pageFor(
    visit: Visit,
    id: string,
    state: SelfCheckState,
    faults: { readonly form: Sent; readonly errors: readonly FieldError[] } = { form: {}, errors: [] },
  ): Html {
    const pack = packOf(config)
    const answerable = answerableFacts(visit)
    const path = askNext(pack, id, state, answerable, today())
    const texts = eligibilityTexts(visit.words, config)
    const common = { visit, pack, id, state, texts }
    if (path === null) return <ResultPage {...common} on={today()} />
    const fact = answerable.get(path.split('.').at(-1) ?? path)
    return <QuestionPage {...common} {...faults} {...{ path, fact }} currencyScale={config.currencyScale} />
  }
}

interface CheckProps {
  readonly visit: Visit
  readonly pack: Pack
  readonly id: string
  readonly state: SelfCheckState
  readonly texts: EligibilityTexts
}

interface QuestionProps extends CheckProps {
  readonly path: string
  readonly fact: FactConfig | undefined
  readonly form: Sent
  readonly errors: readonly FieldError[]
  readonly currencyScale: number
}

function placeOf({ visit, pack, id }: CheckProps) {
  const { words } = visit
  const programme = words.text(pack.programmes.get(id)?.config.title ?? { en: id })
  return {
    visit,
    title: words.say('check.title', { programme }),
    section: '/programmes',
    above: [
      { href: '/programmes', label: words.say('menu.programmes') },
      { href: `/programmes/${id}`, label: programme },
    ],
  }
}

function QuestionPage(props: QuestionProps): Html {
  const { visit, id, state, path, fact, form, errors, currencyScale } = props
  const { words } = visit
  const position = /members\[(\d+)\]/.exec(path)?.[1]
  const name = words.say('counter.member', { position: String(Number(position ?? 0) + 1) })
  return (
    <VisitPage {...placeOf(props)} lead={words.say('check.lead')}>
      <EntryForm
        visit={visit}
        action={`/programmes/${id}/self-check`}
        errors={errors}
        mayRepeat
        hidden={{ state: JSON.stringify(state) }}
        save={words.say('check.answer')}
        others={
          fact !== undefined && (
            <Button kind="second" name="skip" value="yes">
              {words.say('check.skip')}
            </Button>
          )
        }
      >
        {position !== undefined && <p class="soft">{words.say('check.about', { name })}</p>}
        {fact === undefined ? (
          <NumberField
            words={words}
            {...entered(form, errors, 'value')}
            label={words.say('check.size')}
            hint={words.say('check.sizeHint', { max: String(membersMax) })}
          />
        ) : (
          <FactValue {...{ words, fact, form, errors, currencyScale }} />
        )}
      </EntryForm>
      <Answers {...props} />
    </VisitPage>
  )
}

/** What was answered so far, so that a slip is seen; to mend one, the check begins again. */
function Answers({ visit, state, texts, id }: CheckProps): Html | null {
  const { words } = visit
  const { size, known, skipped } = state
  const rows = [
    ...(size === null ? [] : [{ term: words.say('check.size'), value: words.number(size) }]),
    ...known.map(([path, value]) => ({
      term: texts.path(path),
      value: texts.value(path.split('.').at(-1) ?? path, value),
    })),
    ...skipped.map((path) => ({ term: texts.path(path), value: words.say('check.notKnown') })),
  ]
  if (rows.length === 0) return null
  return (
    <>
      <Details summary={words.say('check.answers')}>
        <SummaryList rows={rows} />
      </Details>
      <p>
        <a href={`/programmes/${id}/self-check`}>{words.say('check.again')}</a>
      </p>
    </>
  )
}

function ResultPage(props: CheckProps & { readonly on: CivilDate }): Html {
  const { visit, pack, id, state, texts, on } = props
  const { words } = visit
  const decision = decideAnswers(pack, id, state, on)
  return (
    <VisitPage {...placeOf(props)} lead={words.say('check.lead')}>
      {decision.kind === 'no-version-in-force' && <Notice is="info" title={words.say('check.closed')} />}
      <Card title={words.say('check.result')}>
        <Explanation
          {...{ words, texts, pack }}
          programme={id}
          messages={explain(pack, decision)}
          changes={[]}
          isMasked={false}
        />
      </Card>
      <Answers {...props} />
      <WhatNext words={words}>{words.say('check.next')}</WhatNext>
      <PrintButton words={words} />
    </VisitPage>
  )
}
