import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, root } from '../workspace.ts'

const guides = globSync('{docs/*.md,packages/*/README.md}', { cwd: root }).map((file) => read(file))
/** What stands in code in some guide: a name in running text may be just a word. */
const code = new Set(
  guides
    .flatMap((text) => text.match(/^```[\s\S]*?^```|`[^`\n]+`/gm) ?? [])
    .flatMap((text) => text.match(/[\w$]+/g) ?? []),
)

test.each(entries)('all that $specifier exports stands in a guide', async ({ source }) => {
  const names = Object.keys(await import(source))
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !code.has(name))).toEqual([])
})

test('every entry stands in the reference', () => {
  const page = read('docs/reference.md')
  expect(entries.filter(({ specifier }) => !page.includes(`| \`${specifier}\``))).toEqual([])
})

test('the errors of the storage guide are those that the sources throw', () => {
  const table = /^## Errors\n([\s\S]*?)^## /m.exec(read('docs/storage.md'))?.[1] ?? ''
  const described = table
    .split('\n')
    .flatMap((line) => line.split('|')[1]?.match(/(?<=`)[a-z-]+\/[a-z-]+(?=`)/g) ?? [])
  const sources = globSync('packages/{core/src/storage,sql/src}/**/*.ts', { cwd: root })
    // The conformance suite and the tests expect errors, they throw none.
    .filter((file) => !/\.test\.ts$|[\\/]conformance[\\/]/.test(file))
    .map((file) => read(file).replaceAll(/\/\*\*[\s\S]*?\*\//g, ''))
  const thrown = new Set(
    sources.flatMap((text) => text.match(/(?<=')(?:storage|backup|facts)\/[a-z-]+(?=')/g) ?? []),
  )
  expect(described.toSorted()).toEqual([...thrown].sort())
})

test('every link between pages leads somewhere', () => {
  const pages = globSync('{*.md,docs/**/*.md,packages/*/README.md,examples/*/README.md}', {
    cwd: root,
    exclude: ['docs/api/**'],
  })
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g)].flatMap(
      ([link, path = '', anchor]) => {
        const target = path === '' ? join(root, page) : join(root, dirname(page), path)
        if (!existsSync(target)) return [`${page}: ${link}`]
        if (anchor === undefined) return []
        const anchors = (readFileSync(target, 'utf8').match(/^#+ .*$/gm) ?? []).map(anchorOf)
        return anchors.includes(anchor) ? [] : [`${page}: ${link}`]
      },
    ),
  )
  expect(dead).toEqual([])
})

/** The anchor of a heading, as the usual viewers make it. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
