import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

const SLOW_FILE_MS = 5_000

/**
 * Says at the end what the default reporter leaves out: which tests took part, which were skipped and why, which
 * files took long, and as the very last line alone the three counts.
 */
export default class ClosingReporter implements Reporter {
  #passed = false

  constructor() {
    // A hook that a library leaves behind can end the process with 0 whatever the tests said; the one that starts
    // PostgreSQL does. So the last word on failure is spoken here, and silence counts as failure too.
    process.on('exit', () => {
      if (!this.#passed && !process.exitCode) process.exitCode = 1
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const passed = count('passed')
    const skipped = tests.length - passed - count('failed')
    // A file that cannot be loaded and an error outside of tests have no test of their own to fail.
    const failed =
      count('failed') + unhandled.length + modules.filter((module) => module.errors().length > 0).length
    this.#passed = failed === 0 && passed > 0
    const lines = [...slowFiles(modules), ...skips(tests), tier(modules), '', counts(passed, failed, skipped)]
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`))
  }
}

function counts(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

function tier(modules: readonly TestModule[]): string {
  const everyday = process.env['LUMBUNG_TIER'] !== 'long'
  const files = `${modules.length} test files`
  return everyday
    ? `${files} of the everyday tier; npm run test:long runs the long tests as well.`
    : `${files} of both tiers, with the counts of the long one.`
}

function slowFiles(modules: readonly TestModule[]): string[] {
  const slow = modules
    .map((module) => ({ name: module.relativeModuleId, ms: module.diagnostic().duration }))
    .filter(({ ms }) => ms > SLOW_FILE_MS)
    .sort((a, b) => b.ms - a.ms)
    .map(({ name, ms }) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`)
  return slow.length > 0 ? ['Slow files:', ...slow, ''] : []
}

function skips(tests: readonly TestCase[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const test of tests) {
    const result = test.result()
    if (result.state !== 'skipped') continue
    const reason = result.note ?? (test.module.ok() ? 'no reason given' : 'a test or hook of its file failed')
    byReason.set(reason, [
      ...(byReason.get(reason) ?? []),
      `    ${test.module.relativeModuleId}: ${test.fullName}`,
    ])
  }
  if (byReason.size === 0) return []
  return ['Skipped:', ...[...byReason].flatMap(([reason, names]) => [`  ${reason}`, ...names]), '']
}
