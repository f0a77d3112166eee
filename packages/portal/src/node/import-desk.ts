import { randomUUID } from 'node:crypto'
import type { Worker } from 'node:worker_threads'
import type { Actor } from '@lumbung/core/village'
import type { ImportDesk, ImportReport, ImportState } from '../server/options.ts'

/** What the worker is started with: the same database and config, and the bytes of the workbook. */
export interface ImportTask {
  readonly database: string
  readonly config: string
  readonly bytes: Uint8Array
  readonly by: Actor
  readonly purpose?: string
  readonly programme?: string
}

/** What the worker tells. */
export type ImportMessage =
  | {
      readonly kind: 'progress'
      readonly status: 'reading' | 'writing'
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'end'; readonly status: 'done' | 'refused'; readonly report: ImportReport }

/** Imports whose report can still be opened. */
const keptMax = 50

/**
 * Takes workbooks in a thread of its own each, one after the other, so that pages stay quick while a long one is
 * read.
 *
 * @param startWorker Starts the thread that does the work of a task.
 */
export function openImportDesk(
  task: Pick<ImportTask, 'database' | 'config'>,
  startWorker: (task: ImportTask) => Worker,
): ImportDesk {
  const states = new Map<string, ImportState>()
  const workers = new Set<Worker>()
  let last: Promise<void> = Promise.resolve()
  let isClosed = false

  const update = (id: string, change: Partial<ImportState>) => {
    const state = states.get(id)
    if (state !== undefined) states.set(id, { ...state, ...change })
  }

  const keys = new Map<string, string>()
  const run = (id: string, work: Pick<ImportTask, 'bytes' | 'by' | 'purpose' | 'programme'>): Promise<void> =>
    new Promise((resolve) => {
      if (isClosed) return resolve()
      const worker = startWorker({ ...task, ...work })
      workers.add(worker)
      worker.on('message', (message: ImportMessage) => {
        if (message.kind === 'progress') update(id, message)
        else update(id, { status: message.status, report: message.report })
      })
      worker.on('error', () => update(id, { status: 'failed' }))
      worker.on('exit', () => {
        workers.delete(worker)
        const state = states.get(id)
        if (state?.status === 'reading' || state?.status === 'writing') update(id, { status: 'failed' })
        resolve()
      })
    })

  return {
    start({ name, bytes, by, purpose, programme, key }) {
      // In memory, as the import itself: one that was killed is not known any more, and may be sent again.
      const known = key === undefined || key === '' ? undefined : keys.get(`${by.id} ${key}`)
      if (known !== undefined && states.has(known)) return known
      const id = randomUUID()
      if (key !== undefined && key !== '') keys.set(`${by.id} ${key}`, id)
      states.set(id, { id, fileName: name, status: 'reading', done: 0, total: 0 })
      for (const old of [...states.keys()].slice(0, -keptMax)) states.delete(old)
      for (const [old, of] of keys) if (!states.has(of)) keys.delete(old)
      const more = {
        ...(purpose === undefined ? {} : { purpose }),
        ...(programme === undefined ? {} : { programme }),
      }
      last = last.then(() => run(id, { bytes, by, ...more }))
      return id
    },
    stateOf: (id) => states.get(id),
    async close() {
      isClosed = true
      await Promise.all([...workers].map((worker) => worker.terminate()))
      await last
    },
  }
}
