// Opens the doors of Desa Tanjung Barat: brings its people in at the first start, as a real village would, and
// serves the portal. Run with --demo it tells the same story in the terminal, and ends.
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { Interruption, run } from '@lumbung/cli'
import { isLumbungError } from '@lumbung/core/kernel'
import { prepareVillage, startPortal } from '@lumbung/portal/node'
import { sampleAccounts } from './accounts.ts'
import { demo } from './demo.ts'
import config from './village.config.ts'

const { values } = parseArgs({
  options: {
    db: { type: 'string', default: 'sqlite:lumbung.db' },
    port: { type: 'string', default: '8080' },
    demo: { type: 'boolean', default: false },
  },
})
const { db } = values
const port = Number(values.port)
const data = join(import.meta.dirname, 'data')

const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ended.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143)
    ended.abort(new Interruption(signal))
  })
}

/** Runs a command as somebody would type it. */
async function lumbung(...args: string[]): Promise<void> {
  const { env, stdin, stderr } = process
  // The machine form of the report is for scripts; what people read goes to stderr.
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() })
  console.error(`> lumbung ${args.map((arg) => arg.replace(`${process.cwd()}/`, '')).join(' ')}`)
  const code = await run(args, {
    env,
    stdin,
    stdout: values.demo ? stdout : stderr,
    stderr,
    signal: ended.signal,
  })
  if (code !== 0) process.exit(code)
}

console.error(`Desa Tanjung Barat (${db})`)
const { residents } = await prepareVillage(config, db)
if (residents === 0) {
  const where = ['--db', db, '--village', config.id, '--lang', 'id']
  await lumbung('import', 'opensid', join(data, 'penduduk.xlsx'), ...where)
  await lumbung('import', 'facts', join(data, 'facts.csv'), ...where)
} else {
  console.error(`${residents} penduduk sudah tercatat; tidak ada yang diimpor lagi.`)
}

if (values.demo) {
  await demo(config, db)
} else {
  try {
    const portal = await startPortal({
      config,
      database: db,
      port,
      sampleAccounts,
      onFault: (error) => console.error(error),
    })
    console.error(
      `\nPortal desa terbuka: ${portal.url}\nMasuk dengan akun contoh di halaman Masuk. Ctrl-C menutupnya.`,
    )
    if (!ended.signal.aborted) await new Promise((resolve) => ended.signal.addEventListener('abort', resolve))
    await portal.close()
    console.error('Portal ditutup.')
  } catch (error) {
    if (!isLumbungError(error, 'portal/port-taken')) throw error
    console.error(
      `Port ${port} sedang dipakai program lain. Pilih yang lain: npm start -- --port ${port + 1}`,
    )
    process.exitCode = 1
  }
}
