import { isLumbungError } from '../../kernel/index.ts'
import type { Stored } from '../collection.ts'
import type { Storage } from '../storage.ts'
import { all, equal } from './assertions.ts'
import { households, resident, residents, village } from './fixtures.ts'
import { pick, seededRandom } from './random.ts'
import type { StoreTest } from './store-test.ts'

type Resident = Stored<typeof residents>

/** What the store must hold: plain maps, and the rules of the schema written out once more. */
interface Model {
  readonly households: Set<string>
  readonly residents: Map<string, Resident>
}

const ids = ['1', '2', '3', '4', '5', '6'] as const
const homes = ['h1', 'h2', null] as const
const numbers = ['x', 'y', 'z', null, null] as const

/** One random step on the model; undefined where the store must refuse it with this code. */
type Step = (
  model: Model,
  random: () => number,
) => { code?: string; run: (storage: Storage) => Promise<unknown> }

const numberTaken = (model: Model, id: string, number: string | null): boolean =>
  number !== null && [...model.residents.values()].some((other) => other.number === number && other.id !== id)
const homeMissing = (model: Model, home: string | null): boolean =>
  home !== null && !model.households.has(home)

const insertResident: Step = (model, random) => {
  const [id, householdId, number] = [pick(random, ids), pick(random, homes), pick(random, numbers)]
  const record = resident(id, { householdId, number, name: `n${Math.floor(random() * 3)}` })
  const run = (storage: Storage) => storage.transact(village, (tx) => tx.insert(residents, record))
  if (model.residents.has(id) || numberTaken(model, id, number)) return { code: 'storage/duplicate', run }
  if (homeMissing(model, householdId)) return { code: 'storage/reference-missing', run }
  model.residents.set(id, { ...record, version: 1 } as Resident)
  return { run }
}

const updateResident: Step = (model, random) => {
  const [id, householdId, number] = [pick(random, ids), pick(random, homes), pick(random, numbers)]
  const known = model.residents.get(id)
  const stale = random() < 0.2
  const version = (known?.version ?? 1) - (stale ? 1 : 0)
  const record = { ...resident(id, { householdId, number }), version } as Resident
  const run = (storage: Storage) => storage.transact(village, (tx) => tx.update(residents, record))
  if (known === undefined || stale) return { code: 'storage/version-conflict', run }
  if (numberTaken(model, id, number)) return { code: 'storage/duplicate', run }
  if (homeMissing(model, householdId)) return { code: 'storage/reference-missing', run }
  model.residents.set(id, { ...record, version: version + 1 })
  return { run }
}

const removeResident: Step = (model, random) => {
  const id = pick(random, ids)
  const record = model.residents.get(id) ?? ({ ...resident(id), version: 1 } as Resident)
  const run = (storage: Storage) => storage.transact(village, (tx) => tx.remove(residents, record))
  if (!model.residents.delete(id)) return { code: 'storage/version-conflict', run }
  return { run }
}

const insertHousehold: Step = (model, random) => {
  const id = pick(random, ['h1', 'h2'])
  const run = (storage: Storage) =>
    storage.transact(village, (tx) => tx.insert(households, { id, hamlet: 'a' }))
  if (model.households.has(id)) return { code: 'storage/duplicate', run }
  model.households.add(id)
  return { run }
}

const removeHousehold: Step = (model, random) => {
  const id = pick(random, ['h1', 'h2'])
  const record = { id, hamlet: 'a', version: 1 }
  const run = (storage: Storage) => storage.transact(village, (tx) => tx.remove(households, record))
  if (!model.households.has(id)) return { code: 'storage/version-conflict', run }
  if ([...model.residents.values()].some(({ householdId }) => householdId === id)) {
    return { code: 'storage/referenced', run }
  }
  model.households.delete(id)
  return { run }
}

const steps = [
  insertResident,
  insertResident,
  updateResident,
  updateResident,
  removeResident,
  insertHousehold,
  removeHousehold,
] as const

export function testModel(
  test: StoreTest,
  workloads: { readonly count: number; readonly seed: number },
): void {
  const last = workloads.seed + workloads.count - 1
  test(`random workloads end as in plain maps, refusals included (seeds ${workloads.seed} to ${last})`, async (storage) => {
    const empty = await all(storage.dump())
    for (let seed = workloads.seed; seed <= last; seed += 1) {
      await storage.restore(empty)
      await playWorkload(storage, seed)
    }
  })
}

async function playWorkload(storage: Storage, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const model: Model = { households: new Set(), residents: new Map() }
  for (let index = 0; index < 60; index += 1) {
    const { code, run } = pick(random, steps)(model, random)
    const got = await run(storage).then(
      () => undefined,
      (error: unknown) => (isLumbungError(error) ? error.code : String(error)),
    )
    equal(got, code, `seed ${seed}, step ${index}: the refusal`)
  }
  await storage.read(village, async (tx) => {
    const stored = await all(tx.stream(residents))
    const expected = [...model.residents.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    equal(stored, expected, `seed ${seed}: the residents`)
    equal(await tx.count(households), model.households.size, `seed ${seed}: the households`)
  })
}
