import { expect, test } from 'vitest'
import { renderTable } from './table.ts'

const columns = [
  { key: 'name', heading: 'Name' },
  { key: 'count', heading: 'Count' },
]

test('text stands left, numbers stand right, what is not known is a dash', () => {
  const { text } = renderTable(columns, [
    { name: 'Siti', count: 7 },
    { name: null, count: 1200 },
  ])
  expect(text).toBe('Name  Count\n────  ─────\nSiti      7\n–      1200\n')
})

test('later rows take the widths of the first ones', () => {
  const { widths } = renderTable(columns, [{ name: 'Siti Aminah', count: 7 }])
  expect(renderTable(columns, [{ name: 'A', count: 1 }], widths).text).toBe('A                1\n')
})

test('no cell can command the terminal', () => {
  const { text } = renderTable(columns, [{ name: 'a\u{1b}[2Jb\u{7}\nc', count: 1 }])
  expect(text).toContain('ab  c')
})
