import { expect, test } from 'vitest'
import { lumbung } from './lumbung.ts'

// A command line that is wrong ends with 2, says so on stderr in one line, and leaves stdout to results.

test.each([
  [['bakcup'], 'unknown-command: There is no command bakcup. Did you mean backup?'],
  [['verify', '--dbb', 'x'], 'unknown-option: There is no option --dbb. Did you mean --db?'],
  [['backup', '--tp', 'x'], 'unknown-option: There is no option --tp. Did you mean --to?'],
  [['backup'], 'missing-option: The option --to <file> is required.'],
  [['backup', '--to'], 'missing-value: The option --to <file> needs a value.'],
  [['backup', '--to', 'x', 'y'], 'too-many-arguments: Too many arguments: y.'],
  [
    ['verify', '--json', '--ndjson'],
    'conflicting-options: Options that cannot be used together: --json, --ndjson.',
  ],
  [
    ['verify', '--db', 'mysql://x'],
    'invalid-value: The value of --db does not hold; expected: sqlite:FILE or postgres://….',
  ],
])('%j is refused', async (args, sentence) => {
  const { code, stdout, stderr } = await lumbung(args)
  expect(stderr.split('\n')[0]).toBe(`lumbung: ${sentence}`)
  expect(stderr).toMatch(/^See: lumbung.* --help$/m)
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('a language that there is not is refused, in the first one', async () => {
  const { code, stderr } = await lumbung(['verify', '--lang', 'fr'])
  expect(stderr).toContain('lumbung: invalid-value: Nilai --lang tidak berlaku; yang diharapkan: id atau en.')
  expect(code).toBe(2)
})

test('a database in DATABASE_URL is named as such where it does not hold', async () => {
  const { code, stderr } = await lumbung(['verify'], { env: { DATABASE_URL: 'mysql://me:secret@host/x' } })
  expect(stderr).toContain('The value of DATABASE_URL does not hold')
  expect(stderr).not.toContain('secret')
  expect(code).toBe(2)
})

test('without a command the help goes to stderr', async () => {
  const { code, stdout, stderr } = await lumbung([])
  expect(stderr).toContain('Usage: lumbung [options] [command]')
  expect(stderr).toContain('missing-command: A command is needed.')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})

test('a help that was asked for goes to stdout', async () => {
  for (const args of [['--help'], ['help'], ['-h']]) {
    const { code, stdout, stderr } = await lumbung(args)
    expect(stdout).toContain('Usage: lumbung [options] [command]')
    expect([code, stderr]).toEqual([0, ''])
  }
})

test('the language is that of the option, else that of the environment, else Indonesian', async () => {
  const usage = async (args: readonly string[], env: Readonly<Record<string, string>>) =>
    (await lumbung([...args, '--help'], { env })).stdout.split(' ')[0]
  expect(await usage(['--lang', 'id'], {})).toBe('Cara')
  expect(await usage(['backup', '--lang=id'], {})).toBe('Cara')
  expect(await usage([], { LANG: 'id_ID.UTF-8' })).toBe('Cara')
  expect(await usage([], { LC_ALL: 'en_US.UTF-8', LANG: 'id_ID.UTF-8' })).toBe('Usage:')
  expect(await usage([], { LANG: 'C' })).toBe('Cara')
})

test('the help of a command shows a sample of each file it reads', async () => {
  expect((await lumbung(['restore', '--help'])).stdout).toContain('Sample of a passphrase file')
})

test('the version is that of the package', async () => {
  expect((await lumbung(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
