import { WorkingCalendar } from './calendar.ts'
import { parseCivilDate } from './civil-date.ts'
import { beginProgress, type Progress } from './progress.ts'
import { defineStates, type StateOf } from './states.ts'

/* What the tests of states, progress and deadlines play with. */

export const day = (text: string) => parseCivilDate(text)

/*
 *            submit             verify              fund            finish
 *   draft ───────────► submitted ─────► verified ───────────► funded ─────► done
 *     ▲                 │  │  ▲ └note    │
 *     └─────return──────┘  │  └──resume──┼── deferred
 *                          └───reject────┴──────────► rejected
 */
export const proposal = defineStates({
  name: 'proposal',
  initial: 'draft',
  states: {
    draft: { arrows: { submit: { to: 'submitted', guards: ['complete', 'signed'] } } },
    submitted: {
      arrows: {
        note: { to: 'submitted' },
        verify: { to: 'verified', guards: ['signed'], reason: 'required' },
        return: { to: 'draft', reason: 'required' },
        reject: { to: 'rejected', reason: 'required' },
        defer: { to: 'deferred' },
      },
      deadline: { after: { workingDays: 5 }, action: 'defer' },
    },
    deferred: {
      arrows: { resume: { to: 'submitted' }, drop: { to: 'rejected' } },
      deadline: { after: { months: 1 }, action: 'drop' },
    },
    verified: { arrows: { fund: { to: 'funded' }, reject: { to: 'rejected', reason: 'required' } } },
    funded: { arrows: { finish: { to: 'done' } }, deadline: { after: { days: 90 }, action: 'finish' } },
    done: {},
    rejected: { arrows: {} },
  },
})
export type ProposalState = StateOf<typeof proposal>

export const calendar = WorkingCalendar.parse({
  restDays: [6, 7],
  holidays: [{ date: '2026-05-14', name: { en: 'Ascension Day' } }],
  known: { from: '2026-01-01', to: '2027-01-01' },
  source: 'Made up for this test',
  confidence: 'high',
})

export const draft = beginProgress(proposal, day('2026-05-04'))
export const at = (state: ProposalState, since = '2026-05-11'): Progress<ProposalState> => ({
  ...draft,
  state,
  since: day(since),
})
