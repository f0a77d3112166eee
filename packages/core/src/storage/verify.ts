import { isLumbungError } from '../kernel/index.ts'
import { blobs, isIntact } from './blob.ts'
import { type AnyCollection, recordOf } from './collection.ts'
import type { IntegrityFault, RowTransaction } from './driver.ts'
import { rowBatches } from './pages.ts'
import type { StorageSchema } from './schema.ts'
import { villageOrder } from './selection.ts'
import { streamHeads } from './stream.ts'
import type { Row, Table } from './table.ts'
import type { Report, VerifyFault } from './verify-fault.ts'
import { type NotedHead, verifyStreams } from './verify-streams.ts'
import { withoutVersion } from './without-version.ts'

/** What a verification looked at and what it found. */
export interface VerifyReport {
  /** Records and blobs. */
  readonly records: number
  readonly events: number
  /** At most the first 100; `faultCount` tells how many there were. */
  readonly faults: readonly VerifyFault[]
  readonly faultCount: number
}

const faultsKept = 100

/** Checks every record against its schema, every blob against its hash, and every stream. */
export async function verifyRows(
  rows: RowTransaction,
  schema: StorageSchema,
  integrity: readonly IntegrityFault[],
  notedHeads: readonly NotedHead[],
): Promise<VerifyReport> {
  const faults: VerifyFault[] = integrity.slice(0, faultsKept)
  let faultCount = integrity.length
  const report: Report = (fault) => {
    faultCount += 1
    if (faults.length < faultsKept) faults.push(fault)
  }
  const missing = new Set(
    integrity.flatMap(({ code, table }) => (code === 'structure-missing' ? [table] : [])),
  )
  const isThere = ({ table }: { readonly table: Table }) => !missing.has(table.name)
  let records = 0
  for (const collection of [blobs, ...schema.collections].filter(isThere)) {
    const faultOf = collection === blobs ? blobFault : (row: Row) => recordFault(collection, row)
    records += await readable(collection.table, report, () =>
      verifyRecords(rows, collection, faultOf, report),
    )
  }
  if (!isThere(streamHeads)) return { records, events: 0, faults, faultCount }
  const streams = schema.streams.filter(isThere)
  const events = await readable(streamHeads.table, report, () =>
    verifyStreams(rows, { ...schema, streams }, notedHeads, report),
  )
  return { records, events, faults, faultCount }
}

/** What can be read of a table: a part of the file that is broken is a fault of it, and ends its reading. */
async function readable(table: Table, report: Report, read: () => Promise<number>): Promise<number> {
  try {
    return await read()
  } catch (error) {
    if (!isLumbungError(error, 'storage/damaged')) throw error
    report({ code: 'damaged', message: 'It cannot be read to its end.', table: table.name })
    return 0
  }
}

async function verifyRecords(
  rows: RowTransaction,
  collection: AnyCollection,
  faultOf: (row: Row) => IntegrityFault | undefined,
  report: Report,
): Promise<number> {
  const { table } = collection
  const fields: readonly string[] = collection.key
  let count = 0
  for await (const batch of rowBatches(rows, table, { conditions: [], order: villageOrder(table) })) {
    for (const row of batch) {
      count += 1
      const fault = faultOf(row)
      if (fault === undefined) continue
      const key = row.slice(1).filter((_, index) => fields.includes(collection.columns[index]?.field ?? ''))
      report({ ...fault, table: table.name, villageId: String(row[0]), key })
    }
  }
  return count
}

/** Field names and rules only: a report must not carry the values of people. */
function recordFault(collection: AnyCollection, row: Row): IntegrityFault | undefined {
  const code = 'invalid-record'
  try {
    const parsed = collection.schema.safeParse(withoutVersion(recordOf(collection, row)))
    if (parsed.success) return undefined
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`)
    return { code, message: issues.join(', ') }
  } catch {
    return { code, message: 'it cannot be read.' }
  }
}

function blobFault(row: Row): IntegrityFault | undefined {
  const invalid = recordFault(blobs, row)
  if (invalid !== undefined || isIntact(recordOf(blobs, row))) return invalid
  return { code: 'altered', message: 'The bytes are not those of their hash.' }
}
