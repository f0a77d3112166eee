// A village changes the facts that it keeps, and a second one with other facts shares its database.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdGenerator } from '@lumbung/core/kernel'
import { defineSnapshot } from '@lumbung/core/people'
import {
  defineVillage,
  factDefinitionsOf,
  importPopulation,
  openVillage,
  recordDatedFact,
  type VillageConfig,
} from '@lumbung/core/village'
import { expect, test } from 'vitest'
import { openDatabase, prepareVillage } from '../src/node/index.ts'

const village = (id: string, facts: VillageConfig['facts']) =>
  defineVillage({
    id,
    name: { en: id },
    timeZone: 'Europe/Lisbon',
    languages: ['en'],
    currency: 'EUR',
    currencyScale: 2,
    childBelowYears: 18,
    purposes: [{ id: 'administration', label: { en: 'Administration' } }],
    roles: [
      {
        id: 'clerk',
        label: { en: 'Clerk' },
        grants: ['population.import', 'resident.write', 'resident.read'].map((scope) => ({
          scope,
          shows: 'specific' as const,
        })),
      },
    ],
    facts,
  })

const number = (name: string, maximum: number): VillageConfig['facts'][number] => ({
  name,
  unit: 'resident',
  type: { kind: 'int', minimum: 1, maximum },
  label: { en: name },
  fieldClass: 'internal',
})

/** Opens a village as its portal does, brings one person in where there is none, and gives their row. */
async function opened(database: string, config: VillageConfig, told: Readonly<Record<string, number>> = {}) {
  const storage = await openDatabase(database, config)
  try {
    const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
    const ids = createIdGenerator({ clock: Date.now, random })
    const open = openVillage({ config, storage, clock: Date.now, ids, random })
    const clerk = { kind: 'person', id: 'clerk', roles: ['clerk'], hamlets: [] } as const
    const session = open.as(clerk, { purpose: 'administration' })
    await session.perform(importPopulation, {
      population: {
        areas: [],
        households: [],
        residents: [
          {
            key: 'one',
            identityNumber: 'N-1',
            name: 'Sari',
            sex: 'female',
            birthDate: '1985-03-12' as never,
            birthPlace: null,
            memberships: [],
          },
        ],
      },
    })
    await open.runDueJobs({ holder: 'test' })
    const { members } = defineSnapshot(factDefinitionsOf(config))
    const rows = async () => (await storage.read(config.id, (tx) => tx.query(members, {}))).records
    const [row] = await rows()
    for (const [name, value] of Object.entries(told)) {
      const fact = {
        unit: 'resident' as const,
        subject: row?.resident ?? '',
        name,
        value,
        from: null,
        to: null,
      }
      const saved = await session.perform(recordDatedFact, { ...fact, source: 'survey', degree: 'declared' })
      expect(saved.ok).toBe(true)
    }
    const { faults } = await storage.verify()
    return { rows: await rows(), faults }
  } finally {
    await storage.close()
  }
}

const newDatabase = () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'lumbung-')), 'village.db')}`

test('a village keeps other facts than before, and its snapshot is made again for them', async () => {
  const database = newDatabase()
  const before = village('hill', [number('height', 9), number('visits', 9)])
  await prepareVillage(before, database)
  const first = await opened(database, before, { height: 7, visits: 2 })
  expect(first.rows).toMatchObject([{ height: 7, visits: 2 }])
  // One fact is dropped, one has a narrower range, one is new.
  const after = village('hill', [number('visits', 5), number('children', 9)])
  const second = await opened(database, after)
  expect(second.rows).toMatchObject([{ visits: 2, children: null }])
  expect(second.faults).toEqual([])
  // And back: nothing that was told is lost.
  const third = await opened(database, before)
  expect(third.rows).toMatchObject([{ height: 7, visits: 2 }])
})

test('two villages with other facts share a database, whichever is opened', async () => {
  const database = newDatabase()
  const hill = village('hill', [number('height', 9)])
  const river = village('river', [number('boats', 9), number('height', 20)])
  await prepareVillage(hill, database)
  await opened(database, hill, { height: 7 })
  await prepareVillage(river, database)
  expect((await opened(database, river, { boats: 3, height: 15 })).rows).toMatchObject([
    { boats: 3, height: 15 },
  ])
  expect((await opened(database, hill)).rows).toMatchObject([{ height: 7 }])
  const again = await opened(database, river)
  expect(again.rows).toMatchObject([{ boats: 3, height: 15 }])
  expect(again.faults).toEqual([])
})

test('two villages whose facts no column could hold are told so', async () => {
  const database = newDatabase()
  await prepareVillage(village('hill', [number('height', 9)]), database)
  const text = { ...number('height', 9), type: { kind: 'text' as const } }
  await expect(prepareVillage(village('river', [text]), database)).rejects.toMatchObject({
    code: 'village/facts-differ',
    details: { fact: 'height' },
  })
})
