import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { CivilDate } from '@lumbung/core/kernel'
import { type PopulationRecord, writePopulation } from '@lumbung/opensid'
import { sampleAccounts } from '../../examples/desa-tanjung-barat/accounts.ts'
import { type Call, send } from './client.ts'

/** The secretary, signed in: the cookies, and what a write brings along. */
export interface Officer {
  readonly cookie: string
  readonly csrf: string
}

/** Signs the secretary of the example in, as a browser does. */
export async function signIn(url: string): Promise<Officer> {
  const first = await fetch(`${url}/sign-in`)
  const form = cookiesOf(first)
  const csrf = /name="csrf" value="([^"]+)"/.exec(await first.text())?.[1] ?? ''
  const { login, secret } = sampleAccounts.find(({ roles }) => roles.includes('village-secretary')) ?? {
    login: '',
    secret: '',
  }
  const body = new URLSearchParams({ login, secret, csrf })
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body,
    headers: { cookie: form },
    redirect: 'manual',
  })
  assert.equal(signedIn.status, 303)
  const cookie = cookiesOf(signedIn)
  const session = await send({ url: `${url}/api/session`, headers: { cookie } })
  return { cookie, csrf: String(JSON.parse(session.body).csrf) }
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The workbook of the example: 3,900 people. */
export const exampleWorkbook = (): Uint8Array =>
  readFileSync(new URL('../../examples/desa-tanjung-barat/data/penduduk.xlsx', import.meta.url))

/** A workbook of so many people who cannot be, four to a family, in hamlets of their own. */
export function largeWorkbook(rows: number): Uint8Array {
  const padded = (value: number, width: number) => String(value).padStart(width, '0')
  return writePopulation(
    Array.from(
      { length: rows },
      (_, index): PopulationRecord => ({
        hamlet: `Dukuh ${index % 20 < 4 ? 1 : 2}`,
        rt: padded(Math.floor(index / 4) % 8, 3),
        name: `Orang ${index.toString(36)}`,
        familyCardNumber: `99${padded(Math.floor(index / 4), 10)}0001`,
        identityNumber: `99${padded(Math.floor(index / 9_000), 4)}010190${padded((index % 9_000) + 1, 4)}`,
        sex: 1,
        birthPlace: 'Timur',
        birthDate: CivilDate.parse('1990-01-01'),
        religion: 1,
        familyRole: index % 4 === 0 ? 1 : 4,
      }),
    ),
  )
}

/** Sends a workbook through the import page, and gives the address at which its progress stands. */
export async function sendWorkbook(url: string, officer: Officer, workbook: Uint8Array): Promise<string> {
  const body = new FormData()
  body.set('csrf', officer.csrf)
  body.set('workbook', new File([Buffer.from(workbook)], 'penduduk.xlsx'))
  const headers = { cookie: officer.cookie }
  const response = await fetch(`${url}/import`, { method: 'POST', body, headers, redirect: 'manual' })
  assert.equal(response.status, 303, await response.text())
  return `${url}${response.headers.get('location')}`
}

/** How far an import has come, by the title of its page. */
export async function importState(address: string, officer: Officer): Promise<'going' | 'done' | 'ended'> {
  const { body } = await send({ url: `${address}?lang=en`, headers: { cookie: officer.cookie } })
  const title = /<h1[^>]*>([^<]*)/.exec(body)?.[1] ?? ''
  if (/finished|done|complete/i.test(title)) return 'done'
  return /refused|failed/i.test(title) ? 'ended' : 'going'
}

/** Waits until an import is done. */
export async function importDone(address: string, officer: Officer): Promise<void> {
  for (;;) {
    const state = await importState(address, officer)
    if (state === 'done') return
    assert.equal(state, 'going')
    await wait(200)
  }
}

/** The mix of one village's day: 40 % public pages, 40 % searches, 15 % residents, 5 % writes. */
export interface Mix {
  readonly publicPage: (index: number) => Call
  readonly any: (index: number) => Call
  /** Each kind by itself. */
  readonly kinds: readonly (readonly [string, (index: number) => Call])[]
}

const words = ['', 'siti', 'ah', 'ma', 'sari', 'bud', 'wayan', 'n']
const publicPaths = ['/', '/?lang=en', '/sign-in', '/']
/** Of twenty requests. */
const kinds = 'psprpswpsrspspspsrps'

/** Learns whom there is to open, and makes the mix of it. */
export async function openMix(url: string, { cookie, csrf }: Officer): Promise<Mix> {
  const found = await send({ url: `${url}/api/resident.search?limit=100`, headers: { cookie } })
  const ids: readonly string[] = JSON.parse(found.body).residents.map(({ id }: { readonly id: string }) => id)
  // Nobody writes hundreds of facts about one household, which would only measure how long its history is.
  const homes = new Set<string>()
  for (const id of ids) {
    const file = await send({ url: `${url}/api/resident.read?id=${id}`, headers: { cookie } })
    for (const household of JSON.parse(file.body).households) homes.add(household.id)
  }
  const households = [...homes]
  const anonymous = { cookie: 'form=benchmark' }
  const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
  const publicPage = (index: number): Call => ({
    url: `${url}${at(publicPaths, index)}`,
    headers: anonymous,
  })
  let written = 0
  const write = (): Call => {
    written += 1
    const value = 1 + (written % 10)
    const source = `benchmark ${written}`
    const subject = at(households, written)
    const fact = { unit: 'household', subject, name: 'welfareDecile', value, source }
    const json = { ...fact, from: '2026-01-01', to: null, degree: 'declared' }
    return { url: `${url}/api/fact.record`, headers: { cookie, 'x-csrf': csrf }, json }
  }
  const search = (turn: number): Call => ({
    url: `${url}/residents?q=${at(words, turn)}`,
    headers: { cookie },
  })
  const resident = (turn: number): Call => ({ url: `${url}/residents/${at(ids, turn)}`, headers: { cookie } })
  return {
    publicPage,
    kinds: [
      ['register search', search],
      ['resident page with its read log', resident],
      ['write', write],
    ],
    any(index) {
      const kind = kinds[index % kinds.length]
      const turn = Math.floor(index / 3)
      if (kind === 'p') return publicPage(turn)
      if (kind === 's') return search(turn)
      if (kind === 'r') return resident(turn)
      return write()
    },
  }
}
