import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packages, root } from '../workspace.ts'
import { runNode } from './run-tool.ts'

const names = packages.map(({ name }) => name)

/** A copy of all that decides a release, in which one is made. */
const copy = mkdtempSync(join(tmpdir(), 'lumbung-release-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const changesets = globSync('.changeset/*.md', { cwd: root })
const example = /```md\n(---\n[\s\S]*?)\s*```/.exec(read('CONTRIBUTING.md').replaceAll(/^ {3}/gm, ''))?.[1]

test('the published packages have one version, and none is forgotten', () => {
  expect(JSON.parse(read('.changeset/config.json')).fixed).toEqual([names])
})

test.each(changesets)('%s names only published packages, and tells users something', (file) => {
  // What a formatter makes of the head is no longer what the release reads.
  const [, head = '', text = ''] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(read(file)) ?? []
  const lines = head.trimEnd().split('\n')
  const known = lines.map((line) => /^'(.+)': (?:major|minor|patch)$/.exec(line)?.[1])
  expect(known.length).toBeGreaterThan(0)
  expect(names).toEqual(expect.arrayContaining(known))
  expect(text.trim()).not.toBe('')
})

test('a release can be made of the changesets and of the one that CONTRIBUTING shows', async () => {
  const manifests = globSync('{packages/*,examples/*,tools,bench}/package.json', { cwd: root })
  for (const file of ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json', ...manifests]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  for (const file of changesets) cpSync(join(root, file), join(copy, file))
  writeFileSync(join(copy, '.changeset/shown-in-contributing.md'), `${example}\n`)

  const { code, output } = await runNode([join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], copy)
  expect(code, output).toBe(0)
  const left = readdirSync(join(copy, '.changeset')).filter((file) => file.endsWith('.md'))
  expect(left, output).toEqual([])
  const versionIn = (folder: string) => (file: string) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')).version as string
  const published = packages.map(({ folder }) =>
    join('packages', folder.split(/[\\/]/).at(-1) ?? '', 'package.json'),
  )
  const before = new Set(published.map(versionIn(root)))
  const after = new Set(published.map(versionIn(copy)))
  expect(after.size).toBe(1)
  expect(after).not.toEqual(before)
})

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
