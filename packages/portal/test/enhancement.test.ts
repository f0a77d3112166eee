import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noBrowser, openBrowser, openPage, widths } from './browser.ts'
import { openGallery } from './gallery/app.tsx'

const gallery = await openGallery()
let browser: Browser
beforeAll(async () => {
  if (noBrowser === undefined) browser = await openBrowser()
})
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  gallery.close()
})

test('what was typed survives a reload, says so, and is forgotten once it is sent', async () => {
  const page = await openPage(browser, `${gallery.url}/id/task`, { width: widths.phone })
  await page.getByLabel('Besar setoran').fill('150.000')
  await page.getByLabel('Simpanan sukarela').check()
  await page.reload()
  expect(await page.getByLabel('Besar setoran').inputValue()).toBe('150.000')
  expect(await page.getByLabel('Simpanan sukarela').isChecked()).toBe(true)
  expect(await page.getByText('kami kembalikan').isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Catat setoran' }).click()
  await page.waitForURL('**/task-refused')
  await page.goto(`${gallery.url}/id/task`)
  expect(await page.getByLabel('Besar setoran').inputValue()).toBe('')
})

test('a form that is refused opens on its error summary, which leads to the field', async () => {
  const page = await openPage(browser, `${gallery.url}/id/task-refused`, { width: widths.phone })
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('errors')
  await page.getByRole('link', { name: 'Pilih jenis simpanan' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-kind')
})

test('a button that is pressed twice sends once', async () => {
  const page = await openPage(browser, `${gallery.url}/id/task`, { width: widths.phone })
  const sent: string[] = []
  await page.route('**/task-refused', async (route) => {
    sent.push(route.request().method())
    await new Promise((resolve) => setTimeout(resolve, 300))
    // No content: the browser stays where it is.
    await route.fulfill({ status: 204 })
  })
  await page.getByRole('button', { name: 'Catat setoran' }).dblclick()
  await page.waitForTimeout(400)
  expect(sent).toEqual(['POST'])
  expect(await page.getByText('Sedang dikirim').count()).toBe(1)
})

test('the account menu closes by Escape and gives the focus back', async () => {
  const page = await openPage(browser, `${gallery.url}/id/home`, { width: widths.phone })
  await page.locator('.account summary').click()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  expect(await page.locator('.account').getAttribute('open')).toBeNull()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
})
