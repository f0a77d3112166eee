// The JSON interface: it gives what the pages show, refuses whom the village refuses, and says so in its document.
import { gunzipSync } from 'node:zlib'
import { isLumbungError } from '@lumbung/core/kernel'
import { readsOfResident } from '@lumbung/core/village'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, describe, expect, test } from 'vitest'
import { exposedUseCases } from '../src/api/exposed.ts'
import { jsonText } from '../src/api/json.ts'
import { outputs } from '../src/api/outputs.ts'
import { actorOf, openApiVillage } from './open-api-village.ts'
import { config } from './sample-village.ts'

const { village, signIn, idOf, faults } = await openApiVillage()
const secretary = await signIn('secretary')
const visitor = await signIn('visitor')
afterAll(() => expect(faults).toEqual([]))

const sari = idOf('N-1')
const household = idOf('CARD-1')

/** A request of each exposed use case about a woman of the sample village; one that is missing fails the test. */
const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'village.glance': {},
  'area.list': {},
  'resident.search': { text: 'puspita' },
  'resident.list': { text: 'puspita' },
  'resident.read': { id: sari },
  'resident.show-numbers': { id: sari },
  'household.read': { id: household },
  'household.show-number': { id: household },
  'life-event.list': { resident: sari },
  'resident.save': {
    id: sari,
    identityNumber: 'N-1',
    temporaryNumber: null,
    name: 'Sari Puspita',
    sex: 'female',
    birthDate: '1985-03-12',
    birthPlace: 'Uji',
    status: 'present',
    statusSince: '1985-03-12',
    area: idOf('Mekar'),
  },
  'fact.record': {
    unit: 'household',
    subject: household,
    name: 'welfareDecile',
    value: 3,
    from: '2026-01-01',
    to: null,
    source: 'survey',
    degree: 'declared',
  },
  'life-event.record': {
    on: '2026-11-24',
    details: { kind: 'move-out', residents: [idOf('N-2')], newHeads: [], destination: null },
  },
  'duplicate.list': {},
  'merge.list': {},
  'resident.merge': { kept: sari, merged: idOf('N-3') },
  'resident.unmerge': { id: sari },
  'reads.own': {},
  'reads.list': { resident: sari },
  'audit.resident': { resident: sari },
  'job.list': {},
  'area.history': {},
  'area.save': { kind: 'hamlet', parent: null, code: null, name: 'Baru', from: null, to: null },
  'area.record': { area: idOf('Mekar'), kind: 'named', on: '2026-01-01', name: 'Mekar Sari' },
  'area.end': { area: idOf('Mekar'), on: '2026-01-01' },
  'area.reopen': { area: idOf('Mekar') },
  'area.split': { area: idOf('Mekar'), on: '2026-01-01', parts: [{ name: 'Mekar Timur' }], goesOn: true },
  'organisation.list': {},
  'organisation.read': { id: idOf('SD Uji') },
  'organisation.save': { kind: 'school', name: 'TK Uji', area: null, from: null, to: null },
  'affiliation.list': { organisation: idOf('SD Uji') },
  'affiliation.save': {
    organisation: idOf('SD Uji'),
    resident: sari,
    role: 'guru',
    from: '2026-01-01',
    to: null,
  },
  'agreement.list': { resident: sari },
  'consent.give': { resident: sari, purpose: 'administration', basis: 'Formulir', from: null, to: null },
  'consent.withdraw': { id: sari },
  'representation.save': {
    resident: idOf('N-4'),
    representative: sari,
    kind: 'guardian',
    purposes: [],
    basis: 'Putusan',
    from: null,
  },
  'programme.list': {},
  'programme.read': { id: 'sembako' },
  'eligibility.decide': { household: idOf('CARD-1') },
  'eligibility.decide-resident': { resident: idOf('N-3'), withNext: true },
  'eligibility.next-question': { household: idOf('CARD-1') },
  'eligibility.screen': {},
  'eligibility.list': { programme: 'sembako' },
  'eligibility.rank': { programme: 'sembako', units: 1 },
  'eligibility.simulate': { programme: 'sembako', parameters: { decileMax: 3 } },
  'decision.record': { programme: 'sembako', unit: 'household', subject: idOf('CARD-1') },
  'decision.list': {},
  'decision.read': { id: sari },
  'decision.replay': { id: sari },
  'decision.erase': { id: sari },
  'application.submit': {
    programme: 'sembako',
    unit: 'household',
    subject: idOf('CARD-1'),
    applicant: sari,
  },
  'application.show-documents': { id: sari, documents: [] },
  'application.withdraw': { id: sari },
  'application.decide': { id: sari },
  'application.list': {},
  'proposal-list.draft': { programme: 'sembako', title: 'Sembako 2026' },
  'proposal-list.add': { list: sari, subject: idOf('CARD-1') },
  'proposal-list.move': { id: sari, action: 'submit' },
  'proposal.verify': { id: sari, action: 'verify' },
  'proposal-list.list': {},
  'proposal-list.read': { id: sari },
  'forum.record': {
    minutes: 'f'.repeat(64),
    votes: { for: 5, against: 1, abstained: 0 },
    subject: 'Sembako 2026',
  },
  'forum.list': {},
  'proposal-list.settle': { list: sari, forum: sari },
  'proposal-list.reopen': { id: sari, reason: 'Salah hitung' },
  'proposal-list.close': { id: sari },
  'proposal.enrol': { proposal: sari },
  'proposal.decline': { id: sari, reason: 'Pindah' },
  'casework.counts': {},
  'enrolment.list': {},
  'enrolment.move': { id: sari, action: 'exit', reason: 'Pindah' },
  'appeal.file': { decision: sari, appellant: sari, reason: 'Data lama' },
  'appeal.withdraw': { id: sari },
  'appeal.answer': { id: sari, action: 'dismiss', reason: 'Data benar' },
  'appeal.list': {},
  'enrolment.export': { programme: 'sembako' },
  'enrolment.doubles': {},
  'payment.prepare': { programme: 'sembako', from: '2026-11-01', to: '2026-12-01', payOn: '2026-11-24' },
  'payment.decide': { list: sari, outcome: 'approve', digest: 'f'.repeat(64) },
  'payment.withdraw': { list: sari, reason: 'Salah hari' },
  'payment.record': { payments: [sari], action: 'pay' },
  'payment.lists': {},
  'payment.list': { list: sari },
  'payment.of-unit': { unit: 'household', subject: idOf('CARD-1') },
  'payment.instructions': { list: sari },
  'correction.find': { programme: 'sembako' },
  'correction.settle': { correction: sari, action: 'settle' },
  'correction.list': { programme: 'sembako' },
  'recheck.list': { programme: 'sembako' },
  'recheck.decide': { recheck: sari, action: 'keep', reason: 'Atap roboh' },
  'targeting.read': { programme: 'sembako' },
  'account.list': {},
  'account.disable': { id: sari, disabled: true },
}

const inputOf = (name: string): Readonly<Record<string, unknown>> => {
  const input = inputs[name]
  if (input === undefined) throw new Error(`There is no sample input for ${name}.`)
  return input
}

const inQuery = (name: string) => new URLSearchParams({ input: JSON.stringify(inputOf(name)) })

describe('what is read', () => {
  test('the figures of the home page are those of the interface', async () => {
    const figures = await (await visitor.get('/api/village.glance')).json()
    const page = await (await visitor.get('/?lang=en')).text()
    for (const figure of [figures.residents, figures.households, figures.female, figures.male])
      expect(page).toContain(String(figure))
    for (const { name } of figures.hamlets) expect(page).toContain(name)
    expect(figures).toMatchObject({ residents: 4, female: 2, male: 2, households: 2 })
  })

  test.each(['', 'sari', 'a', 'N-3', 'nobody'])(
    'a search for "%s" finds whom the page shows',
    async (text) => {
      const found = await (await secretary.get(`/api/resident.search?text=${text}`)).json()
      const page = await (await secretary.get(`/residents?q=${text}`)).text()
      const main = page.slice(page.indexOf('<main'))
      const shown = [...main.matchAll(/href="\/residents\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
      expect(found.residents.map(({ id }: { readonly id: string }) => id)).toEqual(shown)
      expect(found.count).toBe(shown.length)
    },
  )

  test('a resident is given with the fields that the page shows', async () => {
    const { resident, households } = await (await secretary.get(`/api/resident.read?id=${sari}`)).json()
    const page = await (await secretary.get(`/residents/${sari}`)).text()
    for (const field of ['name', 'identityNumber', 'birthPlace', 'hamlet'])
      expect(page).toContain(resident[field])
    for (const { resident: member } of households[0].members)
      expect(page).toContain(`<a href="/residents/${member.id}">${member.name}</a>`)
  })

  test('numbers stand masked, as on the pages, until they are opened on purpose', async () => {
    const full = '9999-TEST-0001'
    const post = (name: string, input: object) => secretary.post(`/api/${name}`, input)
    const fields = { ...inputOf('resident.save'), id: undefined, name: 'Rahasia Uji', identityNumber: full }
    const saved = await (await post('resident.save', fields)).json()
    const masked = '99••••••••0001'
    expect(saved.record.identityNumber).toBe(masked)
    const { id } = saved.record
    for (const path of [
      `resident.read?id=${id}`,
      'resident.search?text=rahasia',
      'resident.list?text=rahasia',
      `audit.resident?resident=${id}`,
    ]) {
      const text = await (await secretary.get(`/api/${path}`)).text()
      expect([path, text.includes(masked), text.includes(full)]).toEqual([path, true, false])
    }
    const logged = async () =>
      (await (await secretary.get(`/api/reads.list?resident=${id}`)).json()).reads.filter(
        ({ useCase }: { readonly useCase: string }) => useCase === 'resident.show-numbers',
      ).length
    expect(await logged()).toBe(0)
    const opened = await (await secretary.get(`/api/resident.show-numbers?id=${id}`)).json()
    expect([opened.identityNumber, await logged()]).toEqual([full, 1])
    // Written back, it would take the place of the number that it hides.
    const back = await post('resident.save', { ...fields, id, identityNumber: masked })
    expect(back.status).toBe(400)
    const again = await (await secretary.get(`/api/resident.show-numbers?id=${id}`)).json()
    expect(again.identityNumber).toBe(full)
    const ofMother = { unit: 'resident', subject: id, name: 'motherIdentityNumber', value: masked }
    const fact = { ...ofMother, from: null, to: null, source: 'Uji', degree: 'declared' }
    expect((await post('fact.record', fact)).status).toBe(400)
    const recorded = await post('fact.record', { ...fact, value: full })
    const text = await recorded.text()
    expect([recorded.status, text.includes(masked), text.includes(full)]).toEqual([200, true, false])
  })

  test('every answer is of the form that the document tells', async () => {
    for (const [name, schema] of Object.entries(outputs)) {
      if (exposedUseCases.get(name)?.kind !== 'read' || name === 'reads.own' || name === 'account.list')
        continue
      const response = await secretary.get(`/api/${name}?${inQuery(name)}`)
      expect(response.status, name).toBe(200)
      const answer = schema.safeParse(await response.json())
      expect(answer.error?.issues, name).toBeUndefined()
    }
  })

  test('every use case that reads about programmes tells its form, also where a day has no rule or facts are known', async () => {
    const names = [...exposedUseCases.keys()].filter((name) => /^(?:programme|eligibility)\./.test(name))
    expect(names.length).toBeGreaterThan(7)
    await secretary.post('/api/fact.record', inputOf('fact.record'))
    for (const name of names) {
      const schema = outputs[name]
      if (schema === undefined) throw new Error(`${name} does not tell what it gives.`)
      for (const more of [{}, { on: '2024-06-01' }]) {
        // What a person is asked next is asked of today.
        const input = JSON.stringify({ ...inputOf(name), ...more })
        const response = await secretary.get(`/api/${name}?${new URLSearchParams({ input })}`)
        const text = await response.text()
        if (text.includes('eligibility/no-version-in-force')) continue
        expect(response.status, `${name}: ${text.slice(0, 200)}`).toBe(200)
        expect(schema.safeParse(JSON.parse(text)).error?.issues, name).toBeUndefined()
      }
    }
  })

  test('a reading of personal data is in the read log, with the purpose that was named', async () => {
    const ayu = idOf('N-4')
    await secretary.get(`/api/resident.read?id=${ayu}`, { 'x-purpose': 'administration' })
    const { reads } = await village
      .as(actorOf('secretary'), { purpose: 'administration' })
      .perform(readsOfResident, { resident: ayu as never })
    expect(reads[0]).toMatchObject({ useCase: 'resident.read', purpose: 'administration' })
  })

  test('fields stand by themselves with the types that the schema asks for, or in input', async () => {
    const alone = await (await secretary.get('/api/resident.search?text=&limit=2')).json()
    const whole = `input=${encodeURIComponent('{"text":"","limit":2}')}`
    expect(alone.residents).toHaveLength(2)
    expect(await (await secretary.get(`/api/resident.search?${whole}`)).json()).toEqual(alone)
    expect((await secretary.get(`/api/resident.search?${whole}&limit=2`)).status).toBe(400)
    const further = await (await secretary.get(`/api/resident.search?limit=2&after=${alone.next}`)).json()
    expect(further.residents).toHaveLength(2)
  })
})

describe('who may ask what', () => {
  const others = config.roles.map(({ id }) => id)

  test.each(others)('a %s is answered as the village answers that role', async (role) => {
    // Twins: what one of them writes must not change what the other is asked.
    const [asked, twin] = [await openApiVillage(), await openApiVillage()]
    const resident = role === 'resident' ? { resident: asked.idOf('N-1') as never } : {}
    const client = await asked.signIn(role, resident)
    for (const [name, useCase] of exposedUseCases) {
      const own = JSON.parse(replaced(JSON.stringify(inputOf(name)), asked.idOf))
      const response =
        useCase.kind === 'read'
          ? await client.get(`/api/${name}?${new URLSearchParams({ input: JSON.stringify(own) })}`)
          : await client.post(`/api/${name}`, own)
      const inTwin = role === 'resident' ? { resident: twin.idOf('N-1') as never } : {}
      const session = twin.village.as(actorOf(role, inTwin), { purpose: 'administration' })
      const expected = await session
        .perform(useCase, JSON.parse(replaced(JSON.stringify(inputOf(name)), twin.idOf)))
        .then((answer) =>
          typeof answer === 'object' && answer !== null && 'refusal' in answer ? 'refused' : 'given',
        )
        .catch((error: unknown) => (isLumbungError(error) ? error.code : 'fault'))
      const { code } = response.ok ? { code: 'given' } : await response.json()
      const got = response.status === 422 ? 'refused' : code
      expect(got, `${name} asked by ${role}`).toBe(expected)
      if (expected === 'village/forbidden') expect(response.status).toBe(403)
    }
    expect(asked.faults).toEqual([])
  })

  test('whoever must change their secret first can do nothing else', async () => {
    const client = await signIn('secretary', { mustChange: true })
    expect((await client.get('/api/job.list')).status).toBe(403)
    expect((await client.post('/api/resident.save', inputOf('resident.save'))).status).toBe(403)
  })
})

describe('what is written', () => {
  test('a fact comes into the register, and stands on the page', async () => {
    expect((await secretary.post('/api/fact.record', inputOf('fact.record'))).status).toBe(200)
    const page = await (await secretary.get(`/households/${household}?lang=en`)).text()
    expect(page).toContain('survey')
  })

  test('the version that was read protects what somebody else wrote meanwhile', async () => {
    const input = { ...inputOf('resident.save'), version: 99 }
    const response = await secretary.post('/api/resident.save', input, { 'x-reason': 'koreksi%20akta' })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({
      code: 'storage/version-conflict',
      details: { version: 99 },
    })
  })

  test('what the register refuses is an error, and nothing is written', async () => {
    const before = await village.changes()
    const response = await secretary.post('/api/fact.record', { ...inputOf('fact.record'), value: 99 })
    expect(response.status).toBe(422)
    expect((await response.json()).code).toMatch(/^people\//)
    expect(await village.changes()).toBe(before)
  })

  test('a foreign page writes nothing, whatever it sends along', async () => {
    const before = await village.changes()
    const body = inputOf('fact.record')
    for (const headers of [
      { 'x-csrf': '' },
      { 'x-csrf': 'wrong' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const response = await secretary.post('/api/fact.record', body, headers)
      expect(response.status, JSON.stringify(headers)).toBe(403)
      expect((await response.json()).code).toBe('api/foreign-request')
    }
    expect((await secretary.post('/api/fact.record', body, { 'content-type': 'text/plain' })).status).toBe(
      415,
    )
    expect(await village.changes()).toBe(before)
  })

  test('a page of this host needs no token', async () => {
    const headers = { 'x-csrf': '', origin: 'http://village.example', 'sec-fetch-site': 'same-origin' }
    const input = { ...inputOf('fact.record'), from: '2026-02-01' }
    expect((await secretary.post('/api/fact.record', input, headers)).status).toBe(200)
  })
})

describe('errors', () => {
  test('an input that does not hold names each fault', async () => {
    const response = await secretary.get('/api/resident.search?limit=many&what=1')
    expect(response.status).toBe(400)
    const { code, details } = await response.json()
    expect(code).toBe('village/invalid-input')
    expect(details.issues.map(({ path }: { readonly path: readonly string[] }) => path[0])).toContain('limit')
  })

  test.each([
    ['/api/nothing.there', 404, 'api/unknown-use-case'],
    ['/api/population.import', 404, 'api/unknown-use-case'],
    ['/api/account.create', 404, 'api/unknown-use-case'],
    ['/api/fact.record', 405, 'api/wrong-method'],
    ['/api/resident.search?input=no-json', 400, 'api/invalid-request'],
    ['/api/resident.search?after=no-place', 400, 'storage/invalid-cursor'],
    ['/api/resident.read?id=019aaaaa-0000-7000-8000-000000000000', 404, 'village/not-found'],
  ])('%s is answered with %i and %s, in JSON that nobody keeps', async (path, status, code) => {
    const response = await secretary.get(path)
    expect([response.status, (await response.json()).code]).toEqual([status, code])
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('a body that is no JSON, no object or too long is refused', async () => {
    expect((await secretary.post('/api/fact.record', [])).status).toBe(400)
    expect((await secretary.post('/api/fact.record', 'x'.repeat(200_000))).status).toBe(413)
  })

  test('large integers are text', () => {
    expect(jsonText({ amount: 9_007_199_254_740_993n })).toBe('{"amount":"9007199254740993"}')
  })
})

describe('the OpenAPI document', () => {
  test('holds against the meta-schema of OpenAPI 3.1 and names every exposed use case', async () => {
    const response = await visitor.get('/api/openapi.json')
    expect(response.status).toBe(200)
    const document = await response.json()
    const validator = new Validator()
    const result = await validator.validate(structuredClone(document))
    expect(result).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
    const paths = [...exposedUseCases.keys()].map((name) => `/api/${name}`)
    expect(Object.keys(document.paths).toSorted()).toEqual([...paths, '/api/session'].toSorted())
    // What points to another place of the document must find it there.
    for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer.split('/').reduce((part, name) => part?.[name], document)
      expect(target, pointer).toBeDefined()
    }
  })
})

/** Ids differ from one village to the next; names do not. */
function replaced(text: string, ids: (name: string) => string): string {
  return ['N-1', 'N-2', 'N-3', 'N-4', 'Mekar', 'CARD-1', 'SD Uji'].reduce(
    (found, name) => found.replaceAll(idOf(name), ids(name)),
    text,
  )
}

test('the stylesheet comes compressed to whoever takes it, and is the same to everybody', async () => {
  const address = /href="(\/assets\/[^"]+\.css)"/.exec(await (await visitor.get('/')).text())?.[1] ?? ''
  const [plain, small] = [
    await visitor.get(address, { 'accept-encoding': 'gzip;q=0' }),
    await visitor.get(address, { 'accept-encoding': 'br, gzip' }),
  ]
  expect(plain.headers.has('content-encoding')).toBe(false)
  expect(small.headers.get('content-encoding')).toBe('gzip')
  const bytes = Buffer.from(await small.arrayBuffer())
  const text = await plain.text()
  expect(gunzipSync(bytes).toString()).toBe(text)
  expect(bytes.length).toBeLessThan(text.length / 3)
})
