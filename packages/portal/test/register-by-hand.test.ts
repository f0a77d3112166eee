import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noBrowser, openBrowser, printToPdf, walkByKeyboard, widths } from './browser.ts'
import { openSamplePortal, sampleWorkbook } from './sample-village.ts'
import { bytesOf, expectWellMade, importThrough, openAs } from './visitor.ts'

const portal = await openSamplePortal()
let browser: Browser
const at = (path: string) => `${portal.url}${path}`
const ratna = ['sekretaris', 'uji-sekretaris'] as const
const anwar = ['pembaca', 'uji-pembaca'] as const
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
const text = async (page: Page) => (await page.locator('main').textContent()) ?? ''

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
    expect(await second.locator('h2').first().textContent()).toContain('baru saja diubah petugas lain')
    await expectWellMade(second, 'hand-conflict')
    expect(await second.locator('main table').textContent()).toContain(
      'Yohanes Balo 0Yohanes Balo PertamaYohanes Balo Kedua',
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
    expect(await page.locator('#errors').textContent()).toContain('Nilainya di luar batas.')
    expect(await page.inputValue('[name=source]')).toBe('kunjungan rumah')
    await page.fill('[name=value]', '3')
    await send(page)
    await page.waitForURL(/households\/.*done=fact/)
    expect(await text(page)).toContain('terverifikasi, sumber: kunjungan rumah')
    await page.context().close()
  })
})

describe('numbers', () => {
  test('are masked until they are opened, and each opening is noted', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const address = await openResident(page, 'siti 0')
    expect(await page.content()).not.toMatch(/\d{16}/)
    await page.click('summary:has-text("Tampilkan nomor lengkap")')
    await page.click('button:has-text("Tampilkan nomor lengkap")')
    await page.waitForSelector('.notice.info')
    expect(await text(page)).toMatch(/990101\d{10}/)
    await expectWellMade(page, 'hand-numbers')
    await page.goto(at(`${address}/reads`))
    const rows = await page.locator('main tbody tr').allTextContents()
    expect(rows.filter((row) => row.includes('membuka nomor lengkap')).length).toBe(1)
    await page.goto(at(address))
    await page.click('text=Buka keluarga ini')
    await expectWellMade(page, 'hand-household')
    expect(await page.content()).not.toMatch(/\d{16}/)
    await page.click('summary:has-text("Tampilkan nomor lengkap")')
    await page.click('button:has-text("Tampilkan nomor lengkap")')
    await page.waitForSelector('.notice.info')
    expect(await text(page)).toMatch(/9901010101\d{6}/)
    await page.context().close()
  })
})

describe('the register taken along', () => {
  test('as CSV it is masked as on the screen, and is one read of everybody in it', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await page.goto(at('/residents?q=siti'))
    await expectWellMade(page, 'hand-register')
    const coming = page.waitForEvent('download')
    await page.click('text=Unduh CSV')
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^9901012001-\d{4}-\d\d-\d\d\.csv$/)
    const file = join(portal.folder, 'register.csv')
    await download.saveAs(file)
    const csv = readFileSync(file, 'utf8')
    const lines = csv.trim().split('\r\n')
    expect(lines.length).toBe(1 + 3)
    expect(lines[0]).toContain('Nama,NIK (nomor induk kependudukan)')
    expect(csv).toMatch(/Siti 0,99•+\d{4},/)
    expect(csv).not.toMatch(/\d{16}/)
    const address = await openResident(page, 'siti 0')
    await page.goto(at(`${address}/reads`))
    const rows = await page.locator('main tbody tr').allTextContents()
    expect(rows.filter((row) => row.includes('mengunduh atau mencetak daftar')).length).toBe(1)
    await page.context().close()
  })

  test('on paper it is a sheet under the letterhead', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await page.goto(at('/residents'))
    await page.click('text=Tampilan cetak')
    await expectWellMade(page, 'hand-sheet')
    const { pages } = await printToPdf(page, 'hand-sheet')
    expect(pages).toBeLessThanOrEqual(3)
    await page.context().close()
  })
})

describe('life events', () => {
  test('a death is previewed, asks for the new head, is recorded, and taken back', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const address = await openResident(page, 'sari puspita 0')
    await page.click('main >> text=Peristiwa hidup')
    await expectWellMade(page, 'hand-events-empty')
    await page.click('main >> text=Kematian')
    await expectWellMade(page, 'hand-death')
    await fillDate(page, 'on', ['2', '11', '2026'])
    await send(page)
    expect(await page.locator('#errors').textContent()).toContain('memerlukan kepala keluarga baru')
    await page.selectOption('select[name^=head-]', { index: 1 })
    await page.fill('[name=note]', 'Akta kematian')
    await send(page)
    expect(await page.locator('h1').textContent()).toBe('Periksa sebelum dicatat')
    await expectWellMade(page, 'hand-death-confirm')
    const effects = await page.locator('main li').allTextContents()
    expect(effects).toEqual([
      'Sari Puspita 0: status menjadi meninggal sejak 2 November 2026.',
      'Sari Puspita 0 bukan lagi anggota Keluarga Sari Puspita 0 sejak 2 November 2026.',
      'Budi Santoso 0 menjadi anggota Keluarga Sari Puspita 0 sebagai kepala keluarga, sejak 2 November 2026.',
    ])
    // Going back to the answers loses none.
    await page.click('text=Ubah isian')
    expect(await page.inputValue('[name=note]')).toBe('Akta kematian')
    await send(page)
    await page.click('text=Catat peristiwa')
    await page.waitForURL(/done=event/)
    expect(await text(page)).toContain('meninggal')
    await page.goto(at(`${address}/events`))
    await expectWellMade(page, 'hand-events')
    await page.click('main table a:has-text("Batalkan")')
    await expectWellMade(page, 'hand-reverse')
    await page.click('button:has-text("Batalkan peristiwa")')
    await page.waitForURL(/done=reversed/)
    expect(await text(page)).toContain('tinggal di desa')
    await page.goto(at(`${address}/events`))
    expect(await text(page)).toContain('dibatalkan')
    await page.context().close()
  })
})

describe('records that were merged', () => {
  test('are parted again from the page of the merge', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const [kept, merged] = [
      await openResident(page, 'darto wibowo 0'),
      await openResident(page, 'darto wibowo 1'),
    ]
    const [one, other] = [kept, merged].map((address) => address.split('/').at(-1) ?? '')
    const status = await page.evaluate(
      async ([first, second]) => {
        const csrf = document.querySelector<HTMLInputElement>('[name=csrf]')?.value ?? ''
        const reason = 'Dua kartu'
        const body = new URLSearchParams({ csrf, kept: first ?? '', merged: second ?? '', reason })
        return (await fetch('/duplicates', { method: 'POST', body })).url
      },
      [one, other],
    )
    expect(status).toContain('merged=')
    await page.goto(at(merged))
    await expectWellMade(page, 'hand-merged')
    expect(await text(page)).toContain('Data ini sudah digabung ke data lain.')
    await page.goto(at('/duplicates'))
    await page.click('text=Yang sudah digabung')
    await expectWellMade(page, 'hand-merges')
    await page.click('button:has-text("Pisahkan lagi")')
    await page.waitForURL(/done=parted/)
    expect(await text(page)).toContain('kedua data terpisah lagi')
    await page.goto(at('/merges'))
    expect(await text(page)).toContain('Tidak ada data yang digabung')
    await page.context().close()
  })
})

describe('a household by its events', () => {
  test('a child is born into the family of its mother', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await openResident(page, 'ma 1')
    await page.click('text=Buka keluarga ini')
    await page.click('main >> text=Kelahiran')
    await send(page)
    await expectWellMade(page, 'hand-birth')
    await fillDate(page, 'on', ['20', '11', '2026'])
    await page.fill('[name=name]', 'Bayi Uji')
    await page.check('[name=sex][value=female]')
    await page.selectOption('[name=mother]', { index: 1 })
    await page.selectOption('[name=relationship]', '4')
    // Of several who match, the page asks which one is meant.
    await page.fill('[name=fatherElsewhere]', 'siti')
    await send(page)
    await expectWellMade(page, 'hand-birth-choose')
    expect(await page.locator('#errors').textContent()).toContain('Pilih orangnya.')
    await page.check('[name=fatherElsewhere-id] >> nth=0')
    await send(page)
    await page.click('button:has-text("Catat peristiwa")')
    await page.waitForURL(/households\/.*done=event/)
    expect(await text(page)).toContain('Bayi Uji')
    await page.context().close()
  })

  test('another member becomes the head, and a card is split', async () => {
    const page = await openAs(browser, portal.url, ratna)
    await openResident(page, 'yohanes balo 1')
    await page.click('text=Buka keluarga ini')
    const address = new URL(page.url()).pathname
    await page.click('main >> text=Pergantian kepala keluarga')
    await expectWellMade(page, 'hand-head')
    await fillDate(page, 'on', ['3', '11', '2026'])
    await page.check('[name=head] >> nth=0')
    await page.selectOption('select[name^=rel-] >> nth=0', '3')
    await page.selectOption('select[name^=rel-] >> nth=2', '4')
    await send(page)
    await page.click('button:has-text("Catat peristiwa")')
    await page.waitForURL(/done=event/)
    await page.goto(at(`${address}/events/card-split`))
    await expectWellMade(page, 'hand-split')
    await fillDate(page, 'on', ['4', '11', '2026'])
    await page.selectOption('select[name^=to-] >> nth=2', 'head')
    await page.fill('[name=address]', 'Jalan Baru 1')
    await page.selectOption('[name=area]', { index: 1 })
    await send(page)
    await expectWellMade(page, 'hand-split-confirm')
    await page.click('button:has-text("Catat peristiwa")')
    await page.waitForURL(/done=event/)
    expect(await page.locator('main tbody tr').count()).toBe(2)
    await page.context().close()
  })

  test('two marry, and one moves to the card of the other', async () => {
    const page = await openAs(browser, portal.url, ratna)
    const address = await openResident(page, 'sari puspita 3')
    await page.goto(at(`${address}/events/marriage`))
    await expectWellMade(page, 'hand-marriage')
    await fillDate(page, 'on', ['5', '11', '2026'])
    await page.fill('[name=spouse]', 'nobody at all')
    await page.check('[name=joins][value=spouse]')
    await send(page)
    expect(await page.locator('#errors').textContent()).toContain('Tidak ada yang cocok')
    await page.fill('[name=spouse]', 'yohanes balo 3')
    await page.selectOption('[name=relationship]', '3')
    await send(page)
    await expectWellMade(page, 'hand-marriage-confirm')
    await page.click('button:has-text("Catat peristiwa")')
    await page.waitForURL(/done=event/)
    expect(await text(page)).toContain('Yohanes Balo 3')
    await page.context().close()
  })

  test('a family moves in with a card of its own, without script', async () => {
    const page = await openAs(browser, portal.url, ratna, withoutScript)
    await page.goto(at('/residents'))
    await page.click('text=Catat keluarga yang pindah datang')
    await fillDate(page, 'on', ['6', '11', '2026'])
    await page.fill('[name=address]', 'Jalan Datang 2')
    await page.selectOption('[name=area]', { index: 1 })
    await page.fill('[name=person-1-name]', 'Kepala Datang')
    await page.check('[name=person-1-sex][value=male]')
    await fillDate(page, 'person-1-birth', ['1', '1', '1980'])
    await page.click('button:has-text("Tambah satu orang lagi")')
    expect(await page.inputValue('[name=person-1-name]')).toBe('Kepala Datang')
    await page.fill('[name=person-2-name]', 'Anak Datang')
    await page.check('[name=person-2-sex][value=female]')
    await fillDate(page, 'person-2-birth', ['1', '1', '2012'])
    await page.selectOption('[name=person-2-relationship]', '4')
    await page.click('button:has-text("Periksa akibatnya")')
    expect(await page.locator('main .card li').count()).toBe(5)
    await page.click('button:has-text("Catat peristiwa")')
    await page.waitForURL(/households\/.*done=event/)
    expect(await page.locator('main tbody tr').count()).toBe(2)
    await page.context().close()
  })
})

describe('who may not', () => {
  test('a reader sees no way to change anything, and is refused by hand', async () => {
    const page = await openAs(browser, portal.url, anwar)
    const address = await openResident(page, 'siti 0')
    expect(await page.locator('main >> text=Ubah dan catat').count()).toBe(0)
    const paths = ['/residents/new', '/move-in', '/merges', `${address}/correct`, `${address}/facts`]
    for (const path of [...paths, `${address}/events`, `${address}/events/death`]) {
      expect((await page.goto(at(path)))?.status(), path).toBe(403)
    }
    await page.context().close()
  })

  test('who sees a child masked opens no number of it', async () => {
    const page = await openAs(browser, portal.url, anwar)
    await page.goto(at('/residents'))
    await page.click('main table a:has-text("Nama disembunyikan") >> nth=0')
    expect(await page.locator('summary:has-text("Tampilkan nomor lengkap")').count()).toBe(0)
    await page.context().close()
  })
})

describe('by keyboard, and on a slow line', () => {
  test.each(['/residents/new', '/move-in', '/merges', '/residents'])('%s', async (path) => {
    const page = await openAs(browser, portal.url, ratna)
    expect(await bytesOf(page, at(path))).toBeLessThan(60_000)
    const { expected, reached, unseen } = await walkByKeyboard(page)
    expect(reached).toEqual(expected)
    expect(unseen).toEqual([])
    await page.goto(at(`${path}?lang=en`))
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.content()).not.toMatch(/\{\w+\}/)
    await page.context().close()
  })
})
