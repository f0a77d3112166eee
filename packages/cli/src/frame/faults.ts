import { isLumbungError, LumbungError, textIn } from '@lumbung/core/kernel'
import { refusalMessages } from '@lumbung/opensid'
import { isMessageKey, type Locale, type MessageKey, type Say } from '../words/catalogue.ts'

/** Where in an input something is wrong; line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number | string
}

/** Something that is wrong, as it is told on one line. */
export interface Fault {
  readonly place?: Place | undefined
  readonly code: string
  readonly message: string
}

/** A command line that cannot be understood: exit code 2. */
export class UsageError extends LumbungError {}

/** Input that was judged and found wrong in several places: a line for each, exit code 1. */
export class FaultsError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(`${faults.length} faults`)
    this.faults = faults
  }
}

/** `file:line:column: code: message`, or without a place the name of the command before it. */
export function faultLine({ place, code, message }: Fault): string {
  const where = place === undefined ? 'lumbung' : `${place.file}:${place.line}:${place.column}`
  return plainLine(`${where}: ${code}: ${message}`)
}

/** Text on one line without anything that a terminal would take for a command. */
export function plainLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/\p{Cc}/gu, '\u{fffd}')
}

/** What is told of anything that was thrown. */
export function faultsOf(error: unknown, say: Say, locale: Locale): readonly Fault[] {
  if (error instanceof FaultsError) return error.faults
  if (isLumbungError(error)) {
    // Where a file is at fault, its name helps more than that the storage failed.
    if (isFileError(error.cause)) return [fileFault(error.cause, say)]
    if (error.code === 'portal/port-taken')
      return [
        { code: 'port-taken', message: say('error.port-taken', { port: String(error.details['port']) }) },
      ]
    const told = refusalMessages[error.details['isOld'] === true ? 'opensid/old-workbook' : error.code]
    if (error.code.startsWith('opensid/') && told !== undefined) {
      const { reason, part } = error.details
      const why = [reason, part].filter((text) => typeof text === 'string').join(': ')
      const message = textIn(told, locale, ['id'])
      return [{ code: error.code, message: why === '' ? message : `${message} (${why})` }]
    }
    const key = `error.${error.code}`
    const isOurs = error.code.includes('/') && isMessageKey(key)
    // Codes of the packages have sentences without values; other codes bring their own text.
    const message = isOurs ? (say as (key: MessageKey) => string)(key) : error.message
    return [{ code: error.code, message }, ...innerFaults(error)]
  }
  if (isFileError(error)) return [fileFault(error, say)]
  const message = error instanceof Error ? error.message : String(error)
  return [{ code: 'internal', message: say('error.internal', { message }) }]
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && 'syscall' in error && 'path' in error
}

/** What a failed verification found, so that nobody has to guess which record it was. */
function innerFaults({ details }: LumbungError): Fault[] {
  const inner = details['faults']
  if (!Array.isArray(inner)) return []
  return inner.map((fault: unknown) => {
    if (typeof fault === 'string') return { code: 'difference', message: fault }
    const { code, message } = Object(fault)
    return { code: String(code), message: String(message) }
  })
}

const fileCodes: Readonly<Record<string, 'no-such-file' | 'not-permitted' | 'is-a-directory'>> = {
  ENOENT: 'no-such-file',
  ENOTDIR: 'no-such-file',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EISDIR: 'is-a-directory',
}

function fileFault(error: Error, say: Say): Fault {
  const details: Readonly<Record<string, unknown>> = Object(error)
  const reason = String(details['code'])
  const path =
    typeof details['path'] === 'string' ? details['path'].replace(/(?:\.[\w-]+)?\.partial$/, '') : ''
  if (reason === 'ENOSPC') return { code: 'disk-full', message: say('error.disk-full') }
  const code = fileCodes[reason]
  if (code !== undefined) return { code, message: say(`error.${code}`, { path }) }
  return { code: 'file-failed', message: say('error.file-failed', { path, reason }) }
}
