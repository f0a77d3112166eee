import { ResidentId } from '@lumbung/core/kernel'
import { MergeId } from '@lumbung/core/people'
import { listMerges, type MergeView, unmergeRecords } from '@lumbung/core/village'
import { HTTPException } from 'hono/http-exception'
import { newKey, once } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  ErrorSummary,
  type FieldError,
  Form,
  fieldId,
  type Html,
  SummaryList,
} from '../ui/index.ts'
import { bornText, maskedNumber, nameOf } from './people.tsx'
import { refusalText } from './refusal-text.ts'
import { Refused } from './refused.ts'
import { idFrom, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Records that were made one, and parting them again. */
export function mergePages({ app, options, store }: PortalParts): void {
  const { today } = options.village

  const show = async (visit: Visit, resident: string | undefined, errors: readonly FieldError[] = []) => {
    const asked = resident === undefined ? {} : { resident: idFrom(ResidentId, resident) }
    const merges = await visit.session().perform(listMerges, asked)
    return <MergesPage {...{ visit, merges, errors }} on={today()} />
  }

  app.get('/merges', async (context) =>
    context.html(await show(context.get('visit'), context.req.query('resident'))),
  )

  app.post('/merges', async (context) => {
    const visit = context.get('visit')
    if (!visit.may(unmergeRecords)) throw new HTTPException(403)
    const form = await context.req.parseBody()
    const id = idFrom(MergeId, textOf(form, 'merge'))
    try {
      const address = await once(store, textOf(form, 'once'), async () => {
        const parted = await visit.session().perform(unmergeRecords, { id })
        if (!parted.ok) throw new Refused(parted.refusal)
        return `/residents/${parted.record.merged}?done=parted`
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const errors = [{ name: id, message: refusalText(error.refusal, visit.words) }]
      return context.html(await show(visit, undefined, errors), 422)
    }
  })
}

interface MergesProps {
  readonly visit: Visit
  readonly merges: readonly MergeView[]
  readonly errors: readonly FieldError[]
  readonly on: ReturnType<PortalParts['options']['village']['today']>
}

function MergesPage({ visit, merges, errors, on }: MergesProps): Html {
  const { words, csrf } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('merges.title')}
      lead={words.say('merges.lead')}
      section="/duplicates"
      above={[{ href: '/duplicates', label: words.say('menu.duplicates') }]}
    >
      <ErrorSummary words={words} errors={errors} />
      {merges.length === 0 && (
        <EmptyState icon="people" title={words.say('merges.none')}>
          <p>{words.say('merges.noneNext')}</p>
        </EmptyState>
      )}
      {merges.map((merge) => (
        <Card
          title={words.say('merges.pair', {
            merged: nameOf(merge.merged, words),
            kept: nameOf(merge.kept, words),
          })}
        >
          <SummaryList
            rows={(['kept', 'merged'] as const).map((which) => ({
              term: words.say(`merges.${which}`),
              value: (
                <>
                  <a href={`/residents/${merge[which].id}`}>{nameOf(merge[which], words)}</a>
                  <br />
                  <span class="number">{maskedNumber(merge[which].identityNumber, words)}</span>
                  <br />
                  {bornText(merge[which], words, on)}
                </>
              ),
            }))}
          />
          <p class="hint">{words.say('merges.undoText', { date: words.date(merge.on) })}</p>
          <Form words={words} action="/merges" csrf={csrf} once={newKey()}>
            <input type="hidden" name="merge" value={merge.id} />
            <Buttons>
              <span id={fieldId(merge.id)}>
                <Button kind="second">{words.say('merges.undo')}</Button>
              </span>
            </Buttons>
          </Form>
        </Card>
      ))}
    </VisitPage>
  )
}
