import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noBrowser, openBrowser, widths } from './browser.ts'
import { openSamplePortal, sampleWorkbook } from './sample-village.ts'
import { bytesOf, expectWellMade, importThrough, openAs, signIn } from './visitor.ts'

const portal = await openSamplePortal()
let browser: Browser
const at = (path: string) => `${portal.url}${path}`
const dimas = ['admin', 'uji-admin-admin'] as const
const secret = 'kepala-dusun-uji'

beforeAll(async () => {
  if (noBrowser !== undefined) return
  browser = await openBrowser()
  const page = await openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'])
  await importThrough(page, portal.url, sampleWorkbook(4))
  await page.context().close()
}, 60_000)
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  await portal.close()
  expect(portal.faults).toEqual([])
})

test('an account gets its hamlets, and sees the people of these alone', async () => {
  const page = await openAs(browser, portal.url, dimas)
  expect(await bytesOf(page, at('/accounts'))).toBeLessThan(60_000)
  await expectWellMade(page, 'accounts')
  await page.click('main a:has-text("Akun baru")')
  await expectWellMade(page, 'account-new')
  await page.fill('[name=login]', 'kadus')
  await page.fill('[name=name]', 'Pak Kadus')
  await page.check('[name=roles][value=hamlet-head]')
  await page.click('button:has-text("Buat akun")')
  expect(await page.locator('#errors a').allTextContents()).toEqual([
    'Pilih paling sedikit satu dusun: peran ini hanya menjangkau dusun yang dipilih.',
  ])
  expect(await page.inputValue('[name=login]')).toBe('kadus')
  expect(await page.isChecked('[name=roles][value=hamlet-head]')).toBe(true)
  await page.check('.choice:has-text("Karya") [name=hamlets]')
  await page.click('button:has-text("Buat akun")')
  const given = (await page.locator('.notice code.number').textContent()) ?? ''
  await expectWellMade(page, 'account-given')
  await page.click('nav.crumbs a:has-text("kadus")')
  await expectWellMade(page, 'account')

  const kadus = await openAs(browser, portal.url, ['kadus', given])
  await kadus.fill('[name=old]', given)
  await kadus.fill('[name=secret]', secret)
  await kadus.fill('[name=again]', secret)
  await kadus.click('main form.form button')
  await signIn(kadus, portal.url, 'kadus', secret)
  await kadus.goto(at('/residents'))
  expect(await kadus.locator('main tbody tr').count()).toBe(6)
  expect(await kadus.locator('main tbody').textContent()).not.toContain('Mekar')

  // Another hamlet is another reach, from the next sign-in on.
  await page.uncheck('.choice:has-text("Karya") [name=hamlets]')
  await page.check('.choice:has-text("Mekar") [name=hamlets]')
  await page.click('button:has-text("Simpan peran dan dusun")')
  await page.waitForURL(/changed/)
  await expectWellMade(page, 'account-changed')
  expect((await kadus.goto(at('/residents')))?.status()).toBe(403)
  await signIn(kadus, portal.url, 'kadus', secret)
  await kadus.goto(at('/residents'))
  expect(await kadus.locator('main tbody').textContent()).not.toContain('Karya')
  for (const one of [page, kadus]) await one.context().close()
})

test('nobody changes the roles of their own account', async () => {
  const page = await openAs(browser, portal.url, dimas, { width: widths.phone })
  await page.goto(at('/accounts'))
  await page.click('main table a:has-text("admin") >> nth=0')
  expect(await page.locator('button:has-text("Simpan peran dan dusun")').count()).toBe(0)
  const status = await page.evaluate(async () => {
    const csrf = document.querySelector<HTMLInputElement>('[name=csrf]')?.value ?? ''
    const body = new URLSearchParams({ csrf, roles: 'secretary' })
    return (await fetch(`${location.pathname}/change`, { method: 'POST', body })).status
  })
  expect(status).toBe(409)
  await page.context().close()
})

test('a new password is asked for twice, and shown', async () => {
  const page = await openAs(browser, portal.url, dimas, { width: widths.phone })
  await page.goto(at('/accounts?login=pembaca'))
  await page.click('main table a')
  await page.click('main a:has-text("Beri kata sandi baru")')
  await expectWellMade(page, 'account-reset')
  await page.click('main form.form button')
  await page.waitForURL(/given/)
  expect(await page.locator('main code.number').textContent()).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  await page.context().close()
})

test('who may not manage accounts opens none', async () => {
  const page = await openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'])
  const id = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
  for (const path of ['/accounts', `/accounts/${id}`]) {
    expect((await page.goto(at(path)))?.status(), path).toBe(403)
  }
  await page.context().close()
})
