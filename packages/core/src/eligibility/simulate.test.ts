import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { allOf, citation, label, packOf, programme, version } from './pack.fixtures.ts'
import { type Simulation, simulate } from './simulate.ts'

// The goal: before a limit is changed, everybody can see who would enter, who would leave and what it would cost.

const on = parseCivilDate('2026-06-15')

const parameter = (kind: 'int' | 'money', value: number, next: number) => ({
  type: { kind } as const,
  label: label('x'),
  values: [
    { to: parseCivilDate('2027-01-01'), value, citation },
    { from: parseCivilDate('2027-01-01'), value: next, citation },
  ],
})

const pack = packOf(
  programme({
    parameters: { decileMax: parameter('int', 4, 9), amount: parameter('money', 100, 900) },
    versions: [
      version({
        from: parseCivilDate('2026-01-01'),
        criteria: allOf('household.decile <= parameters.decileMax', 'household.rooms < 9'),
        benefit: {
          per: 'month',
          components: [
            { id: 'cash', label: label('x'), amount: 'parameters.amount', count: 'household.members.size()' },
          ],
        },
      }),
    ],
    tests: [{ it: 'x', on, household: { decile: 4, rooms: 1 }, expect: { outcome: 'eligible' } }],
  }),
)

const home = (
  id: string,
  decile: number | null,
  rooms = 1,
  members: readonly object[] | null = [{}, {}],
) => ({
  id,
  household: { decile, rooms, members: members?.map(() => ({})) ?? null },
})

const population = [
  home('a', 2),
  home('b', 3),
  home('c', 4, 1, null),
  home('d', 5),
  home('e', null),
  home('f', 1, 9),
]

function simulated(parameters: Simulation['parameters'], given: Partial<Simulation> = {}) {
  return simulate(pack, population, { programme: 'roof', on, parameters, ...given })
}

test('a lower limit tells who leaves, and what it costs before and after', async () => {
  const { before, after, entering, leaving } = await simulated({ decileMax: 2 })
  expect(before).toEqual({ eligible: 3, ineligible: 2, undetermined: 1, costMinor: 400, costUnknown: 1 })
  expect(after).toEqual({ eligible: 1, ineligible: 4, undetermined: 1, costMinor: 200, costUnknown: 0 })
  expect({ entering, leaving }).toEqual({ entering: [], leaving: ['b', 'c'] })
})

test('a higher limit tells who enters', async () => {
  expect(await simulated({ decileMax: 5 })).toMatchObject({ entering: ['d'], leaving: [] })
})

test('an amount changes the cost and nobody', async () => {
  const { before, after, entering, leaving } = await simulated({ amount: 50 })
  expect([before.costMinor, after.costMinor]).toEqual([400, 200])
  expect([...entering, ...leaving]).toEqual([])
})

test('groups split the same totals', async () => {
  const groupOf: Simulation['groupOf'] = ({ id }) => (id < 'd' ? 'Hilltop' : 'Riverside')
  const { groups, before, after } = await simulated({ decileMax: 5 }, { groupOf })
  expect([...groups.keys()]).toEqual(['Hilltop', 'Riverside'])
  expect(groups.get('Hilltop')?.after).toMatchObject({ eligible: 3, costMinor: 400, costUnknown: 1 })
  expect(groups.get('Riverside')).toMatchObject({
    before: { eligible: 0 },
    after: { eligible: 1, costMinor: 200 },
  })
  for (const side of ['before', 'after'] as const) {
    const whole = { before, after }[side]
    const sum = [...groups.values()].reduce((total, group) => total + group[side].eligible, 0)
    expect(sum).toBe(whole.eligible)
  }
})

test('only the value in force on the day is another, and the pack stays as it is', async () => {
  const next = { on: parseCivilDate('2027-06-15') }
  expect((await simulated({ decileMax: 2 }, next)).before.eligible).toBe(4)
  expect((await simulated({}, {})).before.eligible).toBe(3)
})

test('a resident is told by their own id', async () => {
  const pupils = packOf(
    programme({
      unit: 'resident',
      parameters: { far: parameter('int', 5, 5) },
      versions: [version({ criteria: allOf('resident.distance > parameters.far') })],
    }),
  )
  const homes = [
    { id: 'a', household: { members: [{ distance: 6 }, { distance: 4 }] }, memberIds: ['ani', 'budi'] },
  ]
  const question = { programme: 'roof', on, parameters: { far: 3 } }
  expect(await simulate(pupils, homes, question)).toMatchObject({ entering: ['budi'], leaving: [] })
})

test('the population streams by once, and whoever moves is told as they pass', async () => {
  const moved: string[] = []
  let [read, readAtMove, most] = [0, 0, 0]
  async function* crowd() {
    for (let index = 0; index < 20_000; index += 1) {
      read += 1
      // A unit that was read and is not told yet is what is held in memory.
      most = Math.max(most, read - readAtMove)
      yield home(String(index), 3)
    }
  }
  const result = await simulate(pack, crowd(), {
    programme: 'roof',
    on,
    parameters: { decileMax: 2 },
    onMove({ id, to }) {
      readAtMove = Number(id)
      if (moved.length < 2) moved.push(`${id} ${to}`)
    },
  })
  expect(moved).toEqual(['0 leaving', '1 leaving'])
  expect(result.before.eligible).toBe(20_000)
  expect(result.leaving).toHaveLength(20_000)
  expect(most).toBeLessThan(8_200)
})

test('what cannot be simulated is refused', async () => {
  await expect(simulated({ decilMax: 3 })).rejects.toMatchObject({ code: 'eligibility/no-such-parameter' })
  await expect(simulated({ decileMax: 'three' })).rejects.toMatchObject({ code: 'eligibility/invalid-pack' })
  await expect(simulated({}, { programme: 'rof' })).rejects.toMatchObject({
    code: 'eligibility/no-such-programme',
  })
  await expect(simulated({}, { on: parseCivilDate('2025-01-01') })).rejects.toMatchObject({
    code: 'eligibility/no-version-in-force',
  })
})
