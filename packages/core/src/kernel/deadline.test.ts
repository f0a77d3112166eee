import { describe, expect, test } from 'vitest'
import { WorkingCalendar } from './calendar.ts'
import { deadlineOf, findOverdue } from './deadline.ts'
import { at, calendar, day, draft, type ProposalState, proposal } from './states.fixtures.ts'

describe('a deadline', () => {
  test.each<[ProposalState, string, string, string, string]>([
    ['funded', '2026-05-11', 'finish', '2026-08-09', 'days'],
    ['deferred', '2026-01-31', 'drop', '2026-02-28', 'months, which may be short'],
    ['submitted', '2026-05-08', 'defer', '2026-05-18', 'working days, over two weekends and a holiday'],
  ])('of %s since %s has %s due after %s: %s', (state, since, action, lastDay) => {
    expect(deadlineOf(proposal, at(state, since), calendar)).toEqual({ action, lastDay })
  })

  test('is none where it would end after the calendar does', () => {
    const days90 = (since: string) => deadlineOf(proposal, at('funded', since))
    expect(days90('9999-10-02')).toEqual({ action: 'finish', lastDay: '9999-12-31' })
    expect(days90('9999-10-03')).toBeUndefined()
    expect(deadlineOf(proposal, at('deferred', '9999-12-01'))).toBeUndefined()
    const endless = WorkingCalendar.parse({ ...calendar, known: { from: '2026-01-01' } })
    expect(deadlineOf(proposal, at('submitted', '9999-12-31'), endless)).toBeUndefined()
    const items = [at('deferred', '9999-12-01'), at('funded', '9999-10-01')]
    expect(findOverdue(proposal, items, day('9999-12-31')).map(({ item }) => item.state)).toEqual(['funded'])
  })

  test('is not there where the state has none', () => {
    expect(deadlineOf(proposal, draft)).toBeUndefined()
  })

  test('in working days needs a calendar', () => {
    expect(() => deadlineOf(proposal, at('submitted'))).toThrow(
      expect.objectContaining({
        code: 'states/calendar-missing',
        details: { machine: 'proposal', state: 'submitted' },
      }),
    )
  })

  test('is missed on the day after its last day', () => {
    const items = [
      { id: 1, ...at('submitted', '2026-05-08') },
      { id: 2, ...at('submitted', '2026-05-11') },
      { id: 3, ...at('deferred', '2026-04-17') },
      { id: 4, ...at('done', '2026-01-01') },
    ]
    const overdue = (on: string) =>
      findOverdue(proposal, items, day(on), calendar).map(({ item, action, lastDay }) => [
        item.id,
        action,
        lastDay,
      ])
    expect(overdue('2026-05-17')).toEqual([])
    expect(overdue('2026-05-18')).toEqual([[3, 'drop', '2026-05-17']])
    expect(overdue('2026-05-19')).toEqual([
      [1, 'defer', '2026-05-18'],
      [3, 'drop', '2026-05-17'],
    ])
  })
})
