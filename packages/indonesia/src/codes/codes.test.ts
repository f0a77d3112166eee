import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { CodeTable } from './code-table.ts'
import { CodeTableName, codeTables } from './code-tables.ts'
import { codeLabel, findCode } from './find-code.ts'

const all = Object.entries(codeTables)

test.each(all)('%s names itself, its source and every code once', (name, table) => {
  expect(CodeTable.parse(table)).toEqual(table)
  expect(table.name).toBe(name)
  const codes = table.entries.map(({ code }) => code)
  expect(codes).toEqual([...new Set(codes)].toSorted((a, b) => a - b))
})

test.each(all)('in %s each label and alias leads to its code, in any case and spacing', (_, table) => {
  const spellings = table.entries.flatMap(({ code, label, aliases }) =>
    [label['id'] ?? '', ...aliases].map((text) => ({ code, text })),
  )
  fc.assert(
    fc.property(fc.constantFrom(...spellings), fc.boolean(), fc.nat(3), ({ code, text }, upper, spaces) => {
      const cased = upper ? text.toUpperCase() : text.toLowerCase()
      const gap = ' '.repeat(spaces)
      expect(findCode(table, gap + cased.replaceAll('/', `${gap}/`) + gap)).toBe(code)
    }),
  )
})

test('a number is its own code where the table has it, also with leading zeros', () => {
  expect(findCode(codeTables.familyRole, '04')).toBe(4)
  expect(findCode(codeTables.lifeStatus, '5')).toBeUndefined()
  expect(findCode(codeTables.familyRole, '')).toBeUndefined()
})

test('labels fall back to Indonesian', () => {
  expect(codeLabel(codeTables.religion, 3, 'fr')).toBe('Katholik')
})

describe('against the tables of OpenSID 2410.0.0', () => {
  const folder = process.env['LUMBUNG_TEST_DATA']
  const file = folder === undefined ? undefined : join(folder, 'opensid/code-tables.json')
  const theirs: Partial<Record<CodeTableName, string>> = {
    bloodType: 'tweb_golongan_darah',
    chronicIllness: 'tweb_sakit_menahun',
    citizenship: 'tweb_penduduk_warganegara',
    completedEducation: 'tweb_penduduk_pendidikan_kk',
    contraception: 'tweb_cara_kb',
    currentEducation: 'tweb_penduduk_pendidikan',
    disability: 'tweb_cacat',
    dwellingRole: 'tweb_rtm_hubungan',
    familyRole: 'tweb_penduduk_hubungan',
    familyWelfare: 'tweb_keluarga_sejahtera',
    healthInsurance: 'tweb_penduduk_asuransi',
    lifeEvent: 'ref_peristiwa',
    lifeStatus: 'tweb_status_dasar',
    literacy: 'ref_penduduk_bahasa',
    maritalStatus: 'tweb_penduduk_kawin',
    moveReach: 'ref_pindah',
    occupation: 'tweb_penduduk_pekerjaan',
    pregnancy: 'ref_penduduk_hamil',
    religion: 'tweb_penduduk_agama',
    residency: 'tweb_penduduk_status',
    sex: 'tweb_penduduk_sex',
  }

  test('every code and label of theirs is ours', ({ skip }) => {
    if (file === undefined) return skip('LUMBUNG_TEST_DATA is not set')
    if (!existsSync(file)) return skip('opensid/code-tables.json is not in LUMBUNG_TEST_DATA')
    const Rows = z.array(z.looseObject({ id: z.coerce.number(), nama: z.string() }))
    const published = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
    for (const [name, table] of all) {
      const key = theirs[CodeTableName.parse(name)]
      if (key === undefined) continue
      for (const { id, nama } of Rows.parse(published[key])) {
        expect([name, nama, findCode(table, nama)]).toEqual([name, nama, id])
      }
    }
    const Cards = z.array(z.looseObject({ nama: z.string(), status_rekam: z.coerce.number() }))
    for (const { nama, status_rekam } of Cards.parse(published['tweb_status_ktp'])) {
      expect(findCode(codeTables.identityCardState, nama)).toBe(status_rekam)
    }
  })
})
