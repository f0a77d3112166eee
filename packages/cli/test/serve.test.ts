import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lumbung } from './lumbung.ts'
import { newPath } from './village.ts'

const db = ['--db', 'sqlite:unused.db']

test.each(['0.0.0.0', '192.0.2.7', '::', 'village.example', '128.0.0.1'])(
  'off loopback, as on %s, the portal is not served',
  async (host) => {
    const { code, stderr } = await lumbung(['serve', 'village.config.ts', '--host', host, ...db])
    expect(stderr).toContain(`lumbung: off-loopback: The address ${host} is reached from outside`)
    expect(code).toBe(2)
  },
)

test('a port that is none is refused', async () => {
  const { code, stderr } = await lumbung(['serve', 'village.config.ts', '--port', '65536', ...db])
  expect(stderr).toContain('invalid-value')
  expect(code).toBe(2)
})

test('each part of a config that does not hold is told', async () => {
  const file = newPath('mjs')
  writeFileSync(file, "export default { id: 'a b', name: { en: 'A' }, timeZone: 'Nowhere', languages: [] }")
  const { code, stderr } = await lumbung(['serve', file, ...db])
  for (const part of ['id', 'timeZone', 'languages', 'currency']) {
    expect(stderr).toMatch(new RegExp(`^lumbung: invalid-config: .*\\.mjs: ${part}: `, 'm'))
  }
  expect(code).toBe(1)
})

test('a config that is not there is named', async () => {
  const { code, stderr } = await lumbung(['serve', newPath('ts'), ...db])
  expect(stderr).toContain('lumbung: no-such-file: ')
  expect(code).toBe(1)
})
