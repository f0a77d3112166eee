import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workspace.ts'

// The goal: whoever reads one language misses nothing that stands in the other.
const folder = join(root, 'docs/guides')
const pages = (language: string) =>
  globSync(`${language}/*.md`, { cwd: folder })
    .map((file) => basename(file))
    .toSorted()

test('both languages have the same guides', () => {
  expect(pages('id')).toEqual([
    'contributor.md',
    'developer.md',
    'first-rule.md',
    'village.md',
    'write-a-pack.md',
  ])
  expect(pages('en')).toEqual(pages('id'))
})

test.each(pages('id'))('%s has the same parts in both languages', (page) => {
  expect(shapeOf('en', page)).toEqual(shapeOf('id', page))
})

test.each(pages('id'))('%s shows the same code in both languages', (page) => {
  expect(codeOf('en', page)).toEqual(codeOf('id', page))
})

test.each(['en', 'id'])('a developer who runs a block of the guide in %s sees what it tells', (language) => {
  const told = codeOf(language, 'developer.md').flatMap((code) => code.match(/^.* \/\/ => .*$/gm) ?? [])
  expect(told.length).toBeGreaterThan(5)
  expect(told.filter((line) => !line.startsWith('console.log('))).toEqual([])
})

/** Headings by their level, list items and blocks, in their order. */
function shapeOf(language: string, page: string): readonly string[] {
  return read(language, page)
    .replaceAll(/^(```\w*)\n[\s\S]*?^```/gm, '$1')
    .split('\n')
    .flatMap((line) => line.match(/^(?:#+|- |\d+\.|```\w*)/) ?? [])
}

function codeOf(language: string, page: string): readonly string[] {
  const blocks = [...read(language, page).matchAll(/^```\w+\n([\s\S]*?)^```/gm)]
  return blocks.map(([, code = '']) => code.replaceAll(/ *(?:#|\/\/ (?!=>|throws )).*$/gm, ''))
}

function read(language: string, page: string): string {
  return readFileSync(join(folder, language, page), 'utf8')
}
