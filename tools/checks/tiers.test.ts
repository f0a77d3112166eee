import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

const everyday = fc.readConfigureGlobal()
afterEach(() => {
  vi.unstubAllEnvs()
  fc.configureGlobal(everyday)
})

/** What the projects of a tier load before their tests. */
async function setupFiles(tier: string): Promise<string[][]> {
  vi.stubEnv('LUMBUNG_TIER', tier)
  vi.resetModules()
  const { default: config } = await import('../../vitest.config.ts')
  const projects = config.test?.projects as { test: { name: string; setupFiles: string[] } }[]
  return projects.filter(({ test }) => test.name !== 'checks').map(({ test }) => test.setupFiles)
}

test('in the long tier properties run ten times as often, as CONTRIBUTING says', async () => {
  for (const files of await setupFiles('')) expect(files).toEqual([])
  for (const files of await setupFiles('long')) {
    expect(files).toHaveLength(1)
    fc.configureGlobal({ numRuns: 100 })
    vi.resetModules()
    await import(files[0] ?? '')
    expect(fc.readConfigureGlobal().numRuns).toBe(1000)
  }
})
