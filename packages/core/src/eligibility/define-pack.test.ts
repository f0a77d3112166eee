import { expect, test } from 'vitest'
import { parseCivilDate } from '../kernel/index.ts'
import { decide } from './decide.ts'
import { checkPack, definePack, type PackOptions } from './define-pack.ts'
import { allOf, citation, configOf, label, packOf, programme, version, vocabulary } from './pack.fixtures.ts'

// The goal: a pack that is accepted can decide on every day, and one that is not is told everything that is wrong.

function faultsOf(value: unknown, options: Partial<PackOptions> = {}) {
  const checked = checkPack(value, { vocabulary, ...options })
  return checked.ok ? [] : checked.faults.map(({ code, path }) => `${code} ${path.join('.')}`)
}

const decileMax = {
  type: { kind: 'int' },
  label: label('Greatest decile'),
  values: [{ value: 4, citation }],
} as const

test('a sound pack has no fault, and is frozen all the way down', () => {
  const pack = packOf(programme())
  const [inForce] = pack.programmes.get('roof')?.inForce ?? []
  for (const part of [pack, pack.config, pack.config.programmes[0]?.versions[0]?.criteria, pack.sources]) {
    expect(Object.isFrozen(part)).toBe(true)
  }
  expect(Object.isFrozen(inForce?.criteria.parts)).toBe(true)
  expect(Object.isFrozen(inForce?.rule.expression)).toBe(true)
})

test('what has the wrong shape is named part by part', () => {
  const value = { ...configOf([programme()]), version: '', titel: 'x' }
  expect(faultsOf(value)).toEqual(['eligibility/shape version', 'eligibility/shape '])
})

test('within a clause that fits no form, the fault is the part that is wrong and not the whole', () => {
  const criteria = { ...allOf('household.leaks'), all: [{ id: 'Roof', label: label('x'), when: 'true' }] }
  expect(faultsOf(configOf([programme({ versions: [version({ criteria })] })]))).toEqual([
    'eligibility/shape programmes.0.versions.0.criteria.all.0.id',
  ])
})

test('a group has exactly one of all, any and none', () => {
  const criteria = { ...allOf('household.leaks'), none: allOf('true').all }
  expect(faultsOf(configOf([programme({ versions: [version({ criteria })] })]))).toEqual([
    'eligibility/shape programmes.0.versions.0.criteria',
  ])
})

test('versions that overlap are a fault of the second', () => {
  const versions = [
    version({ from: day(2025), to: day(2026) }),
    version({ from: parseCivilDate('2025-12-31') }),
  ]
  expect(faultsOf(configOf([programme({ versions })]))).toEqual([
    'eligibility/overlap programmes.0.versions.1',
  ])
})

test('versions that meet on a day neither overlap nor leave a gap', () => {
  const versions = [version({ to: day(2026) }), version({ from: day(2026) })]
  expect(faultsOf(configOf([programme({ versions })]))).toEqual([])
})

test('a gap between versions is a fault unless it is declared', () => {
  const versions = [version({ to: day(2024) }), version({ from: day(2025) })]
  expect(faultsOf(configOf([programme({ versions })]))).toEqual(['eligibility/gap programmes.0.versions.1'])
  const gaps = [{ from: day(2024), to: day(2025), why: label('No text was found') }]
  expect(faultsOf(configOf([programme({ versions, gaps })]))).toEqual([])
})

test('a declared gap within which something is in force is a fault', () => {
  const gaps = [{ from: day(2024), to: day(2025), why: label('No text was found') }]
  expect(faultsOf(configOf([programme({ gaps })]))).toEqual(['eligibility/gap-in-force programmes.0.gaps.0'])
})

test('a version that ends before it begins is a fault', () => {
  const versions = [version({ from: day(2026), to: day(2026) })]
  expect(faultsOf(configOf([programme({ versions })]))).toEqual([
    'eligibility/empty-interval programmes.0.versions.0',
  ])
})

test('a parameter without a value is a fault only while a rule reads it, and unless it is declared', () => {
  const values = [{ from: day(2025), value: 4, citation }]
  const late = { ...decileMax, values }
  const reading = [version({ from: day(2024), criteria: allOf('household.decile <= parameters.decileMax') })]
  expect(faultsOf(configOf([programme({ parameters: { decileMax: late } })]))).toEqual([])
  expect(faultsOf(configOf([programme({ parameters: { decileMax: late }, versions: reading })]))).toEqual([
    'eligibility/gap programmes.0.versions.0',
  ])
  const gaps = [{ to: day(2025), why: label('No text was found') }]
  const declared = programme({ parameters: { decileMax: { ...late, gaps } }, versions: reading })
  expect(faultsOf(configOf([declared]))).toEqual([])
  const asked = { programme: 'roof', household: null }
  expect(decide(packOf(declared), { ...asked, on: parseCivilDate('2024-06-01') })).toMatchObject({
    kind: 'no-version-in-force',
    before: null,
    after: '2025-01-01',
    gap: { why: label('No text was found') },
  })
})

test('a value of another type than its parameter is a fault, also as another reading', () => {
  const values = [{ value: 'four', citation, alternatives: [{ value: true, citation }] }]
  expect(faultsOf(configOf([programme({ parameters: { decileMax: { ...decileMax, values } } })]))).toEqual([
    'eligibility/parameter-type programmes.0.parameters.decileMax.values.0.value',
    'eligibility/parameter-type programmes.0.parameters.decileMax.values.0.alternatives.0.value',
  ])
})

test('an id that stands twice is a fault, of a programme and of a clause', () => {
  const [clause] = allOf('household.leaks').all
  const criteria = { ...allOf('household.leaks'), all: clause === undefined ? [] : [clause, clause] }
  expect(faultsOf(configOf([programme({ versions: [version({ criteria })] }), programme()]))).toEqual([
    'eligibility/id-twice programmes.0.versions.0.criteria.all.1.id',
    'eligibility/id-twice programmes.1.id',
  ])
})

test('a citation of a source that the pack does not have is a fault, wherever it stands', () => {
  const strange = { source: 'nowhere', confidence: 'low' } as const
  const parameters = { decileMax: { ...decileMax, values: [{ value: 4, citation: strange }] } }
  const versions = [version({ legalBasis: [strange] })]
  expect(faultsOf(configOf([programme({ parameters, versions })]))).toEqual([
    'eligibility/no-such-source programmes.0.parameters.decileMax.values.0.citation.source',
    'eligibility/no-such-source programmes.0.versions.0.legalBasis.0.source',
  ])
})

test('a pack may declare facts, and say again what the village has, but not give a name another meaning', () => {
  const well = {
    unit: 'household',
    label: label('Well'),
    fieldClass: 'internal',
    type: { kind: 'bool' },
  } as const
  const using = programme({ versions: [version({ criteria: allOf('household.well && household.leaks') })] })
  const declared = [
    { ...well, name: 'well' },
    { ...well, name: 'leaks' },
  ]
  expect(faultsOf(configOf([using], { facts: declared }))).toEqual([])
  expect(faultsOf(configOf([], { facts: [{ ...well, name: 'rooms' }] }))).toEqual([
    'eligibility/fact-taken facts.0.name',
  ])
})

test('all rules of all programmes are checked, each fault at its place in the file', () => {
  const versions = [version({ criteria: allOf('household.leak', 'household.rooms') })]
  const checked = checkPack(configOf([programme({ versions })]), {
    vocabulary,
    placeOf: (path, offset = 0) => ({ line: path.length, column: 10 + offset }),
  })
  expect(checked.ok ? [] : checked.faults).toMatchObject([
    {
      code: 'rules/unknown-fact',
      path: ['programmes', 0, 'versions', 0, 'criteria', 'all', 0, 'when'],
      hint: expect.stringContaining('leaks'),
      place: { line: 8, column: 20 },
      span: { start: 10, end: 14 },
    },
    { code: 'eligibility/rule-type', place: { line: 8, column: 10 } },
  ])
})

test('a fault of a rule is told once, however many values its parameters have had', () => {
  const values = [
    { to: day(2025), value: 3, citation },
    { from: day(2025), value: 4, citation },
  ]
  const versions = [version({ criteria: allOf('household.decil <= parameters.decileMax') })]
  const parameters = { decileMax: { ...decileMax, values } }
  expect(faultsOf(configOf([programme({ parameters, versions })]))).toHaveLength(1)
})

test('the rules of a benefit give money and whole numbers', () => {
  const component = { id: 'cash', label: label('Cash'), amount: '5', count: 'div(5, 2, 1)' }
  const benefit = { per: 'month', components: [component], countMax: 'household.leaks' } as const
  expect(faultsOf(configOf([programme({ versions: [version({ benefit })] })]))).toEqual([
    'eligibility/rule-type programmes.0.versions.0.benefit.components.0.amount',
    'eligibility/rule-type programmes.0.versions.0.benefit.components.0.count',
    'eligibility/rule-type programmes.0.versions.0.benefit.countMax',
  ])
})

test('what ranks and what a person can change are facts', () => {
  const ranking = [{ label: label('Rank'), by: 'household.height', order: 'ascending' }] as const
  const changeable = ['household.height', 'household.members', 'resident.pupil', 'household.members.pupil']
  expect(faultsOf(configOf([programme({ versions: [version({ ranking, changeable })] })]))).toEqual([
    'eligibility/no-such-fact programmes.0.versions.0.changeable.0',
    'eligibility/no-such-fact programmes.0.versions.0.changeable.1',
    'eligibility/no-such-fact programmes.0.versions.0.changeable.2',
    'rules/unknown-fact programmes.0.versions.0.ranking.0.by',
  ])
})

test('a sentence has facts that rules can read, and a member where the programme is one of residents', () => {
  const sentence = { it: 'x', on: day(2026), expect: { outcome: 'eligible' } } as const
  const tests = [
    { ...sentence, household: { leaks: 'yes' } },
    { ...sentence, household: { leak: true } },
    { ...sentence, household: { members: [{ fieldArea: 2.55 }] } },
    { ...sentence, household: {}, member: 0 },
  ]
  expect(faultsOf(configOf([programme({ tests })]))).toEqual([
    'eligibility/test-facts programmes.0.tests.0.household.leaks',
    'eligibility/test-facts programmes.0.tests.1.household.leak',
    'eligibility/test-facts programmes.0.tests.2.household.members.0.fieldArea',
    'eligibility/test-member programmes.0.tests.3.member',
  ])
  const ofResidents = [{ ...sentence, household: { members: [{}] }, member: 1 }]
  const versions = [version({ criteria: allOf('resident.pupil') })]
  expect(faultsOf(configOf([programme({ unit: 'resident', versions, tests: ofResidents })]))).toEqual([
    'eligibility/test-member programmes.0.tests.0.member',
  ])
})

test('a pack extends another, and what it replaces stays visible', () => {
  const base = packOf(programme(), programme({ id: 'well' }))
  const stricter = programme({ versions: [version({ criteria: allOf('household.rooms < 3') })] })
  const config = { ...configOf([stricter]), id: 'ours', sources: {}, extends: ['village'] }
  const pack = definePack(config, { vocabulary, bases: [base] })
  expect([...pack.programmes.keys()]).toEqual(['roof', 'well'])
  expect(pack.programmes.get('roof')).toMatchObject({ pack: { id: 'ours' }, replaces: base.identity })
  expect(pack.programmes.get('well')?.pack).toEqual(base.identity)
  expect(decide(pack, { programme: 'roof', on: day(2026), household: null })).toMatchObject({
    pack: pack.identity,
    replaces: base.identity,
  })
  expect(pack.programmes.get('well')).not.toHaveProperty('replaces')
  expect(decide(pack, { programme: 'well', on: day(2026), household: null }).pack).toEqual(base.identity)
  expect(faultsOf(config)).toContain('eligibility/no-such-pack extends.0')
})

test('a village chooses another reading, which stands in the decision and changes the hash', () => {
  const other = { value: 2, citation: { source: 'ministry', confidence: 'low' } } as const
  const parameters = {
    decileMax: { ...decileMax, values: [{ value: 4, citation, alternatives: [other] }] },
  }
  const versions = [version({ criteria: allOf('household.decile <= parameters.decileMax') })]
  const config = configOf([programme({ parameters, versions })])
  const pack = definePack(config, { vocabulary })
  const chosen = definePack(config, { vocabulary, readings: { 'roof.decileMax': 'ministry' } })
  const question = { programme: 'roof', on: day(2026), household: { decile: 3 } }
  expect(decide(pack, question)).toMatchObject({ outcome: 'eligible' })
  expect(decide(chosen, question)).toMatchObject({
    outcome: 'ineligible',
    parameters: [{ name: 'decileMax', value: 2, citation: other.citation }],
  })
  expect(chosen.identity.hash).not.toBe(pack.identity.hash)
  const [dated] = chosen.config.programmes[0]?.parameters['decileMax']?.values ?? []
  expect(dated?.alternatives).toEqual([{ value: 4, citation }])
  expect(definePack(config, { vocabulary, readings: { 'roof.decileMax': 'bylaw' } }).identity).toEqual(
    pack.identity,
  )
  expect(faultsOf(config, { readings: { 'roof.decileMax': 'nobody', 'roof.age': 'bylaw' } })).toEqual([
    'eligibility/no-such-reading readings.roof.decileMax',
    'eligibility/no-such-reading readings.roof.age',
  ])
})

test('a pack chooses a reading of a programme that it extends, and the copy stands visibly in its place', () => {
  const other = { value: 2, citation: { source: 'ministry', confidence: 'low' } } as const
  const base = definePack(
    configOf([
      programme({
        parameters: {
          decileMax: {
            type: { kind: 'int' },
            label: label('x'),
            values: [{ value: 4, citation, alternatives: [other] }],
          },
        },
        versions: [version({ criteria: allOf('household.decile <= parameters.decileMax') })],
        tests: [{ it: 'x', on: day(2026), household: { decile: 4 }, expect: { outcome: 'eligible' } }],
      }),
      programme({ id: 'floor' }),
    ]),
    { vocabulary },
  )
  const config = { ...configOf([]), id: 'ours', extends: ['village'], sources: {} }
  const readings = { 'roof.decileMax': 'ministry' }
  const inFile = definePack({ ...config, readings }, { vocabulary, bases: [base] })
  const question = { programme: 'roof', on: day(2026), household: { decile: 3 } }
  expect(decide(base, question)).toMatchObject({ outcome: 'eligible' })
  expect(decide(inFile, question)).toMatchObject({
    outcome: 'ineligible',
    pack: { id: 'ours' },
    replaces: { id: 'village' },
  })
  // What nobody chose a reading of stays as it was inherited, and no sentence of the other reading is kept.
  expect(inFile.programmes.get('floor')?.pack.id).toBe('village')
  expect(inFile.programmes.get('roof')?.config.tests).toEqual([])
  const byOption = definePack(config, { vocabulary, bases: [base], readings })
  expect(decide(byOption, question)).toMatchObject({ outcome: 'ineligible' })
  const back = { vocabulary, bases: [base], readings: { 'roof.decileMax': 'bylaw' } }
  expect(decide(definePack({ ...config, readings }, back), question)).toMatchObject({ outcome: 'eligible' })
  expect(faultsOf({ ...config, readings: { 'roof.decileMax': 'nobody' } }, { bases: [base] })).toEqual([
    'eligibility/no-such-reading readings.roof.decileMax',
  ])
})

test('the hash is that of the content: the order of keys does not count, and every value does', () => {
  const { programmes, ...rest } = configOf([programme()])
  const turned = { programmes, ...rest }
  expect(definePack(turned, { vocabulary }).identity).toEqual(packOf(programme()).identity)
  const measured = (fieldArea: number) => {
    const household = { members: [{ fieldArea }] }
    const tests = [{ it: 'x', on: day(2026), household, expect: { outcome: 'undetermined' as const } }]
    return packOf(programme({ tests })).identity.hash
  }
  expect(measured(2.5)).not.toBe(measured(2.6))
  const other = programme({ purpose: label('Other repairs') })
  expect(packOf(other).identity.hash).not.toBe(packOf(programme()).identity.hash)
})

test('definePack throws with all faults', () => {
  expect(() => definePack({}, { vocabulary })).toThrowError(
    expect.objectContaining({
      code: 'eligibility/invalid-pack',
      details: { faults: expect.arrayContaining([expect.objectContaining({ path: ['id'] })]) },
    }),
  )
})

function day(year: number) {
  return parseCivilDate(`${year}-01-01`)
}
