import { LumbungError } from '@lumbung/core/kernel'

/**
 * What a workbook may not exceed. It is from outside, so each figure is checked before what it bounds is done.
 * The defaults leave room for more than ten times the largest village.
 */
export interface WorkbookLimits {
  /** The file as it is. Default: 64 MiB. */
  readonly fileBytes: number
  /** The parts of the archive, each a small file. Default: 2,000. */
  readonly entries: number
  /** All parts together once inflated. Default: 512 MiB; a sheet of 100,000 rows has about 150. */
  readonly inflatedBytes: number
  /** How many times larger a part above one MiB may become. Default: 200; sheets stay below 40, bombs reach 1,000. */
  readonly inflationRatio: number
  /** Rows that hold anything, over all sheets. Default: 300,000. */
  readonly rows: number
  /** Columns up to the last cell that holds anything. Default: 256. */
  readonly columns: number
  /** Default: 200. */
  readonly sheets: number
  /** Characters of a cell. Default: 32,767, the most that spreadsheet programs allow. */
  readonly cellCharacters: number
  /** Findings of a kind that are listed; further ones are only counted. Default: 200,000. */
  readonly findings: number
}

export const defaultLimits: WorkbookLimits = {
  fileBytes: 64 * 2 ** 20,
  entries: 2_000,
  inflatedBytes: 512 * 2 ** 20,
  inflationRatio: 200,
  rows: 300_000,
  columns: 256,
  sheets: 200,
  cellCharacters: 32_767,
  findings: 200_000,
}

/** Refuses what is larger than its limit. */
export function requireWithin(
  limits: WorkbookLimits,
  what: keyof WorkbookLimits,
  found: number,
  part?: string,
): void {
  if (found <= limits[what]) return
  throw new LumbungError('opensid/too-large', `The workbook exceeds the limit of ${what}.`, {
    details: { what, limit: limits[what], found, ...(part !== undefined && { part }) },
  })
}

/** The error for a file that is no workbook, or a damaged one. */
export function notAWorkbook(
  reason: string,
  details: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
) {
  return new LumbungError('opensid/not-a-workbook', 'The file is not a readable .xlsx or .xlsm workbook.', {
    details: { reason, ...details },
    cause,
  })
}

/** The error for an archive that no spreadsheet program writes: made to deceive or to overload. */
export function unsafeArchive(reason: string, details: Readonly<Record<string, unknown>> = {}) {
  return new LumbungError('opensid/unsafe-archive', 'The archive is made in a way that is refused.', {
    details: { reason, ...details },
  })
}
