import { createIdGenerator } from '@lumbung/core/kernel'
import type { Population } from '@lumbung/core/people'
import { areas, households, organisations, residents } from '@lumbung/core/people'
import { openMemory } from '@lumbung/core/storage'
import {
  type Actor,
  importPopulation,
  openVillage,
  saveOrganisationRecord,
  type Village,
  villageSchema,
} from '@lumbung/core/village'
import { AccountId, accounts, portalCollections } from '../src/accounts/records.ts'
import { hashSecret } from '../src/accounts/secret.ts'
import { createPortal, VillageLook } from '../src/index.ts'
import { config } from './sample-village.ts'

const secret = 'a secret for tests'
const hashed = await hashSecret(secret)

/** Two hamlets with a family each; the second one has a child, and a name that HTML must not take for its own. */
const people = {
  areas: [
    { key: 'm', kind: 'hamlet', name: 'Mekar' },
    { key: 'k', kind: 'hamlet', name: 'Karya' },
  ],
  households: [
    { key: 'h1', kind: 'family', number: 'CARD-1', address: 'Jalan Kincir 1', area: 'm' },
    { key: 'h2', kind: 'family', number: 'CARD-2', address: 'Bukit 7', area: 'k' },
  ],
  residents: [
    person('N-1', 'Sari Puspita', 'female', '1985-03-12', 'm', 'h1', 'head'),
    person('N-2', 'Budi Santoso', 'male', '1979-05-20', 'm', 'h1', '3'),
    person('N-3', "Ma'ruf <b>", 'male', '1968-07-01', 'k', 'h2', 'head'),
    person('N-4', 'Ayu Wibowo', 'female', '2019-07-01', 'k', 'h2', '4'),
  ],
} as const

function person<const Born extends string>(
  key: string,
  name: string,
  sex: 'female' | 'male',
  birthDate: Born,
  area: string,
  household: string,
  relationship: string,
) {
  const memberships = [{ household, relationship }]
  return { key, identityNumber: key, name, sex, birthDate, birthPlace: 'Uji', area, memberships }
}

/** The people of the tests. */
export function population(): Population {
  // Its dates are texts that the register checks again.
  return people as unknown as Population
}

/** The village of the tests in memory, behind its portal, and a way to sign in without a browser. */
export async function openApiVillage() {
  const storage = openMemory(villageSchema(config, { collections: portalCollections }))
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const secretary = village.as(actorOf('secretary'))
  await secretary.perform(importPopulation, { population: population() })
  const school = { kind: 'school', name: 'SD Uji', area: null, from: null, to: null } as const
  await secretary.perform(saveOrganisationRecord, school)
  const faults: unknown[] = []
  const look = VillageLook.parse({ name: 'Desa Uji', place: config.place })
  const onFault = (error: unknown) => void faults.push(error)
  const portal = createPortal({ village, look, isPlainHttp: true, onFault })
  return { village, portal, faults, idOf: await idsOf(village), signIn: signInTo(village, portal) }
}

/** An actor with a role. */
export function actorOf(role: string, more: Partial<Actor> = {}): Actor {
  return { kind: role === 'visitor' ? 'anonymous' : 'person', id: role, roles: [role], hamlets: [], ...more }
}

/** The ids of residents and households by number, and of hamlets and organisations by name. */
export async function idsOf(village: Village): Promise<(name: string) => string> {
  const ids = new Map<string, string>()
  await village.storage.read(config.id, async (tx) => {
    for await (const { id, identityNumber } of tx.stream(residents)) ids.set(String(identityNumber), id)
    for await (const { id, name } of tx.stream(areas)) ids.set(name, id)
    for await (const { id, name } of tx.stream(organisations)) ids.set(name, id)
    for await (const { id, number } of tx.stream(households)) ids.set(String(number), id)
  })
  return (name) => ids.get(name) ?? ''
}

/** Whoever asks the portal, with the cookies that it gave them. */
export interface Client {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  readonly post: (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly csrf: string
}

function signInTo(village: Village, portal: ReturnType<typeof createPortal>) {
  return async (
    role: string,
    more: Partial<Actor> & { readonly mustChange?: boolean } = {},
  ): Promise<Client> => {
    const jar = new Map<string, string>()
    const send = async (path: string, init: RequestInit): Promise<Response> => {
      const headers = new Headers(init.headers)
      headers.set('host', 'village.example')
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
      const response = await portal.fetch(new Request(`http://village.example${path}`, { ...init, headers }))
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      return response
    }
    const csrf = async () => String((await (await send('/api/session', {})).json())['csrf'])
    if (role !== 'visitor') {
      const login = `${role}-${jar.size}-${crypto.randomUUID().slice(0, 8)}`
      const account = { login, name: role, roles: [role], hamlets: [], resident: more.resident ?? null }
      const state = { mustChange: more.mustChange ?? false, disabled: false, createdAt: village.now() }
      const id = AccountId.parse(crypto.randomUUID())
      await village.storage.transact(config.id, (tx) =>
        tx.insert(accounts, { id, kind: 'officer', secret: hashed, ...account, ...state }),
      )
      const body = new URLSearchParams({ login, secret, csrf: await csrf() })
      await send('/sign-in', { method: 'POST', body })
    }
    const token = await csrf()
    return {
      csrf: token,
      get: (path, headers = {}) => send(path, { headers }),
      post: (path, body, headers = {}) =>
        send(path, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'x-csrf': token, ...headers },
        }),
    }
  }
}
