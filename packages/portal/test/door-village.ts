import { createIdGenerator } from '@lumbung/core/kernel'
import { openMemory } from '@lumbung/core/storage'
import {
  defineVillage,
  importPopulation,
  openVillage,
  type Village,
  villageSchema,
} from '@lumbung/core/village'
import { portalJobs } from '../src/accounts/clean-up.ts'
import { AccountId, accounts, portalCollections } from '../src/accounts/records.ts'
import { hashSecret } from '../src/accounts/secret.ts'
import { createPortal, type ImportDesk, VillageLook } from '../src/index.ts'
import { actorOf, idsOf, population } from './open-api-village.ts'
import { config as plain } from './sample-village.ts'

/** What the accounts of these tests are opened with; hashed once, since a hash takes a tenth of a second. */
export const secret = 'kunci-untuk-uji'
const hashed = await hashSecret(secret)

/** The village of the tests with two purposes, and a role that has one thing for each. */
export const config = defineVillage({
  ...plain,
  purposes: [
    ...plain.purposes,
    { id: 'assistance', label: { id: 'Bantuan sosial', en: 'Social assistance' } },
  ],
  roles: [
    ...plain.roles,
    {
      id: 'two-purposes',
      label: { id: 'Dua tujuan', en: 'Two purposes' },
      grants: [
        { scope: 'village.read' },
        { scope: 'account.own' },
        { scope: 'resident.merge', shows: 'specific', purposes: ['administration'] },
        { scope: 'resident.read', shows: 'specific', purposes: ['assistance'] },
        { scope: 'reads.list' },
      ],
    },
  ],
})

/** Somebody at the door: their cookies, and what they see. */
export interface Guest {
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
  readonly send: (path: string, fields: Fields, init?: RequestInit) => Promise<Response>
  /** The hidden fields of the form with an action on a page. */
  readonly formOn: (path: string, action: string) => Promise<Record<string, string>>
  readonly signIn: (login: string, secret: string) => Promise<Response>
  readonly cookies: Map<string, string>
}

type Fields = Readonly<Record<string, string | readonly string[]>>

/** A village behind its portal, with a clock that the test sets. */
export async function openDoor(
  more: { readonly imports?: ImportDesk; readonly hosts?: readonly string[] } = {},
) {
  let now = Date.UTC(2026, 10, 24, 3)
  const clock = () => now
  const storage = openMemory(villageSchema(config, { collections: portalCollections }))
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const ids = createIdGenerator({ clock, random })
  const village = openVillage({ config, storage, clock, ids, random, jobs: portalJobs })
  await village.as(actorOf('secretary')).perform(importPopulation, { population: population() })
  const faults: unknown[] = []
  const look = VillageLook.parse({ name: 'Desa Uji', place: config.place })
  const portal = createPortal({
    village,
    look,
    isPlainHttp: true,
    onFault: (error) => void faults.push(error),
    ...more,
  })
  const guest = (address = '203.0.113.9', host = 'village.example'): Guest => {
    const cookies = new Map<string, string>()
    const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
      const headers = new Headers(init.headers)
      if (!headers.has('host')) headers.set('host', host)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      const request = new Request(`http://${host}${path}`, { ...init, headers })
      const response = await portal.fetch(request, address)
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        if (/Max-Age=0/i.test(cookie)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    }
    const send = (path: string, fields: Fields, init: RequestInit = {}) => {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      )
      return ask(path, { method: 'POST', body, ...init })
    }
    const formOn = async (path: string, action: string) =>
      hiddenFields(await (await ask(path)).text(), action)
    return {
      cookies,
      get: ask,
      send,
      formOn,
      async signIn(login, given) {
        const form = await formOn('/sign-in', '/sign-in')
        return await send('/sign-in', { ...form, login, secret: given })
      },
    }
  }
  return {
    village,
    portal,
    faults,
    guest,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    idOf: await idsOf(village),
    addAccount: (login: string, roles: readonly string[], fields: object = {}) =>
      addAccount(village, login, roles, fields),
    /** Somebody who is signed in with an account of their own. */
    async as(role: string, fields: object = {}): Promise<Guest> {
      const login = `${role}-${crypto.randomUUID().slice(0, 8)}`
      await addAccount(village, login, [role], fields)
      const someone = guest()
      await someone.signIn(login, secret)
      return someone
    },
  }
}

/** The hidden fields of the form with an action in a page. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)]
  const [, , inside = ''] = forms.find(([, found]) => found === action) ?? []
  const inputs = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]))
}

async function addAccount(village: Village, login: string, roles: readonly string[], fields: object) {
  const id = AccountId.parse(crypto.randomUUID())
  const open = { mustChange: false, disabled: false, createdAt: village.now() }
  const person = {
    kind: 'officer' as const,
    login,
    name: login,
    roles: [...roles],
    hamlets: [],
    resident: null,
  }
  const account = { id, ...person, ...open, secret: hashed, ...fields }
  await village.storage.transact(config.id, (tx) => tx.insert(accounts, account))
  return id
}
