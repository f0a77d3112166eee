import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import type { FactValues } from '../rules/index.ts'
import { decide } from './decide.ts'
import { allOf, citation, label, packOf, programme, version } from './pack.fixtures.ts'
import { type ScreenedHousehold, type ScreenOptions, screen } from './screen.ts'
import { membersOf } from './unit.ts'

// The goal: screening says of every unit what a decision about it says, and says nothing of anybody else.

const on = parseCivilDate('2026-06-15')

const pack = packOf(
  programme({
    parameters: {
      decileMax: { type: { kind: 'int' }, label: label('x'), values: [{ value: 4, citation }] },
    },
    versions: [
      version({
        to: parseCivilDate('2027-01-01'),
        criteria: {
          id: 'whole',
          label: label('x'),
          all: [
            { id: 'decile', label: label('x'), when: 'household.decile <= parameters.decileMax' },
            {
              id: 'none',
              label: label('x'),
              none: [
                { id: 'rooms', label: label('x'), when: 'household.rooms > 5' },
                { id: 'far', label: label('x'), when: 'household.members.exists(m, m.distance > 500)' },
              ],
            },
          ],
        },
      }),
    ],
  }),
  programme({ id: 'well', versions: [version({ to: parseCivilDate('2026-01-01') })] }),
  programme({
    id: 'pupils',
    unit: 'resident',
    versions: [
      version({
        criteria: allOf(
          'resident.pupil || resident.distance < 3',
          'household.decile != 2',
          'resident.fieldArea < 1',
        ),
      }),
    ],
  }),
)

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 })
const member = fc.record({
  pupil: maybe(fc.boolean()),
  distance: maybe(fc.constantFrom(0, 2, 3, 501)),
  fieldArea: maybe(fc.constantFrom(0, 9, 10)),
})
const members = fc.array(member, { maxLength: 4 })
const household: fc.Arbitrary<FactValues> = fc.record({
  decile: maybe(fc.integer({ min: 1, max: 10 })),
  leaks: maybe(fc.boolean()),
  rooms: maybe(fc.constantFrom(0, 5, 6)),
  members: fc.oneof(
    members,
    members.map((items) => ({ items, complete: false })),
    fc.constant(null),
  ),
})
const households = fc
  .array(household, { maxLength: 12 })
  .map((all) => all.map((facts, index): ScreenedHousehold => ({ id: `h${index}`, household: facts })))

async function screened(population: readonly ScreenedHousehold[], options: Partial<ScreenOptions> = {}) {
  const found: string[] = []
  for await (const { programme: id, household: of, member: position, outcome } of screen(pack, population, {
    on,
    ...options,
  })) {
    found.push([id, of.id, position ?? '-', outcome].join(' '))
  }
  return found.sort()
}

/** What one decision after the other says. */
function decided(population: readonly ScreenedHousehold[], day = on) {
  const found: string[] = []
  for (const { id, household: facts } of population) {
    for (const name of pack.programmes.keys()) {
      const positions = name === 'pupils' ? membersOf(facts).map((_, index) => index) : [undefined]
      for (const position of positions) {
        const unit = { household: facts, ...(position !== undefined && { member: position }) }
        const decision = decide(pack, { programme: name, on: day, ...unit })
        const outcome = decision.kind === 'decision' ? decision.outcome : null
        found.push([name, id, position ?? '-', outcome].join(' '))
      }
    }
  }
  return found.sort()
}

test('screening equals deciding, for households and residents, whatever is not known', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(households, async (population) => {
      const found = await screened(population)
      expect(found).toEqual(decided(population))
      for (const line of found) seen.add(`${line.split(' ')[0]} ${line.split(' ').at(-1)}`)
    }),
  )
  // Otherwise the property would hold of nothing: each outcome came up, and the date without a version.
  expect([...seen].sort()).toEqual([
    'pupils eligible',
    'pupils ineligible',
    'pupils undetermined',
    'roof eligible',
    'roof ineligible',
    'roof undetermined',
    'well ',
  ])
})

test('on a date on which some or none of the household programmes are in force it equals deciding too', async () => {
  for (const day of ['2025-06-15', '2027-06-15'].map(parseCivilDate)) {
    await fc.assert(
      fc.asyncProperty(households, async (population) => {
        expect(await screened(population, { on: day })).toEqual(decided(population, day))
      }),
      { numRuns: 20 },
    )
  }
})

test('a population of many batches keeps its order, and progress is told after each batch', async () => {
  const population = Array.from({ length: 5_000 }, (_, index) => ({
    id: String(index),
    household: { decile: 1 + (index % 10), rooms: 1, members: [] },
  }))
  const told: number[] = []
  const ids: string[] = []
  let eligible = 0
  const options = { on, programmes: ['roof'], onProgress: (count: number) => told.push(count) }
  for await (const unit of screen(pack, population, options)) {
    ids.push(unit.id)
    if (unit.outcome === 'eligible') eligible += 1
  }
  expect(ids).toEqual(population.map(({ id }) => id))
  expect(eligible).toBe(2_000)
  expect(told).toEqual([4_096, 5_000])
})

test('a member is told by the id that the village gives, or else by position', async () => {
  const members2 = [{ pupil: true }, { pupil: true }]
  const population = [
    { id: 'a', household: { members: members2 }, memberIds: ['ani', 'budi'] },
    { id: 'b', household: { members: members2 } },
  ]
  const ids: string[] = []
  for await (const { id } of screen(pack, population, { on, programmes: ['pupils'] })) ids.push(id)
  expect(ids).toEqual(['ani', 'budi', 'b/0', 'b/1'])
})

test('nobody is screened where nobody is, and a programme that is not there is misuse', async () => {
  expect(await screened([])).toEqual([])
  await expect(screened([], { programmes: ['rof'] })).rejects.toMatchObject({
    code: 'eligibility/no-such-programme',
  })
})
