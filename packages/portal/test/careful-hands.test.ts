import { auditLog, listLifeEvents, recordDatedFact, recordEvent } from '@lumbung/core/village'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Guest, openDoor, secret } from './door-village.ts'
import { actorOf } from './open-api-village.ts'

// The goal: what an officer does by mistake is asked about, refused with a word that helps, or can be taken back.

let door: Awaited<ReturnType<typeof openDoor>>
let ratna: Guest
beforeEach(async () => {
  door = await openDoor()
  ratna = await door.as('secretary')
})

const textOf = async (response: Promise<Response> | Response) => await (await response).text()
/** The text of a page as people read it. */
const plain = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('a name with a turn of the direction of writing', () => {
  const name = '\u202eitiS'
  const wrong = 'Tulis namanya dalam satu baris, tanpa karakter kendali.'

  test.each([
    ['/residents/new', '/residents/new', { sex: 'female' }],
    ['/areas/new', '/areas', { kind: 'hamlet' }],
    ['/organisations/new', '/organisations', { kind: 'school' }],
  ])('is refused beside its field by %s', async (page, action, fields) => {
    const before = await door.village.changes()
    const form = await ratna.formOn(page, action)
    const answer = await ratna.send(action, { ...form, ...fields, name })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(wrong)
    const english = await ratna.send(`${action}?lang=en`, { ...form, ...fields, name: 'a\u0007b' })
    expect(await english.text()).toContain('Write the name on one line, without control characters.')
    expect(await door.village.changes()).toBe(before)
  })

  test('is refused where an area is renamed or split', async () => {
    const area = door.idOf('Mekar')
    for (const [path, fields] of [
      [`/areas/${area}/rename`, { name }],
      [`/areas/${area}/split`, { 'part-1': name, goesOn: 'yes' }],
    ] as const) {
      const form = await ratna.formOn(path, path)
      const on = { 'on-day': '1', 'on-month': '1', 'on-year': '2026' }
      const answer = await ratna.send(path, { ...form, ...on, ...fields })
      expect([path, answer.status]).toEqual([path, 422])
      expect(await answer.text()).toContain(wrong)
    }
  })
})

describe('two records that contradict each other', () => {
  test('are merged once somebody has written why they are one person', async () => {
    const pair = { kept: door.idOf('N-1'), merged: door.idOf('N-2') }
    const { csrf = '' } = await ratna.formOn('/residents/new', '/residents/new')
    const before = await door.village.changes()
    const asked = await ratna.send('/duplicates', { csrf, ...pair, once: 'first' })
    expect(asked.status).toBe(422)
    const page = await asked.text()
    expect(plain(page)).toContain('bertentangan pada: NIK (nomor induk kependudukan), Jenis kelamin.')
    expect(page).not.toContain('id="errors"')
    const blank = await ratna.send('/duplicates', { csrf, ...pair, reason: ' ', once: 'second' })
    expect(plain(await blank.text())).toContain('Tulis mengapa keduanya satu orang.')
    const long = await ratna.send('/duplicates', { csrf, ...pair, reason: 'x'.repeat(201), fields: 'sex' })
    expect(long.status).toBe(422)
    expect(await door.village.changes()).toBe(before)
    const told = await ratna.send('/duplicates', { csrf, ...pair, reason: 'Kartu lama salah', once: 'third' })
    expect(told.headers.get('location')).toMatch(/^\/duplicates\?merged=[0-9a-f-]{36}$/)
    expect(await textOf(ratna.get(`/residents/${pair.kept}/history`))).toContain('Kartu lama salah')
  })
})

describe('the form of somebody who', () => {
  const statusesOn = async (id: string) => {
    const [, inside = ''] =
      /<select[^>]*name="status"[^>]*>([\s\S]*?)<\/select>/.exec(
        await textOf(ratna.get(`/residents/${id}/correct`)),
      ) ?? []
    return [...inside.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value)
  }
  const secretary = () => door.village.as(actorOf('secretary'), { purpose: 'administration' })

  test.each([
    ['died', { kind: 'death', newHeads: [] }, 'dead'],
    ['moved away', { kind: 'move-out', newHeads: [], destination: null }, 'moved'],
  ] as const)(
    '%s offers no other status, and taking the event back is the way back',
    async (_, event, status) => {
      const resident = door.idOf('N-2') as never
      const named = event.kind === 'death' ? { resident } : { residents: [resident] }
      const details = { ...event, ...named } as never
      const on = '2026-11-01' as never
      expect((await secretary().perform(recordEvent, { on, details })).ok).toBe(true)
      expect(await statusesOn(resident)).toEqual([status])
      const [told] = await secretary().perform(listLifeEvents, { resident })
      const reversal = { kind: 'reversal', reverses: told?.id } as never
      expect((await secretary().perform(recordEvent, { on, details: reversal })).ok).toBe(true)
      expect(await statusesOn(resident)).toEqual(['present', 'away', 'missing', 'invalid'])
    },
  )
})

describe('an account for a resident', () => {
  test('is a link away for whoever may make one, and for nobody else', async () => {
    const id = door.idOf('N-1')
    const link = `href="/accounts/new?resident=${id}"`
    await door.addAccount('siti', ['secretary', 'admin'])
    const manager = door.guest()
    await manager.signIn('siti', secret)
    expect(await textOf(manager.get(`/residents/${id}`))).toContain(link)
    expect(await textOf(manager.get(`/accounts/new?resident=${id}`))).toContain('value="Sari Puspita"')
    const page = await ratna.get(`/residents/${id}`)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toContain(link)
  })
})

describe('a hamlet that is no more', () => {
  const on = { 'on-day': '1', 'on-month': '11', 'on-year': '2026' }
  const places = async () => plain(await textOf(ratna.get('/areas')))
  async function add(name: string, kind: string, parent = '') {
    const form = await ratna.formOn('/areas/new', '/areas')
    const made = await ratna.send('/areas', { ...form, name, kind, parent })
    return (made.headers.get('location') ?? '').replace(/^\/areas\/|\?.*$/g, '')
  }

  test('is merged into another after a preview, and the merge is taken back', async () => {
    const [utara, selatan] = [await add('Utara', 'hamlet'), await add('Selatan', 'hamlet')]
    await add('RT 9', 'neighbourhood', utara)
    const path = `/areas/${utara}/end`
    expect(await textOf(ratna.get(`/areas/${utara}`))).toContain(path)
    const form = await ratna.formOn(path, path)
    const before = await door.village.changes()
    const nothing = await ratna.send(path, { ...form, ...on })
    expect(plain(await nothing.text())).toContain('Pilih yang terjadi dengannya.')
    const preview = await ratna.send(path, { ...form, ...on, into: selatan, step: 'check' })
    expect(preview.status).toBe(200)
    expect(plain(await preview.text())).toMatch(/Digabung ke Selatan.*RT 9 ikut ke Selatan.*Gabung sekarang/)
    expect(await door.village.changes()).toBe(before)
    const sent = { ...form, ...on, into: selatan, step: 'end' }
    const done = await ratna.send(path, sent)
    expect(done.headers.get('location')).toBe(`/areas/${utara}?saved=1`)
    expect((await ratna.send(path, sent)).headers.get('location')).toBe(`/areas/${utara}?saved=1`)
    expect(await door.village.changes()).toBe(before + 1)
    const page = plain(await textOf(ratna.get(`/areas/${utara}?lang=en`)))
    expect(page).toMatch(/no longer exists.*Take this back.*Merged into Selatan/)
    expect(plain(await textOf(ratna.get(`/areas/${selatan}`)))).toContain('RT 9')

    const back = `/areas/${utara}/reopen`
    const confirm = await ratna.formOn(back, back)
    expect((await ratna.send(back, confirm)).headers.get('location')).toBe(`/areas/${utara}?saved=1`)
    const again = plain(await textOf(ratna.get(`/areas/${utara}?lang=en`)))
    expect(again).toContain('RT 9')
    expect(again).toContain('Taken back: it goes on')
    const twice = await ratna.send(back, { ...confirm, once: '' })
    expect(plain(await twice.text())).toContain('It goes on already.')
    const { storage, config } = door.village
    const told = await storage.read(config.id, async (tx) => {
      const useCases: string[] = []
      for await (const { event } of tx.events(auditLog, 'village')) useCases.push(event.useCase)
      return useCases
    })
    expect(told.slice(-2)).toEqual(['area.end', 'area.reopen'])
  })

  test('is closed where nobody lives, and refused with a word that helps where somebody does', async () => {
    const kosong = await add('Kosong', 'hamlet')
    const close = async (id: string) => {
      const form = await ratna.formOn(`/areas/${id}/end`, `/areas/${id}/end`)
      return await ratna.send(`/areas/${id}/end`, { ...form, ...on, into: 'close', step: 'end' })
    }
    expect((await close(kosong)).status).toBe(303)
    expect(await places()).toMatch(/Kosong .*sudah tidak ada/)
    const refused = await close(door.idOf('Mekar'))
    expect(refused.status).toBe(422)
    expect(plain(await refused.text())).toContain('Masih ada penduduk atau keluarga yang tercatat langsung')
  })

  test('is ended by nobody who may not', async () => {
    const reader = await door.as('reader')
    const id = door.idOf('Mekar')
    for (const path of [`/areas/${id}/end`, `/areas/${id}/reopen`])
      expect([path, (await reader.get(path)).status]).toEqual([path, 403])
  })
})

describe('a form that is sent three times at the same moment', () => {
  test('is carried out once, and every answer leads to the new record', async () => {
    const form = await ratna.formOn('/organisations/new', '/organisations')
    const typed = { ...form, kind: 'school', name: 'SD Tiga' }
    const before = await door.village.changes()
    const answers = await Promise.all([1, 2, 3].map(() => ratna.send('/organisations', typed)))
    const places = answers.map(({ headers }) => headers.get('location'))
    expect(places[0]).toMatch(/^\/organisations\/[0-9a-f-]{36}/)
    expect(new Set(places).size).toBe(1)
    expect(await door.village.changes()).toBe(before + 1)
  })
})

describe('numbers that are opened on purpose', () => {
  test('are those of the parents and papers too', async () => {
    const id = door.idOf('N-1')
    await door.village.as(actorOf('secretary'), { purpose: 'administration' }).perform(recordDatedFact, {
      ...{ unit: 'resident', subject: id, name: 'identityCardTag', value: '9912345678' },
      ...{ from: null, to: null, source: 'KTP', degree: 'declared' },
    } as never)
    const action = `/residents/${id}/numbers`
    const masked = await textOf(ratna.get(`/residents/${id}`))
    expect(masked).not.toContain('9912345678')
    const form = await ratna.formOn(`/residents/${id}`, action)
    const opened = await textOf(ratna.send(action, { ...form, purpose: 'administration' }))
    expect(opened).toContain('9912345678')
  })
})

describe('an address that names no record', () => {
  test.each([
    '/organisations/x',
    '/organisations/x/edit',
    '/organisations/x/roles/new',
    '/residents/x/consents',
    '/residents/x/consents/new',
    '/residents/x/representatives/new',
    '/residents/x/reads',
    '/residents/x/history',
    '/residents/x',
    '/areas/x',
  ])('leads nowhere, as any other does: %s', async (path) => {
    await door.addAccount('oversight', ['secretary', 'admin', 'auditor'])
    const all = door.guest()
    await all.signIn('oversight', secret)
    expect((await all.get(path)).status).toBe(404)
  })

  test('of a consent to withdraw is not found either', async () => {
    const { csrf = '' } = await ratna.formOn('/residents/new', '/residents/new')
    const path = `/residents/${door.idOf('N-1')}/consents/x/withdraw`
    expect((await ratna.send(path, { csrf })).status).toBe(404)
  })
})

describe('a year of two digits', () => {
  test('is no date on any form', async () => {
    const path = `/areas/${door.idOf('Mekar')}/rename`
    const form = await ratna.formOn(path, path)
    const on = { 'on-day': '1', 'on-month': '1', 'on-year': '26' }
    const before = await door.village.changes()
    expect((await ratna.send(path, { ...form, ...on, name: 'Mekar Sari' })).status).toBe(422)
    expect(await door.village.changes()).toBe(before)
  })
})
