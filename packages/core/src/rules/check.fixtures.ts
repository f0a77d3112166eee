import type { ListFact, RecordFact, ScalarFact } from './fact-types.ts'
import { factNumberMax } from './fact-types.ts'
import type { RuleEnvironment } from './rule.ts'

const date: ScalarFact = { kind: 'date', promised: true, known: false }

function whole(minimum: number, maximum: number, known = false): ScalarFact {
  return { kind: 'int', minimum, maximum, promised: true, known }
}

const child: RecordFact = { kind: 'record', facts: { grade: whole(1, 12) } }
const member: RecordFact = {
  kind: 'record',
  facts: {
    age: whole(0, 150, true),
    birth: date,
    isPupil: { kind: 'bool', known: false },
    wage: { kind: 'money', minimum: 0, maximum: 1_000_000_000, promised: true, known: false },
    children: { kind: 'list', item: child, itemsMax: 20, known: true },
  },
}

function list(item: ListFact['item'], itemsMax: number): ListFact {
  return { kind: 'list', item, itemsMax, known: true }
}

/** Facts of every type, some of them promised and some not. */
export const environment: RuleEnvironment = {
  facts: {
    household: {
      kind: 'record',
      facts: {
        decile: whole(1, 10),
        rooms: whole(0, 50, true),
        anyNumber: {
          kind: 'int',
          minimum: -factNumberMax,
          maximum: factNumberMax,
          promised: false,
          known: true,
        },
        income: { kind: 'money', minimum: 0, maximum: 1_000_000_000, promised: true, known: true },
        area: { kind: 'decimal', scale: 2, minimum: 0, maximum: 1_000_000, promised: true, known: true },
        share: { kind: 'decimal', scale: 6, minimum: 0, maximum: 1_000_000, promised: true, known: true },
        name: { kind: 'text', known: true },
        status: { kind: 'enum', values: ['poor', 'near poor', 'rich'], known: true },
        roof: { kind: 'enum', values: ['tin', 'tile'], known: true },
        formerStatus: { kind: 'enum', values: ['poor', 'near poor', 'rich'], known: false },
        hasLand: { kind: 'bool', known: false },
        registered: { ...date, known: true },
        writtenDate: { kind: 'date', promised: false, known: true },
        tags: list({ kind: 'text', known: true }, 5),
        scores: list(whole(0, 100, true), 5),
        dates: list(date, 5),
        members: { kind: 'list', item: member, itemsMax: 64, known: false },
        complete: list(member, 8),
      },
    },
    isOpen: { kind: 'bool', known: true },
  },
  parameters: {
    decileMax: { type: { kind: 'int' }, value: 4 },
    minimum: { type: { kind: 'money' }, value: 600_000 },
    rate: { type: { kind: 'decimal', scale: 3 }, value: 125 },
    since: { type: { kind: 'date' }, value: '2025-01-01' },
    statuses: { type: { kind: 'text' }, value: ['poor', 'near poor'] },
    wrongStatuses: { type: { kind: 'text' }, value: ['poor', 'destitute'] },
    nothing: { type: { kind: 'int' }, value: [] },
  },
}
