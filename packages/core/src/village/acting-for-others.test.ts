// A guardian or proxy who signs in reads and agrees for whom they act: that person alone, within the dates and
// purposes of the power, and every reading is noted.
import { expect, test } from 'vitest'
import { CivilDate, type ResidentId } from '../kernel/index.ts'
import { consents, representations, residents } from '../people/index.ts'
import { giveConsentRecord, saveRepresentationRecord, withdrawConsentRecord } from './agreement-changes.ts'
import { listAgreements } from './agreements.ts'
import { historyOf } from './audit.ts'
import { config, openTestVillage, population, sessionOf } from './fixtures.ts'
import { readsOfResident } from './oversight.ts'
import { readHousehold, readResident } from './register.ts'
import { importPopulation } from './register-changes.ts'

/** Darto of West is to act for Budi, a child of East with whom he does not live. */
async function opened() {
  const { village, clock } = openTestVillage()
  const secretary = sessionOf(village, 'secretary')
  await secretary.perform(importPopulation, { population })
  const ids = new Map<string, ResidentId>()
  await village.storage.read(config.id, async (tx) => {
    for await (const { id, identityNumber } of tx.stream(residents)) ids.set(identityNumber ?? '', id)
  })
  const idOf = (number: string): ResidentId => {
    const id = ids.get(number)
    if (id === undefined) throw new Error(`There is nobody with ${number}.`)
    return id
  }
  const [mother, child, uncle] = [idOf('N-1'), idOf('N-2'), idOf('N-3')]
  const as = (resident: ResidentId, purpose = 'administration') =>
    sessionOf(village, 'resident', { resident, purpose })
  const empower = (more: Readonly<Record<string, unknown>> = {}) =>
    secretary.perform(saveRepresentationRecord, {
      resident: child,
      representative: uncle,
      kind: 'guardian',
      purposes: [],
      basis: 'Judgment 12',
      from: CivilDate.parse('2026-11-24'),
      ...more,
    })
  return { village, clock, secretary, mother, child, uncle, as, empower }
}

const notFound = { code: 'village/not-found' }
const dayMs = 86_400_000

test('a guardian reads the child whole, and nothing of the house; the reading is noted', async () => {
  const { secretary, mother, child, uncle, as, empower } = await opened()
  await expect(as(uncle).perform(readResident, { id: child })).rejects.toMatchObject(notFound)
  await empower()
  const file = await as(uncle).perform(readResident, { id: child })
  expect(file.resident).toMatchObject({ name: 'Budi Puspita', shows: 'specific', isPersonal: true })
  expect(file.households).toEqual([])
  await expect(as(uncle).perform(readResident, { id: mother })).rejects.toMatchObject(notFound)
  const home = (await as(mother).perform(readResident, { id: child })).households[0]
  if (home === undefined) throw new Error('The mother sees no household.')
  await expect(as(uncle).perform(readHousehold, { id: home.id })).rejects.toMatchObject(notFound)
  const { reads } = await secretary.perform(readsOfResident, { resident: child })
  expect(reads.map(({ useCase }) => useCase)).toEqual(['resident.read', 'resident.read'])
})

test('a power holds from its first day, and no longer on the day that ends it', async () => {
  const { clock, child, uncle, as, empower } = await opened()
  await empower({ from: CivilDate.parse('2026-11-26'), to: CivilDate.parse('2026-11-28') })
  const seen: string[] = []
  for (let day = 24; day < 30; day += 1) {
    const outcome = as(uncle).perform(readResident, { id: child })
    seen.push(
      `${day} ${await outcome.then(
        () => 'given',
        () => 'refused',
      )}`,
    )
    clock.now += dayMs
  }
  expect(seen).toEqual(['24 refused', '25 refused', '26 given', '27 given', '28 refused', '29 refused'])
})

test('a power for one purpose counts only where that purpose is named', async () => {
  const { child, uncle, as, empower } = await opened()
  await empower({ kind: 'proxy', purposes: ['health'] })
  await expect(as(uncle).perform(readResident, { id: child })).rejects.toMatchObject(notFound)
  const { resident } = await as(uncle, 'health').perform(readResident, { id: child })
  expect(resident.name).toBe('Budi Puspita')
})

test('a power over somebody gives nobody else a way in, not even the one it is over', async () => {
  const { mother, child, uncle, as, empower } = await opened()
  await empower()
  await expect(as(child).perform(readResident, { id: uncle })).rejects.toMatchObject(notFound)
  await expect(as(mother).perform(readResident, { id: uncle })).rejects.toMatchObject(notFound)
})

test('the power of a guardian over a child ends on the day the child is grown, unless told otherwise', async () => {
  const { empower } = await opened()
  expect(await empower()).toMatchObject({ ok: true, record: { to: '2036-05-20' } })
  const again = await empower({ from: CivilDate.parse('2036-05-20'), to: null })
  expect(again).toMatchObject({ ok: true, record: { to: null } })
  expect(await empower()).toMatchObject({ ok: false, refusal: { code: 'people/already-there' } })
})

test('a guardian agrees in the own name for the child, and withdraws it; both are in the audit log', async () => {
  const { village, child, uncle, as, empower } = await opened()
  await empower()
  const asked = { resident: child, purpose: 'health', basis: 'Form', from: null, to: null }
  const given = await as(uncle).perform(giveConsentRecord, asked)
  if (!given.ok) throw new Error(given.refusal.code)
  expect(given.record.givenBy).toBe(uncle)
  expect(await as(uncle).perform(giveConsentRecord, asked)).toMatchObject({
    refusal: { code: 'people/already-there' },
  })
  const agreements = await as(uncle).perform(listAgreements, { resident: child })
  expect(agreements.consents).toMatchObject([{ holds: true, basis: 'Form', giver: { id: uncle } }])
  await as(uncle).perform(withdrawConsentRecord, { id: given.record.id })
  expect(await as(uncle).perform(withdrawConsentRecord, { id: given.record.id })).toMatchObject({
    refusal: { code: 'people/already-withdrawn' },
  })
  const history = await village.storage.read(config.id, (tx) => historyOf(tx, consents, given.record.id))
  expect(history.map(({ event }) => event.useCase)).toEqual(['consent.give', 'consent.withdraw'])
})

test('nobody gives a consent in the name of somebody else', async () => {
  const { mother, child, uncle, as, empower, secretary } = await opened()
  const asked = { resident: child, purpose: 'health', basis: 'Form', from: null, to: null }
  await expect(as(uncle).perform(giveConsentRecord, asked)).rejects.toMatchObject(notFound)
  await empower()
  const inHerName = as(uncle).perform(giveConsentRecord, { ...asked, givenBy: mother })
  await expect(inHerName).rejects.toMatchObject(notFound)
  expect(await secretary.perform(giveConsentRecord, { ...asked, givenBy: mother })).toMatchObject({
    refusal: { code: 'people/not-represented' },
  })
  const unknown = secretary.perform(giveConsentRecord, { ...asked, purpose: 'gossip' })
  await expect(unknown).rejects.toMatchObject({ code: 'village/invalid-input' })
})

test('who has a power sees that they have it, also before they name its purpose; others see no stranger in it', async () => {
  const { village, mother, child, uncle, as, empower } = await opened()
  await empower({ kind: 'proxy', purposes: ['health'] })
  const own = await as(uncle).perform(listAgreements, { resident: uncle })
  expect(own.represented).toMatchObject([{ resident: child, person: null, purposes: ['health'] }])
  const ofFamily = await as(mother).perform(listAgreements, { resident: child })
  expect(ofFamily.representatives).toMatchObject([{ representative: uncle, actsFor: null }])
  const east = (await village.storage.read(config.id, (tx) => tx.get(residents, { id: child })))?.area ?? ''
  const head = sessionOf(village, 'hamlet-head', { hamlets: [east] })
  // All of a child is specific, and this role sees what is personal.
  expect(await head.perform(listAgreements, { resident: child })).toMatchObject({
    resident: { isPersonal: false },
    representatives: [],
  })
})

test('a power that was ended is in the audit log with both its states', async () => {
  const { village, empower } = await opened()
  const given = await empower()
  if (!given.ok) throw new Error(given.refusal.code)
  await empower({ id: given.record.id, to: CivilDate.parse('2026-12-01') })
  const history = await village.storage.read(config.id, (tx) =>
    historyOf(tx, representations, given.record.id),
  )
  expect(history.map(({ values }) => JSON.parse(values[0]?.after ?? '{}').to)).toEqual([
    '2036-05-20',
    '2026-12-01',
  ])
})
