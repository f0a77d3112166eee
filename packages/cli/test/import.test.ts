import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { CivilDate, ResidentId } from '@lumbung/core/kernel'
import { residents } from '@lumbung/core/people'
import { mergeRecords } from '@lumbung/core/village'
import { type WrittenParticipant, writeProgramme } from '@lumbung/opensid'
import { openSqlite } from '@lumbung/sql/sqlite'
import { describe, expect, test } from 'vitest'
import { administration, builtInConfig, serviceActor } from '../src/village/built-in.ts'
import { openForCommand } from '../src/village/open.ts'
import { schemaOf } from '../src/village/stored.ts'
import { lumbung } from './lumbung.ts'
import { databases, filled, json, newPath, people, village, workbook } from './village.ts'

const config = builtInConfig(village)
const header = 'unit,id,fact,value,from,to,source,degree'

function csv(...lines: readonly string[]): string {
  const file = newPath('csv')
  writeFileSync(file, [header, ...lines, ''].join('\n'))
  return file
}

async function residentsIn(db: string): Promise<readonly Record<string, unknown>[]> {
  const { residents } = await json(['resident', 'list', '--db', db])
  return Array.isArray(residents) ? residents : []
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (store) => {
  test('a workbook comes in whole, and a second time adds nothing', async () => {
    const db = await databases[store]()
    const first = await json(['import', 'opensid', workbook(), '--db', db, '--village', village])
    expect(first).toMatchObject({
      counts: { residents: 3, households: 2, hamlets: 2 },
      added: { residents: 3, households: 2, memberships: 3 },
      faults: [],
    })
    const names = await residentsIn(db)
    expect(names.map(({ name }) => name)).toEqual(['BUDI', 'DARTO', 'SITI AMINAH'])
    const again = await json(['import', 'opensid', workbook(), '--db', db])
    expect(again).toMatchObject({
      counts: { residents: 3 },
      added: { residents: 0, households: 0, facts: 0 },
    })
    expect(await residentsIn(db)).toEqual(names)
  })

  test('facts come in by number, and a second time add nothing', async () => {
    const db = await filled(store)
    const file = csv(
      'household,9999010101110001,welfareDecile,3,2026-01-01,,DTSEN,verified',
      'resident,9999014101900001,disability,2,2025-06-15,NA,"Posyandu, Mawar",declared',
      'resident,0999901200100001,pregnant,NA,,,Posyandu,declared',
    )
    expect(await json(['import', 'facts', file, '--db', db])).toMatchObject({
      counts: { rows: 3, added: 2, unchanged: 0, unknown: 1 },
    })
    expect(await json(['import', 'facts', file, '--db', db])).toMatchObject({
      counts: { added: 0, unchanged: 2 },
    })
    expect(await json(['verify', '--db', db])).toMatchObject({ faultCount: 0 })
  })
})

test('facts told by the number of a merged record land on the one that was kept, once', async () => {
  const db = await filled('sqlite')
  const numbers = ['9999014101900001', '9999010107680002'] as const
  const storage = await openSqlite({ file: db.slice('sqlite:'.length), schema: schemaOf([config]) })
  const idOf = async (identityNumber: string) => {
    const where = { identityNumber }
    const { records } = await storage.read(config.id, (tx) => tx.query(residents, { where, limit: 1 }))
    return ResidentId.parse(records[0]?.id)
  }
  const [kept, merged] = [await idOf(numbers[0]), await idOf(numbers[1])]
  const { village: opened } = openForCommand(storage, config)
  const session = opened.as(serviceActor, { purpose: administration, reason: 'One person with two cards' })
  expect((await session.perform(mergeRecords, { kept, merged })).ok).toBe(true)
  await storage.close()
  const file = csv(`resident,${numbers[1]},ethnicity,Uji,2026-01-01,,Sensus,declared`)
  expect(await json(['import', 'facts', file, '--db', db])).toMatchObject({ counts: { added: 1 } })
  expect(await json(['import', 'facts', file, '--db', db])).toMatchObject({
    counts: { added: 0, unchanged: 1 },
  })
  const { facts } = await json(['resident', 'export', kept, '--db', db])
  expect(JSON.stringify(facts)).toContain('Sensus')
})

test('whoever has no number gets a temporary one of the village', async () => {
  const db = await filled('sqlite')
  const [budi] = await residentsIn(db)
  const { resident } = await json(['resident', 'export', String(budi?.['id']), '--db', db])
  expect(resident).toMatchObject({ name: 'BUDI', identityNumber: null, temporaryNumber: '0999901200100001' })
})

test('a rehearsal tells the same and makes nothing', async () => {
  const db = newPath('db')
  const args = ['import', 'opensid', workbook(), '--db', `sqlite:${db}`, '--village', village, '--dry-run']
  expect(await json(args)).toMatchObject({ dryRun: true, added: { residents: 3 } })
  expect(existsSync(db)).toBe(false)
})

test('one wrong row refuses the whole workbook, with its place', async () => {
  const db = newPath('db')
  const [siti, budi, darto] = people
  if (siti === undefined || budi === undefined || darto === undefined) throw new Error('no people')
  const { sex: _, ...unsexed } = budi
  const file = workbook([siti, unsexed, { ...darto, identityNumber: siti.identityNumber ?? '' }])
  const { code, stdout, stderr } = await lumbung([
    'import',
    'opensid',
    file,
    '--db',
    `sqlite:${db}`,
    '--village',
    village,
    '--json',
  ])
  expect(stderr).toMatch(/^.*\.xlsx\[.*\]:4:nik: row\/repeated-number: /m)
  expect(stderr).not.toContain('9999014101900001')
  expect(JSON.parse(stdout)).toMatchObject({
    faults: [{ row: 4, column: 'nik', code: 'row/repeated-number' }],
    warnings: expect.arrayContaining([expect.objectContaining({ row: 3, code: 'row/no-sex' })]),
  })
  expect(code).toBe(1)
  expect(existsSync(db)).toBe(false)
})

test('a row that the register cannot hold is a fault too', async () => {
  const db = newPath('db')
  const [siti, budi] = people
  if (siti === undefined || budi === undefined) throw new Error('no people')
  const { sex: _, ...unsexed } = budi
  const { code, stderr } = await lumbung([
    'import',
    'opensid',
    workbook([siti, unsexed]),
    '--db',
    `sqlite:${db}`,
    '--village',
    village,
  ])
  expect(stderr).toMatch(/\.xlsx\[.*\]:3:sex: row\/no-sex: /)
  expect(code).toBe(1)
  expect(existsSync(db)).toBe(false)
})

test('what would change a family is refused as a whole', async () => {
  const db = await filled('sqlite')
  const before = await residentsIn(db)
  const [siti, , darto] = people
  if (siti === undefined || darto === undefined) throw new Error('no people')
  const file = workbook([
    { ...siti, familyRole: 3 },
    { ...darto, name: 'DARTO WIBOWO' },
  ])
  const { code, stderr } = await lumbung(['import', 'opensid', file, '--db', db])
  expect(stderr).toContain(':2:1: people/needs-life-event: ')
  expect(code).toBe(1)
  expect(await residentsIn(db)).toEqual(before)
})

test('a file that is no workbook is told as such', async () => {
  const file = csv('x')
  const { code, stderr } = await lumbung([
    'import',
    'opensid',
    file,
    '--db',
    `sqlite:${newPath('db')}`,
    '--village',
    village,
  ])
  expect(stderr).toContain('lumbung: opensid/not-a-workbook: ')
  expect(code).toBe(1)
})

test('each wrong cell of a file of facts is told with its place, and nothing comes in', async () => {
  const db = await filled('sqlite')
  const file = csv(
    'household,9999010101110001,welfareDecile,3,2026-01-01,,DTSEN,verified',
    'household,9999010101110001,welfareDecile,11,2026-01-01,,DTSEN,verified',
    'resident,1234123412341234,disability,2,,,Posyandu,declared',
    'person,9999014101900001,disability,2,2026-02-30,,,perhaps',
    'resident,9999014101900001,shoeSize,40,,,Posyandu,declared',
    'resident,1234123412341234,disability,NA,,,Posyandu,declared',
  )
  const { code, stdout, stderr } = await lumbung(['import', 'facts', file, '--db', db])
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(`${file}:`, '').split(': ').slice(0, 2).join(' ')),
  ).toEqual([
    '3:42 people/fact-out-of-range',
    '4:10 unknown-id',
    '5:1 invalid-unit',
    '5:38 invalid-date',
    '5:50 missing-value',
    '5:51 invalid-degree',
    '6:27 people/unknown-fact',
    '7:10 unknown-id',
  ])
  expect([code, stdout]).toEqual([1, ''])
  expect(await json(['import', 'facts', csv(), '--db', db])).toMatchObject({ counts: { rows: 0, added: 0 } })
})

test('facts are read from standard input', async () => {
  const db = await filled('sqlite')
  const stdin = `${header}\nhousehold,9999010101110002,hasToilet,true,,,Survei,declared\n`
  const { code, stdout } = await lumbung(['import', 'facts', '-', '--db', db], { stdin })
  expect(JSON.parse(stdout)).toMatchObject({ counts: { added: 1 } })
  expect(code).toBe(0)
})

test('an import into an empty database needs the code of the village', async () => {
  const { code, stderr } = await lumbung(['import', 'opensid', workbook(), '--db', `sqlite:${newPath('db')}`])
  expect(stderr).toContain('lumbung: village-needed: ')
  expect(code).toBe(1)
})

test('with several villages one must be chosen', async () => {
  const db = await filled('sqlite')
  await json(['import', 'opensid', workbook(), '--db', db, '--village', '99.99.01.2002'])
  const { code, stderr } = await lumbung(['resident', 'list', '--db', db])
  expect(stderr).toContain('several-villages')
  expect(stderr).toContain('99.99.01.2001, 99.99.01.2002')
  expect(code).toBe(1)
  expect(await json(['verify', '--db', db])).toMatchObject({
    villages: [village, '99.99.01.2002'],
    faultCount: 0,
  })
})

const sample = process.env['LUMBUNG_TEST_DATA']

test('the sample of OpenSID imports whole, and again adds nothing', async ({ skip }) => {
  if (sample === undefined) return skip('LUMBUNG_TEST_DATA names no folder of outside data')
  const file = `${sample}/opensid/contoh_penduduk.xlsx`
  const db = `sqlite:${newPath('db')}`
  const first = await json(['import', 'opensid', file, '--db', db, '--village', village])
  expect(first).toMatchObject({ counts: { residents: 97, households: 37, hamlets: 4 }, faults: [] })
  expect(await json(['import', 'opensid', file, '--db', db])).toMatchObject({
    added: { residents: 0, facts: 0 },
  })
  expect(await residentsIn(db)).toHaveLength(97)
})

describe('a fault names its place', () => {
  const [siti, budi, darto] = people
  if (siti === undefined || budi === undefined || darto === undefined) throw new Error('no people')
  const refusedBy = async (args: readonly string[], more: { readonly stdin?: string | Uint8Array } = {}) => {
    const target = ['--db', `sqlite:${newPath('db')}`, '--village', village]
    const { code, stderr } = await lumbung(['import', ...args, ...target], more)
    expect(code).toBe(1)
    return stderr
  }

  test('a name that is longer than the register keeps, by sheet, row and column', async () => {
    const file = workbook([siti, { ...budi, name: 'B'.repeat(300) }, darto])
    expect(await refusedBy(['opensid', file])).toMatch(/\.xlsx\[.*\]:3:nama: cell\/too-long: .*200/)
  })

  test('a birth date to come, by sheet, row and column', async () => {
    const file = workbook([siti, { ...darto, birthDate: CivilDate.parse('2999-01-01') }])
    expect(await refusedBy(['opensid', file])).toMatch(/\.xlsx\[.*\]:3:tanggallahir: people\/in-the-future: /)
  })

  test('a source that is too long, and a character that no database holds, by line and column', async () => {
    const file = csv(
      `resident,9999014101900001,disability,2,,,${'s'.repeat(300)},declared`,
      'resident,9999014101900001,disability,2\0,,,Posyandu,declared',
    )
    const db = await filled('sqlite')
    const { code, stderr } = await lumbung(['import', 'facts', file, '--db', db])
    expect(code).toBe(1)
    expect(stderr).toMatch(/\.csv:2:\d+: invalid-text: .*source/)
    expect(stderr).toMatch(/\.csv:3:\d+: invalid-text: .*value/)
    expect(stderr).not.toContain('internal')
  })

  test('a file that is no workbook is told why, and an old one what to do', async () => {
    const none = newPath('xlsx')
    writeFileSync(none, 'no workbook at all')
    expect(await refusedBy(['opensid', none])).toMatch(/not-a-workbook: .*\(no archive\)/)
    const old = newPath('xls')
    writeFileSync(old, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]))
    expect(await refusedBy(['opensid', old])).toMatch(/not-a-workbook: .*save it as \.xlsx/)
  })

  test('a folder in the place of a file is named as such', async () => {
    for (const what of ['facts', 'opensid']) {
      expect(await refusedBy([what, import.meta.dirname])).toMatch(/is-a-directory: .*test is a folder/)
    }
  })

  test('standard input is called the same in both imports', async () => {
    expect(await refusedBy(['facts', '-'], { stdin: 'wrong\n' })).toContain('<stdin>:1:1: ')
    const bytes = readFileSync(workbook([{ ...siti, name: 'S'.repeat(300) }]))
    expect(await refusedBy(['opensid', '-'], { stdin: bytes })).toContain('<stdin>[')
  })

  test('a code that can be that of no village is told in words', async () => {
    const { code, stderr } = await lumbung(['import', 'facts', csv(), '--village', '../x'])
    expect(code).toBe(2)
    expect(stderr).toContain("a village's code of letters, digits, dots and hyphens")
    expect(stderr).not.toMatch(/pattern|regex|\^\[/)
  })

  test('what a terminal would obey never reaches it raw, whatever the header holds', async () => {
    const file = newPath('csv')
    writeFileSync(file, 'unit,\u009b31m,\u007f\u001b]0;x\u0007\n')
    const said = await refusedBy(['facts', file])
    expect(said).toContain('unknown-column')
    expect(said.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

describe('the workbook of a programme', () => {
  const settings = {
    name: 'Bantuan Contoh',
    target: 1,
    startsOn: CivilDate.parse('2026-01-01'),
    endsOn: CivilDate.parse('2026-12-31'),
  }
  const participant = { participant: '9999014101900001', cardNumber: '7', identityNumber: '9999014101900001' }
  const written = (rows: readonly WrittenParticipant[], more: object = {}): string => {
    const file = newPath('xlsx')
    writeFileSync(file, writeProgramme({ ...settings, ...more }, rows))
    return file
  }

  test.each(Object.entries(databases))('its participants are stored in %s, and once', async (_, open) => {
    const db = await open()
    await lumbung(['import', 'opensid', workbook(), '--db', db, '--village', village])
    const asked = ['import', 'opensid', written([participant]), '--db', db, '--programme', 'pkh', '--json']
    const rehearsed = await lumbung([...asked, '--dry-run'])
    expect(JSON.parse(rehearsed.stdout)).toMatchObject({ stored: false, added: 1, dryRun: true })
    const first = await lumbung(asked)
    expect(first.code).toBe(0)
    expect(JSON.parse(first.stdout)).toMatchObject({
      programme: 'Bantuan Contoh',
      programmeId: 'pkh',
      counts: { participants: 1 },
      stored: true,
      added: 1,
      unchanged: 0,
      faults: [],
    })
    expect(JSON.parse((await lumbung(asked)).stdout)).toMatchObject({ added: 0, unchanged: 1 })
  })

  test('the programme of the village that it is of must be said, or stand in its name', async () => {
    const db = await databases.sqlite()
    await lumbung(['import', 'opensid', workbook(), '--db', db, '--village', village])
    const asked = (file: string, ...more: string[]) =>
      lumbung(['import', 'opensid', file, '--db', db, ...more])
    const unsaid = await asked(written([participant]))
    expect(unsaid.code).toBe(1)
    expect(unsaid.stderr).toMatch(/casework\/no-such-programme: .*--programme.*pkh, sembako/)
    const unknown = await asked(written([participant]), '--programme', 'gold')
    expect(unknown.stderr).toMatch(/casework\/no-such-programme: .*gold.*pkh, sembako/)
    expect((await asked(written([participant], { name: 'PKH' }))).code).toBe(0)
  })

  test('who is not in the register is named by sheet, row and column, and nobody is taken in', async () => {
    const db = await databases.sqlite()
    await lumbung(['import', 'opensid', workbook(), '--db', db, '--village', village])
    const other = { ...participant, participant: '9999014101900009', cardNumber: '8' }
    const file = written([participant, other])
    const { code, stdout, stderr } = await lumbung([
      'import',
      'opensid',
      file,
      '--db',
      db,
      '--programme',
      'pkh',
      '--json',
    ])
    expect(code).toBe(1)
    expect(stderr).toContain(`${file}[Peserta]:3:Peserta: casework/unknown-participant`)
    expect(JSON.parse(stdout)).toMatchObject({
      stored: false,
      added: null,
      faults: [{ sheet: 'Peserta', row: 3, column: 'Peserta', code: 'casework/unknown-participant' }],
    })
  })
})

test('the template of a programme is taken in with the people that belong to it', async () => {
  const data = `${process.env['LUMBUNG_TEST_DATA'] ?? ''}/opensid`
  if (!existsSync(`${data}/format_impor_program_bantuan.xlsx`)) return
  const db = await databases.sqlite()
  await lumbung(['import', 'opensid', `${data}/contoh_penduduk.xlsx`, '--db', db, '--village', village])
  const asked = ['import', 'opensid', `${data}/format_impor_program_bantuan.xlsx`, '--db', db]
  const { code, stdout } = await lumbung([...asked, '--programme', 'pbi-jkn', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ stored: true, added: 2, faults: [] })
  // The two are of one family, which can be in a programme of households only once.
  const ofHouseholds = await lumbung([...asked, '--programme', 'blt-dana-desa', '--json'])
  expect(JSON.parse(ofHouseholds.stdout)).toMatchObject({
    stored: false,
    faults: [{ sheet: 'Peserta', row: 3, code: 'casework/listed-twice' }],
  })
})
