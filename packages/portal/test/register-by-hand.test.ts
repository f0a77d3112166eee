import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noBrowser, openBrowser, printToPdf, takePicture, walkByKeyboard, widths } from './browser.ts'
import { openSamplePortal, sampleWorkbook } from './sample-village.ts'
import { bytesOf, expectWellMade, importThrough, openAs } from './visitor.ts'

const portal = await openSamplePortal()
let browser: Browser
const at = (path: string) => `${portal.url}${path}`
const ratna = ['sekretaris', 'uji-sekretaris'] as const
const anwar = ['pembaca', 'uji-pembaca'] as const
const desk = { width: widths.desk }
const withoutScript = { width: widths.desk, hasScript: false }

beforeAll(async () => {
  if (noBrowser !== undefined) return
  browser = await openBrowser()
  const page = await openAs(browser, portal.url, ratna)
  await importThrough(page, portal.url, sampleWorkbook(10))
  await page.context().close()
}, 60_000)
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  await portal.close()
  expect(portal.faults).toEqual([])
})

/** Opens the page of whoever a search finds first. */
async function openResident(page: Page, query: string): Promise<string> {
  await page.goto(at(`/residents?q=${encodeURIComponent(query)}`))
  await page.click('main table a')
  await page.waitForURL(/\/residents\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

async function fillDate(page: Page, name: string, [day, month, year]: readonly [string, string, string]) {
  await page.fill(`[name=${name}-day]`, day)
  await page.selectOption(`[name=${name}-month]`, month)
  await page.fill(`[name=${name}-year]`, year)
}

const send = (page: Page) => page.click('main form.form .buttons button >> nth=0')
const text = (page: Page) => page.locator('main').innerText()

describe('a resident by hand', () => {
  test('is added by a form that keeps what was typed until it is right', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await page.goto(at('/residents/new'))
    await expectWellMade(page, 'hand-add')
    await page.fill('[name=name]', 'Wayan Uji')
    await fillDate(page, 'birth', ['31', '2', '1990'])
    await send(page)
    await expectWellMade(page, 'hand-add-faults')
    expect(await page.inputValue('[name=name]')).toBe('Wayan Uji')
    expect(await page.inputValue('[name=birth-day]')).toBe('31')
    expect(await page.locator('#errors a').allTextContents()).toEqual([
      'Pilih jenis kelaminnya.',
      'Tanggal ini tidak ada. Periksa tanggal, bulan dan tahunnya.',
      'Isi tanggalnya.',
      'Pilih tempat tinggalnya.',
    ])
    await page.click('#errors a >> nth=1')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('birth-day')
    await page.check('[name=sex][value=male]')
    await fillDate(page, 'birth', ['28', '2', '1990'])
    await fillDate(page, 'since', ['28', '2', '1990'])
    await page.selectOption('[name=area]', { index: 1 })
    await send(page)
    await page.waitForURL(/done=added/)
    expect(await page.locator('h1').textContent()).toBe('Wayan Uji')
    await page.context().close()
  })

  test('is corrected, and the correction tells what it rests on', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const address = await openResident(page, 'budi santoso 0')
    await page.click('text=Perbaiki data')
    await expectWellMade(page, 'hand-correct')
    expect(await page.content()).not.toMatch(/\d{16}/)
    await page.fill('[name=birthPlace]', 'Kota Uji')
    await page.fill('[name=reason]', 'Akta kelahiran')
    await send(page)
    await page.waitForURL(/done=corrected/)
    expect(await text(page)).toContain('Kota Uji')
    await page.goto(at(`${address}/history`))
    expect(await text(page)).toContain('Akta kelahiran')
    expect(await text(page)).toContain('Uji → Kota Uji')
    await page.context().close()
  })

  test('who comes second sees what changed, and loses nothing that was typed', async () => {
    const first = await openAs(browser, portal.url, ratna)
    const second = await openAs(browser, portal.url, ratna)
    const address = await openResident(first, 'yohanes balo 0')
    for (const page of [first, second]) await page.goto(at(`${address}/correct`))
    await first.fill('[name=name]', 'Yohanes Balo Pertama')
    await first.fill('[name=birthPlace]', 'Pertama')
    await send(first)
    await first.waitForURL(/done=corrected/)
    await second.fill('[name=name]', 'Yohanes Balo Kedua')
    await send(second)
    expect(await second.locator('h2').first().innerText()).toContain('baru saja diubah petugas lain')
    await expectWellMade(second, 'hand-conflict')
    expect(await second.locator('main table').innerText()).toMatch(
      /Yohanes Balo 0\s+Yohanes Balo Pertama\s+Yohanes Balo Kedua/,
    )
    expect(await second.inputValue('[name=name]')).toBe('Yohanes Balo Kedua')
    // What the second had not touched follows the first.
    expect(await second.inputValue('[name=birthPlace]')).toBe('Pertama')
    await send(second)
    await second.waitForURL(/done=corrected/)
    expect(await second.locator('h1').textContent()).toBe('Yohanes Balo Kedua')
    for (const page of [first, second]) await page.context().close()
  })

  test('a number that somebody else has is refused beside its field', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const address = await openResident(page, 'wayan')
    await page.goto(at(`${address}/correct`))
    await page.fill('[name=number]', '9901011203600001')
    await send(page)
    expect(await page.locator('#errors a').allTextContents()).toEqual([
      'Nomor ini sudah dipakai orang lain di daftar. Periksa nomornya, atau lihat data ganda.',
    ])
    await page.context().close()
  })
})

describe('a dated fact', () => {
  test('is recorded of a household with its source and degree', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await openResident(page, 'sari puspita 0')
    await page.click('text=Buka keluarga ini')
    await page.click('main >> text=Catat keterangan')
    await expectWellMade(page, 'hand-fact-choose')
    await page.selectOption('[name=fact]', 'welfareDecile')
    await page.click('main form.form button')
    await page.fill('[name=value]', '11')
    await send(page)
    expect(await page.locator('#errors a').count()).toBe(2)
    await page.fill('[name=source]', 'kunjungan rumah')
    await page.check('[name=degree][value=verified]')
    await send(page)
    await expectWellMade(page, 'hand-fact')
    expect(await page.locator('#errors').innerText()).toContain('Nilainya di luar batas.')
    expect(await page.inputValue('[name=source]')).toBe('kunjungan rumah')
    await page.fill('[name=value]', '3')
    await send(page)
    await page.waitForURL(/households\/.*done=fact/)
    expect(await text(page)).toContain('terverifikasi, sumber: kunjungan rumah')
    await page.context().close()
  })
})
