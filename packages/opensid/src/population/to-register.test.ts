import { createIdGenerator } from '@lumbung/core/kernel'
import { datedFacts, households, residents } from '@lumbung/core/people'
import { openMemory } from '@lumbung/core/storage'
import { defineVillage, glance, importPopulation, openVillage, villageSchema } from '@lumbung/core/village'
import { registerFacts } from '@lumbung/indonesia'
import { beforeEach, describe, expect, test } from 'vitest'
import { outsideData } from '../outside-data.ts'
import { readPopulation } from './read.ts'
import { populationOf } from './to-register.ts'

const config = defineVillage({
  id: 'sample',
  name: { id: 'Desa Contoh' },
  timeZone: 'Asia/Jakarta',
  languages: ['id'],
  currency: 'IDR',
  currencyScale: 0,
  childBelowYears: 18,
  roles: [
    {
      id: 'officer',
      label: { id: 'Petugas' },
      grants: [{ scope: 'population.import' }, { scope: 'village.read' }],
    },
  ],
  facts: [...registerFacts],
})

function openSample() {
  let drawn = 0
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => (drawn++ * 73) & 255)
  const clock = () => Date.parse('2026-11-24T03:00:00.000Z')
  const ids = createIdGenerator({ clock, random })
  const village = openVillage({ config, storage: openMemory(villageSchema(config)), clock, ids, random })
  return { village, officer: village.as({ kind: 'person', id: 'officer', roles: ['officer'], hamlets: [] }) }
}

const file = outsideData('opensid/contoh_penduduk.xlsx')

// The counts are from the notes that come with the sample of OpenSID 2410.0.0.
describe('the sample workbook in a register', () => {
  beforeEach(({ skip }) => {
    if ('missing' in file) skip(file.missing)
  })
  const read = async () =>
    populationOf((await readPopulation('bytes' in file ? file.bytes : new Uint8Array())).rows)

  test('comes in whole: 97 residents, 37 family cards, 4 hamlets', async () => {
    const { village, officer } = openSample()
    const { population, faults } = await read()
    expect(faults).toEqual([])
    const report = await officer.perform(importPopulation, { population })
    expect(report.refused).toEqual([])
    expect(report.added).toMatchObject({ residents: 97, households: 37, memberships: 97 })
    const figures = await officer.perform(glance, {})
    expect(figures.hamlets.length).toBe(4)
    const stored = await village.storage.read(config.id, async (tx) => ({
      residents: await tx.count(residents),
      households: await tx.count(households),
      facts: await tx.count(datedFacts, { name: 'religion' }),
    }))
    expect(stored).toEqual({ residents: 97, households: 37, facts: 97 })
  })

  test('a second import adds nothing and changes nothing', async () => {
    const { village, officer } = openSample()
    await officer.perform(importPopulation, { population: (await read()).population })
    const lines = async () => {
      const found: string[] = []
      for await (const line of village.storage.dump()) found.push(JSON.stringify(line))
      return found
    }
    const before = await lines()
    const again = await officer.perform(importPopulation, { population: (await read()).population })
    expect(again.added).toEqual({ areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 })
    expect(again.changed).toEqual({ areas: 0, households: 0, residents: 0, memberships: 0, facts: 0 })
    expect(await lines()).toEqual(before)
  })
})
