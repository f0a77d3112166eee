import { ResidentId } from '@lumbung/core/kernel'
import { type DuplicateView, listDuplicates, mergeRecords, readResident } from '@lumbung/core/village'
import { once } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { Card, EmptyState, type Html, Notice, Table } from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { EntryForm } from './entry-form.tsx'
import { MergeReasonPage, reasonMax } from './merge-reason.tsx'
import { bornText, maskedNumber, nameOf } from './people.tsx'
import { Refused } from './refused.ts'
import { idFrom, textOf } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Records that may be of one person, and making them one. */
export function duplicatePages({ app, options, store }: PortalParts): void {
  const { today } = options.village

  app.get('/duplicates', async (context) => {
    const visit = context.get('visit')
    const found = await visit.session().perform(listDuplicates, {})
    const { merged } = context.req.query()
    return context.html(<DuplicatesPage visit={visit} {...found} merged={merged} on={today()} />)
  })

  app.post('/duplicates', async (context) => {
    const visit = context.get('visit')
    const form = await context.req.parseBody()
    const pair = { kept: idFrom(ResidentId, form['kept']), merged: idFrom(ResidentId, form['merged']) }
    const reason = textOf(form, 'reason')
    const isAsked = form['reason'] !== undefined
    const askWhy = async (fields: readonly string[]) => {
      const [kept, merged] = [await personOf(visit, pair.kept), await personOf(visit, pair.merged)]
      const message =
        reason.length > reasonMax
          ? visit.words.say('fault.tooLong', { max: String(reasonMax) })
          : visit.words.say('refusal.reason-needed')
      const errors = isAsked ? [{ name: 'reason', message }] : []
      return context.html(<MergeReasonPage {...{ visit, kept, merged, fields, reason, errors }} />, 422)
    }
    if (reason.length > reasonMax) return await askWhy(textOf(form, 'fields').split(','))
    try {
      const address = await once(store, textOf(form, 'once'), async () => {
        const session = visit.session(reason === '' ? {} : { reason })
        const result = await session.perform(mergeRecords, pair)
        if (!result.ok && result.refusal.code === 'people/reason-needed') throw new Refused(result.refusal)
        return result.ok ? `/duplicates?merged=${result.record.id}` : '/duplicates?merged=refused'
      })
      return context.redirect(address, 303)
    } catch (error) {
      if (error instanceof Refused) return await askWhy(error.refusal.fields ?? [])
      throw error
    }
  })
}

async function personOf(visit: Visit, id: ResidentId) {
  return (await visit.session().perform(readResident, { id })).resident
}

function DuplicatesPage({
  visit,
  pairs,
  count,
  merged,
  on,
}: {
  readonly visit: Visit
  readonly pairs: readonly DuplicateView[]
  readonly count: number
  readonly merged: string | undefined
  readonly on: ReturnType<PortalParts['options']['village']['today']>
}): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('duplicates.title')}
      lead={words.say('duplicates.lead')}
      section="/duplicates"
    >
      {merged !== undefined && (
        <Notice
          is={merged === 'refused' ? 'bad' : 'good'}
          title={words.say(merged === 'refused' ? 'duplicates.refused' : 'duplicates.merged')}
        />
      )}
      {pairs.length === 0 ? (
        <EmptyState icon="people" title={words.say('duplicates.none')}>
          <p>{words.say('duplicates.noneNext')}</p>
        </EmptyState>
      ) : (
        <p>{words.say('duplicates.count', { count })}</p>
      )}
      <p>
        <a href="/merges">{words.say('merges.title')}</a>
      </p>
      {pairs.map(({ first, second, reason, similarity }) => (
        <Card
          title={words.say(`duplicates.${reason}` satisfies MessageKey, { share: words.percent(similarity) })}
        >
          <Table
            caption={words.say('duplicates.both')}
            hideCaption
            columns={[
              {
                label: words.say('resident.name'),
                cell: (resident) => <a href={`/residents/${resident.id}`}>{nameOf(resident, words)}</a>,
              },
              {
                label: words.say('resident.number'),
                cell: ({ identityNumber }) => (
                  <span class="number">{maskedNumber(identityNumber, words)}</span>
                ),
              },
              { label: words.say('resident.birth'), cell: (resident) => bornText(resident, words, on) },
              { label: words.say('home.hamlet'), cell: ({ hamlet }) => hamlet ?? words.say('value.none') },
            ]}
            rows={[first, second]}
          />
          <EntryForm
            visit={visit}
            action="/duplicates"
            hidden={{ kept: first.id ?? '', merged: second.id ?? '' }}
            save={{ label: words.say('duplicates.merge'), kind: 'second' }}
          />
        </Card>
      ))}
    </VisitPage>
  )
}
