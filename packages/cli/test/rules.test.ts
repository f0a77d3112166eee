import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { lumbung } from './lumbung.ts'
import { filled, json, newPath, village } from './village.ts'

// The goal: who writes a pack is told every fault where it stands, and can see each rule at work.

function file(text: string, ending = 'yaml'): string {
  const path = newPath(ending)
  writeFileSync(path, text)
  return path
}

/** A pack of one programme, with the lines of its criteria and tests as given. */
function packFile(lines: readonly string[]): string {
  return file(
    [
      'id: our-village',
      "version: '1'",
      'title: { en: Assistance of our village }',
      'sources:',
      "  bylaw: { title: 'Bylaw 3 of 2026' }",
      'programmes:',
      '  - id: roof',
      '    title: { en: A sound roof }',
      '    purpose: { en: Repairs for families in need }',
      '    unit: household',
      '    versions:',
      "      - from: '2026-01-01'",
      '        legalBasis: [{ source: bylaw, confidence: high }]',
      '        criteria:',
      '          id: roof',
      '          label: { en: All conditions }',
      '          all:',
      ...lines,
    ].join('\n'),
  )
}

const decile = [
  '            - id: decile',
  '              label: { en: The welfare decile is at most 3 }',
  '              when: household.welfareDecile <= 3',
]

const sentence = (outcome: string) => [
  '    tests:',
  '      - it: A family of decile 3 is indicated',
  "        on: '2026-03-01'",
  '        household: { welfareDecile: 3 }',
  `        expect: { outcome: ${outcome} }`,
]

test('a pack that holds is told by its id, version and hash', async () => {
  const { packs, faults } = await json(['rules', 'check', packFile(decile), 'indonesia'])
  expect(packs).toMatchObject([
    { id: 'our-village', version: '1', programmes: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { file: 'indonesia', id: 'indonesia', programmes: 5 },
  ])
  expect(faults).toEqual([])
})

test('every fault of a pack stands on a line of its own, with its place in the file', async () => {
  const path = packFile([
    '            - id: decile',
    '              label: { en: The welfare decile is at most 3 }',
    '              when: household.welfareDecil <= 3',
    '            - id: decile',
    '              label: { en: Somebody is pregnant }',
    '              when: "household.members.exists(m, m.pregnan)"',
  ])
  const { code, stdout, stderr } = await lumbung(['rules', 'check', path])
  const lines = stderr.trim().split('\n')
  expect(lines.map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
    `${path}:21:19: eligibility/id-twice`,
    `${path}:20:31: rules/unknown-fact`,
    `${path}:23:52: rules/unknown-fact`,
  ])
  expect([code, stdout]).toEqual([1, ''])
})

test('a fault of a rule stands at its character, plain or quoted, with a hint', async () => {
  const path = packFile([
    '            - id: decile',
    '              label: { en: The welfare decile is at most 3 }',
    '              when: household.welfareDecil <= 3',
    '            - id: pregnant',
    '              label: { en: Somebody is pregnant }',
    '              when: "household.members.exists(m, m.pregnan)"',
  ])
  const { code, stderr } = await lumbung(['rules', 'check', path])
  const [first, second, ...others] = stderr.trim().split('\n')
  expect(first).toContain(
    `${path}:20:31: rules/unknown-fact: programmes[0].versions[0].criteria.all[0].when: `,
  )
  expect(first).toContain('Did you mean household.welfareDecile?')
  expect(second).toContain(`${path}:23:52: rules/unknown-fact: `)
  expect(others).toEqual([])
  expect(code).toBe(1)
})

test('a key that stands twice, and text that is no YAML, are faults with their place', async () => {
  const twice = packFile([...decile, '              when: household.welfareDecile <= 4'])
  const { code, stderr } = await lumbung(['rules', 'check', twice])
  expect(stderr).toMatch(/:21:15: yaml\/duplicate-key: /)
  expect(code).toBe(1)
  expect((await lumbung(['rules', 'check', file('id: [unclosed')])).stderr).toMatch(/:1:\d+: yaml\//)
})

test('the faults of all files are told, and a file that is not there', async () => {
  const [one, two] = [file('id: One'), file('id: Two')]
  const { stderr } = await lumbung(['rules', 'check', one, two])
  for (const path of [one, two]) expect(stderr).toContain(`${path}:1:5: eligibility/shape: id: `)
  const missing = await lumbung(['rules', 'check', newPath('yaml')])
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('no-such-file')])
})

test('the sentences of a pack are counted on stderr; one that fails is a fault', async () => {
  const good = await lumbung(['rules', 'test', packFile([...decile, ...sentence('eligible')])])
  expect(good.stderr.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed')
  expect(JSON.parse(good.stdout)).toEqual({
    passed: 1,
    failed: 0,
    tests: [
      { pack: 'our-village', programme: 'roof', it: 'A family of decile 3 is indicated', passed: true },
    ],
  })
  expect(good.code).toBe(0)
  const bad = await lumbung(['rules', 'test', packFile([...decile, ...sentence('ineligible')])])
  expect(bad.stderr).toContain(
    'test-failed: our-village roof: A family of decile 3 is indicated: outcome should be "ineligible", and is "eligible"',
  )
  expect(bad.stderr.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed')
  expect(bad.code).toBe(1)
})

test('the sentences of the built-in pack hold', async () => {
  const { code, stderr } = await lumbung(['rules', 'test', 'indonesia'])
  expect(stderr).toMatch(/^\d{2,} passed, 0 failed$/m)
  expect(code).toBe(0)
})

test('an expression is evaluated over facts', async () => {
  const facts = file(
    '{"household": {"welfareDecile": 3, "members": [{"birthDate": "2023-06-01"}, {}]}}',
    'json',
  )
  const evaluated = (text: string) => json(['rules', 'eval', text, '--facts', facts, '--on', '2026-03-01'])
  expect(await evaluated('household.welfareDecile <= 3')).toEqual({
    value: true,
    unknown: false,
    missing: [],
    reasons: [],
  })
  expect(await evaluated('household.members.all(m, age(m.birthDate, on) < 5)')).toEqual({
    value: null,
    unknown: true,
    missing: ['household.members[1].birthDate'],
    reasons: [],
  })
  expect(await evaluated('div(1, 0, 0) > 1')).toEqual({
    value: null,
    unknown: true,
    missing: [],
    reasons: [{ code: 'division-by-zero', start: 0, end: 12 }],
  })
  expect(await evaluated('div(5, 2, 1)')).toMatchObject({ value: 2.5 })
})

test('an expression that does not compile is an error in the result, and exit 1', async () => {
  const { code, stdout, stderr } = await lumbung(['rules', 'eval', '1 +'])
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'rules/syntax' } })
  expect(stderr).toMatch(/^<expression>:1:\d+: rules\/syntax: /)
  expect(code).toBe(1)
  expect((await lumbung(['rules', 'eval'])).code).toBe(2)
})

test('a batch answers every line, also a wrong one, and exits 0', async () => {
  const lines = [
    '{"expr": "1 + 1 == 2", "facts": {}}',
    '{"expr": "x > 2", "facts": {"x": null}}',
    '{"expr": "age(d, on)", "facts": {"d": "2020-03-02"}, "on": "2026-03-01"}',
    '{"expr": "1 +"}',
    'not JSON',
  ]
  const { code, stdout } = await lumbung(['rules', 'eval', '--batch', '-'], { stdin: lines.join('\n') })
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { value: true, unknown: false },
    { value: null, unknown: true, missing: ['x'] },
    { value: 5 },
    { error: { code: 'rules/syntax' } },
    { error: { code: 'invalid-line' } },
  ])
  expect(code).toBe(0)
})

test('the SQL of a programme gives in the database what it gives in memory', async () => {
  const db = await filled('sqlite')
  const facts = file(
    [
      'unit,id,fact,value,from,to,source,degree',
      'household,9999010101110001,welfareDecile,3,2020-01-01,,List,verified',
      'household,9999010101110002,welfareDecile,7,2020-01-01,,List,verified',
    ].join('\n'),
    'csv',
  )
  await json(['import', 'facts', facts, '--db', db, '--village', village])
  const { sql, parameters } = await json([
    ...['rules', 'sql', packFile(decile), '--programme', 'roof'],
    ...['--dialect', 'sqlite', '--on', '2026-03-01'],
  ])
  const database = new DatabaseSync(db.slice('sqlite:'.length), { readOnly: true })
  const rows = database.prepare(String(sql)).all(...(Array.isArray(parameters) ? parameters : []))
  database.close()
  expect(rows.map((row) => Object.values(row).at(-1)).sort()).toEqual([0, 1])
  expect(rows[0]).toMatchObject({ village_id: village })
})

test('the SQL of a programme of residents has a row for each, with their household beside them', async () => {
  const { sql, parameters } = await json([
    ...['rules', 'sql', 'indonesia', '--programme', 'pbi-jkn'],
    ...['--dialect', 'postgres', '--on', '2026-03-01'],
  ])
  expect(sql).toContain(
    'FROM "snapshot_members" AS "resident" LEFT JOIN "snapshot_households" AS "household"',
  )
  expect(sql).toContain('$1')
  expect(parameters).toContain('today')
})

test('SQL needs a programme that is there, a database that is known, and a day on which it is in force', async () => {
  const sqlOf = (...args: readonly string[]) => lumbung(['rules', 'sql', 'indonesia', ...args])
  expect((await sqlOf('--dialect', 'sqlite')).code).toBe(2)
  expect((await sqlOf('--programme', 'pkh', '--dialect', 'oracle')).code).toBe(2)
  const unknown = await sqlOf('--programme', 'pk', '--dialect', 'sqlite')
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('pkh, sembako')])
  const gap = await sqlOf('--programme', 'blt-dana-desa', '--dialect', 'sqlite', '--on', '2024-06-01')
  expect([gap.code, gap.stdout]).toEqual([1, ''])
  expect(gap.stderr).toContain('eligibility/no-version-in-force')
})
