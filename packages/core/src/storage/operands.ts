import { CivilDate, Instant, LumbungError, normalizeText } from '../kernel/index.ts'
import type { FieldColumn } from './column.ts'
import type { StorageValue } from './table.ts'

/**
 * What a condition or a cursor compares a column with, as a cell. Only what the column could hold is let through:
 * of anything else each database would make something different.
 *
 * @throws LumbungError `storage/wrong-type`, `storage/invalid-record`, `text/invalid`.
 */
export function operandOf(column: FieldColumn, value: unknown): StorageValue {
  if (value === undefined) throw wrong(column, value)
  if (value === null) return null
  switch (column.type) {
    case 'integer':
      if (!Number.isSafeInteger(value)) throw wrong(column, value)
      break
    case 'real':
      if (!Number.isFinite(value)) throw wrong(column, value)
      break
    case 'date':
      if (!CivilDate.safeParse(value).success) throw wrong(column, value)
      break
    case 'instant':
      if (!Instant.safeParse(value).success) throw wrong(column, value)
      break
    case 'text':
    case 'enum':
      return textOf(value)
  }
  return column.encode(value)
}

/**
 * A text to compare with, in normal form.
 *
 * @throws LumbungError `storage/wrong-type`, `text/invalid`.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return normalizeText(value)
  throw new LumbungError('storage/wrong-type', `Expected string, got ${typeof value}.`, {
    details: { expected: 'string', actual: typeof value },
  })
}

function wrong({ type }: FieldColumn, value: unknown): LumbungError {
  return new LumbungError(
    'storage/wrong-type',
    `A column of type ${type} cannot hold this ${typeof value}.`,
    {
      details: { expected: type, actual: typeof value },
    },
  )
}
