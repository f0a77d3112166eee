import type { Browser, Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import {
  openPage,
  sidewaysOverflow,
  smallTargets,
  takePicture,
  type View,
  violationsOn,
  widths,
} from './browser.ts'

/** Signs in through the page, as people do. */
export async function signIn(page: Page, url: string, login: string, secret: string): Promise<void> {
  page.setDefaultTimeout(8_000)
  await page.goto(`${url}/sign-in`)
  await page.fill('input[name=login]', login)
  await page.fill('input[name=secret]', secret)
  await page.click('form.form button')
  await page.waitForURL((at) => at.pathname !== '/sign-in')
}

/** Somebody who is signed in, in a browser of their own. */
export async function openAs(
  browser: Browser,
  url: string,
  [login, secret]: readonly [string, string],
  view: View = { width: widths.desk },
): Promise<Page> {
  const page = await openPage(browser, `${url}/`, view)
  await signIn(page, url, login, secret)
  return page
}

/** Brings the people of a workbook in, and waits until they are there. */
export async function importThrough(page: Page, url: string, bytes: Uint8Array): Promise<void> {
  await page.goto(`${url}/import`)
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.setInputFiles('input[name=workbook]', {
    name: 'penduduk.xlsx',
    mimeType,
    buffer: Buffer.from(bytes),
  })
  await page.click('form.form button')
  await vi.waitFor(
    async () => {
      await page.reload()
      expect(await page.locator('h1').textContent()).toBe('Impor selesai')
    },
    { timeout: 30_000, interval: 200 },
  )
}

/** How much a page loads, in bytes. */
export async function bytesOf(page: Page, address: string): Promise<number> {
  let bytes = 0
  page.on('response', async (response) => {
    bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  })
  await page.goto(address)
  page.removeAllListeners('response')
  return bytes
}

/** Looks at the open page on a phone and on a laptop: nothing stands out, all is accessible and large enough. */
export async function expectWellMade(page: Page, picture: string): Promise<void> {
  for (const [name, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 })
    await takePicture(page, `${picture}-${name}`)
    expect(await sidewaysOverflow(page), name).toEqual({ px: 0, culprits: [] })
    expect(await violationsOn(page), name).toEqual([])
    if (width === widths.phone) expect(await smallTargets(page)).toEqual([])
  }
}
