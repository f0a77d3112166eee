import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lumbung } from './lumbung.ts'
import { newPath } from './village.ts'

// The goal: a script gets a line for each unit and programme, and can trust that nothing was left out or guessed.

function facts(...lines: readonly string[]): string {
  const path = newPath('ndjson')
  writeFileSync(path, lines.join('\n'))
  return path
}

const two = [
  '{"id": "a", "household": {"welfareDecile": 3, "members": [{"birthDate": "2023-06-01", "occupation": "1"}]}}',
  '{"id": "b", "household": {"welfareDecile": null, "members": null}}',
]

async function decided(path: string, ...args: readonly string[]) {
  const run = await lumbung(['decide', 'indonesia', '--facts', path, '--on', '2026-03-01', ...args])
  const rows = run.stdout.split('\n').filter((line) => line !== '')
  return { ...run, rows: rows.map((line): Record<string, unknown> => JSON.parse(line)) }
}

test('there is a line for each household and programme, with exactly the promised keys', async () => {
  const { code, rows } = await decided(facts(...two), '--programme', 'sembako')
  expect(rows).toMatchObject([
    {
      id: 'a',
      programme: 'sembako',
      outcome: 'eligible',
      missing: [],
      reasons: [],
      benefit: { total: '200000' },
    },
    {
      id: 'b',
      outcome: 'undetermined',
      missing: ['household.members', 'household.welfareDecile'],
      benefit: null,
    },
  ])
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(['id', 'programme', 'outcome', 'missing', 'reasons', 'benefit'])
  }
  expect(code).toBe(0)
})

test('without a programme all are decided', async () => {
  const { rows } = await decided(facts(two[0] ?? ''))
  expect([...new Set(rows.map(({ programme }) => programme))]).toEqual([
    'pkh',
    'sembako',
    'blt-dana-desa',
    'pip',
    'pbi-jkn',
  ])
})

test('a programme of residents has a line for each member, and one for those who are not known', async () => {
  const path = facts(
    '{"id": "a", "household": {"members": [{"pipDecisionOnRecord": true}, {}]}}',
    '{"id": "b", "household": {"members": null}}',
    '{"id": "c", "household": {"members": {"items": [{"pipDecisionOnRecord": false}], "complete": false}}}',
    '{"id": "d", "household": {"members": []}}',
  )
  const { rows } = await decided(path, '--programme', 'pip')
  expect(rows.map(({ id, member, outcome, missing }) => [id, member, outcome, missing])).toEqual([
    ['a', 0, 'eligible', []],
    ['a', 1, 'undetermined', ['household.members[1].pipDecisionOnRecord']],
    ['b', null, 'undetermined', ['household.members']],
    ['c', 0, 'ineligible', []],
    ['c', null, 'undetermined', ['household.members']],
  ])
})

test('where no version is in force the neighbours stand in place of an outcome', async () => {
  const path = facts(two[0] ?? '')
  const args = ['decide', 'indonesia', '--facts', path, '--on', '2024-06-01', '--programme', 'blt-dana-desa']
  const { code, stdout, stderr } = await lumbung(args)
  expect(JSON.parse(stdout)).toEqual({
    id: 'a',
    programme: 'blt-dana-desa',
    outcome: null,
    noVersionInForce: { before: '2024-01-01', after: '2025-01-01' },
  })
  expect(stderr).toContain('1 without a version in force')
  expect(code).toBe(0)
})

test('an explanation has clauses, parameters, citations, a text and what would change it', async () => {
  const path = facts('{"id": "a", "household": {"welfareDecile": 7, "members": [{"occupation": "1"}]}}')
  const { rows } = await decided(path, '--programme', 'sembako', '--explain')
  const [row] = rows
  expect(row).toMatchObject({
    outcome: 'ineligible',
    clauses: [{ id: 'sembako', value: false, parts: [{ id: 'decile', value: false }, {}] }],
    parameters: expect.arrayContaining([expect.objectContaining({ name: 'decileMax', value: 5 })]),
    citations: expect.arrayContaining([expect.objectContaining({ source: 'pusdatin-2026' })]),
    text: expect.stringContaining('indicated as not eligible'),
    wouldChange: [[{ path: 'household.welfareDecile', from: 7, to: 5 }]],
  })
})

test('the text is in the language that was asked for, and never says that somebody is entitled', async () => {
  const path = facts(...two, '{"id": "c", "household": {"welfareDecile": 9}}')
  for (const [language, says] of [
    ['id', 'terindikasi memenuhi syarat'],
    ['en', 'indicated as eligible'],
  ] as const) {
    const { rows } = await decided(path, '--explain', '--lang', language)
    const texts = rows.map(({ text }) => String(text)).join('\n')
    expect(texts).toContain(says)
    expect(texts).not.toMatch(/berhak|entitled/i)
  }
})

test('outcomes are counted on stderr, a line for each programme', async () => {
  const { stderr } = await decided(facts(...two), '--programme', 'sembako')
  expect(stderr.trim()).toBe(
    'sembako: 1 indicated as eligible, 0 not, 1 undetermined, 0 without a version in force.',
  )
})

test('facts that nobody knows are told, and not read', async () => {
  const { code, stderr, rows } = await decided(
    facts('{"id": "a", "household": {"welfareDecil": 3, "members": [{"age": 3}]}}'),
    '--programme',
    'sembako',
  )
  expect(rows[0]).toMatchObject({ outcome: 'undetermined' })
  expect(stderr).toContain('household.welfareDecil')
  expect(stderr).toContain('household.members[].age')
  expect(code).toBe(0)
})

test.each([
  ['not JSON', 'invalid-json'],
  ['{"id": {}}', 'invalid-line'],
  ['{"id": "a", "household": {"welfareDecile": "three"}}', 'facts/type'],
  ['{"id": "a", "household": {"welfareDecile": 11}}', 'facts/out-of-range'],
  ['{"id": "a", "household": []}', 'facts/type'],
])('a line that is wrong is told with its place: %s', async (line, what) => {
  const path = facts(two[0] ?? '', line)
  const { code, stderr } = await decided(path, '--programme', 'sembako')
  expect(stderr).toContain(`${path}:2:1: ${what}: `)
  expect(code).toBe(1)
})

test('a programme that is not there is refused with those that are', async () => {
  const { code, stderr, stdout } = await decided(facts(...two), '--programme', 'pkk')
  expect(stderr).toContain('pkh, sembako, blt-dana-desa, pip, pbi-jkn')
  expect([code, stdout]).toEqual([2, ''])
})

test('facts come from standard input too, and a line without an id is told by its number', async () => {
  const args = ['decide', 'indonesia', '--facts', '-', '--on', '2026-03-01', '--programme', 'sembako']
  const { stdout } = await lumbung(args, { stdin: '{"household": {"welfareDecile": 9}}\n' })
  expect(JSON.parse(stdout)).toMatchObject({ id: '1', outcome: 'ineligible' })
})

describe('where sources conflict', () => {
  const four = facts('{"id": "a", "household": {"welfareDecile": 4, "members": [{"occupation": "1"}]}}')
  const outcomes = async (pack: string, ...args: readonly string[]) => {
    const run = await lumbung(['decide', pack, '--facts', four, '--on', '2026-03-01', '--ndjson', ...args])
    const rows = run.stdout.split('\n').filter((line) => line !== '')
    return { ...run, outcomes: rows.map((line) => JSON.parse(line).outcome) }
  }
  const sembako = ['--programme', 'sembako'] as const

  test('a reading is chosen by its source, and another one each time', async () => {
    expect((await outcomes('indonesia', ...sembako)).outcomes).toEqual(['eligible'])
    for (const [source, outcome] of [
      ['pastimenews', 'ineligible'],
      ['obor-sulut', 'eligible'],
    ] as const) {
      const args = [...sembako, '--reading', `sembako.decileMax=${source}`]
      expect((await outcomes('indonesia', ...args)).outcomes).toEqual([outcome])
    }
  })

  test('a file that extends the pack may choose it too, and the command line goes before it', async () => {
    const path = newPath('yaml')
    const lines = ['id: ours', "version: '1'", 'title: { en: Ours }', 'extends: [indonesia]', 'sources: {}']
    const chosen = ['readings: { sembako.decileMax: pastimenews }', 'programmes: []']
    writeFileSync(path, [...lines, ...chosen].join('\n'))
    expect((await outcomes(path, ...sembako)).outcomes).toEqual(['ineligible'])
    const back = ['--reading', 'sembako.decileMax=pusdatin-2026', '--reading', 'pkh.decileMax=pastimenews']
    expect((await outcomes(path, ...sembako, ...back)).outcomes).toEqual(['eligible'])
  })

  test('a reading that is not there is refused, and another form is a wrong command', async () => {
    const wrong = await outcomes('indonesia', '--reading', 'sembako.decileMax=nobody')
    expect([wrong.code, wrong.stdout]).toEqual([1, ''])
    expect(wrong.stderr).toContain('eligibility/no-such-reading')
    expect((await outcomes('indonesia', '--reading', 'sembako')).code).toBe(2)
  })
})
