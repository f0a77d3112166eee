// Opens the doors of Desa Tanjung Barat: brings its people in at the first start, as a real village would, and
// serves the portal. Run with --demo it tells the same story in the terminal, and ends.
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Interruption } from '@lumbung/cli'
import { isLumbungError } from '@lumbung/core/kernel'
import { prepareVillage, startPortal } from '@lumbung/portal/node'
import { sampleAccounts } from './accounts.ts'
import { bringIn, digestOf } from './bring-in.ts'
import { demo } from './demo.ts'
import config from './village.config.ts'

const { db, port, isDemo } = optionsOf(withoutDashes(process.argv.slice(2)))
/** What closing may take before the process ends all the same. */
const closingMs = 4_000

const ended = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait.
    if (ended.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143)
    ended.abort(new Interruption(signal))
    setTimeout(() => process.exit(0), closingMs).unref()
  })
}

console.log(`Desa Tanjung Barat, ${db}`)
const { residents, sources } = await prepareVillage(config, db)
const people = { file: 'penduduk.xlsx', what: 'opensid', says: 'Memasukkan penduduk (importing the people)' }
const known = { file: 'facts.csv', what: 'facts', says: 'Memasukkan keterangan (importing dated facts)' }
if (residents === 0) await bringIn(people, { db, village: config.id, signal: ended.signal })
// Asked for by itself: a first start may have been ended between the two, and the workbook brings facts of its own.
const isKnown = sources.includes(digestOf(known))
if (!isKnown) await bringIn(known, { db, village: config.id, signal: ended.signal })
if (residents > 0 && isKnown) {
  console.log(
    `${residents} penduduk sudah tercatat; tidak ada yang diimpor lagi. (Nothing is imported again.)`,
  )
}

if (isDemo) await demo(config, db)
else await open()

async function open(): Promise<void> {
  try {
    const onFault = (error: unknown) => console.error(error)
    const portal = await startPortal({ config, database: db, port, sampleAccounts, onFault })
    console.log(openingText(portal.url))
    if (!ended.signal.aborted) await once(ended.signal, 'abort')
    await portal.close()
    console.log('Portal ditutup. (The portal is closed.)')
  } catch (error) {
    if (!isLumbungError(error, 'portal/port-taken')) throw error
    const command = `npm start -- --port ${port < 65_535 ? port + 1 : port - 1}`
    console.error(`Port ${port} sedang dipakai program lain. Pilih yang lain: ${command}`)
    console.error(`(Port ${port} is taken by another program. Choose another: ${command})`)
    process.exitCode = 1
  }
}

function openingText(url: string): string {
  const accounts = sampleAccounts.map(
    ({ login, secret, name }) => `  ${login.padEnd(12)}${secret.padEnd(20)}${name}`,
  )
  return `
Portal desa terbuka: ${url}
Masuk (sign in): ${url}/sign-in, dengan salah satu akun contoh:

${accounts.join('\n')}

Ctrl-C menutupnya. (The portal is open; sign in with one of the sample accounts. Ctrl-C closes it.)`
}

/** npm leaves out the two dashes before the options; whoever calls the script by hand may bring them along. */
function withoutDashes(args: string[]): string[] {
  return args[0] === '--' ? args.slice(1) : args
}

function optionsOf(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        db: { type: 'string', default: 'sqlite:lumbung.db' },
        port: { type: 'string', default: '8080' },
        demo: { type: 'boolean', default: false },
      },
    })
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port: ${values.port} bukan nomor port. (This is no number of a port.)`)
    return { db: values.db, port: Number(values.port), isDemo: values.demo }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error('npm start -- [--port 8081] [--db sqlite:lumbung.db]')
    process.exit(2)
  }
}
