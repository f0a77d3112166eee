// Hamlets, organisations, consents and representatives as officers and residents meet them: by keyboard, on a phone,
// without script, each form with what goes wrong in it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdGenerator } from '@lumbung/core/kernel'
import { residents } from '@lumbung/core/people'
import { factDefinitionsOf, importPopulation, openVillage, saveAreaRecord } from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, startPortal } from '../src/node/index.ts'
import {
  noBrowser,
  openBrowser,
  openPage,
  sidewaysOverflow,
  smallTargets,
  takePicture,
  type View,
  violationsOn,
  walkByKeyboard,
  widths,
} from './browser.ts'
import { accounts, config as sample, sampleWorkbook } from './sample-village.ts'

const config = {
  ...sample,
  purposes: [...sample.purposes, { id: 'health', label: { id: 'Kesehatan', en: 'Health' } }],
}
/** A man of another family than the child for whom he will act, and numbers by which both are found. */
const uncle = { login: 'paman', secret: 'uji-paman-paman', name: 'Pak Ma’ruf', roles: ['resident'] }
const [uncleNumber, childNumber] = ['9901011203610004', '9901012005100003']

const folder = mkdtempSync(join(tmpdir(), 'lumbung-organisations-'))
const database = `sqlite:${join(folder, 'village.db')}`
const child = await fill()
const faults: unknown[] = []
const portal = await startPortal({
  config,
  database,
  port: 0,
  sampleAccounts: [...accounts, { ...uncle, identityNumber: uncleNumber }],
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
const phone: View = { width: widths.phone, hasScript: false }
const desk: View = { width: widths.desk, hasScript: false }
const looking: View = { width: widths.desk }

/** Eight families, an empty hamlet to be split, and the id of the child. */
async function fill(): Promise<string> {
  const storage = await openDatabase(database, config)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const { rows } = await readPopulation(sampleWorkbook(8))
  const clerk = village.as({ kind: 'service', id: 'test', roles: ['secretary'], hamlets: [] })
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  const { refused } = await clerk.perform(importPopulation, { population })
  expect(refused).toEqual([])
  const hamlet = { kind: 'hamlet', parent: null, code: null, name: 'Sidodadi', from: null, to: null } as const
  const saved = await clerk.perform(saveAreaRecord, hamlet)
  if (!saved.ok) throw new Error(saved.refusal.code)
  for (const name of ['RT Timur', 'RT Barat']) {
    const inner = { ...hamlet, kind: 'neighbourhood', name, parent: saved.record.id } as const
    await clerk.perform(saveAreaRecord, inner)
  }
  const { records } = await storage.read(config.id, (tx) =>
    tx.query(residents, { where: { identityNumber: childNumber }, limit: 1 }),
  )
  await storage.close()
  return records[0]?.id ?? ''
}

async function signedIn(login: string, secret: string, view: View): Promise<Page> {
  const page = await openPage(browser, at('/sign-in'), view)
  page.setDefaultTimeout(15_000)
  await page.fill('input[name=login]', login)
  await page.fill('input[name=secret]', secret)
  await page.click('form.form button')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  return page
}

const secretary = (view: View = desk) => signedIn('sekretaris', 'uji-sekretaris', view)

/** Addresses that the walks came by, which are looked at in the end. */
const seen = new Map<string, string>()

/** An address bears a phone and a desk, is accessible and light, and every stop of the keyboard is seen. */
async function holds(look: Page, url: string, name: string): Promise<void> {
  let bytes = 0
  const count = async (response: { body: () => Promise<Buffer> }) => {
    bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  }
  look.on('response', count)
  await look.goto(url)
  look.off('response', count)
  expect(bytes, name).toBeLessThan(60_000)
  await holdsAsItIs(look, name)
}

async function holdsAsItIs(look: Page, name: string): Promise<void> {
  for (const [device, width] of Object.entries(widths)) {
    await look.setViewportSize({ width, height: width < 600 ? 740 : 900 })
    await takePicture(look, `organisations-${name}-${device}`)
    expect(await sidewaysOverflow(look), name).toEqual({ px: 0, culprits: [] })
    expect(await violationsOn(look), name).toEqual([])
  }
  await look.setViewportSize({ width: widths.phone, height: 740 })
  expect(await smallTargets(look), name).toEqual([])
  const { expected, reached, unseen } = await walkByKeyboard(look)
  expect(reached, name).toEqual(expected)
  expect(unseen, name).toEqual([])
  await look.setViewportSize({ width: widths.desk, height: 900 })
}

async function fillDate(page: Page, name: string, [day, month, year]: readonly [string, string, string]) {
  await page.fill(`input[name=${name}-day]`, day)
  await page.selectOption(`select[name=${name}-month]`, month)
  await page.fill(`input[name=${name}-year]`, year)
}

const main = async (page: Page) => (await page.locator('main').textContent()) ?? ''

describe('organisations', () => {
  test('an officer writes one down, gives two people roles in it, and ends one of them', async () => {
    const page = await secretary()
    await page.goto(at('/organisations'))
    expect(await main(page)).toContain('Belum ada lembaga')
    await page.click('main a.button')
    await page.click('form.form button')
    expect(await page.locator('#errors li').allTextContents()).toEqual(['Pilih jenisnya.', 'Isi namanya.'])
    seen.set('new', at('/organisations/new'))
    await page.fill('input[name=name]', 'Kelompok Tenun Mekar')
    await page.selectOption('select[name=kind]', 'community-group')
    await page.selectOption('select[name=area]', { label: 'Mekar' })
    await page.click('form.form button')
    await page.waitForURL(/\/organisations\/[0-9a-f-]{36}\?saved=1$/)
    const organisation = page.url().replace('?saved=1', '')
    for (const [name, role] of [
      ['sari 0', 'Ketua'],
      ['budi 0', 'Bendahara'],
    ] as const) {
      await page.goto(`${organisation}/roles/new`)
      await page.fill('input[name=q]', name)
      await page.keyboard.press('Enter')
      await page.waitForURL(/q=/)
      if (role === 'Ketua') seen.set('pick', page.url())
      await page.click('main table a')
      await page.fill('input[name=role]', role)
      await page.click('form.form button')
      await page.waitForURL(/saved=1$/)
    }
    expect(await main(page)).toMatch(/Sari Puspita 0[\s\S]*Ketua/)
    seen.set('record', organisation)
    await page.goto(organisation)
    await page.click('main table tr:has-text("Bendahara") a:has-text("Ubah atau akhiri")')
    seen.set('role', page.url())
    await fillDate(page, 'to', ['31', '2', '2026'])
    await page.click('form.form button')
    expect(await page.locator('#errors').textContent()).toContain('Tanggal ini tidak ada')
    expect(await page.inputValue('input[name=to-day]')).toBe('31')
    await fillDate(page, 'from', ['1', '1', '2020'])
    await fillDate(page, 'to', ['1', '6', '2026'])
    await page.click('form.form button')
    await page.waitForURL(/saved=1$/)
    const ended = page.locator('main table tr:has-text("Bendahara")')
    expect(await ended.textContent()).toContain('1 Januari 2020 sampai 1 Juni 2026')
    expect(await ended.textContent()).toContain('tidak berlaku')
    await page.goto(at('/organisations?kind=school'))
    expect(await main(page)).toContain('Belum ada lembaga')
    seen.set('list', at('/organisations'))
    await page.context().close()
  })

  test('what somebody changed meanwhile is not overwritten, and what was typed stays', async () => {
    const [one, other] = [await secretary(), await secretary()]
    await one.goto(at('/organisations/new'))
    await one.fill('input[name=name]', 'SD Uji')
    await one.selectOption('select[name=kind]', 'school')
    await one.click('form.form button')
    await one.waitForURL(/saved=1$/)
    const edit = one.url().replace('?saved=1', '/edit')
    await one.goto(edit)
    await other.goto(edit)
    await one.fill('input[name=name]', 'SD Uji Satu')
    await one.click('form.form button')
    await one.waitForURL(/saved=1$/)
    await other.fill('input[name=name]', 'SD Uji Dua')
    await other.click('form.form button')
    expect(await other.locator('#errors').textContent()).toContain('diubah orang lain')
    expect(await other.inputValue('input[name=name]')).toBe('SD Uji Dua')
    await one.context().close()
    await other.context().close()
  })

  test('a visitor sees the organisations, nobody in them, and no form', async () => {
    const page = await openPage(browser, at('/organisations'), phone)
    await page.click('main table a')
    expect(await main(page)).not.toContain('Orang dan perannya')
    expect(await page.locator('main form').count()).toBe(0)
    expect((await page.goto(at('/organisations/new')))?.status()).toBe(403)
    await page.context().close()
  })
})

describe('hamlets', () => {
  test('a hamlet is renamed, and its old name stays in its history', async () => {
    const page = await secretary()
    seen.set('areas', at('/areas'))
    await page.goto(at('/areas'))
    await page.click('main table a:text-is("Karya")')
    await page.click('text=Ganti nama')
    seen.set('rename', page.url())
    await page.fill('input[name=name]', 'Karya Baru')
    await fillDate(page, 'on', ['1', '1', '2099'])
    await page.click('form.form button')
    expect(await page.locator('#errors').textContent()).toContain('di masa depan')
    await fillDate(page, 'on', ['17', '8', '2026'])
    await page.click('form.form button')
    await page.waitForURL(/saved=1$/)
    expect(await page.locator('h1').textContent()).toBe('Karya Baru')
    expect(await page.locator('.steps h3').allTextContents()).toEqual([
      expect.stringContaining('Bernama Karya Baru'),
      expect.stringContaining('Bernama Karya'),
    ])
    seen.set('area', page.url())
    await page.context().close()
  })

  test('a merge is tried out and shown first, and taken back', async () => {
    const page = await secretary(looking)
    await page.goto(at('/areas'))
    await page.click('main table a:text-is("Sidodadi")')
    await page.click('text=Gabung atau tutup')
    seen.set('end', page.url())
    await page.selectOption('select[name=into]', { index: 1 })
    await page.click('form.form button')
    expect(await page.locator('h1').textContent()).toBe('Yang akan terjadi')
    await holdsAsItIs(page, 'end-preview')
    await page.click('text=Gabung sekarang')
    await page.waitForURL(/saved=1$/)
    expect(await main(page)).toContain('Digabung ke ')
    expect(await main(page)).not.toContain('RT Barat')
    await page.click('text=Batalkan ini')
    seen.set('reopen', page.url())
    await page.click('text=Batalkan sekarang')
    await page.waitForURL(/saved=1$/)
    expect(await main(page)).toContain('Dibatalkan: tetap ada')
    expect(await main(page)).toContain('RT Barat')
    await page.context().close()
  })

  test('a split is tried out and shown first, and written only then', async () => {
    const page = await secretary(looking)
    await page.goto(at('/areas'))
    await page.click('main table a:text-is("Sidodadi")')
    const area = page.url()
    await page.goto(`${area}/split`)
    await page.click('form.form button')
    expect(await page.locator('#errors li').count()).toBe(2)
    seen.set('split', `${area}/split`)
    await page.goto(`${area}/split`)
    await page.fill('input[name=part-1]', 'Sidodadi Timur')
    await page.fill('input[name=part-2]', 'Sidodadi Barat')
    await page.selectOption('select:near(:text("RT Timur ikut ke"))', '1')
    await page.check('text=Berakhir pada hari itu')
    await page.click('form.form button')
    expect(await page.locator('#errors').textContent()).toContain('Setiap lingkungan di dalamnya')
    expect(await page.inputValue('input[name=part-2]')).toBe('Sidodadi Barat')
    await page.locator('select[name^=inner-]').first().selectOption('2')
    await page.locator('select[name^=inner-]').last().selectOption('1')
    await page.click('form.form button')
    expect(await page.locator('h1').textContent()).toBe('Yang akan terjadi')
    expect(await main(page)).toContain('Sidodadi Timur, dengan RT Timur')
    const others = await openPage(browser, at('/areas'), phone)
    expect(await main(others)).not.toContain('Sidodadi Timur')
    await holdsAsItIs(page, 'split-preview')
    await page.click('text=Kembali mengubah')
    expect(await page.inputValue('input[name=part-1]')).toBe('Sidodadi Timur')
    await page.click('form.form button')
    await page.click('text=Pecah sekarang')
    await page.waitForURL(/saved=1$/)
    expect(await main(page)).toContain('Dipecah menjadi Sidodadi Timur, Sidodadi Barat')
    expect(await main(page)).toContain('sudah tidak ada')
    await others.goto(at('/areas'))
    expect(await main(others)).toMatch(/Sidodadi Timur\s*RT Timur/)
    await others.context().close()
    await page.context().close()
  })
})

describe('consents and representatives', () => {
  test('an officer records a guardian for a child, and the consent that he gives', async () => {
    const page = await secretary()
    await page.goto(at(`/residents/${child}`))
    await page.click('main a:text-is("Persetujuan, wakil, dan peran")')
    await page.click('text=Catat wakil')
    await page.fill('input[name=q]', uncleNumber)
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=/)
    await page.click('main table a')
    seen.set('representative', page.url())
    await page.click('form.form button')
    expect(await page.locator('#errors').textContent()).toContain('Isi dasarnya')
    await page.fill('input[name=basis]', 'Putusan 12')
    await page.getByRole('checkbox', { name: 'Kesehatan' }).check()
    await page.click('form.form button')
    await page.waitForURL(/done=saved$/)
    expect(await main(page)).toMatch(/Wali[\s\S]*Kesehatan[\s\S]*Putusan 12[\s\S]*20 Mei 2028/)
    await page.click('text=Catat persetujuan')
    seen.set('consent', page.url())
    await page.selectOption('select[name=purpose]', 'administration')
    await page.locator('input[name=givenBy]').last().check()
    await page.fill('input[name=basis]', 'Formulir 3')
    await page.click('form.form button')
    expect(await page.locator('#errors').textContent()).toContain('bukan wakil untuk tujuan itu')
    await page.selectOption('select[name=purpose]', 'health')
    await page.click('form.form button')
    await page.waitForURL(/done=given$/)
    expect(await main(page)).toContain('Formulir 3')
    seen.set('agreements', page.url())
    await page.context().close()
  })

  test('the guardian signs in, opens the child for the purpose of his power alone, and withdraws', async () => {
    const page = await signedIn(uncle.login, uncle.secret, phone)
    expect((await page.goto(at(`/residents/${child}`)))?.status()).toBe(404)
    await page.goto(at('/'))
    await page.click('details.account summary')
    await page.click('text=Persetujuan dan perwakilan saya')
    expect(await main(page)).not.toContain('Ni Luh Ayu')
    seen.set('own', page.url())
    await page.click('text=Buka untuk Kesehatan')
    expect(await page.locator('h1').textContent()).toContain('Ni Luh Ayu')
    // With whom the child lives is no part of it.
    expect(await main(page)).not.toContain('Sari Puspita')
    await page.click('main a:text-is("Persetujuan, wakil, dan peran")')
    await page.click('main form button')
    await page.waitForURL(/done=withdrawn$/)
    expect(await main(page)).toContain('dicabut')
    await takePicture(page, 'organisations-withdrawn-phone')
    expect((await page.goto(at(`/residents/${child}?purpose=administration`)))?.status()).toBe(404)
    await page.context().close()
    const officer = await secretary()
    await officer.goto(at(`/residents/${child}/reads`))
    expect(await main(officer)).toMatch(/Pak Ma’ruf[\s\S]*Kesehatan/)
    await officer.context().close()
  })

  test('ending the power closes the way', async () => {
    const page = await secretary()
    await page.goto(at(`/residents/${child}/consents`))
    await page.click('main a:has-text("Ubah atau akhiri")')
    await fillDate(page, 'from', ['1', '1', '2026'])
    await fillDate(page, 'to', ['2', '1', '2026'])
    await page.click('form.form button')
    await page.waitForURL(/done=saved$/)
    await page.context().close()
    const guardian = await signedIn(uncle.login, uncle.secret, phone)
    expect((await guardian.goto(at(`/residents/${child}?purpose=health`)))?.status()).toBe(404)
    await guardian.context().close()
  })
})

describe('every page bears a phone and a desk, is accessible and light, and can be walked by keyboard', () => {
  const names = ['new', 'pick', 'record', 'role', 'list', 'areas', 'rename', 'area', 'split', 'end', 'reopen']
  const ofPeople = ['representative', 'consent', 'agreements', 'own']
  let officer: Page
  let resident: Page
  beforeAll(async () => {
    if (noBrowser !== undefined) return
    officer = await secretary(looking)
    resident = await signedIn(uncle.login, uncle.secret, looking)
  })

  test.each([...names, ...ofPeople])('%s', async (name) => {
    const url = seen.get(name)
    if (url === undefined) throw new Error(`No walk came by ${name}.`)
    await holds(name === 'own' ? resident : officer, url, name)
  })
})
