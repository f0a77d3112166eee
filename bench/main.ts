/** Each benchmark is loaded only when it runs, so that none slows another down. */
const benchmarks: Readonly<Record<string, () => Promise<unknown>>> = {
  storage: async () => (await import('./storage.ts')).benchmarkStorage(),
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
