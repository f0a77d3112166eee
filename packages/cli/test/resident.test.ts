import { expect, test } from 'vitest'
import { lumbung } from './lumbung.ts'
import { filled, json } from './village.ts'

test('the list masks numbers, and shows a table on a terminal', async () => {
  const db = await filled('sqlite')
  const { stdout } = await lumbung(['resident', 'list', '--db', db])
  expect(stdout).not.toMatch(/\d{16}/)
  expect(JSON.parse(stdout).residents[1]).toMatchObject({
    name: 'DARTO',
    identityNumber: '99••••••••••0002',
    hamlet: 'Barat',
  })
  const table = await lumbung(['resident', 'list', '--db', db], { isTerminal: true })
  expect(table.stdout.split('\n')[0]).toMatch(/^resident id +name +identity number +sex +status +hamlet$/)
  expect(table.stdout).toContain('SITI AMINAH')
})

test('an export holds the own numbers in full, and those of others masked', async () => {
  const db = await filled('sqlite')
  const { residents } = await json(['resident', 'list', '--db', db])
  const list: readonly { id: string; name: string }[] = Array.isArray(residents) ? residents : []
  const budi = list.find(({ name }) => name === 'BUDI')
  const { stdout } = await lumbung(['resident', 'export', budi?.id ?? '', '--db', db])
  expect(JSON.parse(stdout)).toMatchObject({
    resident: { name: 'BUDI', temporaryNumber: '0999901200100001' },
    households: [
      { members: [{ name: 'SITI AMINAH', identityNumber: '99••••••••••0001', relationship: 'head' }] },
    ],
  })
  expect(stdout).toContain('9999010101110001')
  expect(stdout).not.toContain('9999014101900001')
})

test('who reads is written down, and told to whom it concerns', async () => {
  const db = await filled('sqlite')
  const { residents } = await json(['resident', 'list', '--db', db])
  const [first] = Array.isArray(residents) ? residents : []
  await json(['resident', 'export', first.id, '--db', db])
  const { reads } = await json(['resident', 'export', first.id, '--db', db])
  const by = { actor: { kind: 'service', id: 'cli' }, purpose: 'administration' }
  expect(reads).toMatchObject([
    { useCase: 'resident.export', ...by },
    { useCase: 'resident.search', ...by },
  ])
})

test('an id that is none, or of nobody, is refused', async () => {
  const db = await filled('sqlite')
  expect((await lumbung(['resident', 'export', 'Budi', '--db', db])).code).toBe(2)
  const nobody = '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40'
  const { code, stderr } = await lumbung(['resident', 'export', nobody, '--db', db])
  expect(stderr).toContain('no-such-resident')
  expect(code).toBe(1)
})
