import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../report/finding.ts'
import { type MadeCell, type MadeSheet, madeWorkbook } from '../workbook/made-workbook.ts'
import { columns } from './columns.ts'
import { type ReadPopulationOptions, readPopulation } from './read.ts'

const header = columns.map(({ name }) => name)

/** A row of the workbook by the names of its columns; what every person needs stands in it already. */
function row(cells: Readonly<Record<string, MadeCell>>): MadeCell[] {
  const all: Readonly<Record<string, MadeCell>> = {
    dusun: 'Timur',
    rw: '-',
    rt: '001',
    nama: 'Siti',
    no_kk: '9999010101110001',
    nik: '0',
    sex: '2',
    tanggallahir: '1990-01-01',
    kk_level: '1',
    ...cells,
  }
  return header.map((name) => all[name])
}

const child = { kk_level: 'anak' }

function read(
  sheets: readonly (MadeSheet | readonly MadeCell[][])[],
  options: ReadPopulationOptions = {},
  parts: Parameters<typeof madeWorkbook>[1] = {},
) {
  const made = sheets.map(
    (sheet, index): MadeSheet =>
      'name' in sheet ? sheet : { name: `Sheet${index + 1}`, rows: [header, ...sheet] },
  )
  return readPopulation(madeWorkbook(made, parts), options)
}

const brief = (findings: readonly Finding[]) => findings.map((one) => [one.code, one.row, one.column])

test('a person without a number, an RW and much else is read with what is known', async () => {
  const { rows, faults, warnings } = await read([[row({ alamat: '-' })]])
  expect([...faults, ...warnings]).toEqual([])
  expect(rows).toEqual([
    {
      place: { sheet: 'Sheet1', row: 2 },
      hamlet: 'Timur',
      rt: '001',
      name: 'Siti',
      familyCardNumber: '9999010101110001',
      sex: 2,
      birthDate: '1990-01-01',
      familyRole: 1,
    },
  ])
})

test('codes are read from numbers, labels and aliases in any case and spacing', async () => {
  const { rows, faults } = await read([
    [
      row({ sex: 'p', agama_id: 'ISLAM', status_kawin: 'CM', golongan_darah_id: 'tdk  th' }),
      row({
        nama: 'Budi',
        sex: ' laki-laki ',
        agama_id: '7',
        pendidikan_kk_id: 'slta/SEDERAJAT',
        kk_level: 'Famili Lain',
        ktp_el: 'KTP-el',
        status_rekam: 'CARD ISSUED',
        status_dasar: 'pindah dalam negeri',
        pekerjaan_id: { xml: '<v>9</v>' },
      }),
    ],
  ])
  expect(faults).toEqual([])
  expect(rows).toMatchObject([
    { sex: 2, religion: 1, maritalStatus: 4, bloodType: 13 },
    { sex: 1, religion: 7, completedEducation: 5, familyRole: 9, identityCard: 2, identityCardState: 8 },
  ])
  expect(rows[1]).toMatchObject({ lifeStatus: 3, occupation: 9 })
})

test('an unknown code names sheet, row, column, what was expected and what was found', async () => {
  const { rows, faults } = await read([[row({}), row({ nama: 'Budi', agama_id: 'Matahari' })]])
  expect(rows).toEqual([])
  expect(faults).toEqual([
    {
      code: 'cell/unknown-code',
      sheet: 'Sheet1',
      row: 3,
      column: 'agama_id',
      message: { id: 'Kode atau label tidak dikenal.', en: 'The code or label is not known.' },
      expected: {
        id: expect.stringContaining('1 Islam, 2 Kristen'),
        en: expect.stringContaining('1 Islam, 2 Protestant'),
      },
      found: 'Matahari',
    },
  ])
})

test('the rows without a fault can be had for a preview', async () => {
  const { rows, faults, counts } = await read([[row({}), row({ nama: 'Budi', sex: 'x', kk_level: '4' })]], {
    mode: 'valid-rows',
  })
  expect(rows.map(({ name }) => name)).toEqual(['Siti'])
  expect(brief(faults)).toEqual([['cell/unknown-code', 3, 'sex']])
  expect(counts).toMatchObject({ rows: 1, female: 1, faults: 1 })
})

test('what must be filled in is told, once for each column', async () => {
  const { faults } = await read([
    [row({ dusun: undefined, rw: undefined, rt: ' ', nama: '-', no_kk: '0', kk_level: '', sex: undefined })],
  ])
  expect(brief(faults)).toEqual(
    ['dusun', 'rw', 'rt', 'nama', 'no_kk', 'kk_level'].map((column) => ['cell/missing', 2, column]),
  )
})

test('texts that cannot be kept are faults of their column', async () => {
  const { faults } = await read([
    [row({ nama: 'x'.repeat(1_001), tag_id_card: 'short', lat: '91', lng: 'east' })],
  ])
  expect(brief(faults)).toEqual([['cell/not-a-number', 2, 'lng']])
  const again = await read([[row({ nama: 'x'.repeat(1_001), tag_id_card: 'short', lat: '91' })]])
  expect(brief(again.faults)).toEqual(
    ['nama', 'tag_id_card', 'lat'].map((name) => ['cell/not-accepted', 2, name]),
  )
})

test('a name that turns the direction of writing is a fault of its column, and controls are cleaned away', async () => {
  const { faults } = await read([[row({ nama: '\u202eitiS', dusun: 'Ti\u2066mur', nama_ibu: 'A\u202db' })]])
  expect(brief(faults)).toEqual(['dusun', 'nama', 'nama_ibu'].map((name) => ['cell/not-accepted', 2, name]))
  const { rows } = await read([[row({ nama: 'Siti\u007f Aminah' })]])
  expect(rows.map(({ name }) => name)).toEqual(['Siti Aminah'])
})

test('degrees may have a decimal comma', async () => {
  const { rows } = await read([[row({ lat: '-8,5', lng: { xml: '<v>116.0416</v>' } })]])
  expect(rows[0]).toMatchObject({ latitude: -8.5, longitude: 116.0416 })
})

describe('the header', () => {
  const headers = (...names: string[]): MadeSheet => ({ name: 'Sheet1', rows: [names, row({})] })

  test('a name that is not known stops all, and the near one is offered', async () => {
    const { rows, faults } = await read([headers(...header.with(4, 'Nama')), [row({})]], {
      mode: 'valid-rows',
    })
    expect(rows).toEqual([])
    expect(faults.map(({ code, column, found, expected }) => [code, column, found, expected['en']])).toEqual([
      ['header/unknown-column', 'E', 'Nama', 'the column nama'],
      ['header/missing-column', 'nama', undefined, 'the column nama'],
    ])
  })

  test('each missing column is a fault, and a repeated one too', async () => {
    expect(brief((await read([headers(...header.slice(0, 41))])).faults)).toEqual([
      ['header/missing-column', 1, 'lat'],
      ['header/missing-column', 1, 'lng'],
    ])
    expect(brief((await read([headers(...header, 'nik')])).faults)).toEqual([
      ['header/repeated-column', 1, 'AR'],
    ])
  })

  test('columns may stand in any order', async () => {
    const rows = [header.toReversed(), row({ nama: 'Budi' }).toReversed()]
    expect((await read([{ name: 'One', rows }])).rows[0]?.name).toBe('Budi')
  })

  test('cells in a column without a name are told once', async () => {
    const rows = [header, [...row({}), 'note'], [...row({ ...child, nama: 'Budi' }), 'note']]
    const { warnings } = await read([{ name: 'One', rows }])
    expect(brief(warnings)).toEqual([['sheet/cells-outside-columns', 2, undefined]])
  })
})

describe('sheets', () => {
  test('all are read but the one of the codes; an empty one is noted', async () => {
    const { rows, sheets } = await read([
      [row({})],
      { name: 'Kode Data', rows: [['anything']] },
      { name: 'Empty', rows: [] },
      [row({ ...child, nama: 'Budi' }), row({ ...child, nama: 'Dewi' })],
    ])
    expect(rows.map(({ place }) => `${place.sheet} ${place.row}`)).toEqual([
      'Sheet1 2',
      'Sheet4 2',
      'Sheet4 3',
    ])
    expect(sheets.map(({ name, state, rows: count }) => [name, state, count])).toEqual([
      ['Sheet1', 'read', 1],
      ['Kode Data', 'skipped', 0],
      ['Empty', 'empty', 0],
      ['Sheet4', 'read', 2],
    ])
  })

  test('the mark in the second column ends the data of its sheet', async () => {
    const { rows, faults } = await read([
      [row({}), row({ dusun: '###' }), ['', 'notes', 'of any kind']],
      [row({ ...child, nama: 'Budi' })],
    ])
    expect(faults).toEqual([])
    expect(rows.map(({ name }) => name)).toEqual(['Siti', 'Budi'])
  })

  test('rows of spaces are passed over, and a workbook without rows is a fault', async () => {
    expect(brief((await read([[[' ', ' ']]])).faults)).toEqual([['workbook/no-rows', undefined, undefined]])
  })

  test('a million empty rows are passed over in seconds', { timeout: 60_000 }, async () => {
    const empty = Array.from({ length: 1_000_000 }, (_, index) => `<row r="${index + 1}" ht="15.75"/>`)
    const bytes = madeWorkbook([{ name: 'Long', xml: `<sheetData>${empty.join('')}</sheetData>` }])
    const before = process.cpuUsage()
    const { sheets } = await readPopulation(bytes)
    expect(sheets).toEqual([{ name: 'Long', state: 'empty', rows: 0 }])
    // Time of the processor, since others may be using it as well.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
  })

  test('merged cells are told', async () => {
    const sheet = {
      name: 'One',
      rows: [header, row({})],
      after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    }
    expect(brief((await read([sheet])).warnings)).toEqual([['sheet/merged-cells', undefined, 'A1:B2']])
  })
})

describe('dates', () => {
  const styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
  const dated = { attributes: 's="1"', xml: '<v>36526</v>' }

  test('come in both forms, and from cells that are shown as dates', async () => {
    const people = ['2000-01-01', '01-01-2000', '1/1/2000', dated].map((tanggallahir, index) =>
      row({ ...child, nama: `Orang ${index}`, tanggallahir }),
    )
    const { rows } = await read([people], {}, { styles })
    expect(rows.map(({ birthDate }) => birthDate)).toEqual(Array(4).fill('2000-01-01'))
  })

  test('are counted from 1904 where the workbook says so', async () => {
    const { rows } = await read([[row({ tanggallahir: dated })]], {}, { styles, workbookPr: 'date1904="1"' })
    expect(rows[0]?.birthDate).toBe('2004-01-02')
  })

  test('a year alone and a day that does not exist are faults', async () => {
    const { faults } = await read([
      [row({ tanggallahir: { xml: '<v>1990</v>' }, tanggalperkawinan: '30/02/2010' })],
    ])
    expect(brief(faults)).toEqual([
      ['cell/not-a-date', 2, 'tanggallahir'],
      ['cell/not-a-date', 2, 'tanggalperkawinan'],
    ])
  })
})

describe('formulas', () => {
  test('a stored value is read with a warning, without one the cell is a fault', async () => {
    const stored = { attributes: 't="str"', xml: '<f>UPPER("siti")</f><v>SITI</v>' }
    const { rows, warnings } = await read([[row({ nama: stored })]])
    expect(rows[0]?.name).toBe('SITI')
    expect(brief(warnings)).toEqual([['cell/formula', 2, 'nama']])
    const { faults } = await read([
      [row({ suku: { xml: '<f>A1</f>' }, alamat: { attributes: 't="e"', xml: '<v>#N/A</v>' } })],
    ])
    expect(brief(faults)).toEqual([
      ['cell/error', 2, 'alamat'],
      ['cell/formula-without-value', 2, 'suku'],
    ])
  })
})

describe('identity numbers', () => {
  const woman = { nik: '9999014101900001' }

  test('one that agrees with its person is no matter', async () => {
    expect((await read([[row(woman)]])).warnings).toEqual([])
  })

  test('one that contradicts birth date or sex is a warning, and is masked', async () => {
    const { rows, warnings } = await read([[row({ ...woman, sex: 'L', tanggallahir: '1991-01-01' })]])
    expect(rows).toHaveLength(1)
    expect(brief(warnings)).toEqual([
      ['identity/birth-date-differs', 2, 'nik'],
      ['identity/sex-differs', 2, 'nik'],
    ])
    expect(warnings.map(({ found }) => found)).toEqual(Array(2).fill('99••••••••••0001'))
  })

  test('one of another form is a fault, and is masked as well, whatever column it strays into', async () => {
    const { faults } = await read([[row({ nik: '99990141019000011', agama_id: '9999014101900001' })]])
    expect(faults.map(({ code, found }) => [code, found])).toEqual([
      ['identity/wrong-form', '99•••••••••••0011'],
      ['cell/unknown-code', '99••••••••••0001'],
    ])
  })

  test('one that was stored as a number may have been rounded', async () => {
    const { faults } = await read([[row({ nik: { xml: '<v>9.99901410190000E+15</v>' } })]])
    expect(brief(faults)).toEqual([['cell/rounded-number', 2, 'nik']])
    const { warnings } = await read([[row({ nik: { xml: '<v>5999014101900001</v>' } })]])
    expect(brief(warnings)).toEqual([['cell/stored-as-number', 2, 'nik']])
  })

  test('a number, a person without one, and a card tag stand once', async () => {
    const tag = { tag_id_card: '1234567890' }
    const { faults } = await read([
      [row({ ...woman, ...tag }), row({ ...child, nama: 'Ani' })],
      [row({ ...woman, ...child }), row({ ...child, nama: 'ANI ' }), row({ ...child, ...tag, nama: 'Dewi' })],
    ])
    expect(faults.map(({ code, row: at, other }) => [code, at, other])).toEqual([
      ['row/repeated-number', 2, { sheet: 'Sheet1', row: 2 }],
      ['row/repeated-person', 3, { sheet: 'Sheet1', row: 3 }],
      ['row/repeated-tag', 4, { sheet: 'Sheet1', row: 2 }],
    ])
  })
})

describe('families', () => {
  test('two heads, and no head, are warnings', async () => {
    const { warnings, counts } = await read([
      [row({}), row({ nama: 'Budi' }), row({ ...child, nama: 'Ani', no_kk: '9999010101110002' })],
    ])
    expect(brief(warnings)).toEqual([
      ['family/several-heads', 3, 'kk_level'],
      ['family/no-head', 4, 'kk_level'],
    ])
    expect(counts.familyCards).toBe(2)
  })

  test('a head who died beside the new one is no matter, in either order', async () => {
    const dead = row({ nama: 'Budi', status_dasar: 'mati' })
    expect((await read([[row({}), dead]])).warnings).toEqual([])
    expect((await read([[dead, row({})]])).warnings).toEqual([])
  })
})

test('two spellings of a hamlet are one hamlet, with a warning', async () => {
  const { warnings, counts } = await read([[row({}), row({ ...child, nama: 'Ani', dusun: 'DUSUN TIMUR' })]])
  expect(brief(warnings)).toEqual([['hamlet/several-spellings', 3, 'dusun']])
  expect(counts.hamlets).toBe(1)
})

test('a pregnancy of a man is left out with a warning', async () => {
  const { rows, warnings } = await read([[row({ sex: 'L', hamil: '1' })]])
  expect(rows[0]).not.toHaveProperty('pregnancy')
  expect(brief(warnings)).toEqual([['row/pregnancy-of-man', 2, 'hamil']])
})

test('broken letters are read as they are, and what they may have been is told', async () => {
  const { rows, warnings } = await read([[row({ nama: 'RenÃ©' })]])
  expect(rows[0]?.name).toBe('RenÃ©')
  expect(warnings.map(({ code, expected }) => [code, expected['en']])).toEqual([
    ['cell/mojibake', 'perhaps: René'],
  ])
})

test('macros are told and never run: the workbook reads as any other', async () => {
  const { rows, warnings } = await read([[row({})]], {}, { extra: { 'xl/vbaProject.bin': strToU8('macro') } })
  expect(rows).toHaveLength(1)
  expect(brief(warnings)).toEqual([['workbook/macros', undefined, undefined]])
})

test('findings beyond their limit are counted and not listed', async () => {
  const people = Array.from({ length: 20 }, (_, index) => row({ nama: `Orang ${index}`, agama_id: 'x' }))
  const { faults, counts } = await read([people], { limits: { findings: 3 } })
  expect(faults).toHaveLength(3)
  expect(counts.faults).toBe(20)
})

test('progress grows up to the whole', async () => {
  const people = Array.from({ length: 3_000 }, (_, index) =>
    row({ ...child, nama: `Orang ${index}`, alamat: `Jalan ${'x'.repeat(300)}` }),
  )
  const told: { bytes: number; bytesTotal: number; rows: number }[] = []
  await read([people, [row({})]], { onProgress: (progress) => told.push(progress) })
  expect(told.length).toBeGreaterThan(2)
  expect(told).toEqual(told.toSorted((a, b) => a.bytes - b.bytes))
  expect(told.at(-1)).toMatchObject({ rows: 3_003, bytes: told[0]?.bytesTotal })
})
