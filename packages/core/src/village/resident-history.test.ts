// The log of changes shows no more of a record than the register does, and never what holds its chain.
import { expect, test } from 'vitest'
import { links, peopled, sessionOf, withRole } from './fixtures.ts'
import { readsOfResident } from './oversight.ts'
import { saveResidentRecord } from './register-changes.ts'
import { residentHistory } from './resident-history.ts'
import { Grant } from './roles.ts'

const grants = (...all: readonly unknown[]) => all.map((grant) => Grant.parse(grant))
const keeper = { id: 'keeper', label: { en: 'Keeper of accounts' } }
const budi = {
  identityNumber: 'N-2',
  temporaryNumber: null,
  name: 'Budi P',
  sex: 'male',
  birthDate: '2018-05-20',
  birthPlace: null,
  status: 'present',
  statusSince: '2018-05-20',
}

/** A child is renamed and moves from East to West. */
async function changed(role: ReturnType<typeof grants>) {
  const { village, ids } = await peopled(withRole({ ...keeper, grants: role }))
  const secretary = sessionOf(village, 'secretary')
  const child = ids['N-2'] as never
  await secretary.perform(saveResidentRecord, { ...budi, id: child, area: ids['West'] } as never)
  return { village, secretary, child, keeper: sessionOf(village, 'keeper') }
}

test('whoever may read the log and not the register sees which fields changed, and no value', async () => {
  const { village, secretary, child, keeper } = await changed(
    grants({ scope: 'audit.read', shows: 'specific' }),
  )
  const before = await links(village)
  const history = await keeper.perform(residentHistory, { resident: child })
  const hidden = { before: null, after: null, isHidden: true }
  expect(history.map(({ fields }) => fields)).toEqual([
    [
      { field: 'name', ...hidden },
      { field: 'area', ...hidden },
    ],
  ])
  expect(JSON.stringify(history)).not.toMatch(/Budi|N-2|salt|sha256|[0-9a-f]{32}/)
  expect(await links(village)).toEqual(before)
  expect((await secretary.perform(readsOfResident, { resident: child })).reads).toEqual([])
})

test('of a child nothing is shown to whom personal fields alone are shown', async () => {
  const { child, keeper } = await changed(
    grants({ scope: 'audit.read' }, { scope: 'resident.read', shows: 'personal' }),
  )
  const [change] = await keeper.perform(residentHistory, { resident: child })
  expect(change?.fields.every(({ isHidden }) => isHidden)).toBe(true)
})

test('whoever may see the record sees what it was and became, areas by name; that is a read', async () => {
  const { secretary, child } = await changed([])
  const [change] = await secretary.perform(residentHistory, { resident: child })
  expect(change).toMatchObject({ useCase: 'resident.save', actor: { id: 'secretary' }, isErased: false })
  expect(change?.fields).toContainEqual({
    field: 'name',
    before: 'Budi Puspita',
    after: 'Budi P',
    isHidden: false,
  })
  expect(change?.fields).toContainEqual({ field: 'area', before: 'East', after: 'West', isHidden: false })
  const { reads } = await secretary.perform(readsOfResident, { resident: child })
  expect(reads.map(({ useCase }) => useCase)).toEqual(['audit.resident'])
})
