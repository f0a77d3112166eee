import { createIdGenerator } from '@lumbung/core/kernel'
import { households, residents } from '@lumbung/core/people'
import { openMemory } from '@lumbung/core/storage'
import {
  draftList,
  factDefinitionsOf,
  importPopulation,
  moveList,
  openVillage,
  readProposalList,
  recordDatedFact,
  recordForum,
  verifyListed,
  villageSchema,
} from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import { expect, test } from 'vitest'
import { AccountId, accounts, portalCollections } from '../src/accounts/records.ts'
import { hashSecret } from '../src/accounts/secret.ts'
import { createPortal, VillageLook } from '../src/index.ts'
import { config } from './casework-village.ts'
import { hiddenFields } from './door-village.ts'
import { sampleWorkbook } from './sample-village.ts'

// The goal: a settlement of many units is read page by page, with the totals of all, and keeps what was decided so far.

const families = 40
const places = 30

/** A list before the forum, and the chair at the door. */
async function beforeForum() {
  const storage = openMemory(villageSchema(config, { collections: portalCollections }))
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const as = (role: string) =>
    village.as({ kind: 'person', id: role, roles: [role], hamlets: [] }, { purpose: 'administration' })
  const clerk = as('secretary')
  const { rows } = await readPopulation(sampleWorkbook(families))
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  await clerk.perform(importPopulation, { population })
  const told: [unit: 'household' | 'resident', id: string, name: string, value: string | number][] = []
  await storage.read(config.id, async (tx) => {
    for await (const { id } of tx.stream(households)) told.push(['household', id, 'welfareDecile', 1])
    for await (const { id } of tx.stream(residents)) told.push(['resident', id, 'occupation', '1'])
  })
  for (const [unit, subject, name, value] of told) {
    const fact = { unit, subject, name, value, from: '2026-01-01' as never, to: null }
    await clerk.perform(recordDatedFact, { ...fact, source: 'survei', degree: 'declared' })
  }
  const drafted = await clerk.perform(draftList, { programme: 'sembako', title: 'Sembako', places })
  if (!drafted.ok) throw new Error(drafted.refusal.code)
  const { id } = drafted.record
  await clerk.perform(moveList, { id, action: 'submit' })
  const { proposals, next } = await clerk.perform(readProposalList, { id, limit: 100 })
  expect([proposals.length, next]).toEqual([families, undefined])
  for (const unit of proposals) await clerk.perform(verifyListed, { id: unit.id, action: 'verify' })
  await clerk.perform(moveList, { id, action: 'convene' })
  const votes = { for: 9, against: 1, abstained: 0 }
  const minutes = 'a'.repeat(64) as never
  const forum = await as('chair').perform(recordForum, { minutes, votes, subject: 'Sembako' })
  if (!forum.ok) throw new Error(forum.refusal.code)
  await storage.transact(config.id, async (tx) => {
    const person = { kind: 'officer', login: 'ketua', name: 'Pak Wayan', roles: ['chair'] } as const
    const open = { mustChange: false, disabled: false, createdAt: village.now() }
    await tx.insert(accounts, {
      ...{ ...person, roles: [...person.roles], hamlets: [], resident: null, ...open },
      ...{ id: AccountId.parse(crypto.randomUUID()), secret: await hashSecret('uji-ketua-ketua') },
    })
  })
  const look = VillageLook.parse({ name: 'Desa Uji', place: config.place })
  const portal = createPortal({ village, look, isPlainHttp: true })
  const cookies = new Map<string, string>()
  const ask = async (path: string, fields?: Readonly<Record<string, string>>) => {
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), host: 'village.example' }
    const sent = fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) }
    const response = await portal.fetch(
      new Request(`http://village.example${path}`, { headers, ...sent }),
      '203.0.113.9',
    )
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return await response.text()
  }
  const form = hiddenFields(await ask('/sign-in'), '/sign-in')
  await ask('/sign-in', { ...form, login: 'ketua', secret: 'uji-ketua-ketua' })
  const inOrder = (await clerk.perform(readProposalList, { id, limit: 100 })).proposals
  return { ask, path: `/lists/${id}/settle?forum=${forum.record.id}`, inOrder }
}

const rowsOf = (html: string) => (html.split('<tbody').at(-1) ?? '').split('<tr').length - 1
const tilesOf = (html: string) =>
  [...html.matchAll(/class="tile"[^>]*>\s*<b>(\d+)/g)].map(([, value]) => value)

test('shows a page of the units, the totals of all, and what was decided on each page', async () => {
  const { ask, path, inOrder } = await beforeForum()
  const first = await ask(path)
  expect(tilesOf(first)).toEqual([`${places}`, `${families - places}`, '0'])
  expect(rowsOf(first)).toBe(25)
  expect(first.length).toBeLessThan(60_000)
  // The last who is accepted, and the first who waits and stands on the next page.
  const line = first.split('<tbody').at(1) ?? ''
  expect(line.split('</tbody')[0]?.match(/<tr/g)).toHaveLength(2)
  expect(line).toContain('daftar tunggu')
  const [, next = ''] = /value="page:([0-9a-f-]{36})"/.exec(first) ?? []
  const form = hiddenFields(first, path)
  const proposal = inOrder[0]?.id ?? ''
  const decided = { ...form, do: 'add', proposal, towards: 'exclude', reason: 'Sudah pindah' }
  const added = await ask(path, decided)
  expect(added).toContain('Sudah pindah')
  const kept = hiddenFields(added, path)
  const carried = { ...kept, overrides: (kept['overrides'] ?? '').replaceAll('&quot;', '"') }
  const second = await ask(path, { ...carried, do: `page:${next}` })
  expect(rowsOf(second)).toBe(families - 25)
  expect(second).toContain('Sudah pindah')
  expect(tilesOf(second)).toEqual([`${places}`, `${families - places - 1}`, '1'])
  expect(second).toContain('value="page:"')
}, 60_000)
