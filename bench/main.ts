/** Each benchmark is loaded only when it runs, so that none slows another down. */
const benchmarks: Readonly<Record<string, () => Promise<unknown>>> = {
  portal: async () => (await import('./portal.ts')).benchmarkPortal(),
  rules: async () => (await import('./rules.ts')).benchmarkRules(),
  storage: async () => (await import('./storage.ts')).benchmarkStorage(),
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
const closingMs = 2_000
/**
 * A benchmark that is interrupted reports nothing. The server that it runs on hears the signal too and stops; that
 * this breaks connections on the way is no fault.
 */
for (const [signal, number] of Object.entries(signalNumbers)) {
  process.once(signal, () => {
    console.error('Interrupted.')
    process.on('uncaughtException', () => {})
    process.exitCode = 128 + number
    setTimeout(() => process.exit(), closingMs).unref()
  })
}

const [name] = process.argv.slice(2)
const chosen = name === 'all' ? Object.keys(benchmarks) : name === undefined ? [] : [name]
if (name === undefined) console.log(`Benchmarks: ${Object.keys(benchmarks).join(', ')}, all`)

for (const each of chosen) {
  const run = benchmarks[each]
  if (run === undefined) {
    console.error(`There is no benchmark ${each}. There are: ${Object.keys(benchmarks).join(', ')}, all`)
    process.exitCode = 2
  } else await run()
}

export {}
