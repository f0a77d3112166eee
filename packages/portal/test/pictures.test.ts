import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdGenerator } from '@lumbung/core/kernel'
import { factDefinitionsOf, importPopulation, openVillage } from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import { describe, expect, test } from 'vitest'
import { openDatabase, startPortal } from '../src/node/index.ts'
import { noBrowser, openBrowser, openPage, widths } from './browser.ts'
import { config as sample } from './sample-village.ts'

// The goal: the pictures in the README show the portal as it is, and weigh little. `npm run pictures` takes them.
const folder = join(import.meta.dirname, '../../../docs/pictures')
const bytesMax = 200_000
/** The people of the example village, in the roles of the tests. */
const workbook = join(import.meta.dirname, '../../../examples/desa-tanjung-barat/data/penduduk.xlsx')
const config = {
  ...sample,
  name: { id: 'Desa Tanjung Barat', en: 'Tanjung Barat Village' },
  place: { id: 'Kecamatan Tanjung, Kabupaten Nusa Lestari (rekaan)' },
}
const views = [
  { file: 'portal.png', width: widths.desk, height: 900 },
  { file: 'portal-phone.png', width: widths.phone, height: 740 },
]

test.skipIf(process.env['LUMBUNG_PICTURES'] !== 'take')('takes them', async ({ skip }) => {
  skip(noBrowser !== undefined, noBrowser)
  mkdirSync(folder, { recursive: true })
  const own = mkdtempSync(join(tmpdir(), 'lumbung-pictures-'))
  const database = `sqlite:${join(own, 'village.db')}`
  await fill(database)
  const portal = await startPortal({ config, database, port: 0 })
  const browser = await openBrowser()
  for (const { file, width, height } of views) {
    const page = await openPage(browser, portal.url, { width })
    await page.screenshot({ path: join(folder, file), clip: { x: 0, y: 0, width, height } })
    await page.context().close()
  }
  await browser.close()
  await portal.close()
  rmSync(own, { recursive: true })
})

describe.each(views)('$file', ({ file, width, height }) => {
  test('is there, as wide as the screen it shows, and light', () => {
    const path = join(folder, file)
    expect(statSync(path).size).toBeLessThan(bytesMax)
    const header = readFileSync(path).subarray(0, 24)
    expect(header.toString('latin1', 1, 4)).toBe('PNG')
    expect([header.readUInt32BE(16), header.readUInt32BE(20)]).toEqual([width, height])
  })
})

async function fill(database: string): Promise<void> {
  const storage = await openDatabase(database, config)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const { rows } = await readPopulation(readFileSync(workbook))
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  const { refused } = await village
    .as({ kind: 'service', id: 'pictures', roles: ['secretary'], hamlets: [] })
    .perform(importPopulation, { population })
  expect(refused).toEqual([])
  await storage.close()
}
