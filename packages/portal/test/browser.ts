import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

/** Why no browser can be had here; undefined where there is one. */
export const noBrowser: string | undefined = inject('noBrowser') || undefined

/** The widths that every page must bear: a cheap phone and a laptop. */
export const widths = { phone: 360, desk: 1280 } as const

/** A connection to the one browser of all tests; each file closes its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserEndpoint'))
}

/** How a reader sees a page. */
export interface View {
  readonly width: number
  readonly scheme?: 'light' | 'dark'
  readonly hasScript?: boolean
}

/** A page of its own, without cookies, at a width and in a scheme; closed by `await using` or by the browser. */
export async function openPage(browser: Browser, url: string, view: View): Promise<Page> {
  const options: BrowserContextOptions = {
    viewport: { width: view.width, height: view.width < 600 ? 740 : 900 },
    colorScheme: view.scheme ?? 'light',
    javaScriptEnabled: view.hasScript ?? true,
    hasTouch: view.width < 600,
    reducedMotion: 'reduce',
  }
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/**
 * What axe finds against WCAG 2.2 AA and its best practices, or by one of its rules alone; empty where all is well.
 */
export async function violationsOn(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...(rule ? { runOnly: [rule] } : {}) })})`,
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary ?? ''}`,
    ),
  )
}

/** Opens all that is folded, menus too, so that what they hold is looked at as well. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** How far a page can be scrolled sideways, in pixels, and what stands out. */
export function sidewaysOverflow(page: Page): Promise<{ readonly px: number; readonly culprits: string[] }> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const isInScroller = (element: Element): boolean => {
      for (let up = element.parentElement; up; up = up.parentElement)
        if (up.scrollWidth > up.clientWidth && /auto|scroll|hidden/.test(getComputedStyle(up).overflowX))
          return true
      return false
    }
    const culprits = [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { right, left, width: own } = element.getBoundingClientRect()
        return (
          own > 0 && element.checkVisibility() && (right > width + 1 || left < -1) && !isInScroller(element)
        )
      })
      .filter((element) => !element.closest('.skip, .hidden, thead, caption'))
      .map((element) => element.outerHTML.slice(0, 120))
    return { px: document.documentElement.scrollWidth - width, culprits }
  })
}

/** How the keyboard sees a page. */
export interface KeyboardWalk {
  /** What can be focused, in the order of the page. */
  readonly expected: readonly string[]
  /** Where the tab key led, until it left the page. */
  readonly reached: readonly string[]
  /** Stops that show no focus, or lie outside of the screen. */
  readonly unseen: readonly string[]
}

/** Walks a page with the tab key, from its top to its end. Of radio buttons, the chosen or else the first counts. */
export async function walkByKeyboard(page: Page): Promise<KeyboardWalk> {
  const expected = await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary'),
    ]
    const isStop = (element: HTMLElement) =>
      element.checkVisibility() && !(element instanceof HTMLInputElement && /radio|hidden/.test(element.type))
    const isFirstRadio = (element: HTMLElement) =>
      element instanceof HTMLInputElement &&
      element.type === 'radio' &&
      element ===
        (document.querySelector(`[name="${element.name}"]:checked`) ??
          document.getElementsByName(element.name)[0])
    const stops = all.filter((element) => isStop(element) || isFirstRadio(element))
    for (const [index, element] of stops.entries())
      element.dataset['stop'] = `${index} ${element.outerHTML.slice(0, 80)}`
    return stops.map((element) => element.dataset['stop'] ?? '')
  })
  const [reached, unseen]: [string[], string[]] = [[], []]
  while (reached.length <= expected.length) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const { top, left, right, bottom } = element.getBoundingClientRect()
      const isOnScreen = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight
      const isSeen = isOnScreen && outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      return { name: element.dataset['stop'] ?? element.outerHTML, isSeen }
    })
    if (!stop) break
    reached.push(stop.name)
    if (!stop.isSeen) unseen.push(stop.name)
  }
  return { expected, reached, unseen }
}

/** Targets smaller than 44 pixels, other than links within a sentence. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')]
    const isInSentence = (element: Element) => element.parentElement?.matches('p, dd:not(.act)') ?? false
    return targets
      .filter(
        (element) =>
          element.checkVisibility() && element.getClientRects().length > 0 && !element.closest('.skip'),
      )
      .filter((element) => !(element instanceof HTMLInputElement && element.type === 'hidden'))
      .filter((element) => !(element.tagName === 'A' && isInSentence(element)))
      .flatMap((element) => {
        const own = element.getBoundingClientRect()
        const row = element.matches('[type=radio], [type=checkbox]') ? element.closest('.choice') : null
        const { height, width } = row?.getBoundingClientRect() ?? own
        const text = `${Math.round(width)}x${Math.round(height)} ${element.outerHTML.slice(0, 140)}`
        return height < 43.5 || (width < 43.5 && !element.closest('td, th')) ? [text] : []
      })
  })
}

/** What a first visit loads, in bytes, without images. */
export async function weightOf(url: string): Promise<number> {
  const html = await (await fetch(url)).text()
  const parts = [...html.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)]
  const sizes = parts.map(
    async ([, address = '']) => (await (await fetch(new URL(address, url))).bytes()).length,
  )
  return Buffer.byteLength(html) + (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

const pictures = join(import.meta.dirname, '../.generated/screenshots')

/** Takes a picture of the whole page, for people to look at, into a folder that git ignores. */
export async function takePicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: fileFor(`${name}.png`), fullPage: true })
}

/** Prints the page as a reader would, and tells how many pages of A4 that are. */
export async function printToPdf(page: Page, name: string): Promise<{ readonly pages: number }> {
  const pdf = await page.pdf({
    path: fileFor(`${name}.pdf`),
    preferCSSPageSize: true,
    printBackground: false,
  })
  return { pages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0 }
}

function fileFor(name: string): string {
  const file = join(pictures, name)
  mkdirSync(dirname(file), { recursive: true })
  return file
}
