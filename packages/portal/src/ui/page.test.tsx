import { expect, test } from 'vitest'
import { wordsIn } from '../words/index.ts'
import { Radios } from './choice-fields.tsx'
import { ErrorSummary, Form } from './form.tsx'
import { VillageLook } from './look.ts'
import { Page, type PageFrame } from './page.tsx'
import { SummaryList } from './summary-list.tsx'

const words = wordsIn('id', { code: 'IDR', scale: 0 })
const frame: PageFrame = {
  look: VillageLook.parse({ name: 'Desa <b>', place: { id: 'Kecamatan' } }),
  words,
  assets: { stylesheet: '/look.css', script: '/enhance.js' },
  home: '/',
  menu: [],
  foot: [],
}

test('a text of a village or a person is never markup', () => {
  const page = String(
    <Page frame={frame} title='"><script>' translation={{ locale: 'en', href: '/en' }}>
      <SummaryList rows={[{ term: 'Nama', value: '<img src=x onerror=alert(1)>' }]} />
    </Page>,
  )
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).not.toContain('<img')
  expect(page).toContain('Desa &lt;b&gt;')
})

test('a page needs no inline style or script', () => {
  const page = String(
    <Page frame={frame} title="Beranda" translation={{ locale: 'en', href: '/en' }}>
      isi
    </Page>,
  )
  expect(page).not.toMatch(/ style=| on\w+=|<style/)
  expect(page.startsWith('<!doctype html><html lang="id">')).toBe(true)
})

test('the title names the page, what is above it, and the village', () => {
  const page = String(
    <Page
      frame={frame}
      title="Sulastri"
      above={[
        { href: '/p', label: 'Penduduk' },
        { href: '/p/karya', label: 'Karya' },
      ]}
      translation={{ locale: 'en', href: '/en' }}
    >
      isi
    </Page>,
  )
  expect(page).toContain('<title>Sulastri · Karya · Penduduk · Desa &lt;b&gt;</title>')
})

test('an error summary leads to the first choice of its question, which says what is wrong', () => {
  const message = 'Pilih jenis simpanan'
  const form = String(
    <>
      <ErrorSummary words={words} errors={[{ name: 'kind', message }]} />
      <Form words={words} action="/" csrf="c" once="o">
        <Radios
          words={words}
          name="kind"
          label="Jenis"
          error={message}
          options={[
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ]}
        />
      </Form>
    </>,
  )
  expect(form).toContain('<a href="#field-kind">')
  expect(form).toMatch(/<input type="radio" id="field-kind"/)
  expect(form).toContain('aria-describedby="error-kind"')
  expect(form).toContain('name="once" value="o"')
})

test('without errors there is no summary', () => {
  expect(ErrorSummary({ words, errors: [] })).toBeNull()
})
