import { auditLog, mergeRecords, readsOfResident } from '@lumbung/core/village'
import { beforeEach, describe, expect, test } from 'vitest'
import { accounts, sentForms, sessions, signInFailures } from '../src/accounts/records.ts'
import { createAccount } from '../src/accounts/use-cases.ts'
import { config, type Guest, hiddenFields, openDoor, secret } from './door-village.ts'
import { actorOf } from './open-api-village.ts'

// The goal: nobody comes further than their account lets them, and nothing they send breaks the portal.

let door: Awaited<ReturnType<typeof openDoor>>
beforeEach(async () => {
  door = await openDoor()
})

const minutes = (count: number) => count * 60_000
const textOf = async (response: Promise<Response> | Response) => await (await response).text()

describe('a one-time password', () => {
  test('opens nothing but the page that changes it: no page, no form', async () => {
    const guest = await door.as('secretary', { mustChange: true })
    for (const path of ['/', '/residents', '/duplicates', '/import', '/accounts', '/nowhere']) {
      const answer = await guest.get(path)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/my/secret'])
    }
    const form = await guest.formOn('/my/secret', '/my/secret')
    const [kept, merged] = [door.idOf('N-1'), door.idOf('N-2')]
    const before = await door.village.changes()
    for (const path of ['/import', '/duplicates', '/residents/new', '/accounts']) {
      const answer = await guest.send(path, { ...form, kept, merged })
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/my/secret'])
    }
    expect(await door.village.changes()).toBe(before)
    expect((await guest.send('/sign-out', form)).headers.get('location')).toBe('/')
  })

  test('is changed, and then all is open', async () => {
    const guest = await door.as('secretary', { mustChange: true })
    const form = await guest.formOn('/my/secret', '/my/secret')
    const fresh = 'sebuah-kunci-baru'
    const changed = await guest.send('/my/secret', { ...form, old: secret, secret: fresh, again: fresh })
    expect(changed.headers.get('location')).toBe('/')
    expect((await guest.get('/residents')).status).toBe(200)
  })
})

describe('guessing', () => {
  test('after eight wrong tries an account is closed for a quarter of an hour, from wherever', async () => {
    await door.addAccount('ratna', ['secretary'])
    for (let round = 0; round < 8; round++) {
      expect((await door.guest(`203.0.113.${round}`).signIn('ratna', 'wrong')).status).toBe(422)
    }
    const refused = await door.guest('203.0.113.99').signIn('ratna', secret)
    expect(refused.status).toBe(429)
    expect(await refused.text()).toContain('Coba lagi dalam 15 menit')
    door.pass(minutes(15))
    expect((await door.guest().signIn('ratna', secret)).status).toBe(303)
  })

  test('after forty wrong tries an address is closed, for whatever account', async () => {
    await door.addAccount('ratna', ['secretary'])
    await tryFrom(() => door.guest(), 40)
    const refused = await door.guest().signIn('ratna', secret)
    expect(refused.status).toBe(429)
    expect(await refused.text()).toContain('dari jaringan ini')
    expect((await door.guest('203.0.113.77').signIn('ratna', secret)).status).toBe(303)
  })

  test('on the machine itself all have one address, and the mistakes of one shut nobody out', async () => {
    await door.addAccount('ratna', ['secretary'])
    const here = () => door.guest('127.0.0.1')
    await tryFrom(here, 40)
    expect((await here().signIn('nobody', 'wrong')).status).toBe(429)
    expect((await here().signIn('ratna', secret)).status).toBe(303)
  })

  test('a new password opens the account at once to whoever was locked out', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    for (let round = 0; round < 9; round++) await door.guest().signIn('ratna', 'wrong')
    const given = await resetThrough(await door.as('admin'), id)
    expect((await door.guest().signIn('ratna', given)).headers.get('location')).toBe('/my/secret')
  })
})

describe('a session', () => {
  test('ends by itself after ten hours', async () => {
    const guest = await door.as('secretary')
    door.pass(minutes(599))
    expect((await guest.get('/residents')).status).toBe(200)
    door.pass(minutes(2))
    expect((await guest.get('/residents')).status).toBe(403)
  })

  test('ends when its account is given a new password', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    const ratna = door.guest()
    await ratna.signIn('ratna', secret)
    expect((await ratna.get('/residents')).status).toBe(200)
    await resetThrough(await door.as('admin'), id)
    expect((await ratna.get('/residents')).status).toBe(403)
    expect((await door.guest().signIn('ratna', secret)).status).toBe(422)
  })

  test('of an account that is closed opens nothing, and neither does its password', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    const ratna = door.guest()
    await ratna.signIn('ratna', secret)
    const admin = await door.as('admin')
    const form = await admin.formOn(`/accounts/${id}`, `/accounts/${id}/disable`)
    expect(form['disabled']).toBe('yes')
    await admin.send(`/accounts/${id}/disable`, form)
    expect((await ratna.get('/residents')).status).toBe(403)
    expect((await door.guest().signIn('ratna', secret)).status).toBe(422)
    // Opened again, its old session stays ended.
    await admin.send(
      `/accounts/${id}/disable`,
      await admin.formOn(`/accounts/${id}`, `/accounts/${id}/disable`),
    )
    expect((await ratna.get('/residents')).status).toBe(403)
    expect((await door.guest().signIn('ratna', secret)).status).toBe(303)
  })

  test('is looked up at each request: one of an account that is closed in the database opens nothing', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    const ratna = door.guest()
    await ratna.signIn('ratna', secret)
    await door.village.storage.transact(config.id, async (tx) => {
      const account = await tx.get(accounts, { id })
      if (account !== undefined) await tx.update(accounts, { ...account, disabled: true })
    })
    expect((await ratna.get('/residents')).status).toBe(403)
  })

  test('that ended while a form was filled in keeps what was typed, and sends it after signing in', async () => {
    const login = 'ratna'
    await door.addAccount(login, ['secretary'])
    const ratna = door.guest()
    await ratna.signIn(login, secret)
    const form = await ratna.formOn('/duplicates', '/sign-out')
    const typed = {
      ...form,
      once: 'key-of-a-form',
      reason: 'Dua kartu',
      kept: door.idOf('N-1'),
      merged: door.idOf('N-2'),
    }
    door.pass(minutes(601))
    const ended = await ratna.send('/duplicates', typed)
    expect(ended.status).toBe(403)
    const page = await ended.text()
    expect(page).toContain('Sesi Anda berakhir')
    const kept = hiddenFields(page, '/sign-in')
    expect(kept).toMatchObject({ 'kept-path': '/duplicates', 'kept:merged': typed.merged })
    // A slip of the finger loses nothing either.
    const wrong = await textOf(ratna.send('/sign-in', { ...kept, login, secret: 'wrong' }))
    const again = hiddenFields(wrong, '/sign-in')
    expect(again['kept:merged']).toBe(typed.merged)
    const asked = await textOf(ratna.send('/sign-in', { ...again, login, secret }))
    const ready = hiddenFields(asked, '/duplicates')
    expect(ready).toMatchObject({ once: 'key-of-a-form', kept: typed.kept, merged: typed.merged })
    const done = await ratna.send('/duplicates', ready)
    expect(done.headers.get('location')).toMatch(/^\/duplicates\?merged=[0-9a-f-]{36}$/)
  })

  test('that ended keeps no password in the page', async () => {
    const ratna = await door.as('secretary')
    const form = await ratna.formOn('/my/secret', '/my/secret')
    door.pass(minutes(601))
    const page = await textOf(
      ratna.send('/my/secret', { ...form, old: secret, secret: 'rahasia-sekali', again: 'x' }),
    )
    expect(page).toContain('Sesi Anda berakhir')
    expect(page).not.toContain('rahasia-sekali')
    expect(page).not.toContain(secret)
  })

  test('a foreign page cannot make use of an ended session, nor send anybody elsewhere', async () => {
    const ratna = await door.as('secretary')
    door.pass(minutes(601))
    const evil = { headers: { origin: 'https://evil.example' } }
    expect(await textOf(ratna.send('/duplicates', { kept: 'x' }, evil))).not.toContain('kept:')
    await door.addAccount('dimas', ['admin'])
    for (const path of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const dimas = door.guest()
      const form = await dimas.formOn('/sign-in', '/sign-in')
      const answer = await dimas.send('/sign-in', { ...form, 'kept-path': path, login: 'dimas', secret })
      expect(answer.headers.get('location')).toBe('/')
    }
  })
})

describe('accounts', () => {
  let admin: Guest
  beforeEach(async () => {
    admin = await door.as('admin')
  })

  test('beyond the first page are found by turning the page and by the beginning of their login', async () => {
    for (let index = 0; index < 55; index++) {
      await door.addAccount(`petugas-${String(index).padStart(2, '0')}`, ['secretary'])
    }
    const first = await textOf(admin.get('/accounts'))
    expect(first).not.toContain('petugas-54')
    const [, next = ''] = /href="(\/accounts\?after=[^"]+)"/.exec(first) ?? []
    expect(await textOf(admin.get(next.replaceAll('&amp;', '&')))).toContain('petugas-54')
    const found = await textOf(admin.get('/accounts?login=petugas-5'))
    expect(found).toContain('petugas-54')
    expect(found).not.toContain('petugas-49')
  })

  test('are made once, however often the form is sent, and the password shown is the one that holds', async () => {
    const form = await admin.formOn('/accounts/new', '/accounts')
    const typed = { ...form, login: 'wayan', name: 'Bu Wayan', roles: ['secretary', 'admin'] }
    const answers = [await admin.send('/accounts', typed), await admin.send('/accounts', typed)]
    const [one, other] = answers.map(({ headers }) => headers.get('location') ?? '')
    expect(one).toMatch(/^\/accounts\/given\//)
    expect(other).toBe(one)
    const given = secretIn(await textOf(admin.get(one ?? '')))
    expect((await door.guest().signIn('wayan', given)).headers.get('location')).toBe('/my/secret')
    expect(await textOf(admin.get('/accounts?login=wayan'))).toContain('Sekretaris desa, Pengelola akun')
    // To the one who made it alone, and for some minutes.
    const other2 = await door.as('admin')
    expect(await textOf(other2.get(one ?? ''))).not.toContain(given)
    door.pass(minutes(11))
    expect(await textOf(admin.get(one ?? ''))).not.toContain(given)
  })

  test('are given a new secret after a question, once, and the one that is shown holds', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    const form = await admin.formOn(`/accounts/${id}/reset`, `/accounts/${id}/reset`)
    const answers = await Promise.all([1, 2].map(() => admin.send(`/accounts/${id}/reset`, form)))
    const places = answers.map(({ headers }) => headers.get('location') ?? '')
    const shown = places.find((place) => place.startsWith('/accounts/given/')) ?? ''
    const given = secretIn(await textOf(admin.get(shown)))
    expect((await door.guest().signIn('ratna', given)).headers.get('location')).toBe('/my/secret')
  })

  test('of residents get a PIN, also when it is given anew', async () => {
    const resident = door.idOf('N-1')
    const id = await door.addAccount('sari', ['resident'], { kind: 'resident', resident })
    expect(await resetThrough(admin, id)).toMatch(/^\d{6}$/)
  })

  test('of residents are made for somebody found by name, by whoever may search the register', async () => {
    expect(await textOf(admin.get('/accounts/new'))).not.toContain('href="/accounts/new/resident"')
    await door.addAccount('loket', ['secretary', 'admin'])
    const counter = door.guest()
    await counter.signIn('loket', secret)
    expect(await textOf(counter.get('/accounts/new'))).toContain('href="/accounts/new/resident"')
    const found = await textOf(counter.get('/accounts/new/resident?q=puspita'))
    const address = `/accounts/new?resident=${door.idOf('N-1')}`
    expect(found).toContain(`href="${address}"`)
    const form = await counter.formOn(address, '/accounts')
    const officer = await counter.send('/accounts', {
      ...form,
      login: 'sari',
      name: 'Sari',
      roles: 'secretary',
    })
    expect(officer.status).toBe(422)
    expect(await officer.text()).toContain('hanya dapat memiliki peran warga')
    const made = await counter.send('/accounts', { ...form, login: 'sari', name: 'Sari', roles: 'resident' })
    const pin = secretIn(await textOf(counter.get(made.headers.get('location') ?? '')))
    expect(pin).toMatch(/^\d{6}$/)
    const sari = door.guest()
    expect((await sari.signIn('sari', pin)).headers.get('location')).toBe('/my/secret')
    const change = await sari.formOn('/my/secret', '/my/secret')
    for (const weak of ['123456', '987654', '111111', '121212', '890123']) {
      const answer = await sari.send('/my/secret', { ...change, old: pin, secret: weak, again: weak })
      expect([weak, answer.status]).toEqual([weak, 422])
    }
    await sari.send('/my/secret', { ...change, old: pin, secret: '480175', again: '480175' })
    expect((await sari.get('/my/reads')).status).toBe(200)
    expect((await sari.get(`/residents/${door.idOf('N-3')}`)).status).toBe(404)
  })

  test('of a resident who does not exist are refused, as are roles that do not', async () => {
    const perform = (fields: object) =>
      door.village.as(actorOf('admin')).perform(createAccount, {
        kind: 'resident',
        login: 'siapa',
        name: 'Siapa',
        roles: ['resident'],
        hashedSecret: 'x',
        ...fields,
      })
    const nobody = '019aaaaa-0000-7000-8000-000000000000' as never
    await expect(perform({ resident: nobody })).rejects.toMatchObject({ code: 'account/unknown-resident' })
    const resident = door.idOf('N-1') as never
    await expect(perform({ resident, roles: ['secretary'] })).rejects.toMatchObject({
      code: 'account/officer-role',
    })
    await expect(perform({ resident, roles: ['king'] })).rejects.toMatchObject({
      code: 'account/unknown-role',
    })
    const form = await admin.formOn('/accounts/new', '/accounts')
    expect(
      (await admin.send('/accounts', { ...form, login: 'raja', name: 'Raja', roles: 'king' })).status,
    ).toBe(422)
    expect(door.faults).toEqual([])
  })

  test('that are not there, or one’s own, are no fault of the portal', async () => {
    const form = await admin.formOn('/accounts/new', '/accounts')
    const nobody = '019aaaaa-0000-7000-8000-000000000000'
    expect((await admin.get(`/accounts/${nobody}`)).status).toBe(404)
    expect((await admin.send(`/accounts/${nobody}/reset`, form)).status).toBe(404)
    expect((await admin.send('/accounts/no-id/disable', { ...form, disabled: 'yes' })).status).toBe(404)
    const own = await door.village.storage.read(config.id, async (tx) => {
      const { records } = await tx.query(accounts, { limit: 1 })
      return records[0]?.id
    })
    expect((await admin.send(`/accounts/${own}/disable`, { ...form, disabled: 'yes' })).status).toBe(409)
    expect(door.faults).toEqual([])
  })

  test('leave no hash of a secret in the audit log', async () => {
    const id = await door.addAccount('ratna', ['secretary'])
    await resetThrough(admin, id)
    const form = await admin.formOn('/accounts/new', '/accounts')
    await admin.send('/accounts', { ...form, login: 'wayan', name: 'Bu Wayan', roles: 'secretary' })
    let links = 0
    await door.village.storage.read(config.id, async (tx) => {
      for await (const link of tx.events(auditLog, 'village')) {
        links++
        expect(JSON.stringify(link)).not.toContain('scrypt$')
      }
    })
    expect(links).toBeGreaterThan(2)
  })
})

describe('a resident whose record was merged into another', () => {
  test('still sees their own data, and who read either of the records', async () => {
    const [kept, merged] = [door.idOf('N-1'), door.idOf('N-2')]
    const ratna = await door.as('secretary')
    await ratna.get(`/residents/${merged}`)
    const budi = await door.as('resident', { kind: 'resident', resident: merged })
    const occasion = { purpose: 'administration', reason: 'Dua kartu' }
    const secretary = door.village.as(actorOf('secretary'), occasion)
    const pair = { kept: kept as never, merged: merged as never }
    expect((await secretary.perform(mergeRecords, pair)).ok).toBe(true)
    expect((await budi.get(`/residents/${kept}`)).status).toBe(200)
    const own = await textOf(budi.get('/my/reads'))
    expect(own).toContain('membuka data penduduk')
    const { reads } = await secretary.perform(readsOfResident, { resident: kept as never })
    expect(reads.filter(({ useCase }) => useCase === 'resident.read').length).toBeGreaterThanOrEqual(2)
    expect(new Set(reads.map(({ at, useCase }) => `${at} ${useCase}`)).size).toBeGreaterThan(0)
  })
})

describe('what nobody can use any more', () => {
  test('is removed by a job of the portal: ended sessions, old failures, old keys of forms', async () => {
    const ratna = await door.as('secretary')
    await door.guest().signIn('nobody', 'wrong')
    const form = await ratna.formOn('/duplicates', '/sign-out')
    const pair = { kept: door.idOf('N-1'), merged: door.idOf('N-2'), reason: 'Dua kartu' }
    await ratna.send('/duplicates', { ...form, once: 'old-key', ...pair })
    const counts = () =>
      door.village.storage.read(config.id, async (tx) => [
        await tx.count(sessions),
        await tx.count(signInFailures),
        await tx.count(sentForms),
      ])
    await door.village.runDueJobs({ holder: 'test' })
    expect(await counts()).toEqual([1, expect.any(Number), 1])
    door.pass(minutes(60 * 24 * 32))
    await door.village.runDueJobs({ holder: 'test' })
    expect(await counts()).toEqual([0, 0, 0])
  })
})

describe('a purpose', () => {
  test('is chosen where a role has more than one, opens what was closed, and stands in the read log', async () => {
    const guest = await door.as('two-purposes')
    const ayu = door.idOf('N-4')
    const refused = await guest.get(`/residents/${ayu}`)
    expect(refused.status).toBe(403)
    const page = await refused.text()
    expect(page).toContain('Tujuan membaca: Administrasi')
    const [, href = ''] = /<a href="([^"]*purpose=assistance)"/.exec(page) ?? []
    expect((await guest.get(href)).status).toBe(200)
    expect(await textOf(guest.get(`/residents/${ayu}`))).toContain('Tujuan membaca: Bantuan sosial')
    const { reads } = await door.village
      .as(actorOf('secretary'), { purpose: 'administration' })
      .perform(readsOfResident, { resident: ayu as never })
    expect(reads[0]).toMatchObject({ useCase: 'resident.read', purpose: 'assistance' })
    expect((await guest.get('/duplicates')).status).toBe(403)
    expect((await guest.get('/duplicates?purpose=administration')).status).toBe(200)
  })

  test('is not chosen by a foreign page, and ends with the session', async () => {
    const guest = await door.as('two-purposes')
    await guest.get('/?purpose=assistance', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(guest.cookies.has('purpose')).toBe(false)
    await guest.get('/?purpose=assistance')
    expect(guest.cookies.get('purpose')).toBe('assistance')
    await guest.send('/sign-out', await guest.formOn('/', '/sign-out'))
    expect(guest.cookies.has('purpose')).toBe(false)
  })
})

describe('a page', () => {
  test('that is kept for everybody holds nothing of its first reader', async () => {
    const first = await textOf(door.guest().get('/?ref=first-reader'))
    expect(first).not.toContain('first-reader')
    expect(first).toContain('href="/?lang=en"')
  })

  test('leads to no other host, whatever its own address', async () => {
    const html = await textOf(door.guest().get('//evil.example/x'))
    expect(html).toContain('href="/evil.example/x?lang=en"')
    expect(html).not.toContain('href="//')
  })

  test('comes with a policy that lets no foreign script, style, frame or form in', async () => {
    const { headers } = await door.guest().get('/')
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split(/;\s*/).map((part) => {
        const [name = '', ...values] = part.split(' ')
        return [name, values.join(' ')]
      }),
    )
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  test('is kept by no browser, neither when it is shown nor when it is refused', async () => {
    const guest = await door.as('secretary')
    for (const path of [
      '/',
      '/residents',
      `/residents/${door.idOf('N-1')}`,
      '/nowhere',
      '/accounts',
      '/sign-in',
    ]) {
      expect([path, (await guest.get(path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })
})

describe('what cannot be read', () => {
  const multipart = { 'content-type': 'multipart/form-data' }

  test.each([
    '/residents?q=%00',
    '/residents?hamlet=%00',
    '/residents?after=%00',
    '/api/resident.search?text=%00',
    '/api/resident.search?input=%7B%22text%22%3A%22%5Cud800%22%7D',
  ])('%s is the reader’s mistake', async (path) => {
    const guest = await door.as('secretary')
    expect([(await guest.get(path)).status, door.faults.map(String)]).toEqual([400, []])
    expect(door.faults).toEqual([])
  })

  test('signing in with what can be no login is refused like any other', async () => {
    expect((await door.guest().signIn('a\0b', secret)).status).toBe(400)
    for (const login of [`${'x'.repeat(59)}😀`, '\u{fffd}', '', ' '.repeat(70), '%', 'x'.repeat(9000)]) {
      const answer = await door.guest().signIn(login, secret)
      expect([login.slice(0, 4), answer.status]).toEqual([login.slice(0, 4), 422])
    }
    expect(door.faults).toEqual([])
  })

  test('a body that is no form is refused as such', async () => {
    const guest = await door.as('secretary')
    const broken = { method: 'POST', body: 'no form at all', headers: multipart }
    expect((await guest.get('/import', broken)).status).toBe(400)
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    expect((await guest.get('/import', { ...broken, headers })).status).toBe(400)
    expect((await guest.get('/duplicates', broken)).status).toBe(400)
    expect(door.faults).toEqual([])
  })

  test('whoever may not import is refused before their workbook is read', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    // Node asks for half duplex where a body is a stream.
    const init = {
      method: 'POST',
      body,
      headers: { ...multipart, 'content-length': '19000000' },
      duplex: 'half',
    }
    expect((await door.guest().get('/import', init as RequestInit)).status).toBe(403)
    expect(pulled).toBeLessThan(3)
  })

  test('too much is refused with a page that says so, workbooks above 20 MB too', async () => {
    const guest = await door.as('secretary')
    const form = await guest.send('/duplicates', { what: 'x'.repeat(200_000) })
    expect(form.status).toBe(413)
    expect(await form.text()).toContain('Kiriman terlalu besar')
    const body = new Uint8Array(20_000_001)
    const workbook = await guest.get('/import', { method: 'POST', body, headers: multipart })
    expect(workbook.status).toBe(413)
    expect(await workbook.text()).toContain('Kiriman terlalu besar')
  })
})

describe('a portal on the machine itself', () => {
  test('answers to the names of the machine alone, so that no foreign page can name it its own', async () => {
    door = await openDoor({ hosts: ['127.0.0.1', 'localhost', '[::1]'] })
    for (const host of ['127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080']) {
      expect([host, (await door.guest('127.0.0.1', host).get('/')).status]).toEqual([host, 200])
    }
    for (const host of [
      'evil.example:8080',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '192.168.1.5:8080',
    ]) {
      expect([host, (await door.guest('127.0.0.1', host).get('/')).status]).toEqual([host, 421])
      expect((await door.guest('127.0.0.1', host).get('/api/session')).status).toBe(421)
    }
  })
})

describe('a form', () => {
  test('that is sent twice is carried out once, and both times leads to the same page', async () => {
    const guest = await door.as('secretary')
    const form = await guest.formOn('/duplicates', '/sign-out')
    const typed = {
      ...form,
      once: 'sent-twice',
      reason: 'Dua kartu',
      kept: door.idOf('N-1'),
      merged: door.idOf('N-2'),
    }
    const before = await door.village.changes()
    const first = await guest.send('/duplicates', typed)
    const second = await guest.send('/duplicates', typed)
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(await door.village.changes()).toBe(before + 1)
  })

  test('has its key in the transaction of its change, so that neither stands without the other', async () => {
    const guest = await door.as('secretary')
    const form = await guest.formOn('/duplicates', '/sign-out')
    const typed = {
      ...form,
      once: 'in-between',
      reason: 'Dua kartu',
      kept: door.idOf('N-1'),
      merged: door.idOf('N-2'),
    }
    const { storage } = door.village
    const transact = storage.transact.bind(storage)
    const seen: unknown[] = []
    // Looks in whenever a transaction has ended, as a kill at that moment would leave the database.
    Object.assign(storage, {
      transact: async (...given: Parameters<typeof storage.transact>) => {
        const result = await transact(...given)
        const key = await storage.read(config.id, (tx) => tx.get(sentForms, { key: typed.once }))
        seen.push([await door.village.changes(), key !== undefined])
        return result
      },
    })
    const before = await door.village.changes()
    await guest.send('/duplicates', typed)
    expect(seen).not.toContainEqual([before, true])
    expect(seen).not.toContainEqual([before + 1, false])
    expect(seen).toContainEqual([before + 1, true])
  })

  test('that was refused can be mended and sent again', async () => {
    const admin = await door.as('admin')
    const form = await admin.formOn('/accounts/new', '/accounts')
    await door.addAccount('wayan', ['secretary'])
    const typed = { ...form, login: 'wayan', name: 'Bu Wayan', roles: 'secretary' }
    expect((await admin.send('/accounts', typed)).status).toBe(422)
    const mended = await admin.send('/accounts', { ...typed, login: 'wayan.2' })
    expect(mended.headers.get('location')).toMatch(/^\/accounts\/given\//)
  })
})

/** So many wrong tries from one place: three are made, the others counted in, since each takes its time. */
async function tryFrom(guest: () => Guest, count: number): Promise<void> {
  await guest().signIn('nobody-1', 'wrong')
  await door.village.storage.transact(config.id, async (tx) => {
    for await (const failed of tx.stream(signInFailures)) {
      if (failed.subject.startsWith('address '))
        await tx.update(signInFailures, { ...failed, failures: count - 2 })
    }
  })
  for (const login of ['nobody-2', 'nobody-3'])
    expect((await guest().signIn(login, 'wrong')).status).toBe(422)
}

/** Gives an account a new secret through the pages. */
async function resetThrough(admin: Guest, id: string): Promise<string> {
  const form = await admin.formOn(`/accounts/${id}/reset`, `/accounts/${id}/reset`)
  const { headers } = await admin.send(`/accounts/${id}/reset`, form)
  return secretIn(await textOf(admin.get(headers.get('location') ?? '')))
}

function secretIn(html: string): string {
  return /<code class="number">([^<]+)<\/code>/.exec(html)?.[1] ?? ''
}

describe('an id that is none', () => {
  test('is no fault of the portal, in an address or in a form', async () => {
    const officer = await door.as('secretary')
    const [person, other] = [door.idOf('N-1'), door.idOf('N-2')]
    for (const path of ['/organisations/none', '/residents/none/consents', '/residents/none/reads'])
      expect([path, (await officer.get(path)).status]).toEqual([path, 404])
    const action = `/residents/${person}/representatives`
    const form = await officer.formOn(`${action}/new?person=${other}`, action)
    const answer = await officer.send(action, { ...form, kind: 'proxy', basis: 'Surat', person: 'none' })
    expect(answer.status).toBe(404)
    expect(door.faults).toEqual([])
  })
})
