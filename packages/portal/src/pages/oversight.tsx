import { ResidentId } from '@lumbung/core/kernel'
import { ownReads, type PersonalReads, readsOfResident, residentHistory } from '@lumbung/core/village'
import { AccountId, accounts } from '../accounts/records.ts'
import type { SessionStore } from '../accounts/sessions.ts'
import type { PortalParts } from '../server/parts.ts'
import type { Visit } from '../server/visit.ts'
import { EmptyState, type Html, Pagination, Table } from '../ui/index.ts'
import { HistoryPage, type Names, useCaseText } from './history.tsx'
import { idFrom } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

/** Who read a file, and who changed it. */
export function oversightPages({ app, store }: PortalParts): void {
  app.get('/my/reads', async (context) => {
    const visit = context.get('visit')
    const { after } = context.req.query()
    const found = await visit.session().perform(ownReads, after === undefined ? {} : { after })
    const names = await actorNames(store, found.reads, visit.words)
    const title = visit.words.say('reads.own')
    return context.html(
      <ReadsPage visit={visit} found={found} names={names} address="/my/reads" title={title} />,
    )
  })

  app.get('/residents/:id/reads', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(ResidentId, context.req.param('id'))
    const { after } = context.req.query()
    const asked = { resident: id, ...(after === undefined ? {} : { after }) }
    const found = await visit.session().perform(readsOfResident, asked)
    const address = `/residents/${id}/reads`
    const names = await actorNames(store, found.reads, visit.words)
    const title = visit.words.say('reads.title')
    return context.html(
      <ReadsPage visit={visit} found={found} names={names} address={address} title={title} />,
    )
  })

  app.get('/residents/:id/history', async (context) => {
    const visit = context.get('visit')
    const id = idFrom(ResidentId, context.req.param('id'))
    const links = await visit.session().perform(residentHistory, { resident: id })
    const names = await actorNames(store, links, visit.words)
    return context.html(<HistoryPage visit={visit} links={links} names={names} id={id} />)
  })
}

async function actorNames(
  { storage, villageId }: SessionStore,
  acts: readonly { readonly actor: { readonly kind: string; readonly id: string } }[],
  words: Visit['words'],
): Promise<Names> {
  const names = new Map<string, string>()
  await storage.read(villageId, async (tx) => {
    for (const {
      actor: { kind, id },
    } of acts) {
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
  const { words } = visit
  return (
    <VisitPage visit={visit} title={title} lead={words.say('reads.lead')}>
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
    </VisitPage>
  )
}
