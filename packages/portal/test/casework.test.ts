// What follows a decision, as people meet it: from a proposal list to participants, payments and appeals.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPortal } from '../src/node/index.ts'
import { noBrowser, openBrowser, openPage, printToPdf, type View, walkByKeyboard, widths } from './browser.ts'
import { config, fillCasework } from './casework-village.ts'
import { accounts } from './sample-village.ts'
import { bytesOf, expectWellMade, openAs } from './visitor.ts'

/** The head of the second family, whose decile is too high. */
const family = { login: 'warga', secret: 'uji-warga-warga', name: 'Ma’ruf', roles: ['resident'] }
const headNumber = '9901011203610004'
const chair = { login: 'ketua', secret: 'uji-ketua-ketua', name: 'Pak Wayan', roles: ['chair'] }

const folder = mkdtempSync(join(tmpdir(), 'lumbung-casework-'))
const database = `sqlite:${join(folder, 'village.db')}`
const homes = await fillCasework(database)
const faults: unknown[] = []
const portal = await startPortal({
  config,
  database,
  port: 0,
  sampleAccounts: [...accounts, chair, { ...family, identityNumber: headNumber }],
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
const asOfficer = (view: View = plain) => openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'], view)
const asChair = (view: View = plain) => openAs(browser, portal.url, ['ketua', chair.secret], view)
const asFamily = (view: View = plain) => openAs(browser, portal.url, ['warga', family.secret], view)
const follow = (page: Page, name: string) =>
  page.locator('main').getByRole('link', { name, exact: true }).first().click()
const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name, exact: true }).click()
const send = (page: Page) => page.locator('form.form button').first().click()

/** Where things stand that the tests make one after another. */
const made = { list: '' }

describe('a proposal list', () => {
  test('is drafted from the desk, with what is wrong told at its field', async () => {
    const page = await asOfficer()
    await page.goto(at('/cases'))
    await page.click('main table a:has-text("Sembako")')
    expect(await main(page)).toContain('Tidak ada yang menunggu dikerjakan')
    await follow(page, 'Susun daftar usulan')
    await page.fill('input[name=places]', 'tiga')
    await send(page)
    expect(await page.locator('#errors li').textContent()).toContain('angka bulat')
    expect(await page.inputValue('input[name=places]')).toBe('tiga')
    await page.fill('input[name=places]', '2')
    await send(page)
    expect(await main(page)).toContain('Daftar sudah tersusun')
    made.list = new URL(page.url()).pathname
    // Four are indicated as eligible, and of one nothing is known.
    expect(await page.locator('main tbody tr').count()).toBe(5)
    expect(await main(page)).not.toContain('berhak')
    await follow(page, 'Teruskan ke pemeriksaan')
    await send(page)
    expect(await main(page)).toContain('Masih ada yang belum diperiksa')
  })

  test('is verified one by one, with a reason for a rejection', async () => {
    const page = await asOfficer()
    for (let turn = 0; turn < 5; turn += 1) {
      await page.goto(at(`${made.list}?state=proposed`))
      await page.locator('main tbody a').first().click()
      if (turn === 4) {
        await follow(page, 'Tolak usulan')
        await send(page)
        expect(await page.locator('#errors li').textContent()).toContain('Tulis alasannya')
        await page.fill('textarea[name=reason]', 'Rumahnya kosong')
      } else await follow(page, 'Sudah diperiksa')
      await send(page)
    }
    await page.goto(at(made.list))
    expect(await main(page)).toContain('Semua sudah diperiksa')
    await follow(page, 'Bawa ke musyawarah')
    await send(page)
    expect(await main(page)).toContain('Menunggu keputusan musyawarah')
    expect(await page.locator('text=Catat keputusan musyawarah').count()).toBe(0)
  })

  test('is settled by the forum, seen before it is done, and closed', async () => {
    const page = await asChair()
    await page.goto(at(made.list))
    await follow(page, 'Catat keputusan musyawarah')
    await page.fill('input[name=for]', '18')
    await page.fill('input[name=against]', '4')
    await send(page)
    expect(await page.locator('#errors li').textContent()).toContain('Pilih berkasnya')
    const minutes = {
      name: 'berita-acara.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(300_000, 7),
    }
    await page.setInputFiles('input[name=minutes]', minutes)
    await send(page)
    expect(await page.locator('.tile b').allTextContents()).toEqual(['2', '1', '2'])
    const options = page.locator('select[name=proposal] option')
    const third = (await options.allTextContents()).findIndex((text) => text.startsWith('3.'))
    await page.selectOption('select[name=proposal]', { index: third })
    await page.check('input[name=towards][value=include]')
    await press(page, 'Tambahkan dan lihat hasilnya')
    expect(await page.locator('#errors li').textContent()).toContain('Tulis alasannya')
    await page.fill('textarea[name=reason]', 'Rumahnya terbakar')
    await press(page, 'Tambahkan dan lihat hasilnya')
    expect(await main(page)).toContain('Rumahnya terbakar')
    await page.locator('button[value=settle]').click()
    expect(await main(page)).toContain('Hasil musyawarah sudah ditetapkan')
    await follow(page, 'Tutup daftar')
    await send(page)
    expect(await main(page)).toContain('Daftar ditutup')
    await page.goto(at(`${made.list}/sheet`))
    expect(await main(page)).toContain('Kepala Desa')
    expect(await main(page)).toContain('18 setuju, 4 menolak')
  })
})

type Looked = readonly [name: string, path: () => string, who?: 'chair' | 'family']
const looked: readonly Looked[] = [
  ['cases', () => '/cases'],
  ['desk', () => '/programmes/sembako/cases'],
  ['lists', () => '/programmes/sembako/lists'],
  ['new-list', () => '/programmes/sembako/lists/new'],
  ['list', () => made.list],
  ['sheet', () => `${made.list}/sheet`],
]

test.for(looked)(
  '%s bears a phone, is accessible and light, in both languages',
  async ([name, path, who]) => {
    const desk: View = { width: widths.desk }
    const page =
      who === 'chair' ? await asChair(desk) : who === 'family' ? await asFamily(desk) : await asOfficer(desk)
    const address = path()
    expect(await bytesOf(page, at(address))).toBeLessThan(60_000)
    await expectWellMade(page, `casework-${name}`)
    const walk = await walkByKeyboard(page)
    expect(walk.reached).toEqual(walk.expected)
    expect(walk.unseen).toEqual([])
    await page.goto(at(`${address}${address.includes('?') ? '&' : '?'}lang=en`))
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await main(page)).not.toMatch(/Terindikasi|berhak|\{\w+\}/)
  },
)
