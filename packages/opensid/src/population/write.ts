import { LumbungError } from '@lumbung/core/kernel'
import { type WrittenRow, writeWorkbook } from '../workbook/write.ts'
import { columns } from './columns.ts'
import type { PopulationRecord } from './record.ts'

/** One row is the header. */
const mostRows = 1_048_575

/**
 * Writes people as a population workbook of OpenSID: 43 columns, codes as numbers, dates year first, every cell
 * as text. What it wrote reads back equal in every field. The same people give the same bytes.
 *
 * @param options.sheet The name of the sheet. Default: `Penduduk`.
 * @throws `opensid/too-many-rows` if they do not fit on a sheet; details: `rows`, `limit`
 *
 * @example
 * ```ts
 * import { readPopulation, writePopulation } from '@lumbung/opensid'
 *
 * const siti = { hamlet: 'Timur', name: 'Siti', familyCardNumber: '9999010101110001', familyRole: 1, sex: 2 }
 * const { rows } = await readPopulation(writePopulation([siti]))
 * rows // => [{ ...siti, place: { sheet: 'Penduduk', row: 2 } }]
 * ```
 */
export function writePopulation(
  people: readonly PopulationRecord[],
  options: { readonly sheet?: string } = {},
): Uint8Array {
  if (people.length > mostRows) {
    throw new LumbungError('opensid/too-many-rows', 'The people do not fit on one sheet.', {
      details: { rows: people.length, limit: mostRows },
    })
  }
  return writeWorkbook([{ name: options.sheet ?? 'Penduduk', rows: writtenRows(people) }])
}

function* writtenRows(people: readonly PopulationRecord[]): Generator<WrittenRow> {
  yield columns.map(({ name }) => name)
  for (const person of people) {
    yield columns.map(({ field, kind }) => {
      const value = person[field]
      if (value !== undefined) return String(value)
      // The register wants these filled in: 0 stands for no number, and a dash for no RT or RW.
      if (field === 'identityNumber') return '0'
      return kind === 'unit' ? '-' : undefined
    })
  }
}
