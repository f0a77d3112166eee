// What follows a decision, as people meet it: from a proposal list to participants, payments and appeals.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startPortal } from '../src/node/index.ts'
import {
  noBrowser,
  openBrowser,
  openPage,
  printToPdf,
  takePicture,
  type View,
  walkByKeyboard,
  widths,
} from './browser.ts'
import { config, fillCasework } from './casework-village.ts'
import { accounts } from './sample-village.ts'
import { bytesOf, expectWellMade, openAs } from './visitor.ts'

/** The head of the second family, whose decile is too high. */
const family = { login: 'warga', secret: 'uji-warga-warga', name: 'Ma’ruf', roles: ['resident'] }
const headNumber = '9901011203610004'
/** The head of the last family, whose decile is too high too, and who takes part in nothing. */
const leftOffNumber = '9901011203670022'
const chair = { login: 'ketua', secret: 'uji-ketua-ketua', name: 'Pak Wayan', roles: ['chair'] }

const folder = mkdtempSync(join(tmpdir(), 'lumbung-casework-'))
const database = `sqlite:${join(folder, 'village.db')}`
await fillCasework(database)
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
const made = { list: '', participant: '', application: '', decision: '', payments: '' }

describe('a proposal list', () => {
  test('is drafted from the desk, with what is wrong told at its field', async () => {
    const page = await asOfficer()
    await page.goto(at('/cases'))
    await page.click('main table a:has-text("Sembako")')
    expect(await page.locator('.tile b').first().textContent()).toBe('1')
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
        expect(await main(page)).toContain('Desil kesejahteraan')
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
    expect(await page.locator('.tile b').allTextContents()).toEqual(['2', '2', '0'])
    const options = page.locator('select[name=proposal] option')
    const third = (await options.allTextContents()).findIndex((text) => text.startsWith('3.'))
    await page.selectOption('select[name=proposal]', { index: third })
    await page.check('input[name=towards][value=include]')
    await press(page, 'Tambahkan dan lihat hasilnya')
    expect(await page.locator('#errors li').textContent()).toContain('Tulis alasannya')
    await page.fill('textarea[name=reason]', 'Rumahnya terbakar')
    await press(page, 'Tambahkan dan lihat hasilnya')
    expect(await main(page)).toContain('Rumahnya terbakar')
    await takePicture(page, 'casework-settle-phone')
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

describe('a participant', () => {
  test('is enrolled from the list, suspended and resumed, each with its reason on record', async () => {
    const page = await asOfficer()
    await page.goto(at(`${made.list}?state=accepted`))
    await page.locator('main tbody a').first().click()
    await follow(page, 'Jadikan peserta')
    await send(page)
    expect(await main(page)).toContain('Sudah menjadi peserta')
    made.participant = new URL(page.url()).pathname
    await follow(page, 'Tangguhkan')
    await send(page)
    expect(await page.locator('#errors li').textContent()).toContain('Tulis alasannya')
    await page.fill('textarea[name=reason]', 'Pindah sementara')
    await send(page)
    expect(await main(page)).toContain('Pindah sementara')
    await follow(page, 'Lanjutkan')
    await send(page)
    expect(await main(page)).toContain('Peserta dilanjutkan')
    const csv = await page.request.get(at('/programmes/sembako/participants/csv'))
    expect((await csv.text()).split('\r\n')).toHaveLength(4)
  })
})

describe('an application', () => {
  test('is taken at the counter, decided, and appealed by the family, and somebody else answers', async () => {
    const page = await asOfficer()
    await page.goto(at(`/programmes/sembako/applications/new?q=${headNumber}`))
    await page.locator('main tbody a').first().click()
    await page.fill('textarea[name=note]', 'Rumahnya bocor')
    await send(page)
    expect(await main(page)).toContain('Permohonan sudah diterima')
    made.application = new URL(page.url()).pathname
    for (
      let turn = 0;
      turn < 2 && (await page.getByRole('link', { name: 'Catat dokumen' }).count()) > 0;
      turn += 1
    ) {
      await follow(page, 'Catat dokumen')
      for (const box of await page.locator('input[name=documents]').all()) await box.check()
      await send(page)
    }
    await follow(page, 'Putuskan permohonan')
    await send(page)
    expect(await main(page)).toContain('terindikasi belum memenuhi syarat')
    made.decision = new URL(page.url()).pathname
    await follow(page, 'Hitung ulang keputusan ini')
    expect(await main(page)).toContain('hasil yang sama persis')

    const home = await asFamily()
    await home.goto(at('/my/cases'))
    await home.click(`main a[href="${made.decision}"]`)
    expect(await main(home)).toContain('Keberatan paling lambat')
    await follow(home, 'Ajukan keberatan')
    expect(await main(home)).toContain('paling lambat')
    await send(home)
    expect(await home.locator('#errors li').textContent()).toContain('Tulis alasannya')
    await home.fill('textarea[name=reason]', 'Kami berlima')
    await send(home)
    expect(await main(home)).toContain('Dijawab paling lambat')
    await home.goto(at('/cases'))
    expect(await home.locator('h1').textContent()).toContain('tidak untuk peran Anda')

    const other = await asChair()
    await other.goto(at('/appeals'))
    await other.locator('main tbody a').first().click()
    await follow(other, 'Tolak keberatan')
    await other.fill('textarea[name=reason]', 'Desil menurut data terpadu 9')
    await send(other)
    expect(await main(other)).toContain('Jawaban dicatat')
    await home.goto(at(made.decision))
    expect(await main(home)).toContain('Desil menurut data terpadu 9')
    expect(await main(home)).not.toContain('berhak')
  })

  test('is made at home, and withdrawn', async () => {
    const page = await asFamily()
    await page.goto(at('/my/applications/new'))
    await page.check('input[name=programme][value=pkh]')
    await send(page)
    await send(page)
    expect(await main(page)).toContain('Permohonan sudah diterima')
    await follow(page, 'Tarik kembali permohonan')
    await send(page)
    expect(await main(page)).toContain('Sudah ditarik kembali')
  })
})

describe('payments', () => {
  test('are seen before they are prepared, approved by somebody else, and noted', async () => {
    const page = await asOfficer()
    await page.goto(at('/programmes/sembako/payments/new'))
    await send(page)
    expect(await page.locator('.tile b').allTextContents()).toEqual(['1', 'Rp200.000', '1'])
    expect(await main(page)).toContain('terindikasi tidak lagi memenuhi syarat')
    await send(page)
    expect(await main(page)).toContain('menunggu persetujuan')
    made.payments = new URL(page.url()).pathname
    expect(await page.getByRole('link', { name: 'Setujui' }).count()).toBe(0)
    const other = await asChair()
    await other.goto(at(made.payments))
    await follow(other, 'Setujui')
    await send(other)
    expect(await main(other)).toContain('Persetujuan Anda dicatat')
    await page.goto(at(made.payments))
    const csv = await page.request.get(at(`${made.payments}/csv`))
    expect(await csv.text()).toContain(',200000')
    await page.getByRole('link', { name: /^Gagal/ }).click()
    await page.fill('textarea[name=reason]', 'Rekeningnya ditutup')
    await send(page)
    expect(await main(page)).toContain('Rekeningnya ditutup')
    await page.getByRole('link', { name: /^Coba bayar lagi/ }).click()
    await send(page)
    await follow(page, 'Catat semua sudah dibayar')
    await send(page)
    expect(await main(page)).toContain('Pembayaran dicatat')
    await page.goto(at('/programmes/sembako/corrections/find'))
    await send(page)
    expect(await main(page)).toContain('Tidak ada selisih yang baru')
  })

  test('are corrected when what was paid for is told anew, and waived with a reason', async () => {
    const page = await asOfficer()
    await page.goto(at(`/households/${made.participant.split('/').at(-1)}/facts?fact=welfareDecile`))
    const select = page.locator('select[name=value]')
    if ((await select.count()) > 0) await select.selectOption('9')
    else await page.fill('input[name=value]', '9')
    await page.fill('input[name=from-day]', '1')
    await page.selectOption('select[name=from-month]', '1')
    await page.fill('input[name=from-year]', '2026')
    await page.fill('input[name=source]', 'data terpadu')
    await page.check('input[name=degree][value=verified]')
    await page.click('form.form button')
    await page.goto(at('/programmes/sembako/corrections/find'))
    await send(page)
    expect(await main(page)).toContain('kelebihan Rp200.000')
    await takePicture(page, 'casework-correction-phone')
    await page
      .locator('main')
      .getByRole('link', { name: /^Hapuskan/ })
      .click()
    await send(page)
    expect(await page.locator('#errors li').textContent()).toContain('Tulis alasannya')
    await page.fill('textarea[name=reason]', 'Bukan kekeliruan warga')
    await send(page)
    expect(await main(page)).toContain('Tidak ada koreksi')
  })
})

describe('those who take part', () => {
  test('are re-checked, and one who is no longer indicated as eligible is kept with a reason', async () => {
    const page = await asOfficer()
    await vi.waitFor(
      async () => {
        await page.goto(at('/programmes/sembako/rechecks'))
        expect(await main(page)).toContain('Keluarga Ma')
      },
      { timeout: 8_000, interval: 500 },
    )
    await takePicture(page, 'casework-recheck-phone')
    await page
      .locator('main')
      .getByRole('link', { name: /^Pertahankan/ })
      .first()
      .click()
    await page.fill('textarea[name=reason]', 'Sedang sakit berat')
    await send(page)
    expect(await main(page)).toContain('Pemeriksaan ulang diputuskan')
  })

  test('in programmes that the law does not allow together are told with the law', async () => {
    const page = await asOfficer()
    await page.goto(at('/double-benefits'))
    expect(await main(page)).toContain('BLT Dana Desa')
    expect(await main(page)).toContain('Program Keluarga Harapan')
  })
})

test.for(['/cases', '/programmes/sembako/payments', '/lists/x/forum', '/appeals', '/double-benefits'])(
  'whoever has no part in casework is refused %s',
  async (path) => {
    const page = await openPage(browser, at(path), plain)
    expect(await page.locator('h1').textContent()).toContain('tidak untuk peran Anda')
    const reader = await openAs(browser, portal.url, ['pembaca', 'uji-pembaca'], plain)
    await reader.goto(at(path))
    expect(await reader.locator('h1').textContent()).toContain('tidak untuk peran Anda')
    expect(await reader.locator('nav.menu').textContent()).not.toContain('Urusan bantuan')
  },
)

describe('whoever has a part in casework', () => {
  test('sees on the first page what waits, and nobody else does', async () => {
    const page = await asOfficer()
    await page.goto(at('/'))
    expect(await main(page)).toContain('Menunggu dikerjakan')
    await page.locator('main .tasks a').first().click()
    expect(new URL(page.url()).pathname).toMatch(/^\/programmes\/[a-z-]+\/cases$/)
    const home = await asFamily()
    await home.goto(at('/'))
    expect(await main(home)).not.toContain('Menunggu dikerjakan')
  })

  test('is led from the record of a family and of a person to their cases', async () => {
    const page = await asOfficer()
    await page.goto(at(made.participant))
    const subject = made.participant.split('/').at(-1)
    await page.goto(at(`/households/${subject}`))
    await follow(page, 'Urusan bantuannya')
    expect(new URL(page.url()).pathname).toBe(`/households/${subject}/cases`)
    expect(await main(page)).toContain('Sembako')
    const home = await asFamily()
    expect((await home.goto(at(`/households/${subject}/cases`)))?.status()).toBe(403)
    await page.goto(at(`/households/${subject}`))
    await page.locator('main tbody a').first().click()
    await follow(page, 'Urusan bantuannya')
    expect(await main(page)).toContain('Belum ada urusan bantuan')
  })

  test('puts somebody on a list whom screening left off it', async () => {
    const page = await asOfficer()
    await page.goto(at('/programmes/sembako/lists/new'))
    await send(page)
    const list = new URL(page.url()).pathname
    await follow(page, 'Tambahkan usulan')
    expect(await page.locator('h1').textContent()).toContain('Siapa yang ditambahkan')
    // Somebody who takes part already is refused, in words.
    await page.goto(at(`${list}/add?q=${headNumber}`))
    await page.locator('main tbody a').first().click()
    await send(page)
    expect(await page.locator('#errors li').textContent()).toContain('Sudah menjadi peserta')
    await page.goto(at(`${list}/add?q=${leftOffNumber}`))
    await page.locator('main tbody a').first().click()
    expect(await page.locator('h1').textContent()).toContain('Usulkan keluarga')
    await send(page)
    expect(await main(page)).toContain('Sudah ditambahkan ke daftar')
    expect(new URL(page.url()).pathname).toContain(`${list}/units/`)
    const chair = await asChair()
    await chair.goto(at(list))
    expect(await chair.locator(`main a[href="${list}/add"]`).count()).toBe(0)
    expect((await chair.goto(at(`${list}/add`)))?.status()).toBe(403)
  })

  test('erases what a decision was made of, once it was told what is lost', async () => {
    const page = await asOfficer()
    await page.goto(at(made.decision))
    await follow(page, 'Hapus data keputusan')
    expect(await main(page)).toContain('hilang untuk selamanya')
    await send(page)
    expect(await main(page)).toContain('Data keputusan sudah dihapus')
    expect(await main(page)).toContain('hasilnya tetap tercatat')
    expect(await page.getByRole('link', { name: 'Hapus data keputusan' }).count()).toBe(0)
    const chair = await asChair()
    expect((await chair.goto(at(`${made.decision}/erase`)))?.status()).toBe(403)
  })

  test('finds nothing at an address with a malformed id', async () => {
    const page = await asOfficer()
    for (const path of [
      ...['/lists/x', '/lists/x/sheet', '/lists/x/submit', '/lists/x/add', '/decisions/x'],
      ...['/payments/x', '/payments/x/paid', '/programmes/sembako/participants/x', '/decisions/x/erase'],
      ...['/programmes/sembako/applications/x', '/programmes/sembako/rechecks/x/keep', '/households/x/cases'],
      ...['/programmes/sembako/corrections/x/waive', '/residents/x/cases', '/decisions/x/appeal'],
    ])
      expect([path, (await page.goto(at(path)))?.status()]).toEqual([path, 404])
  })
})

test('the sheet for the forum prints on one page of A4', async () => {
  const page = await asOfficer({ width: widths.desk })
  await page.goto(at(`${made.list}/sheet`))
  expect(await printToPdf(page, 'casework-sheet')).toEqual({ pages: 1 })
})

type Looked = readonly [name: string, path: () => string, who?: 'chair' | 'family']
const looked: readonly Looked[] = [
  ['cases', () => '/cases'],
  ['desk', () => '/programmes/sembako/cases'],
  ['lists', () => '/programmes/sembako/lists'],
  ['new-list', () => '/programmes/sembako/lists/new'],
  ['list', () => made.list],
  ['sheet', () => `${made.list}/sheet`],
  ['participants', () => '/programmes/sembako/participants'],
  ['participant', () => made.participant],
  ['suspend', () => `${made.participant}/suspend`],
  ['applications', () => '/programmes/sembako/applications'],
  ['apply', () => '/programmes/sembako/applications/new'],
  ['application', () => made.application],
  ['decision', () => made.decision],
  ['appeals', () => '/appeals', 'chair'],
  ['payments', () => '/programmes/sembako/payments'],
  ['new-payments', () => '/programmes/sembako/payments/new'],
  ['payment-list', () => made.payments],
  ['corrections', () => '/programmes/sembako/corrections'],
  ['rechecks', () => '/programmes/sembako/rechecks'],
  ['doubles', () => '/double-benefits'],
  ['targeting', () => '/programmes/sembako/targeting'],
  ['own-cases', () => '/my/cases', 'family'],
  ['own-apply', () => '/my/applications/new', 'family'],
  ['own-appeal', () => `${made.decision}/appeal`, 'family'],
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
    const answer = await page.goto(at(`${address}${address.includes('?') ? '&' : '?'}lang=en`))
    expect(answer?.status()).toBe(200)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await main(page)).not.toMatch(/Terindikasi|berhak|\{\w+\}/)
  },
)
