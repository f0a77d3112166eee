import { ProposalId, ProposalListId } from '@lumbung/core/casework'
import { type ProposalView, settleList } from '@lumbung/core/village'
import * as z from 'zod'
import { newKey, once } from '../../server/once.ts'
import type { PortalParts } from '../../server/parts.ts'
import type { PortalContext, Visit } from '../../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  Notice,
  Tiles,
} from '../../ui/index.ts'
import { type Typed, typedIn } from '../form-values.ts'
import { requireScope } from '../place-texts.ts'
import { idFrom } from '../typed.ts'
import { VisitPage } from '../visit-page.tsx'
import { aboveList } from './list-units.ts'
import { type Overrides, overridesIn } from './overrides.ts'
import { caseSession, whoText } from './parts.tsx'
import { type CaseRefusal, refusalSentence } from './refusals.ts'
import { OverrideList, PageButtons, Preview } from './settle-parts.tsx'
import { pageIn, type SettleUnits, settleUnits } from './settle-units.ts'
import { type StepField, StepFields } from './step-fields.tsx'

/** How the forum settles a list: by the order of the programme, but for whom it decides otherwise; seen before done. */
export function settlePages(parts: PortalParts): void {
  const { app, store } = parts

  const settle = (visit: Visit, list: string, forum: string, overrides: Overrides, isDryRun: boolean) =>
    caseSession(parts, visit, settleList).perform(settleList, { list, forum, overrides, isDryRun })

  async function show(context: PortalContext, typed: Typed, overrides: Overrides, errors: FieldError[] = []) {
    const visit = context.get('visit')
    const list = idFrom(ProposalListId, context.req.param('list'))
    const forum = context.req.query('forum') ?? ''
    const seen = await settle(visit, list, forum, overrides, true)
    const asked = { list, after: pageIn(typed), overrides }
    const file = await settleUnits(parts, visit, asked, seen.ok ? seen.states : {})
    const props = { visit, file, forum, overrides, typed, errors }
    return context.html(
      seen.ok ? (
        <SettlePage {...props} states={seen.states} refusal={undefined} />
      ) : (
        <SettlePage {...props} states={{}} refusal={seen.refusal} />
      ),
      errors.length > 0 ? 422 : 200,
    )
  }

  app.get('/lists/:list/settle', async (context) => {
    requireScope(context.get('visit'), settleList)
    return await show(context, {}, [])
  })

  app.post('/lists/:list/settle', async (context) => {
    const visit = context.get('visit')
    const { words } = visit
    requireScope(visit, settleList)
    const typed = await typedIn(context)
    const given = overridesIn(typed)
    const { do: action = '' } = typed
    if (action.startsWith('page:')) return await show(context, typed, given)
    const { after = '' } = typed
    if (action.startsWith('drop:')) {
      return await show(
        context,
        { after },
        given.filter(({ proposal }) => `drop:${proposal}` !== action),
      )
    }
    if (action === 'settle') {
      const list = context.req.param('list')
      try {
        const address = await once(store, typed['once'], async () => {
          const done = await settle(visit, list, context.req.query('forum') ?? '', given, false)
          if (!done.ok) throw new Refused(done.refusal)
          return `/lists/${list}?done=settled`
        })
        return context.redirect(address, 303)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return await show(context, typed, given, [
          { name: 'proposal', message: refusalSentence(error.refusal, words) },
        ])
      }
    }
    const errors: FieldError[] = []
    const proposal = ProposalId.safeParse(typed['proposal'])
    const towards = z.enum(['include', 'exclude']).safeParse(typed['towards'])
    const { reason = '', cost = '' } = typed
    if (!proposal.success) errors.push({ name: 'proposal', message: words.say('case.choiceMissing') })
    if (!towards.success) errors.push({ name: 'towards', message: words.say('case.choiceMissing') })
    if (reason === '') errors.push({ name: 'reason', message: words.say('case.reasonMissing') })
    const costText = cost.replaceAll(/[Rp.\s]/g, '')
    if (!/^\d{0,15}$/.test(costText)) errors.push({ name: 'cost', message: words.say('case.numberWrong') })
    if (!proposal.success || !towards.success || errors.length > 0) {
      return await show(context, typed, given, errors)
    }
    const added = {
      proposal: proposal.data,
      towards: towards.data,
      reason,
      ...(costText !== '' && { costMinor: Number(costText) }),
    }
    const others = given.filter((one) => one.proposal !== added.proposal)
    return await show(context, { after }, [...others, added])
  })
}

class Refused extends Error {
  readonly refusal: CaseRefusal

  constructor(refusal: CaseRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

interface SettleProps {
  readonly visit: Visit
  readonly file: SettleUnits
  readonly forum: string
  readonly overrides: Overrides
  readonly typed: Typed
  readonly errors: readonly FieldError[]
  readonly states: Readonly<Record<string, string>>
  readonly refusal: CaseRefusal | undefined
}

function SettlePage(props: SettleProps): Html {
  const { visit, file, forum, overrides, typed, errors, states, refusal } = props
  const { words, csrf } = visit
  const { list, proposals, marked, after } = file
  const isOverridden = new Set<string>(overrides.map(({ proposal }) => proposal))
  const inForm = [...marked.filter(({ id }) => proposals.every((one) => one.id !== id)), ...proposals]
  const count = (state: string) => words.number(Object.values(states).filter((each) => each === state).length)
  return (
    <VisitPage
      visit={visit}
      title={words.say('case.settleTitle', { title: list.title })}
      lead={words.say('case.settleLead')}
      section="/cases"
      above={aboveList(visit, list)}
    >
      <ErrorSummary words={words} errors={errors} />
      {refusal !== undefined ? (
        <Notice is="bad" title={words.say('case.settleRefused')}>
          <p>{refusalSentence(refusal, words)}</p>
        </Notice>
      ) : (
        <Tiles
          tiles={(['accepted', 'waiting', 'refused'] as const).map((state) => ({
            value: count(state),
            label: words.say(`caseState.${state}`),
          }))}
        />
      )}
      <Form words={words} action={`/lists/${list.id}/settle?forum=${forum}`} csrf={csrf} once={newKey()}>
        <input type="hidden" name="overrides" value={JSON.stringify(overrides)} />
        <input type="hidden" name="after" value={after} />
        {overrides.length > 0 && (
          <Card title={words.say('case.overridesSoFar')}>
            <OverrideList words={words} proposals={marked} overrides={overrides} />
          </Card>
        )}
        <Card title={words.say('case.overrideAdd')}>
          <p class="soft">{words.say('case.overrideHint')}</p>
          <StepFields words={words} fields={overrideFields(visit, inForm)} typed={typed} errors={errors} />
          <Buttons>
            <Button kind="second" name="do" value="add">
              {words.say('case.overrideDo')}
            </Button>
          </Buttons>
        </Card>
        {refusal === undefined && (
          <>
            {(file.next !== undefined || after !== '') && (
              <Card title={words.say('case.atTheLine')}>
                <p class="soft">{words.say('case.atTheLineHint')}</p>
                <Preview
                  words={words}
                  title={words.say('case.atTheLine')}
                  proposals={marked}
                  states={states}
                  isOverridden={isOverridden}
                />
              </Card>
            )}
            <Card title={words.say('case.preview')}>
              <Preview
                words={words}
                title={words.say('case.preview')}
                proposals={proposals}
                states={states}
                isOverridden={isOverridden}
              />
            </Card>
          </>
        )}
        <PageButtons words={words} file={file} />
        {refusal === undefined && (
          <>
            <Notice is="info" title={words.say('case.settleNow')}>
              <p>{words.say('case.settleNowText')}</p>
            </Notice>
            <Buttons>
              <Button name="do" value="settle">
                {words.say('case.settleDo')}
              </Button>
              <Button kind="second" href={`/lists/${list.id}`}>
                {words.say('case.cancel')}
              </Button>
            </Buttons>
          </>
        )}
      </Form>
    </VisitPage>
  )
}

function overrideFields({ words }: Visit, proposals: readonly ProposalView[]): readonly StepField[] {
  return [
    {
      kind: 'select',
      name: 'proposal',
      label: words.say('case.who'),
      options: proposals.map(({ id, rank, listed }) => ({
        value: id,
        label: `${rank === null ? '–' : words.number(rank)}. ${whoText(listed, words)}`,
      })),
    },
    {
      kind: 'choice',
      name: 'towards',
      label: words.say('case.towards'),
      options: (['include', 'exclude'] as const).map((value) => ({
        value,
        label: words.say(`case.${value}`),
      })),
    },
    {
      kind: 'long-text',
      name: 'reason',
      label: words.say('case.overrideReason'),
      hint: words.say('case.overrideReasonHint'),
    },
    {
      kind: 'number',
      name: 'cost',
      label: words.say('case.costIfUnknown'),
      hint: words.say('case.costIfUnknownHint'),
      isOptional: true,
      before: 'Rp',
    },
  ]
}
