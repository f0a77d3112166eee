import type { CivilDate } from '@lumbung/core/kernel'
import { AreaId } from '@lumbung/core/people'
import { type AreaWithHistory, splitAreaRecord } from '@lumbung/core/village'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { DateField, type FieldError, type Html, Radios, SelectField, TextField } from '../ui/index.ts'
import { AreaForm, AreaPreview } from './area-steps.tsx'
import {
  dateAsTyped,
  dateErrors,
  dateIn,
  nameErrors,
  refusalError,
  sendForm,
  type Typed,
  typedIn,
} from './form-values.ts'
import { areaWithAll, type FoundArea, requireScope } from './place-texts.ts'
import { entered, enteredDate } from './typed.ts'

/** How many parts one form splits off; who needs more splits once more. */
const partsMax = 3
const numbers = Array.from({ length: partsMax }, (_, index) => index + 1)

/** Splitting an area: what is typed is tried out and shown before anything is written. */
export function areaSplitPages({ app, options, store }: PortalParts): void {
  const { today } = options.village

  app.get('/areas/:id/split', async (context) => {
    const visit = context.get('visit')
    requireScope(visit, splitAreaRecord)
    const found = await areaWithAll(visit, context.req.param('id'))
    const typed = dateAsTyped('on', today())
    return context.html(<SplitForm visit={visit} {...found} typed={typed} errors={[]} />)
  })

  app.post('/areas/:id/split', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    const found = await areaWithAll(visit, context.req.param('id'))
    const typed = await typedIn(context)
    const show = (errors: readonly FieldError[], status: 200 | 422) =>
      context.html(<SplitForm visit={visit} {...found} typed={typed} errors={errors} />, status)
    if (typed['step'] === 'back') return show([], 200)
    const on = dateIn(typed, 'on')
    const parts = partsIn(typed, found)
    const goesOn = typed['goesOn'] === 'yes'
    const errors = [
      ...(parts.length + Number(goesOn) < 2
        ? [{ name: 'part-1', message: words.say('areas.partsMissing') }]
        : []),
      ...numbers.flatMap((number) =>
        typed[`part-${number}`] ? nameErrors(typed, `part-${number}`, words) : [],
      ),
      ...(typed['goesOn'] ? [] : [{ name: 'goesOn', message: words.say('areas.goesOnMissing') }]),
      ...dateErrors(typed, words, { on: 'needed' }),
    ]
    if (errors.length > 0 || !on) return show(errors, 422)
    const split = { area: found.area.id, on, parts, goesOn }
    const refusedBy = (refusal: Parameters<typeof refusalError>[0]) =>
      show([refusalError(refusal, words, fieldOfRefusal, wordsOfRefusal)], 422)
    if (typed['step'] !== 'split') {
      const tried = await visit.session().perform(splitAreaRecord, { ...split, isDryRun: true })
      if (!tried.ok) return await refusedBy(tried.refusal.code)
      return context.html(
        <SplitPreview visit={visit} {...found} typed={typed} on={on} parts={parts} goesOn={goesOn} />,
      )
    }
    const sent = await sendForm(
      store,
      typed,
      () => visit.session().perform(splitAreaRecord, split),
      () => `/areas/${found.area.id}?saved=1`,
    )
    return 'address' in sent ? context.redirect(sent.address, 303) : await refusedBy(sent.refusal)
  })
}

const fieldOfRefusal = {
  'people/has-members': 'goesOn',
  'people/in-the-future': 'on',
  'people/changed-later': 'on',
  other: 'part-1',
} as const
const wordsOfRefusal = {
  'people/has-members': 'areas.hasMembers',
  'people/incomplete': 'areas.innerLeft',
  'people/already-there': 'refusal.nameTaken',
  'people/changed-later': 'areas.ended',
} as const

/** A part that was typed, with the areas that go over to it. */
interface Part {
  readonly name: string
  readonly inner: readonly AreaId[]
}

/** The areas within one that go on: they are those that a split deals out. */
function innerOf({ area, areas }: FoundArea): readonly AreaWithHistory[] {
  return areas.filter(({ parent, isOpen }) => parent === area.id && isOpen)
}

function partsIn(typed: Typed, found: FoundArea): readonly Part[] {
  return numbers.flatMap((number): readonly Part[] => {
    const name = typed[`part-${number}`] ?? ''
    const inner = innerOf(found)
      .filter(({ id }) => typed[`inner-${id}`] === String(number))
      .map(({ id }) => AreaId.parse(id))
    return name === '' ? [] : [{ name, inner }]
  })
}

interface SplitFormProps extends FoundArea {
  readonly visit: Visit
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

function SplitForm({ visit, area, areas, typed, errors }: SplitFormProps): Html {
  const { words } = visit
  const targets = numbers.map((number) => ({
    value: String(number),
    label: typed[`part-${number}`] || words.say('areas.part', { number: words.number(number) }),
  }))
  return (
    <AreaForm
      visit={visit}
      area={area}
      change="split"
      title={words.say('areas.splitOf', { name: area.name })}
      lead={words.say('areas.splitLead')}
      errors={errors}
      save={{ label: words.say('areas.splitCheck'), step: 'check' }}
      next={words.say('areas.splitNext')}
    >
      {numbers.map((number) => (
        <TextField
          words={words}
          {...entered(typed, errors, `part-${number}`)}
          label={words.say('areas.part', { number: words.number(number) })}
          autocomplete="off"
          lengthMax={200}
          isOptional={number > 1}
        />
      ))}
      {innerOf({ area, areas }).map(({ id, name }) => (
        <SelectField
          words={words}
          name={`inner-${id}`}
          label={words.say('areas.goesTo', { name })}
          options={[{ value: 'stays', label: words.say('areas.stays', { name: area.name }) }, ...targets]}
          value={typed[`inner-${id}`] || 'stays'}
        />
      ))}
      <Radios
        words={words}
        {...entered(typed, errors, 'goesOn')}
        label={words.say('areas.goesOn', { name: area.name })}
        options={[
          { value: 'yes', label: words.say('areas.goesOnYes') },
          { value: 'no', label: words.say('areas.goesOnNo') },
        ]}
      />
      <DateField words={words} {...enteredDate(typed, errors, 'on')} label={words.say('areas.on')} />
    </AreaForm>
  )
}

interface SplitPreviewProps extends FoundArea {
  readonly visit: Visit
  readonly typed: Typed
  readonly on: CivilDate
  readonly parts: readonly Part[]
  readonly goesOn: boolean
}

function SplitPreview({ visit, area, areas, typed, on, parts, goesOn }: SplitPreviewProps): Html {
  const { words } = visit
  const nameOf = (id: string) => areas.find((candidate) => candidate.id === id)?.name ?? ''
  const partText = ({ name, inner }: Part) =>
    inner.length === 0 ? name : words.say('areas.splitWith', { name, inner: inner.map(nameOf).join(', ') })
  return (
    <AreaPreview
      {...{ visit, area, typed }}
      change="split"
      title={words.say('areas.splitOf', { name: area.name })}
      rows={[
        { term: words.say('areas.on'), value: words.date(on) },
        ...parts.map((part) => ({ term: words.say('areas.splitNew'), value: partText(part) })),
        { term: area.name, value: words.say(goesOn ? 'areas.goesOnYes' : 'areas.goesOnNo') },
      ]}
      save={words.say('areas.splitNow')}
      next={words.say('areas.splitAfter')}
    />
  )
}
