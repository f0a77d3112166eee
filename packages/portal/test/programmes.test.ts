// Assistance programmes as people meet them: a visitor, an officer at the counter, a family at home.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createIdGenerator } from '@lumbung/core/kernel'
import { households, residents } from '@lumbung/core/people'
import { factDefinitionsOf, importPopulation, openVillage, recordDatedFact } from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, startPortal } from '../src/node/index.ts'
import { noBrowser, openBrowser, openPage, type View, widths } from './browser.ts'
import { accounts, config, sampleWorkbook } from './sample-village.ts'
import { bytesOf, expectWellMade, openAs } from './visitor.ts'

/** The head of the second family, whose decile is too high; and a number by which she is found. */
const family = { login: 'warga', secret: 'uji-warga-warga', name: 'Ma’ruf', roles: ['resident'] }
const headNumber = '9901011203610004'

const folder = mkdtempSync(join(tmpdir(), 'lumbung-programmes-'))
const database = `sqlite:${join(folder, 'village.db')}`
const homes = await fill()
const faults: unknown[] = []
const portal = await startPortal({
  config,
  database,
  port: 0,
  sampleAccounts: [...accounts, { ...family, identityNumber: headNumber }],
  onFault: (error) => void faults.push(error),
})
let browser: Browser

beforeAll(async () => {
  if (noBrowser === undefined) browser = await openBrowser()
})
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  await portal.close()
  rmSync(folder, { recursive: true })
  expect(faults).toEqual([])
})

const at = (path: string) => `${portal.url}${path}`
// Everything is done without script; a second page with script is for looking, since axe needs it.
const plain: View = { width: widths.phone, hasScript: false }
const main = async (page: Page) => (await page.locator('main').textContent()) ?? ''

/** Eight families on two hamlets: of the first nothing is known, of the others a decile of their number. */
async function fill(): Promise<readonly string[]> {
  const storage = await openDatabase(database, config)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const { rows } = await readPopulation(sampleWorkbook(8))
  const actor = { kind: 'service', id: 'test', roles: ['secretary'], hamlets: [] } as const
  const clerk = village.as(actor, { purpose: 'administration' })
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  const { refused } = await clerk.perform(importPopulation, { population })
  expect(refused).toEqual([])
  const found: string[] = []
  const people: string[] = []
  await storage.read(config.id, async (tx) => {
    for await (const { id, number } of tx.stream(households)) found[Number(number?.slice(-5))] = id
    for await (const { id } of tx.stream(residents)) people.push(id)
  })
  const tell = async (unit: string, subject: string, name: string, value: unknown) => {
    const fact = { unit, subject, name, value, from: '2026-01-01', to: null }
    const told = { ...fact, source: 'survei', degree: 'declared' }
    expect(await clerk.perform(recordDatedFact, told as never)).toMatchObject({ ok: true })
  }
  for (const [index, id] of found.entries()) {
    if (index > 0) await tell('household', id, 'welfareDecile', index === 1 ? 9 : index)
  }
  for (const id of people) await tell('resident', id, 'occupation', '1')
  await storage.close()
  return found
}

/** How many rows each table of the database holds. */
function rowsIn(): Readonly<Record<string, unknown>> {
  const reader = new DatabaseSync(join(folder, 'village.db'), { readOnly: true })
  try {
    const tables = reader.prepare("select name from sqlite_schema where type = 'table'").all()
    const countOf = (name: unknown) => reader.prepare(`select count(*) as count from "${name}"`).get()
    return Object.fromEntries(tables.map(({ name }) => [String(name), countOf(name)?.['count']]))
  } finally {
    reader.close()
  }
}

describe('a visitor', () => {
  test('reads whom a programme is for, by which law, and how that was before', async () => {
    const page = await openPage(browser, at('/programmes'), plain)
    expect(await page.locator('main tbody tr').count()).toBe(5)
    await page.click('text=Bantuan Sembako')
    const text = await main(page)
    expect(text).toContain('Desil kesejahteraan keluarga paling tinggi sebesar batas program')
    expect(text).toContain('Tafsiran paket sendiri')
    expect(text).toContain('Sumber lain menyebut 4')
    expect(text).toContain('Rp200.000')
    await page.goto(at('/programmes/blt-dana-desa'))
    expect(await page.locator('.steps li').count()).toBeGreaterThan(4)
    expect(await main(page)).toContain('Belum ada aturan di sini')
    await page.goto(at('/programmes/gold'))
    expect(await page.locator('h1').textContent()).toBe('Halaman tidak ditemukan')
  })

  test('checks for themselves, question by question, and nothing is kept', async () => {
    const page = await openPage(browser, at('/programmes/sembako/self-check'), plain)
    const cookies = async () =>
      (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).sort()
    const before = await cookies()
    const stored = rowsIn()
    const asked: string[] = []
    for (let turn = 0; turn < 12 && (await page.locator('form.form').count()) > 0; turn += 1) {
      const question = (await page.locator('form.form .field').first().textContent()) ?? ''
      asked.push(question.trim())
      if (/Berapa orang/.test(question)) await page.fill('input[name=value]', '2')
      else if (/Desil/.test(question)) {
        const select = page.locator('select[name=value]')
        if ((await select.count()) > 0) await select.selectOption('3')
        else await page.fill('input[name=value]', '3')
      } else await page.locator('select[name=value]').selectOption('1')
      await page.click('form.form button:not([name=skip])')
    }
    expect(asked.length).toBe(4)
    expect(await main(page)).toContain('terindikasi memenuhi syarat')
    expect(page.url()).toBe(at('/programmes/sembako/self-check'))
    expect(await cookies()).toEqual(before)
    expect(rowsIn()).toEqual(stored)
  })

  test('who leaves a question out is asked it again, and who does not know goes on', async () => {
    const page = await openPage(browser, at('/programmes/sembako/self-check'), plain)
    const first = page.locator('form.form button:not([name=skip])')
    await first.click()
    expect(await page.locator('#errors li').count()).toBe(1)
    for (let turn = 0; turn < 12 && (await page.locator('form.form').count()) > 0; turn += 1) {
      if ((await page.locator('button[name=skip]').count()) > 0) await page.click('button[name=skip]')
      else {
        await page.fill('input[name=value]', '1')
        await first.click()
      }
    }
    expect(await main(page)).toContain('belum dapat dipastikan')
  })

  test('sees nothing of people', async () => {
    const page = await openPage(browser, at('/screening'), plain)
    expect(await page.locator('h1').textContent()).toContain('tidak untuk peran Anda')
    await page.goto(at(`/households/${homes[2]}/programmes`))
    expect(await page.locator('h1').textContent()).toContain('tidak untuk peran Anda')
  })
})

describe('an officer', () => {
  test('asks first what settles most, writes it down, and sees the outcome', async () => {
    const page = await openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'], plain)
    await page.goto(at(`/households/${homes[0]}`))
    await page.click('text=Periksa program bantuan')
    expect(await main(page)).toContain('belum dapat dipastikan')
    const next = page.locator('.notice a.button').first()
    expect(await next.getAttribute('href')).toContain('fact=welfareDecile')
    await next.click()
    const select = page.locator('select[name=value]')
    if ((await select.count()) > 0) await select.selectOption('2')
    else await page.fill('input[name=value]', '2')
    await page.fill('input[name=source]', 'kunjungan rumah')
    await page.check('input[name=degree][value=declared]')
    await page.click('form.form button')
    await page.goto(at(`/households/${homes[0]}/programmes`))
    const sembako = page.locator('section.card', { hasText: 'Sembako' })
    expect(await sembako.textContent()).toContain('terindikasi memenuhi syarat')
    expect(await sembako.textContent()).toContain('Rp200.000 per bulan')
    await page.goto(at(`/households/${homes[0]}/programmes?on-day=1&on-month=6&on-year=2025`))
    expect(await main(page)).toContain('tidak ada aturan yang berlaku')
    await page.goto(at(`/households/${homes[0]}/programmes?on-day=31&on-month=2&on-year=2026`))
    expect(await main(page)).toContain('Tanggal ini tidak ada')
  })

  test('screens the village by hamlet and tries another limit', async () => {
    const page = await openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'], plain)
    await page.goto(at('/screening'))
    await page.click('main table a:has-text("Sembako")')
    const before = Number(await page.locator('.tile b').first().textContent())
    expect(before).toBeGreaterThan(2)
    expect(await page.locator('figure').first().textContent()).toContain('Mekar')
    await page.fill('input[name=decileMax]', '3')
    await page.click('form.form button')
    const [entering, leaving] = await page.locator('.tile b').allTextContents()
    expect([entering, leaving]).toEqual(['0', '2'])
    expect(await main(page)).toContain('Rp')
    await page.fill('input[name=decileMax]', 'tiga')
    await page.click('form.form button')
    expect(await page.locator('#errors li').textContent()).toContain('tidak dapat dipakai')
  })
})

test('a family sees its own outcomes, why, and what would change them, and no other family’s', async () => {
  const page = await openAs(browser, portal.url, ['warga', 'uji-warga-warga'], plain)
  await page.goto(at('/my/programmes'))
  const text = await main(page)
  expect(text).toContain('terindikasi belum memenuhi syarat')
  expect(text).toContain('Desil kesejahteraan: dari 9 menjadi')
  expect(text).toContain('sampaikan perbaikan data atau keberatan')
  expect(text).not.toContain('berhak')
  await page.goto(at(`/households/${homes[2]}/programmes`))
  expect(await page.locator('h1').textContent()).toBe('Halaman tidak ditemukan')
})

type Looked = readonly [name: string, path: () => string, login?: string]
const looked: readonly Looked[] = [
  ['list', () => '/programmes'],
  ['programme', () => '/programmes/pkh'],
  ['check', () => '/programmes/sembako/self-check'],
  ['counter', () => `/households/${homes[2]}/programmes`, 'sekretaris'],
  ['own', () => '/my/programmes', 'warga'],
  ['screening', () => '/screening', 'sekretaris'],
  ['screened', () => '/screening/sembako', 'sekretaris'],
  ['simulation', () => '/screening/sembako/simulation?decileMax=3', 'sekretaris'],
]

test.for(looked)(
  '%s bears a phone, is accessible and light, in both languages',
  async ([name, path, login]) => {
    const page =
      login === undefined
        ? await openPage(browser, at('/'), { width: widths.desk })
        : await openAs(browser, portal.url, [login, `uji-${login}${login === 'warga' ? '-warga' : ''}`])
    expect(await bytesOf(page, at(path()))).toBeLessThan(60_000)
    await expectWellMade(page, `programmes-${name}`)
    const address = path()
    await page.goto(at(`${address}${address.includes('?') ? '&' : '?'}lang=en`))
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await main(page)).not.toContain('Terindikasi')
  },
)
