import { CivilDate } from '@lumbung/core/kernel'
import { writeProgramme } from '@lumbung/opensid'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  noBrowser,
  openBrowser,
  openPage,
  printToPdf,
  sidewaysOverflow,
  smallTargets,
  takePicture,
  type View,
  violationsOn,
  walkByKeyboard,
  widths,
} from './browser.ts'
import { openSamplePortal, sampleWorkbook } from './sample-village.ts'

const portal = await openSamplePortal()
let browser: Browser
const families = 40

beforeAll(async () => {
  if (noBrowser === undefined) browser = await openBrowser()
})
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  await portal.close()
  expect(portal.faults).toEqual([])
})

const at = (path: string) => `${portal.url}${path}`
const phone: View = { width: widths.phone }
const desk: View = { width: widths.desk }

async function signIn(page: Page, login: string, secret: string): Promise<void> {
  page.setDefaultTimeout(8_000)
  await page.goto(at('/sign-in'))
  await page.fill('input[name=login]', login)
  await page.fill('input[name=secret]', secret)
  await page.click('form.form button')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

async function secretary(view: View = desk): Promise<Page> {
  const page = await openPage(browser, at('/'), view)
  await signIn(page, 'sekretaris', 'uji-sekretaris')
  return page
}

/** Sends a workbook through the page, and waits for its report. */
async function importThrough(
  page: Page,
  bytes: Uint8Array,
  name = 'penduduk.xlsx',
  programme = '',
): Promise<void> {
  await page.goto(at('/import'))
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.setInputFiles('input[name=workbook]', { name, mimeType, buffer: Buffer.from(bytes) })
  if (programme !== '') await page.selectOption('select[name=programme]', programme)
  await page.click('form.form button')
  await expect
    .poll(
      async () => {
        await page.reload()
        return await page.locator('h1').textContent()
      },
      { timeout: 30_000 },
    )
    .toMatch(/^Impor (?:selesai|ditolak|gagal)/)
}

describe('a village without people', () => {
  test('opens in Indonesian for anybody, and says how to begin', async () => {
    const response = await fetch(portal.url, { redirect: 'manual' })
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain('<html lang="id">')
    expect(html).toContain('Desa Uji')
    expect(html).toContain('Belum ada penduduk')
  })

  test('shows English to whoever asks for it, and remembers', async () => {
    const page = await openPage(browser, at('/?lang=en'), phone)
    await page.goto(at('/sign-in'))
    expect(await page.locator('h1').textContent()).toBe('Sign in')
    await page.context().close()
  })
})

describe('signing in', () => {
  test('a wrong password is refused without telling what was wrong, and the name stays', async () => {
    const page = await openPage(browser, at('/sign-in'), phone)
    for (const login of ['sekretaris', 'nobody']) {
      await page.fill('input[name=login]', login)
      await page.fill('input[name=secret]', 'wrong')
      await page.click('form.form button')
      await page.waitForSelector('#errors')
      expect(await page.locator('#errors').textContent()).toContain('tidak cocok')
      expect(await page.inputValue('input[name=login]')).toBe(login)
      expect(await page.inputValue('input[name=secret]')).toBe('')
    }
    await page.context().close()
  })

  test('the session cookie can be set by no other host and read by no script', async () => {
    const page = await secretary()
    const cookies = await page.context().cookies()
    const session = cookies.find(({ name }) => name === '__Host-session')
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
    expect(await page.evaluate(() => document.cookie)).not.toContain('session')
    await page.context().close()
  })

  test('signing out ends the session for every copy of its cookie', async () => {
    const page = await secretary()
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    expect((await fetch(at('/jobs'), { headers: { cookie } })).status).toBe(200)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await page.click('form[action="/sign-out"] button')
    await page.waitForURL(at('/'))
    expect((await fetch(at('/jobs'), { headers: { cookie } })).status).toBe(403)
    await page.context().close()
  })

  test('a form of another page is refused, with and without a cookie', async () => {
    const body = new URLSearchParams({ login: 'sekretaris', secret: 'uji-sekretaris' })
    expect((await fetch(at('/sign-in'), { method: 'POST', body })).status).toBe(403)
    const evil = { method: 'POST', body, headers: { origin: 'https://evil.example' } }
    expect((await fetch(at('/sign-in'), evil)).status).toBe(403)
  })

  test('too much sent is refused', async () => {
    const body = new URLSearchParams({ login: 'x'.repeat(10_000_000) })
    expect((await fetch(at('/sign-in'), { method: 'POST', body })).status).toBe(413)
  })
})

describe('bringing a population in', () => {
  test('a workbook with faults is refused with the place of each, and nobody comes in', async () => {
    const page = await secretary(phone)
    const faulty = sampleWorkbook(3, (people) => {
      const [first, second, third, fourth] = people
      if (first === undefined || second === undefined || third === undefined || fourth === undefined) return
      people[1] = { ...second, name: 'S'.repeat(300) }
      const { sex: _, ...unsexed } = third
      people[2] = unsexed
      people[3] = { ...fourth, identityNumber: first.identityNumber ?? '' }
    })
    await importThrough(page, faulty)
    expect(await page.locator('h1').textContent()).toBe('Impor ditolak')
    const places = () =>
      page.locator('main table').first().locator('tbody tr > :first-child').allTextContents()
    expect(await places()).toEqual(['Penduduk, baris 5, nik'])
    expect(await page.locator('main').textContent()).not.toContain('Baru')
    expect(await violationsOn(page)).toEqual([])
    await importThrough(
      page,
      sampleWorkbook(3, (people) => {
        const [first, second, third] = people
        if (first === undefined || second === undefined || third === undefined) return
        people[0] = { ...first, birthDate: CivilDate.parse('2999-01-01') }
      }),
    )
    expect(await places()).toEqual(['Penduduk, baris 2, tanggallahir'])
    await page.goto(at('/residents'))
    expect(await page.locator('main').textContent()).toContain('Daftar masih kosong')
    await page.context().close()
  })

  test('a file that is no workbook is refused with the reason', async () => {
    const page = await secretary()
    await importThrough(page, Buffer.from('no workbook'))
    expect(await page.locator('h1').textContent()).toBe('Impor ditolak')
    expect(await page.locator('main table').textContent()).toContain('no archive')
    await page.goto(at('/residents'))
    expect(await page.locator('main').textContent()).toContain('Daftar masih kosong')
    await page.context().close()
  })

  test('a workbook comes in whole, and a second time changes nothing', async () => {
    const page = await secretary()
    await importThrough(page, sampleWorkbook(families))
    await takePicture(page, 'portal-import-done-desk')
    expect(await page.locator('h1').textContent()).toBe('Impor selesai')
    expect(await page.locator('main').textContent()).toContain(`Baru${families * 3}`)
    const warnings = await page.locator('main table').last().textContent()
    expect(warnings).toContain('religionFakta ini tidak dicatat desa')
    await importThrough(page, sampleWorkbook(families))
    expect(await page.locator('main').textContent()).toContain('Baru0')
    await page.goto(at('/'))
    expect(await page.locator('main').textContent()).toContain(String(families * 3))
    await page.context().close()
  })

  test('the participants of a programme come in once, for the programme that was chosen', async () => {
    const page = await secretary()
    const settings = { name: 'Bantuan Contoh', target: 2, startsOn: CivilDate.parse('2026-01-01') }
    const number = '9901010101200000'
    const family = { participant: number, cardNumber: 'A-7', identityNumber: '9901011203600001' }
    const list = (more: object) => writeProgramme(settings, [{ ...family, ...more }])
    // The name is that of no programme of the village, so somebody has to say which it is.
    await importThrough(page, list({}), 'peserta.xlsx')
    expect(await page.locator('h1').textContent()).toBe('Impor ditolak')
    expect(await page.locator('main table').textContent()).toContain('sembako')
    await importThrough(page, list({ participant: '9901010101299999' }), 'peserta.xlsx', 'sembako')
    expect(await page.locator('main table').textContent()).toContain('Peserta, baris 2, Peserta')
    for (const added of ['Baru1', 'Baru0']) {
      await importThrough(page, list({}), 'peserta.xlsx', 'sembako')
      expect(await page.locator('h1').textContent()).toBe('Impor selesai')
      expect(await page.locator('main').textContent()).toContain(added)
    }
    expect(await violationsOn(page)).toEqual([])
    await page.context().close()
  })
})

describe('the pages of an officer', () => {
  const paths = ['/', '/residents', '/residents?q=siti', '/duplicates', '/import', '/jobs', '/my/secret']

  test.each(paths)('%s: on a phone nothing stands out, all is accessible and large enough', async (path) => {
    const page = await secretary(phone)
    await page.goto(at(path))
    await takePicture(page, `portal${path.replaceAll(/\W+/g, '-')}-phone`)
    expect(await sidewaysOverflow(page)).toEqual({ px: 0, culprits: [] })
    expect(await smallTargets(page)).toEqual([])
    expect(await violationsOn(page)).toEqual([])
    await page.setViewportSize({ width: widths.desk, height: 900 })
    await takePicture(page, `portal${path.replaceAll(/\W+/g, '-')}-desk`)
    expect(await violationsOn(page)).toEqual([])
    await page.context().close()
  })

  test('a resident is found by any word of the name, opened, and the reading is noted', async () => {
    const page = await secretary()
    await page.goto(at('/residents'))
    await page.fill('input[name=q]', 'puspita 0')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=puspita/)
    await page.click('main table a')
    await page.waitForURL(/\/residents\/[0-9a-f-]+$/)
    expect(await page.locator('h1').textContent()).toContain('Sari Puspita')
    await takePicture(page, 'portal-resident-desk')
    expect(await violationsOn(page)).toEqual([])
    const { pages } = await printToPdf(page, 'portal-resident')
    expect(pages).toBeLessThanOrEqual(2)
    await page.click('text=Siapa yang membaca data ini')
    await page.waitForURL(/reads$/)
    const reads = await page.locator('main table').textContent()
    expect(reads).toContain('Bu Ratna')
    expect(reads).toContain('membuka data penduduk')
    await page.context().close()
  })

  test.each(['desk', 'phone'] as const)(
    'the pages behind the lists are well made, on a %s: a person, a household, reads, history, an import',
    async (name) => {
      const page = await secretary({ width: widths[name] })
      await page.goto(at('/residents'))
      await page.click('main table a')
      await page.waitForURL(/\/residents\/[0-9a-f-]+$/)
      const person = new URL(page.url()).pathname
      await page.click('main a[href^="/households/"]')
      await page.waitForURL(/\/households\//)
      const household = new URL(page.url()).pathname
      expect(await page.locator('main table').first().textContent()).toContain('istri')
      await importThrough(page, sampleWorkbook(families))
      const report = new URL(page.url()).pathname
      for (const path of [person, household, `${person}/reads`, `${person}/history`, report]) {
        await page.goto(at(path))
        await takePicture(
          page,
          `portal${path.replaceAll(/[0-9a-f-]{36}/g, 'x').replaceAll(/\W+/g, '-')}-${name}`,
        )
        expect([path, await sidewaysOverflow(page)]).toEqual([path, { px: 0, culprits: [] }])
        expect([path, await violationsOn(page)]).toEqual([path, []])
        if (name === 'phone') expect([path, await smallTargets(page)]).toEqual([path, []])
      }
      await page.context().close()
    },
  )

  test('every page weighs less than 60 kB', async () => {
    const page = await secretary()
    for (const path of paths) {
      let bytes = 0
      page.on('response', async (response) => {
        bytes += (await response.body().catch(() => Buffer.alloc(0))).length
      })
      await page.goto(at(path))
      expect(bytes, path).toBeLessThan(60_000)
      page.removeAllListeners('response')
    }
    await page.context().close()
  })

  test('the register works by keyboard and without script', async () => {
    const page = await openPage(browser, at('/sign-in'), { width: widths.desk, hasScript: false })
    await page.keyboard.press('Tab')
    await page.fill('input[name=login]', 'sekretaris')
    await page.keyboard.press('Tab')
    await page.keyboard.type('uji-sekretaris')
    await page.keyboard.press('Enter')
    await page.waitForURL(at('/'))
    await page.goto(at('/residents'))
    const { expected, reached, unseen } = await walkByKeyboard(page)
    expect(reached).toEqual(expected)
    expect(unseen).toEqual([])
    await page.context().close()
  })
})

describe('what a role may not see', () => {
  test.each(['/residents', '/duplicates', '/import', '/jobs', '/accounts'])(
    'a visitor who types %s by hand is refused, kindly, with the way to sign in',
    async (path) => {
      const page = await openPage(browser, at(path), phone)
      expect(await page.locator('h1').textContent()).toBe('Halaman ini tidak untuk peran Anda')
      expect(await page.locator('main a[href="/sign-in"]').count()).toBe(1)
      expect(await violationsOn(page)).toEqual([])
      await page.context().close()
    },
  )

  test('an account manager manages accounts and sees nobody', async () => {
    const page = await openPage(browser, at('/'), desk)
    await signIn(page, 'admin', 'uji-admin-admin')
    expect((await page.goto(at('/residents')))?.status()).toBe(403)
    await page.goto(at('/accounts'))
    await takePicture(page, 'portal-accounts-desk')
    expect(await violationsOn(page)).toEqual([])
    await page.setViewportSize({ width: widths.phone, height: 740 })
    expect(await sidewaysOverflow(page)).toEqual({ px: 0, culprits: [] })
    await page.context().close()
  })

  test('an address that leads nowhere says so', async () => {
    const response = await fetch(at('/nowhere'))
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Halaman tidak ditemukan')
  })
})
