import { ResidentId } from '@lumbung/core/kernel'
import {
  type DuplicateView,
  type JobView,
  listDuplicates,
  listJobs,
  mergeRecords,
  ownReads,
  type PersonalReads,
  readResident,
  readsOfResident,
  residentHistory,
} from '@lumbung/core/village'
import { AccountId, accounts } from '../accounts/records.ts'
import type { SessionStore } from '../accounts/sessions.ts'
import { newKey, once } from '../server/once.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  EmptyState,
  Form,
  type Html,
  Notice,
  Page,
  Pagination,
  StatusMark,
  Table,
} from '../ui/index.ts'
import type { MessageKey } from '../words/index.ts'
import { HistoryPage, type Names, useCaseText } from './history.tsx'
import { MergeReasonPage, reasonMax } from './merge-reason.tsx'
import { bornText, maskedNumber, nameOf } from './people.tsx'
import { Refused } from './refused.ts'
import { idFrom, textOf } from './typed.ts'

/** Who read and who changed, what may stand twice, and what the village does by itself. */
export function oversightPages({ app, options, store }: PortalParts): void {
  const { village } = options

  app.get('/my/reads', async (context) => {
    const visit = context.get('visit')
    const { after } = context.req.query()
    const found = await visit.session().perform(ownReads, after === undefined ? {} : { after })
    const names = await actorNames(
      store,
      found.reads.map(({ actor }) => actor),
      visit.words,
    )
    const title = visit.words.say('reads.own')
    return context.html(
      <ReadsPage visit={visit} found={found} names={names} address="/my/reads" title={title} />,
    )
  })

  app.get('/residents/:id/reads', async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const { after } = context.req.query()
    const asked = { resident: id as never, ...(after === undefined ? {} : { after }) }
    const found = await visit.session().perform(readsOfResident, asked)
    const address = `/residents/${id}/reads`
    const names = await actorNames(
      store,
      found.reads.map(({ actor }) => actor),
      visit.words,
    )
    const title = visit.words.say('reads.title')
    return context.html(
      <ReadsPage visit={visit} found={found} names={names} address={address} title={title} />,
    )
  })

  app.get('/residents/:id/history', async (context) => {
    const visit = context.get('visit')
    const id = context.req.param('id')
    const links = await visit.session().perform(residentHistory, { resident: id as never })
    const names = await actorNames(
      store,
      links.map(({ actor }) => actor),
      visit.words,
    )
    return context.html(<HistoryPage visit={visit} links={links} names={names} id={id} />)
  })

  app.get('/duplicates', async (context) => {
    const visit = context.get('visit')
    const found = await visit.session().perform(listDuplicates, {})
    const { merged } = context.req.query()
    return context.html(<DuplicatesPage visit={visit} {...found} merged={merged} on={village.today()} />)
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

  app.get('/jobs', async (context) => {
    const visit = context.get('visit')
    const jobs = await visit.session().perform(listJobs, {})
    return context.html(<JobsPage visit={visit} jobs={jobs} />)
  })
}

async function personOf(visit: Visit, id: ResidentId) {
  return (await visit.session().perform(readResident, { id })).resident
}

async function actorNames(
  { storage, villageId }: SessionStore,
  actors: readonly { readonly kind: string; readonly id: string }[],
  words: Visit['words'],
): Promise<Names> {
  const names = new Map<string, string>()
  await storage.read(villageId, async (tx) => {
    for (const { kind, id } of actors) {
      const accountId = AccountId.safeParse(id)
      if (kind !== 'person' || names.has(id) || !accountId.success) continue
      const account = await tx.get(accounts, { id: accountId.data })
      if (account !== undefined) names.set(id, account.name)
    }
  })
  return ({ kind, id }) =>
    kind === 'service'
      ? words.say('actor.service', { name: id })
      : (names.get(id) ?? words.say('actor.unknown'))
}

interface ReadsProps {
  readonly visit: Visit
  readonly names: Names
  readonly found: PersonalReads
  readonly address: string
  readonly title: string
}

function ReadsPage({ visit, found, names, address, title }: ReadsProps): Html {
  const { frame, words, translation } = visit
  return (
    <Page frame={frame} title={title} lead={words.say('reads.lead')} translation={translation}>
      {found.reads.length === 0 ? (
        <EmptyState icon="eye" title={words.say('reads.none')}>
          <p>{words.say('reads.noneNext')}</p>
        </EmptyState>
      ) : (
        <>
          <Table
            caption={title}
            hideCaption
            columns={[
              { label: words.say('reads.when'), cell: ({ at }) => words.instant(at, visit.timeZone) },
              { label: words.say('reads.who'), cell: ({ actor }) => names(actor) },
              { label: words.say('reads.what'), cell: ({ useCase }) => useCaseText(useCase, words) },
              { label: words.say('reads.why'), cell: ({ purpose }) => visit.labelOfPurpose(purpose) },
            ]}
            rows={found.reads}
          />
          <Pagination
            words={words}
            {...(found.next === undefined
              ? {}
              : { next: `${address}?after=${encodeURIComponent(found.next)}` })}
          />
        </>
      )}
    </Page>
  )
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
  const { frame, words, translation, csrf } = visit
  return (
    <Page
      frame={frame}
      title={words.say('duplicates.title')}
      lead={words.say('duplicates.lead')}
      section="/duplicates"
      translation={translation}
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
          <Form words={words} action="/duplicates" csrf={csrf} once={newKey()}>
            <input type="hidden" name="kept" value={first.id ?? ''} />
            <input type="hidden" name="merged" value={second.id ?? ''} />
            <Buttons>
              <Button kind="second">{words.say('duplicates.merge')}</Button>
            </Buttons>
          </Form>
        </Card>
      ))}
    </Page>
  )
}

function JobsPage({ visit, jobs }: { readonly visit: Visit; readonly jobs: readonly JobView[] }): Html {
  const { frame, words, translation } = visit
  const runs = jobs.flatMap(({ name, runs: all }) => all.map((run) => ({ name, ...run })))
  return (
    <Page
      frame={frame}
      title={words.say('jobs.title')}
      lead={words.say('jobs.lead')}
      section="/jobs"
      translation={translation}
    >
      {runs.length === 0 ? (
        <EmptyState icon="clock" title={words.say('jobs.none')}>
          <p>{words.say('jobs.noneNext')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={words.say('jobs.title')}
          hideCaption
          columns={[
            { label: words.say('jobs.name'), cell: ({ name }) => jobText(name, words) },
            { label: words.say('jobs.on'), cell: ({ on }) => words.date(on as never) },
            {
              label: words.say('jobs.started'),
              cell: ({ startedAt }) => words.instant(startedAt as never, visit.timeZone),
            },
            {
              label: words.say('jobs.outcome'),
              cell: ({ outcome }) => (
                <StatusMark is={outcome === 'done' ? 'good' : 'bad'}>
                  {words.say(`jobs.${outcome}`)}
                </StatusMark>
              ),
            },
            {
              label: words.say('jobs.result'),
              cell: ({ result }) =>
                Object.entries(result)
                  .map(([what, value]) => `${what}: ${value}`)
                  .join(', '),
            },
          ]}
          rows={runs}
        />
      )}
    </Page>
  )
}

function jobText(name: string, words: Visit['words']): string {
  if (name === 'portal-clean-up') return words.say('jobs.cleanUp')
  if (name === 'casework-appeals') return words.say('jobs.appeals')
  if (name === 'casework-recheck') return words.say('jobs.recheck')
  return name === 'snapshot-turn' ? words.say('jobs.snapshotTurn') : name
}
