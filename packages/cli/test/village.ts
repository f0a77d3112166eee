import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PopulationRecord, writePopulation } from '@lumbung/opensid'
import { afterAll, inject } from 'vitest'
import { createDatabase } from '../../sql/test/embedded-server.ts'
import type {} from '../../sql/test/postgres-server.ts'
import { lumbung } from './lumbung.ts'

/** A folder of this test file, and fresh names in it. */
export const folder = mkdtempSync(join(tmpdir(), 'lumbung-cli-'))
let count = 0
export const newPath = (ending: string): string => {
  count += 1
  return join(folder, `${count}.${ending}`)
}

const drops: (() => Promise<void>)[] = []
afterAll(async () => {
  rmSync(folder, { recursive: true })
  for (const drop of drops) await drop()
})

/** The databases that every command must work on, each made anew. */
export const databases: Readonly<Record<'sqlite' | 'postgres', () => Promise<string>>> = {
  sqlite: async () => `sqlite:${newPath('db')}`,
  async postgres() {
    count += 1
    const { url, drop } = await createDatabase(inject('postgresUrl'), `cli_${process.pid}_${count}`)
    drops.push(drop)
    return url
  },
}

/** The code of a village that cannot be. */
export const village = '99.99.01.2001'

const home = {
  hamlet: 'Timur',
  rt: '001',
  rw: '002',
  familyCardNumber: '9999010101110001',
  address: 'Jl. Padi',
}

/** Two families that cannot be: no province has their numbers. */
export const people: readonly PopulationRecord[] = [
  {
    ...home,
    name: 'SITI AMINAH',
    familyRole: 1,
    sex: 2,
    religion: 1,
    birthDate: day('1990-01-01'),
    identityNumber: '9999014101900001',
  },
  { ...home, name: 'BUDI', familyRole: 4, sex: 1, birthDate: day('2018-05-20'), birthPlace: 'TIMUR' },
  {
    hamlet: 'Barat',
    familyCardNumber: '9999010101110002',
    name: 'DARTO',
    familyRole: 1,
    sex: 1,
    birthDate: day('1968-07-01'),
    identityNumber: '9999010107680002',
  },
]

function day(text: string): PopulationRecord['birthDate'] {
  // Tests write dates that are there.
  return text as PopulationRecord['birthDate']
}

/** A workbook of people. */
export function workbook(records: readonly PopulationRecord[] = people): string {
  const file = newPath('xlsx')
  writeFileSync(file, writePopulation(records))
  return file
}

/** A database with the two families. */
export async function filled(store: keyof typeof databases): Promise<string> {
  const db = await databases[store]()
  const { code, stderr } = await lumbung(['import', 'opensid', workbook(), '--db', db, '--village', village])
  if (code !== 0) throw new Error(stderr)
  return db
}

/** What a run printed, as JSON. */
export async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await lumbung(args)
  if (code !== 0) throw new Error(`${code}: ${stderr}`)
  return JSON.parse(stdout)
}
