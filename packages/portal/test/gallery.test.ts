import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wordsIn } from '../src/words/index.ts'
import {
  noBrowser,
  openAll,
  openBrowser,
  openPage,
  printToPdf,
  sidewaysOverflow,
  smallTargets,
  takePicture,
  type View,
  violationsOn,
  walkByKeyboard,
  weightOf,
  widths,
} from './browser.ts'
import { openGallery, samplePages } from './gallery/app.tsx'

const names = Object.keys(samplePages)
const gallery = await openGallery()
afterAll(() => gallery.close())

/** A page in both languages weighs alike, so the second is looked at once. */
const views: readonly [string, string, View][] = [
  ['id', 'phone, light', { width: widths.phone }],
  ['id', 'phone, dark', { width: widths.phone, scheme: 'dark' }],
  ['id', 'desk, light', { width: widths.desk }],
  ['id', 'desk, dark', { width: widths.desk, scheme: 'dark' }],
  ['en', 'phone, light', { width: widths.phone }],
]

const KILOBYTE = 1000

test.each(names)('%s weighs less than 60 kB with its stylesheet and script', async (name) => {
  expect(await weightOf(`${gallery.url}/id/${name}`)).toBeLessThan(60 * KILOBYTE)
})

test('the script leaves the first press of the tab key to the skip link', async ({ skip }) => {
  skip(noBrowser !== undefined, noBrowser)
  const browser = await openBrowser()
  const page = await openPage(browser, `${gallery.url}/id/document`, { width: widths.phone })
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
  await browser.close()
})

describe.each(names)('%s', (name) => {
  let browser: Browser
  beforeAll(async () => {
    if (noBrowser === undefined) browser = await openBrowser()
  })
  beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
  afterAll(() => browser?.close())

  async function open(locale: string, view: View): Promise<Page> {
    return openPage(browser, `${gallery.url}/${locale}/${name}`, view)
  }

  test.each(views)('in %s on a %s: accessible, and nothing stands out', async (locale, title, view) => {
    const page = await open(locale, view)
    await takePicture(page, `${name}-${locale}-${title.replace(', ', '-')}`)
    expect(await sidewaysOverflow(page)).toEqual({ px: 0, culprits: [] })
    await openAll(page)
    expect(await sidewaysOverflow(page)).toEqual({ px: 0, culprits: [] })
    if (view.width === widths.phone) expect(await smallTargets(page)).toEqual([])
    // In the dark only the colours are others.
    expect(await violationsOn(page, view.scheme === 'dark' ? 'color-contrast' : undefined)).toEqual([])
    await page.context().close()
  })

  test('by keyboard, everything is reached in its order, and seen to be', async () => {
    const page = await open('id', { width: widths.desk, hasScript: false })
    const { expected, reached, unseen } = await walkByKeyboard(page)
    expect(reached).toEqual(expected)
    expect(unseen).toEqual([])
    await page.context().close()
  })

  test('without script, it is all there', async () => {
    const [plain, enhanced] = await Promise.all(
      [false, true].map((hasScript) => open('id', { width: widths.phone, hasScript })),
    )
    const seenOn = async (page: Page | undefined) =>
      // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen counts
      (await page?.locator('main').innerText())?.split(/\s+/).join(' ')
    const printButton = new RegExp(` ?${wordsIn('id', { code: 'IDR', scale: 0 }).say('page.print')} ?`)
    expect(await seenOn(plain)).toBe((await seenOn(enhanced))?.replace(printButton, ' ').trim())
    await plain?.context().close()
    await enhanced?.context().close()
  })

  test('on paper, it is A4 without what only a screen needs', async () => {
    const page = await open('id', { width: widths.desk })
    await page.emulateMedia({ media: 'print' })
    await expect(page.locator('.menu').isVisible()).resolves.toBe(false)
    const { pages } = await printToPdf(page, `${name}-id`)
    expect(pages).toBeGreaterThan(0)
    await page.context().close()
  })
})
