import { writeFileSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { run } from '../src/index.ts'
import { lumbung } from './lumbung.ts'
import { json, newPath, village, workbook } from './village.ts'

const db = ['--db', 'sqlite:unused.db']

test.each(['0.0.0.0', '192.0.2.7', '::', 'village.example', '128.0.0.1'])(
  'off loopback, as on %s, the portal is not served',
  async (host) => {
    const { code, stderr } = await lumbung(['serve', 'village.config.ts', '--host', host, ...db])
    expect(stderr).toContain(`lumbung: off-loopback: The address ${host} is reached from outside`)
    expect(code).toBe(2)
  },
)

test('a port that is none is refused', async () => {
  const { code, stderr } = await lumbung(['serve', 'village.config.ts', '--port', '65536', ...db])
  expect(stderr).toContain('invalid-value')
  expect(code).toBe(2)
})

test('each part of a config that does not hold is told', async () => {
  const file = newPath('mjs')
  writeFileSync(file, "export default { id: 'a b', name: { en: 'A' }, timeZone: 'Nowhere', languages: [] }")
  const { code, stderr } = await lumbung(['serve', file, ...db])
  for (const part of ['id', 'timeZone', 'languages', 'currency']) {
    expect(stderr).toMatch(new RegExp(`^lumbung: invalid-config: .*\\.mjs: ${part}: `, 'm'))
  }
  expect(code).toBe(1)
})

test('a config that is not there is named', async () => {
  const { code, stderr } = await lumbung(['serve', newPath('ts'), ...db])
  expect(stderr).toContain('lumbung: no-such-file: ')
  expect(code).toBe(1)
})

/** A config as somebody writes it, without anything to import. */
function configFile(): string {
  const file = newPath('mjs')
  const config = {
    id: village,
    name: { id: 'Desa Coba', en: 'Trial Village' },
    timeZone: 'Asia/Jakarta',
    languages: ['id', 'en'],
    currency: 'IDR',
    currencyScale: 0,
    childBelowYears: 18,
    facts: [
      {
        name: 'hasRiceField',
        unit: 'household',
        type: { kind: 'bool' },
        label: { id: 'Punya sawah', en: 'Has a rice field' },
        fieldClass: 'personal',
      },
    ],
    roles: [{ id: 'anonymous', label: { id: 'Umum', en: 'Anybody' }, grants: [{ scope: 'village.read' }] }],
  }
  writeFileSync(file, `export default ${JSON.stringify(config)}`)
  return file
}

/** Serves until the work is done, and gives the exit code and what was said. */
async function whileServed(args: readonly string[], work: (url: string) => Promise<void>) {
  const ended = new AbortController()
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  let said = ''
  const url = new Promise<string>((resolve) => {
    stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [address] = /http:\/\/\S+:\d+/.exec(said) ?? []
      if (address !== undefined) resolve(address)
    })
  })
  const { signal } = ended
  const code = run(['serve', ...args], {
    env: { LANG: 'en' },
    stdin: Readable.from([]),
    stdout,
    stderr,
    signal,
  })
  try {
    const address = await Promise.race([
      url,
      code.then((early) => Promise.reject(new Error(`${early}: ${said}`))),
    ])
    await work(String(address))
  } finally {
    ended.abort()
  }
  return { code: await code, said }
}

test('an empty village is served until a signal, and commands open it with the config that was served', async () => {
  const db = `sqlite:${newPath('db')}`
  const { code } = await whileServed([configFile(), '--db', db, '--port', '0'], async (url) => {
    const answer = await fetch(url, { redirect: 'manual' })
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('<html lang="id"')
    expect(html).toContain('Desa Coba')
    const taken = await lumbung(['serve', configFile(), '--db', db, '--port', new URL(url).port])
    expect(taken.stderr).toContain('port-taken: The port')
    expect(taken.stderr).toContain('choose another with --port')
    expect(taken.code).toBe(1)
  })
  expect(code).toBe(0)
  const imported = await json(['import', 'opensid', workbook(), '--db', db])
  expect(imported).toMatchObject({ added: { residents: 3, facts: 0 } })
  const facts = newPath('csv')
  const row = 'household,9999010101110001,hasRiceField,true,,,Survei,declared'
  writeFileSync(facts, `unit,id,fact,value,from,to,source,degree\n${row}\n`)
  expect(await json(['import', 'facts', facts, '--db', db])).toMatchObject({ counts: { added: 1 } })
  // The config travels with a backup, and with it what the village keeps.
  const [backup, copy] = [newPath('backup'), `sqlite:${newPath('db')}`]
  await json(['backup', '--db', db, '--to', backup])
  await json(['restore', '--from', backup, '--db', copy])
  expect(await json(['verify', '--db', copy])).toMatchObject({ villages: [village], faultCount: 0 })
  expect(await json(['import', 'facts', facts, '--db', copy])).toMatchObject({
    counts: { added: 0, unchanged: 1 },
  })
})
