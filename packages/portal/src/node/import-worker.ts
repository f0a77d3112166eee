import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { createIdGenerator, Digest, isLumbungError } from '@lumbung/core/kernel'
import type { PopulationReport } from '@lumbung/core/people'
import {
  type Actor,
  factDefinitionsOf,
  importInChunks,
  importPopulation,
  openVillage,
  VillageConfig,
} from '@lumbung/core/village'
import {
  type Finding,
  findingMessages,
  keepFacts,
  numberedRows,
  populationOf,
  readPopulation,
} from '@lumbung/opensid'
import type { ImportFinding, ImportReport } from '../server/options.ts'
import type { ImportMessage, ImportTask } from './import-desk.ts'
import { openDatabase } from './open-database.ts'

/** Above so many people an import goes in parts, so that it keeps no other writer waiting. */
const wholeMax = 2_000
/** What the other writers have for themselves between two parts, at the least. */
const betweenMs = 40
/** And as a share of the time that a part took, since on a busy machine everything takes longer, theirs as well. */
const betweenShare = 0.5
/** The first part comes after the check of the whole, which writes nothing and so keeps nobody waiting. */
const betweenMsMax = 1_000

/** Findings that a report shows; beyond them it says how many there are. */
const shownMax = 200

const tell = (message: ImportMessage): void => parentPort?.postMessage(message)

/** Reads a workbook and brings its people into the register: all of them, or nobody. */
async function run(task: ImportTask): Promise<void> {
  const { database, bytes, by } = task
  const config = VillageConfig.parse(JSON.parse(task.config))
  const reading = await readPopulation(bytes, {
    onProgress: ({ rows, bytes: done, bytesTotal }) =>
      tell({
        kind: 'progress',
        status: 'reading',
        done: rows,
        total: done === 0 ? rows : Math.round((rows * bytesTotal) / done),
      }),
  })
  const { counts } = reading
  const leftOut: ImportFinding[] = []
  const report = (faults: readonly Finding[], came?: PopulationReport): ImportReport => ({
    added: came?.added.residents ?? 0,
    changed: came?.changed.residents ?? 0,
    unchanged: came?.unchanged.residents ?? 0,
    households: counts.familyCards,
    hamlets: counts.hamlets,
    faults: faults.slice(0, shownMax),
    warnings: [...leftOut, ...reading.warnings].slice(0, shownMax),
    faultCount: Math.max(faults.length, counts.faults),
    warningCount: counts.warnings + leftOut.length,
  })
  const storage = await openDatabase(database, config)
  try {
    const rows = await storage.read(config.id, (tx) => numberedRows(tx, config.id, reading.rows))
    const read = populationOf(rows)
    const all = [...reading.faults, ...read.faults]
    if (all.length > 0) return tell({ kind: 'end', status: 'refused', report: report(all) })
    const { population, leftOut: names } = keepFacts(read.population, factDefinitionsOf(config))
    leftOut.push(...names.map((column) => ({ column, message: findingMessages['fact/left-out'] })))
    tell({ kind: 'progress', status: 'writing', done: 0, total: rows.length })
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
    const ids = createIdGenerator({ clock: Date.now, random })
    const village = openVillage({ config, storage, clock: Date.now, ids, random })
    const roles = config.roles.filter(({ grants }) =>
      grants.some(({ scope }) => scope === 'population.import'),
    )
    const actor: Actor = { kind: 'person', id: by, roles: roles.map(({ id }) => id), hamlets: [] }
    const source = Digest.parse(createHash('sha256').update(bytes).digest('hex'))
    const session = village.as(actor)
    let began = performance.now()
    const came =
      population.residents.length <= wholeMax
        ? await session.perform(importPopulation, { population, source })
        : await importInChunks(session, population, {
            source,
            onProgress: (progress) => tell({ kind: 'progress', status: 'writing', ...progress }),
            between: async () => {
              const share = (performance.now() - began) * betweenShare
              await wait(Math.min(Math.max(betweenMs, share), betweenMsMax))
              began = performance.now()
            },
          })
    if (came.refused.length === 0) return tell({ kind: 'end', status: 'done', report: report([], came) })
    const refused = came.refused.map(({ key, refusal }) => refusedFinding(key, refusal.code))
    tell({
      kind: 'end',
      status: 'refused',
      report: { ...report([], came), faults: refused, faultCount: refused.length },
    })
  } finally {
    await storage.close()
  }
}

/** A row that the register refuses, by the key that `populationOf` gave it: sheet and row. */
function refusedFinding(key: string, code: string): ImportReport['faults'][number] {
  const [, sheet, row] = /^(.*):(\d+)$/.exec(key) ?? []
  const texts = refusals[code] ?? { id: code, en: code }
  return {
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { row: Number(row) }),
    message: texts,
  }
}

const refusals: Readonly<Record<string, { readonly id: string; readonly en: string }>> = {
  'people/needs-life-event': {
    id: 'Kartu keluarga, hubungan atau status berbeda dari yang tercatat; catatlah sebagai peristiwa.',
    en: 'Family card, relationship or status differ from the register; record it as a life event.',
  },
  'people/number-taken': { id: 'Nomor ini sudah dipakai.', en: 'This number is taken.' },
  'people/in-the-future': { id: 'Tanggal lahir di masa depan.', en: 'The birth date lies in the future.' },
}

/** Files that are no workbook or more than the reader takes, and imports that others got in the way of. */
const unreadable: Readonly<Record<string, { readonly id: string; readonly en: string }>> = {
  'opensid/not-a-workbook': {
    id: 'Berkas ini bukan buku kerja .xlsx atau .xlsm, atau rusak.',
    en: 'This file is no .xlsx or .xlsm workbook, or it is damaged.',
  },
  'opensid/unsafe-archive': {
    id: 'Berkas ini disusun dengan cara yang tidak aman.',
    en: 'This file is put together in an unsafe way.',
  },
  'village/import-overtaken': {
    id: 'Daftar diubah orang lain selama impor. Sebagian sudah masuk; kirimlah berkas yang sama sekali lagi.',
    en: 'Somebody changed the register during the import. A part is in; send the same file once more.',
  },
  'opensid/too-large': { id: 'Isi berkas ini terlalu besar.', en: 'This file holds too much.' },
}

try {
  await run(workerData as ImportTask)
} catch (error) {
  if (!isLumbungError(error) || unreadable[error.code] === undefined) throw error
  const nothing = { added: 0, changed: 0, unchanged: 0, households: 0, hamlets: 0 }
  const faults = [{ message: unreadable[error.code] ?? {} }]
  const report = { ...nothing, faults, warnings: [], faultCount: 1, warningCount: 0 }
  tell({ kind: 'end', status: 'refused', report })
}
