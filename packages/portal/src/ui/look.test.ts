import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { contrastOf } from './contrast.ts'
import { darkShades, lightShades, VillageLook } from './look.ts'
import { darkGrounds, lightGrounds, tokens } from './style/tokens.ts'
import { stylesheetOf } from './stylesheet.ts'

const AA = 4.5
const named = { name: 'Desa Contoh', place: { id: 'Kecamatan Contoh' } }

describe.each(['#1f6b43', '#ffff00', '#ffffff', '#000000', '#ff69b4', '#00bfff', '#8b0000'])(
  'with the accent %s',
  (accent) => {
    test('buttons and marks can be read on every ground, and the header too', () => {
      const light = lightShades(accent)
      for (const ground of [...lightGrounds, light.onLeaf])
        expect(contrastOf(light.leaf, ground)).toBeGreaterThanOrEqual(AA)
      const dark = darkShades(accent)
      for (const ground of [...darkGrounds, dark.onLeaf])
        expect(contrastOf(dark.leaf, ground)).toBeGreaterThanOrEqual(AA)
      expect(contrastOf(light.deep, '#ffffff')).toBeGreaterThanOrEqual(7)
      expect(contrastOf(dark.deep, '#ffffff')).toBeGreaterThanOrEqual(7)
    })
  },
)

describe.each(Object.entries(tokens))('in %s mode', (_, colours) => {
  test.each(['ink', 'soft', 'sky', 'clay', 'amber', 'good'] as const)('%s can be read on paper', (name) => {
    for (const ground of [colours.paper, colours.card, colours.sunk])
      expect(contrastOf(colours[name], ground)).toBeGreaterThanOrEqual(AA)
  })

  test.each(['good', 'amber', 'clay', 'sky'] as const)('%s can be read on its wash', (name) => {
    expect(contrastOf(colours[name], colours[`${name}-wash`])).toBeGreaterThanOrEqual(AA)
  })

  test.each(['a', 'b', 'c', 'd', 'e', 'f'] as const)(
    '%s can be told from the card, and carry its text',
    (name) => {
      expect(contrastOf(colours[name], colours.card)).toBeGreaterThanOrEqual(AA)
    },
  )

  test('every cell of a heat map can be read', () => {
    for (const step of ['h1', 'h2', 'h3'] as const)
      expect(contrastOf(colours[step], colours.ink)).toBeGreaterThanOrEqual(AA)
    for (const step of ['h4', 'h5'] as const)
      expect(contrastOf(colours[step], colours['on-heat'])).toBeGreaterThanOrEqual(AA)
  })

  test('the edge of an input can be seen', () => {
    expect(contrastOf(colours.edge, colours.card)).toBeGreaterThanOrEqual(3)
  })
})

test('a look cannot bring a style of its own, nor an image of another site', () => {
  expect(VillageLook.safeParse({ ...named, accent: 'red;}*{display:none' }).success).toBe(false)
  for (const emblem of [
    'https://elsewhere.example/x.png',
    '//elsewhere.example/x.png',
    'javascript:alert(1)',
  ])
    expect(VillageLook.safeParse({ ...named, emblem }).success).toBe(false)
  expect(VillageLook.safeParse({ ...named, emblem: '/files/emblem.svg' }).success).toBe(true)
})

test('the stylesheet is sent in less than 14 kB, and loads nothing', () => {
  const css = stylesheetOf(VillageLook.parse(named))
  expect(gzipSync(css).length).toBeLessThan(14_000)
  // What a browser has to read.
  expect(Buffer.byteLength(css)).toBeLessThan(20_000)
  expect(css).not.toMatch(/url\(|@import/)
})
