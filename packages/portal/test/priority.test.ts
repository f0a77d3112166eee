// Who is served first, how it was on another day, lists to take along, and somebody who is on no family card.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIdGenerator, parseCivilDate } from '@lumbung/core/kernel'
import { households, residents } from '@lumbung/core/people'
import {
  defineVillage,
  factDefinitionsOf,
  importPopulation,
  openVillage,
  readsOfResident,
  recordDatedFact,
} from '@lumbung/core/village'
import { keepFacts, populationOf, readPopulation } from '@lumbung/opensid'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, startPortal } from '../src/node/index.ts'
import { noBrowser, openAll, openBrowser, printToPdf, type View, widths } from './browser.ts'
import { accounts, config as sample, sampleWorkbook } from './sample-village.ts'
import { bytesOf, expectWellMade, openAs } from './visitor.ts'

const bylaw = { source: 'bylaw', confidence: 'high' } as const
const given = (value: boolean | number | string | readonly (number | string)[]) => [
  { value: Array.isArray(value) ? [...value] : value, citation: bylaw },
]

/** A village with a programme of its own, which has values of every kind, a quota and a budget. */
const config = defineVillage({
  ...sample,
  packs: [
    ...sample.packs,
    {
      id: 'own',
      version: '1',
      title: { id: 'Bantuan desa', en: 'Help of the village' },
      sources: { bylaw: { title: 'Peraturan Desa 3' } },
      programmes: [
        {
          id: 'beras',
          title: { id: 'Beras Desa', en: 'Village Rice' },
          purpose: { id: 'Beras', en: 'Rice' },
          unit: 'household',
          parameters: {
            decileMax: {
              type: { kind: 'int' },
              label: { id: 'Desil tertinggi', en: 'Greatest decile' },
              values: given(6),
            },
            sack: { type: { kind: 'money' }, label: { id: 'Nilai', en: 'Worth' }, values: given(100_000) },
            hamlet: { type: { kind: 'bool' }, label: { id: 'Berlaku', en: 'Open' }, values: given(true) },
            share: {
              type: { kind: 'decimal', scale: 1 },
              label: { id: 'Bagian', en: 'Share' },
              values: given(25),
            },
            since: {
              type: { kind: 'date' },
              label: { id: 'Lahir sebelum', en: 'Born before' },
              values: given('2030-01-01'),
            },
            deciles: {
              type: { kind: 'int' },
              label: { id: 'Desil lain', en: 'Other deciles' },
              values: given([9, 10]),
            },
            sexes: {
              type: { kind: 'enum', values: ['female', 'male'] },
              label: { id: 'Untuk', en: 'For' },
              values: given(['female', 'male']),
            },
          },
          versions: [
            {
              from: parseCivilDate('2026-01-01'),
              legalBasis: [bylaw],
              criteria: {
                id: 'beras',
                label: { id: 'Semua', en: 'All' },
                all: [
                  {
                    id: 'decile',
                    label: { id: 'Desil rendah', en: 'Low decile' },
                    when: 'household.welfareDecile <= parameters.decileMax && !(household.welfareDecile in parameters.deciles)',
                  },
                  {
                    id: 'open',
                    label: { id: 'Berlaku', en: 'Open' },
                    when: 'parameters.hamlet && parameters.share > 0.5',
                  },
                  {
                    id: 'job',
                    label: { id: 'Pekerjaan', en: 'Work' },
                    when: 'household.members.exists(m, m.sex in parameters.sexes && m.birthDate < parameters.since)',
                  },
                ],
              },
              benefit: {
                per: 'month',
                components: [{ id: 'sack', label: { id: 'Karung', en: 'Sack' }, amount: 'parameters.sack' }],
              },
              ranking: [
                { label: { id: 'Desil', en: 'Decile' }, by: 'household.welfareDecile', order: 'ascending' },
                {
                  label: { id: 'Anggota', en: 'Members' },
                  by: 'household.members.size()',
                  order: 'descending',
                },
              ],
              quota: { units: 3, budgetMinor: 1_000_000 },
            },
          ],
        },
      ],
    },
  ],
})

const folder = mkdtempSync(join(tmpdir(), 'lumbung-priority-'))
const database = `sqlite:${join(folder, 'village.db')}`
const family = { login: 'sendiri', secret: 'uji-sendiri-sendiri', name: 'Wati', roles: ['resident'] }
const aloneNumber = '9901014101500099'
const { alone } = await fill()
const faults: unknown[] = []
const portal = await startPortal({
  config,
  database,
  port: 0,
  sampleAccounts: [...accounts, { ...family, identityNumber: aloneNumber }],
  onFault: (error) => void faults.push(error),
})
let browser: Browser

beforeAll(async () => {
  if (noBrowser === undefined) browser = await openBrowser()
})
beforeEach(({ skip }) => skip(noBrowser !== undefined, noBrowser))
afterAll(async () => {
  await browser?.close()
  await portal.close()
  rmSync(folder, { recursive: true })
  expect(faults).toEqual([])
})

const at = (path: string) => `${portal.url}${path}`
const plain: View = { width: widths.phone, hasScript: false }
const main = async (page: Page) => (await page.locator('main').textContent()) ?? ''
const secretary = () => openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'], plain)

/** Eight families of deciles 1 to 4, two by two, known since March; and a woman who is on no family card. */
async function fill() {
  const storage = await openDatabase(database, config)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const ids = createIdGenerator({ clock: Date.now, random })
  const village = openVillage({ config, storage, clock: Date.now, ids, random })
  const { rows } = await readPopulation(sampleWorkbook(8))
  const actor = { kind: 'service', id: 'test', roles: ['secretary'], hamlets: [] } as const
  const clerk = village.as(actor, { purpose: 'administration' })
  const { population } = keepFacts(populationOf(rows).population, factDefinitionsOf(config))
  const [area] = population.areas
  const wati = {
    ...{ key: 'alone', identityNumber: aloneNumber, name: 'Wati', sex: 'female', birthDate: '1950-01-01' },
    ...{ birthPlace: null, memberships: [], ...(area !== undefined && { area: area.key }) },
  } as unknown as (typeof population.residents)[number]
  const all = { ...population, residents: [...population.residents, wati] }
  const { refused } = await clerk.perform(importPopulation, { population: all })
  expect(refused).toEqual([])
  const people: string[] = []
  const homes: string[] = []
  let found = ''
  await storage.read(config.id, async (tx) => {
    for await (const { id, number } of tx.stream(households)) homes[Number(number?.slice(-5))] = id
    for await (const { id, identityNumber } of tx.stream(residents)) {
      people.push(id)
      if (identityNumber === aloneNumber) found = id
    }
  })
  const tell = async (unit: string, subject: string, name: string, value: unknown) => {
    const fact = { unit, subject, name, value, from: '2026-03-01', to: null }
    const told = { ...fact, source: 'survei', degree: 'declared' }
    expect(await clerk.perform(recordDatedFact, told as never)).toMatchObject({ ok: true })
  }
  for (const [index, id] of homes.entries())
    await tell('household', id, 'welfareDecile', 1 + Math.floor(index / 2))
  for (const id of people) await tell('resident', id, 'occupation', '1')
  await storage.close()
  return { alone: found }
}

describe('the priority list', () => {
  test('says who is in by quota, who waits, and where only chance would decide', async () => {
    const page = await secretary()
    await page.goto(at('/screening/beras'))
    expect(await main(page)).toContain('tidak tercatat pada kartu keluarga, jadi tidak dihitung di sini: 1.')
    await page.click('text=Lihat daftar prioritas')
    const text = await main(page)
    expect(text).toContain('Daftar berakhir karena kuota 3 terpenuhi')
    expect(text).toContain('2 setara di batas')
    expect(text).toContain('yang terkecil dulu')
    const tiles = await page.locator('.tile b').allTextContents()
    expect(tiles).toEqual(['3', '5', '0'])
    expect(text).toContain('Perkiraan biaya yang masuk: Rp300.000 per bulan.')
    expect(text).toContain('Sisa anggaran: Rp700.000 per bulan.')
    const rows = await page.locator('main .card table').first().locator('tbody tr').allTextContents()
    expect(rows).toHaveLength(8)
    expect(rows.slice(0, 3).every((row) => row.includes('Masuk'))).toBe(true)
    expect(rows.filter((row) => row.includes('seri di batas'))).toHaveLength(2)
    expect(await page.locator('figure').count()).toBe(2)
  })

  test('takes another quota and budget, and none, and says what cannot be used', async () => {
    const page = await secretary()
    await page.goto(at('/screening/beras/ranking'))
    await page.click('text=Ubah kuota, anggaran, atau tanggal')
    expect(await page.inputValue('input[name=units]')).toBe('3')
    expect(await page.inputValue('input[name=budget]')).toBe('1.000.000')
    await page.fill('input[name=units]', '')
    await page.fill('input[name=budget]', '450.000')
    await page.click('form.form button')
    expect(await main(page)).toContain('anggaran Rp450.000 per bulan tidak cukup')
    expect((await page.locator('.tile b').allTextContents())[0]).toBe('4')
    await page.click('text=Ubah kuota, anggaran, atau tanggal')
    await page.fill('input[name=budget]', '')
    await page.click('form.form button')
    expect(await main(page)).toContain('semua masuk')
    await page.fill('input[name=units]', 'tiga')
    await page.click('form.form button')
    expect(await page.locator('#errors li').textContent()).toContain('bilangan bulat')
    expect(await page.inputValue('input[name=units]')).toBe('tiga')
  })

  test('prints on paper, with its letterhead and all places', async () => {
    const page = await openAs(browser, portal.url, ['sekretaris', 'uji-sekretaris'])
    await page.goto(at('/screening/beras/ranking'))
    await page.click('text=Tampilan cetak')
    expect(await page.locator('article.sheet').textContent()).toContain('3 masuk, 5 menunggu')
    expect(await page.locator('article.sheet tbody tr').count()).toBe(8)
    expect((await printToPdf(page, 'priority-sheet')).pages).toBe(1)
  })

  test('is given on another day by what held then', async () => {
    const page = await secretary()
    await page.goto(at('/screening/beras/ranking?on-day=1&on-month=2&on-year=2026'))
    expect(await main(page)).toContain('Belum ada yang terindikasi')
    await page.goto(at('/screening/beras/ranking?on-day=1&on-month=2&on-year=2025'))
    expect(await main(page)).toContain('Pada 1 Februari 2025 tidak ada aturan yang berlaku')
    await page.goto(at('/screening/beras/ranking?on-day=31&on-month=2&on-year=2026'))
    expect(await page.locator('#errors li').textContent()).toContain('Tanggal ini tidak ada')
  })
})

describe('lists to take along', () => {
  const fetched = async (page: Page, path: string) => {
    const cookies = await page.context().cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const response = await fetch(at(path), { headers: { cookie } })
    return { response, lines: (await response.text()).trim().split('\r\n') }
  }

  test('hold whom the page shows, masked as it is, and are noted as one read', async () => {
    const page = await secretary()
    const { response, lines } = await fetched(page, '/screening/beras/list.csv')
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toMatch(
      /9901012001-beras-eligible-\d{4}-\d\d-\d\d\.csv/,
    )
    expect(lines).toHaveLength(9)
    expect(lines[1]).toMatch(/^terindikasi memenuhi syarat,Sari Puspita/)
    // An identity number has its middle digits hidden.
    expect(lines.slice(1).every((line) => line.includes('••••'))).toBe(true)
    const ranking = await fetched(page, '/screening/beras/ranking.csv?units=2')
    expect(ranking.lines).toHaveLength(9)
    expect(ranking.lines[0]).toContain('Desil,Anggota')
    expect(ranking.lines.filter((line) => line.includes(',Masuk,'))).toHaveLength(2)
    const none = await fetched(page, '/screening/beras/list.csv?outcome=ineligible')
    expect(none.lines).toHaveLength(1)
    const day = await fetched(
      page,
      '/screening/beras/list.csv?outcome=undetermined&on-day=1&on-month=2&on-year=2026',
    )
    expect(day.lines).toHaveLength(9)
    expect(day.response.headers.get('content-disposition')).toContain('undetermined-2026-02-01')
  })

  test('are in the read log of everybody in them', async () => {
    const storage = await openDatabase(database, config)
    try {
      const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
      const ids = createIdGenerator({ clock: Date.now, random })
      const village = openVillage({ config, storage, clock: Date.now, ids, random })
      const actor = { kind: 'service', id: 'test', roles: ['secretary'], hamlets: [] } as const
      const head = await storage.read(config.id, async (tx) => (await tx.query(residents, {})).records)
      const sari = head.find(({ name }) => name.startsWith('Sari Puspita'))
      const { reads } = await village
        .as(actor, { purpose: 'administration' })
        .perform(readsOfResident, { resident: sari?.id as never })
      const names = reads.map(({ useCase }) => useCase)
      expect(names).toContain('eligibility.list')
      expect(names).toContain('eligibility.rank')
    } finally {
      await storage.close()
    }
  })

  test('of those who cannot be told yet lead to what is missing', async () => {
    const page = await secretary()
    await page.goto(at('/screening/beras?on-day=1&on-month=2&on-year=2026'))
    await page.click('main a:has-text("Belum dapat dipastikan (8)")')
    expect(await page.locator('h2', { hasText: 'Daftar yang belum dapat dipastikan' }).count()).toBe(1)
    await page.locator('main .card table tbody a').last().click()
    expect(await main(page)).toContain('1 Februari 2026')
    expect(await main(page)).toContain('belum dapat dipastikan')
  })
})

describe('what if', () => {
  test('every kind of value can be another: a truth value, a fraction, a date, a list, several of a set', async () => {
    const page = await secretary()
    const eligible = async () => {
      await page.locator('form.form button', { hasText: 'Hitung' }).click()
      return (await page.locator('.tile b').allTextContents()).map(Number)
    }
    await page.goto(at('/screening/beras/simulation'))
    expect(await eligible()).toEqual([0, 0])
    await page.check('input[name=hamlet][value=false]')
    expect(await eligible()).toEqual([0, 8])
    await page.check('input[name=hamlet][value=true]')
    await page.fill('input[name=share]', '0,4')
    expect(await eligible()).toEqual([0, 8])
    await page.fill('input[name=share]', '2,5')
    await page.fill('input[name=deciles]', '1; 2')
    expect(await eligible()).toEqual([0, 4])
    await page.fill('input[name=deciles]', '9; 10')
    // Without women each family has its men; without either there is nobody.
    expect(await main(page)).toContain('Perempuan')
    await page.uncheck('input[name=sexes][value=female]')
    expect(await eligible()).toEqual([0, 0])
    expect(await page.isChecked('input[name=sexes][value=female]')).toBe(false)
    expect(await page.isChecked('input[name=sexes][value=male]')).toBe(true)
    await page.uncheck('input[name=sexes][value=male]')
    expect(await eligible()).toEqual([0, 8])
    expect(await page.isChecked('input[name=sexes][value=male]')).toBe(false)
    await page.check('input[name=sexes][value=female]')
    await page.fill('input[name=since-year]', '1900')
    expect(await eligible()).toEqual([0, 8])
    await page.fill('input[name=deciles]', 'satu')
    await page.locator('form.form button', { hasText: 'Hitung' }).click()
    expect(await page.locator('#errors li').textContent()).toContain('tidak dapat dipakai')
  })

  test('speaks of the day that is asked for', async () => {
    const page = await secretary()
    await page.goto(at('/screening/beras/simulation?on-day=1&on-month=2&on-year=2026'))
    expect(await main(page)).toContain('Keadaan per 1 Februari 2026')
    expect(await page.locator('main table').first().textContent()).toMatch(/Belum dapat dipastikan88/)
    await page.goto(at('/screening/beras/simulation?on-day=1&on-month=2&on-year=2025'))
    expect(await main(page)).toContain('tidak ada aturan yang berlaku')
  })
})

describe('somebody on no family card', () => {
  test('is checked for the programmes of persons, and told which ones need a card', async () => {
    const page = await secretary()
    await page.goto(at(`/residents/${alone}`))
    await page.click('text=Periksa program bantuan')
    const text = await main(page)
    expect(text).toContain('Orang ini tidak tercatat pada kartu keluarga')
    expect(await page.locator('section.card', { hasText: 'PIP' }).count()).toBeGreaterThan(0)
    expect(await page.locator('section.card', { hasText: 'Program untuk keluarga' }).textContent()).toContain(
      'Beras Desa',
    )
    await page.goto(at(`/residents/${alone}/programmes?on-day=1&on-month=1&on-year=1940`))
    expect(await main(page)).toContain('Pada 1 Januari 1940 orang ini bukan penduduk desa')
  })

  test('sees the same for herself, and somebody on a card is led to the family', async () => {
    const own = await openAs(browser, portal.url, ['sendiri', 'uji-sendiri-sendiri'], plain)
    await own.goto(at('/my/programmes'))
    expect(await main(own)).toContain('Anda belum tercatat pada satu kartu keluarga')
    expect(await own.locator('section.card').count()).toBeGreaterThan(1)
    const page = await secretary()
    await page.goto(at('/residents?q=Sari'))
    const href = await page.locator('main tbody a').first().getAttribute('href')
    await page.goto(at(`${href}/programmes`))
    expect(page.url()).toMatch(/\/households\/[0-9a-f-]{36}\/programmes$/)
  })
})

type Looked = readonly [name: string, path: () => string, login?: string]
const looked: readonly Looked[] = [
  ['ranking', () => '/screening/beras/ranking'],
  ['ranking-none', () => '/screening/pip/ranking'],
  ['ranking-wrong', () => '/screening/beras/ranking?units=x&budget=9'],
  ['sheet', () => '/screening/beras/ranking/print'],
  ['screening-day', () => '/screening?on-day=1&on-month=4&on-year=2026'],
  ['screened-day', () => '/screening/beras?on-day=1&on-month=4&on-year=2026'],
  ['simulation', () => '/screening/beras/simulation?decileMax=2'],
  ['alone', () => `/residents/${alone}/programmes`],
  ['own-alone', () => '/my/programmes', 'sendiri'],
]

test.for(looked)(
  '%s bears a phone, is accessible and light, in both languages',
  async ([name, path, login = 'sekretaris']) => {
    const page = await openAs(browser, portal.url, [
      login,
      `uji-${login}${login === 'sendiri' ? '-sendiri' : ''}`,
    ])
    expect(await bytesOf(page, at(path()))).toBeLessThan(60_000)
    await expectWellMade(page, `priority-${name}`)
    const address = path()
    await page.goto(at(`${address}${address.includes('?') ? '&' : '?'}lang=en`))
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await openAll(page)
    expect(await main(page)).not.toMatch(/Terindikasi|Keadaan|Daftar /)
  },
)
