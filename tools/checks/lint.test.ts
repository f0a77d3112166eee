import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../workspace.ts'
import { runNode, runProgram } from './run-tool.ts'

test('format and lint: npm run fix mends what can be mended', async () => {
  const { code, output } = await runNode([
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--max-diagnostics=50',
  ])
  expect(code, output).toBe(0)
})

test('no tracked file names a registry host or a path of one machine', async () => {
  // The words are put together here, so that this file is not the one that is found.
  const forbidden = new RegExp(
    [`registry${'.'}npmjs`, `deb${'.'}debian`, `(?<![.\\w])/(?:work|root|home)/\\w`].join('|'),
  )
  const found = (await textFiles()).filter((file) => forbidden.test(readFileSync(join(root, file), 'utf8')))
  expect(found).toEqual([])
})

test('no tracked file holds the marks of a merge that was not settled', async () => {
  // A formatter may have put a heading's or a quote's marks before them, or spaces between them.
  const marks = /^[#> ]*(<{7} |(> ?){7}\w)/m
  const found = (await textFiles()).filter((file) => marks.test(readFileSync(join(root, file), 'utf8')))
  expect(found).toEqual([])
})

/** The tracked files that people write. Outside a checkout, as in an unpacked archive, there are none. */
async function textFiles(): Promise<readonly string[]> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const { code, output } = await runProgram('git', list)
  if (code !== 0) return []
  return (
    output
      .split('\0')
      .filter((file) => /\.(tsx?|mjs|json|md|ya?ml)$|\/run$/.test(file) && !/lock|LICENSE/.test(file))
      // What was removed and not committed yet is listed too.
      .filter((file) => existsSync(join(root, file)))
  )
}

test('core knows no country: such words are data of a country package', () => {
  const words =
    /\b(rupiah|IDR|NIK|KTP|BPJS|desa|dusun|kelurahan|posyandu|bansos|koperasi|musyawarah|indonesian?)\b/i
  const folder = join(root, 'packages/core/src')
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => [file, words.exec(readFileSync(join(folder, file), 'utf8'))?.[0]])
    .filter(([, word]) => word)
  expect(found).toEqual([])
})
