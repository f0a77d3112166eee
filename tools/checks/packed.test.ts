import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkRule, functionTable } from '@lumbung/core/rules'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { npmScript } from '../pnpm.mjs'
import { entries, packages, root } from '../workspace.ts'
import { runNode, runProgram } from './run-tool.ts'

/** The packages as users get them: built, packed, installed from their tarballs into a project of their own. */
const consumer = mkdtempSync(join(tmpdir(), 'lumbung-consumer-'))
afterAll(() => rmSync(consumer, { recursive: true, force: true }))

const tarballs = new Map<string, string>()
const oldestNode = join(root, 'tools/node_modules/node-oldest/bin/node')
const noOldestNode = 'the oldest supported Node is on npm for Linux x64 only'

beforeAll(async () => {
  // What `npm run pack` does.
  const packed = await runNode([
    '--conditions=@lumbung/source',
    ...typeStripping(),
    join(root, 'tools/pack.ts'),
    consumer,
  ])
  if (packed.code !== 0) throw new Error(packed.output)
  for (const { name } of packages) {
    tarballs.set(name, join(consumer, `${name.slice(1).replace('/', '-')}.tgz`))
  }
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }')
  // The command of the README: the packages in one go, so that each finds the others, and zod as the app's own.
  const npm = await runProgram(
    process.execPath,
    [npmScript(), 'install', ...tarballs.values(), 'zod@4', '--prefer-offline', '--no-audit', '--no-fund'],
    consumer,
  )
  if (npm.code !== 0) throw new Error(npm.output)
})

function typeStripping(): string[] {
  return process.features.typescript ? [] : ['--experimental-strip-types']
}

test.each(packages)('$name is packed as publint and attw want it', async ({ name }) => {
  const file = tarballs.get(name) ?? ''
  const publint = await runNode(['tools/node_modules/publint/src/cli.js', 'run', file, '--strict'])
  expect(publint.code, publint.output).toBe(0)
  const attw = await runNode([
    'tools/node_modules/@arethetypeswrong/cli/dist/index.js',
    file,
    '--profile',
    'esm-only',
  ])
  expect(attw.code, attw.output).toBe(0)
})

test.each(packages)('$name holds no source condition, test or fixture', async ({ name }) => {
  const { output } = await runProgram('tar', ['-tzf', tarballs.get(name) ?? ''])
  const strange = output
    .split('\n')
    .filter(
      (path) => path && !/^package\/(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(path),
    )
  expect(strange).toEqual([])
  const packed = await runProgram('tar', ['-xzOf', tarballs.get(name) ?? '', 'package/package.json'])
  expect(packed.output).not.toContain('@lumbung/source')
  expect(packed.output).not.toMatch(/workspace:|catalog:/)
})

test('an app and the packages share one zod, which the app chooses', () => {
  const copies = readdirSync(join(consumer, 'node_modules'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => /(^|[\\/])zod[\\/]package\.json$/.test(path),
  )
  expect(copies).toEqual([join('zod', 'package.json')])
  for (const { folder } of packages) {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(dependencies).not.toHaveProperty('zod')
    expect(peerDependencies).toHaveProperty('zod')
  }
})

test('the first village of the README runs with the packages as they are installed', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const lines = /## A first village[\s\S]*?```ts.*\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  writeFileSync(join(consumer, 'village.mts'), `${lines}console.log('residents:', residents)\n`)
  const { code, output } = await runNode([...typeStripping(), join(consumer, 'village.mts')], consumer)
  expect(code, output).toBe(0)
  expect(output).toContain('residents: 0')
})

test('the error type exists once, so that instanceof holds across entries', () => {
  const classesIn = (folder: string) =>
    readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .flatMap(
        (file) => readFileSync(join(folder, 'dist', file), 'utf8').match(/LumbungError\d* = class/g) ?? [],
      )
  expect(packages.flatMap(({ folder }) => classesIn(folder))).toHaveLength(1)
})

test('every entry loads on the oldest supported Node and exports what its source does', async ({ skip }) => {
  if (!existsSync(oldestNode)) skip(noOldestNode)
  for (const { specifier, source } of entries) {
    const expected = Object.keys(await import(source)).sort()
    const script = `console.log(JSON.stringify(Object.keys(await import('${specifier}')).sort()))`
    const { code, output } = await runProgram(
      oldestNode,
      ['--no-warnings', '--input-type=module', '-e', script],
      consumer,
    )
    expect(code, output).toBe(0)
    expect(JSON.parse(output), specifier).toEqual(expected)
  }
})

test('what is published of SQLite passes the conformance suite on the oldest supported Node', async ({
  skip,
}) => {
  if (!existsSync(oldestNode)) skip(noOldestNode)
  const script = join(consumer, 'conformance.mjs')
  writeFileSync(script, conformanceOfSqlite)
  const { code, output } = await runProgram(oldestNode, ['--no-warnings', script], consumer)
  expect(output).toMatch(/^\d\d+ hold\n$/)
  expect(code).toBe(0)
})

/** The suite with the least test runner that there can be; called with a file it is its own second process. */
const conformanceOfSqlite = `
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { answerAsSecondProcess, conformanceSchema, testConformance } from '@lumbung/core/storage/conformance'
import { openSqlite } from '@lumbung/sql/sqlite'

const open = (file) => openSqlite({ file, schema: conformanceSchema })
const [, self, file] = process.argv
if (file === undefined) await runSuite()
else {
  const storage = await open(file)
  process.on('message', async (task) => process.send(await answerAsSecondProcess(storage, task)))
  process.on('disconnect', () => storage.close())
}

async function runSuite() {
  const files = new Map()
  const tests = []
  testConformance({
    store: 'sqlite',
    test: (name, run) => tests.push(run),
    open: async () => {
      const file = files.size + '.db'
      const storage = await open(file)
      files.set(storage, file)
      return storage
    },
    openSecondProcess: async (first) => {
      const second = fork(self, [files.get(first)])
      return {
        ask: async (task) => {
          second.send(task)
          const [answer] = await once(second, 'message')
          return answer
        },
        end: async () => {
          const exit = once(second, 'exit')
          second.disconnect()
          await exit
        },
      }
    },
    workloads: { count: 3, seed: 1 },
  })
  for (const run of tests) await run()
  console.log(tests.length + ' hold')
}
`

test.each(['bundler', 'nodenext'])(
  'a consumer in TypeScript finds all types with module resolution %s',
  async (resolution) => {
    const imports = entries.map(({ specifier }, index) => `import * as entry${index} from '${specifier}'`)
    const uses = entries.map((_, index) => `entry${index}`)
    writeFileSync(join(consumer, 'main.ts'), `${imports.join('\n')}\nexport const all = [${uses}]\n`)
    const options = {
      strict: true,
      noEmit: true,
      target: 'es2024',
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    }
    const config = join(consumer, `tsconfig.${resolution}.json`)
    writeFileSync(config, JSON.stringify({ compilerOptions: options, files: ['main.ts'] }))
    const { code, output } = await runNode(['node_modules/typescript/bin/tsc', '-p', config])
    expect(code, output).toBe(0)
  },
)

/** An app that imports these entries, as a bundler for browsers makes it of the packed files; zod left out. */
async function bundle(specifiers: readonly string[]) {
  const { outputFiles, warnings } = await build({
    stdin: { contents: specifiers.map((one) => `export * from '${one}'`).join('\n'), resolveDir: consumer },
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    external: ['zod'],
    write: false,
    absWorkingDir: dirname(consumer),
  })
  const [{ text, contents } = { text: '', contents: '' }] = outputFiles
  return { text, warnings, gzipBytes: gzipSync(contents).length }
}

test('core runs in a browser: no entry needs anything of Node', async () => {
  for (const { specifier } of entries.filter((entry) => entry.specifier.startsWith('@lumbung/core/'))) {
    const { text, warnings, gzipBytes } = await bundle([specifier])
    expect(warnings, specifier).toEqual([])
    expect(text, specifier).not.toMatch(/(from|import\()\s*["']node:/)
    console.log(`${specifier}: ${(gzipBytes / 1000).toFixed(1)} kB gzip, zod left out`)
  }
})

test('rules weigh at most 42 kB, and eligibility at most 25 kB more', async () => {
  const rules = await bundle(['@lumbung/core/rules'])
  const both = await bundle(['@lumbung/core/rules', '@lumbung/core/eligibility'])
  expect(rules.gzipBytes).toBeGreaterThan(20_000)
  expect(rules.gzipBytes).toBeLessThanOrEqual(42_000)
  expect(both.gzipBytes - rules.gzipBytes).toBeLessThanOrEqual(25_000)
})

test('rules are read by the parser that is built in as by the one of the sources', async () => {
  const texts = functionTable.flatMap(({ written }) => [
    written,
    `(${written}) == [1, 'a', 0.5, true]`,
    `${written} +`,
  ])
  expect(texts.length).toBeGreaterThan(50)
  const script = `const { checkRule } = await import('@lumbung/core/rules')
    console.log(JSON.stringify(${JSON.stringify(texts)}.map((text) => checkRule(text, { facts: {} }))))`
  const { code, output } = await runProgram(process.execPath, ['--input-type=module', '-e', script], consumer)
  expect(code, output).toBe(0)
  expect(JSON.parse(output)).toEqual(
    JSON.parse(JSON.stringify(texts.map((text) => checkRule(text, { facts: {} })))),
  )
})

test('what is built into core brings its licence along, and its notice stays in a bundle', async () => {
  const licences = readFileSync(
    join(consumer, 'node_modules/@lumbung/core/dist/THIRD-PARTY-LICENSES.txt'),
    'utf8',
  )
  expect(licences).toMatch(/^@marcbachmann\/cel-js [\d.]+\n\nMIT License/)
  expect((await bundle(['@lumbung/core/rules'])).text).toContain('(c) 2025 Marc Bachmann, MIT')
  expect(existsSync(join(consumer, 'node_modules/@marcbachmann'))).toBe(false)
})
