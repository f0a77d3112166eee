import { closeList, listForumDecisions, moveList, recordForum, reopenList } from '@lumbung/core/village'
import type { PortalParts } from '../../server/parts.ts'
import { aboveList, listOf } from './list-units.ts'
import { caseSession } from './parts.tsx'
import { led, type StepPage, stepPage } from './step-page.tsx'

/** How a list goes on as a whole: to verification, before the forum, closed, opened again, cancelled. */
export function listSteps(parts: PortalParts): void {
  const reason = (words: { say: (key: 'case.reason') => string }) =>
    ({ kind: 'long-text', name: 'reason', label: words.say('case.reason') }) as const

  for (const action of ['submit', 'convene', 'cancel'] as const) {
    stepPage(parts, `/lists/:list/${action}`, moveList, async (context, visit): Promise<StepPage> => {
      const { words } = visit
      const list = await listOf(parts, visit, context.req.param('list') ?? '')
      return {
        title: words.say(`case.${action}Title`, { title: list.title }),
        above: aboveList(visit, list),
        ...(action === 'cancel' && {
          warning: { title: words.say('case.noWayBack'), text: words.say('case.cancelWarning') },
          fields: [reason(words)],
          isLoss: true,
        }),
        button: words.say(`case.${action}Do`),
        next: words.say(`case.${action}Next`),
        back: `/lists/${list.id}`,
        perform: (answers) =>
          led(
            caseSession(parts, visit, moveList).perform(moveList, {
              id: list.id,
              action,
              ...(answers['reason'] && { reason: answers['reason'] }),
            }),
            () => `/lists/${list.id}?done=${action}`,
          ),
      }
    })
  }

  stepPage(parts, '/lists/:list/close', closeList, async (context, visit): Promise<StepPage> => {
    const { words } = visit
    const list = await listOf(parts, visit, context.req.param('list') ?? '')
    const { accepted, waiting, refused } = list.counts
    return {
      title: words.say('case.closeTitle', { title: list.title }),
      above: aboveList(visit, list),
      lead: words.say('case.settledLine', {
        accepted: words.number(accepted),
        waiting: words.number(waiting),
        refused: words.number(refused),
      }),
      warning: { title: words.say('case.noWayBack'), text: words.say('case.closeWarning') },
      button: words.say('case.closeDo'),
      next: words.say('case.closeNext'),
      back: `/lists/${list.id}`,
      perform: () =>
        led(
          caseSession(parts, visit, closeList).perform(closeList, { id: list.id }),
          () => `/lists/${list.id}?done=close`,
        ),
    }
  })

  stepPage(parts, '/lists/:list/reopen', reopenList, async (context, visit): Promise<StepPage> => {
    const { words } = visit
    const list = await listOf(parts, visit, context.req.param('list') ?? '')
    return {
      title: words.say('case.reopenTitle', { title: list.title }),
      above: aboveList(visit, list),
      fields: [reason(words)],
      button: words.say('case.reopenList'),
      next: words.say('case.reopenNext'),
      back: `/lists/${list.id}`,
      perform: (answers) =>
        led(
          caseSession(parts, visit, reopenList).perform(reopenList, {
            id: list.id,
            reason: answers['reason'] ?? '',
          }),
          () => `/lists/${list.id}?done=reopen`,
        ),
    }
  })

  stepPage(parts, '/lists/:list/forum', recordForum, async (context, visit): Promise<StepPage> => {
    const { words } = visit
    const list = await listOf(parts, visit, context.req.param('list') ?? '')
    const vote = (name: 'for' | 'against' | 'abstained') =>
      ({ kind: 'number', name, label: words.say(`case.votes.${name}`) }) as const
    const earlier = await caseSession(parts, visit, listForumDecisions).perform(listForumDecisions, {
      limit: 100,
    })
    const [last] = earlier.items.filter(({ subject }) => subject === list.title).toReversed()
    return {
      title: words.say('case.forumTitle', { title: list.title }),
      lead: words.say('case.forumLead'),
      above: aboveList(visit, list),
      // Minutes that are on record already need not be written down again.
      ...(last !== undefined && {
        about: (
          <p>
            <a href={`/lists/${list.id}/settle?forum=${last.id}`}>
              {words.say('case.forumEarlier', { date: words.date(last.on) })}
            </a>
          </p>
        ),
      }),
      fields: [
        { kind: 'date', name: 'on', label: words.say('case.forumOn'), value: parts.options.village.today() },
        {
          kind: 'file',
          name: 'minutes',
          label: words.say('case.minutes'),
          hint: words.say('case.minutesHint'),
          accept: '.pdf,.jpg,.jpeg,.png,.docx,.odt',
        },
        vote('for'),
        vote('against'),
        { ...vote('abstained'), value: '0' },
      ],
      button: words.say('case.forumDo'),
      next: words.say('case.forumNext'),
      back: `/lists/${list.id}`,
      perform: (answers) =>
        led(
          caseSession(parts, visit, recordForum).perform(recordForum, {
            on: answers['on'] ?? '',
            minutes: answers['minutes'] ?? '',
            subject: list.title,
            votes: {
              for: Number(answers['for']),
              against: Number(answers['against']),
              abstained: Number(answers['abstained']),
            },
          }),
          ({ record }) => `/lists/${list.id}/settle?forum=${record.id}`,
        ),
    }
  })
}
