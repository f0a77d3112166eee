import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { packOf } from '@lumbung/core/casework'
import { createIdGenerator, Digest, isLumbungError } from '@lumbung/core/kernel'
import type { PopulationReport } from '@lumbung/core/people'
import {
  factDefinitionsOf,
  importInChunks,
  importParticipants,
  importPopulation,
  openVillage,
  VillageConfig,
} from '@lumbung/core/village'
import {
  type Finding,
  findingMessages,
  keepFacts,
  numberedRows,
  participantListOf,
  populationOf,
  programmeNamedBy,
  readPopulation,
  readProgramme,
  refusalMessages,
  refusedPlace,
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
  const { database, bytes, by, purpose } = task
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
  if (['Program', 'Peserta'].every((sheet) => reading.sheets.some(({ name }) => name === sheet)))
    return await takeParticipants(task, config)
  const { counts } = reading
  const leftOut: ImportFinding[] = []
  const report = (faults: readonly Finding[], came?: PopulationReport): ImportReport => ({
    ...(came === undefined
      ? {}
      : {
          came: {
            added: came.added.residents,
            changed: came.changed.residents,
            unchanged: came.unchanged.residents,
            households: counts.familyCards,
            hamlets: counts.hamlets,
          },
        }),
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
    const source = Digest.parse(createHash('sha256').update(bytes).digest('hex'))
    const session = village.as(by, purpose === undefined ? {} : { purpose })
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
      report: { ...report([]), faults: refused, faultCount: refused.length },
    })
  } finally {
    await storage.close()
  }
}

/** Takes the participants of a programme's workbook in: all of them, or nobody. */
async function takeParticipants(task: ImportTask, config: VillageConfig): Promise<void> {
  const { database, bytes, by, purpose } = task
  const reading = await readProgramme(bytes)
  const { warnings, counts } = reading
  const end = (faults: readonly ImportFinding[], came?: ImportReport['participants']) =>
    tell({
      kind: 'end',
      status: came === undefined ? 'refused' : 'done',
      report: {
        ...(came === undefined ? {} : { participants: came }),
        faults: faults.slice(0, shownMax),
        warnings: warnings.slice(0, shownMax),
        faultCount: Math.max(faults.length, counts.faults),
        warningCount: counts.warnings,
      },
    })
  const { list, faults } = participantListOf(reading)
  if (list === undefined) return end([...reading.faults, ...faults])
  const programmes = [...packOf(config).programmes.values()].map((each) => each.config)
  const named = reading.programme && programmeNamedBy(reading.programme, programmes)
  const programme = programmes.find(({ id }) => id === (task.programme ?? named))
  if (programme === undefined) {
    const ids = programmes.map(({ id }) => id).join(', ')
    const message = refusalMessages['casework/no-such-programme'] ?? {}
    return end([{ sheet: 'Program', column: 'Nama Program', message, expected: { id: ids, en: ids } }])
  }
  const storage = await openDatabase(database, config)
  try {
    tell({ kind: 'progress', status: 'writing', done: 0, total: list.participants.length })
    const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
    const ids = createIdGenerator({ clock: Date.now, random })
    const village = openVillage({ config, storage, clock: Date.now, ids, random })
    const source = Digest.parse(createHash('sha256').update(bytes).digest('hex'))
    const session = village.as(by, purpose === undefined ? {} : { purpose })
    const came = await session.perform(importParticipants, { ...list, programme: programme.id, source })
    if (came.refused.length > 0) return end(came.refused.map(({ key, code }) => refusedFinding(key, code)))
    end([], { programme: programme.id, added: came.added, unchanged: came.unchanged })
  } finally {
    await storage.close()
  }
}

/** A row that the register refuses, by the key that `populationOf` gave it. */
function refusedFinding(key: string, code: string): ImportFinding {
  return { ...refusedPlace(key, code), message: refusalMessages[code] ?? { id: code, en: code } }
}

/** What a file that cannot be read, or that others got in the way of, is told; undefined for any other fault. */
function wholeFinding(error: unknown): ImportFinding | undefined {
  if (!isLumbungError(error)) return undefined
  const { code, details } = error
  const message = refusalMessages[details['isOld'] === true ? 'opensid/old-workbook' : code]
  if (message === undefined) return undefined
  const found = [details['reason'], details['part']].filter((text) => typeof text === 'string').join(': ')
  return { message, ...(found === '' ? {} : { found }) }
}

try {
  await run(workerData as ImportTask)
} catch (error) {
  const fault = wholeFinding(error)
  if (fault === undefined) throw error
  tell({
    kind: 'end',
    status: 'refused',
    report: {
      ...(isLumbungError(error, 'village/import-overtaken') ? { isPartial: true } : {}),
      faults: [fault],
      warnings: [],
      faultCount: 1,
      warningCount: 0,
    },
  })
}
