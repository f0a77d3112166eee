import { expect, test } from 'vitest'
import { wordsIn } from '../words/index.ts'
import { BarChart } from './bar-chart.tsx'
import { HeatMap } from './heat-map.tsx'
import { PopulationPyramid } from './population-pyramid.tsx'
import { StackedBar } from './stacked-bar.tsx'
import { TrendChart } from './trend-chart.tsx'
import { spread } from './trend-marks.tsx'

const words = wordsIn('en', { code: 'IDR', scale: 0 })
const format = (value: number) => words.number(value)

test('bars begin at zero, so that twice as much is twice as long', () => {
  const bars = [
    { label: 'A', value: 40 },
    { label: 'B', value: 20 },
  ]
  const chart = String(BarChart({ words, title: 'T', bars, labelOfBars: 'Hamlet', labelOfValues: 'People' }))
  const [first = 0, second = 0] = [...chart.matchAll(/class="fc"[^>]*width="([\d.]+)%"/g)].map(([, width]) =>
    Number(width),
  )
  expect(first / second).toBeCloseTo(2, 2)
})

test('what is missing is said, in the picture and in its numbers, and not drawn as zero', () => {
  const series = [{ name: 'S', points: [{ value: 1 }, {}, { value: 3 }] }]
  const chart = String(TrendChart({ words, title: 'T', periods: ['1', '2', '3'], series, format }))
  expect(chart).not.toContain('class="line')
  expect(chart).toContain('One value is missing.')
  expect(chart).toContain('<td class="num">no data</td>')
})

test('a picture without any value is still a picture', () => {
  expect(String(TrendChart({ words, title: 'T', periods: [], series: [], format }))).not.toMatch(
    /NaN|Infinity/,
  )
  expect(String(HeatMap({ words, title: 'T', columns: [], rows: [], labelOfRows: 'R', format }))).not.toMatch(
    /NaN|Infinity/,
  )
  expect(String(BarChart({ words, title: 'T', bars: [], labelOfBars: 'B', labelOfValues: 'V' }))).not.toMatch(
    /NaN|Infinity/,
  )
  expect(
    String(StackedBar({ words, title: 'T', parts: [], labelOfParts: 'P', labelOfValues: 'V' })),
  ).not.toMatch(/NaN|Infinity/)
  expect(String(PopulationPyramid({ words, title: 'T', groups: [] }))).not.toMatch(/NaN|Infinity/)
})

test('a description tells the trend to those who do not see it', () => {
  const series = [{ name: 'Weighed', points: [{ value: 81 }, { value: 92 }] }]
  const chart = String(TrendChart({ words, title: 'T', periods: ['Oct', 'Nov'], series, format }))
  expect(chart).toContain('<desc>Weighed: from 81 in Oct to 92 in Nov.</desc>')
})

test('the youngest stand at the bottom of a pyramid', () => {
  const groups = ['0–4', '5–9'].map((label) => ({ label, male: 1, female: 1 }))
  const chart = String(PopulationPyramid({ words, title: 'T', groups }))
  const places = groups.map(({ label }) =>
    Number(new RegExp(`y="([\\d.]+)" text-anchor="middle">${label}`).exec(chart)?.[1]),
  )
  expect(places[0]).toBeGreaterThan(places[1] ?? Number.NaN)
})

test('names of lines stand apart, and none leaves the picture', () => {
  expect(spread([10, 12, 14], 20, 100)).toEqual([10, 30, 50])
  expect(spread([98, 99], 20, 100)).toEqual([80, 100])
})
