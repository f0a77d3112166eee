import type { Cell } from '../workbook/sheet.ts'
import { cleanEntry } from './clean.ts'

/** What a cell for a number of sixteen digits holds. */
export type DigitsReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'digits'; readonly digits: string; readonly isStoredAsNumber: boolean }
  | { readonly kind: 'rounded' }
  | { readonly kind: 'wrong-form' }

/**
 * The digits of an identity or family card number. Spaces, dots and dashes between them do not count; zeros
 * alone stand for none.
 *
 * Spreadsheet programs keep fifteen digits of a number. So one of sixteen that is stored as a number is taken
 * only if it is held exactly, and does not end in the 0 that rounding leaves behind.
 */
export function digitsOfCell(cell: Cell): DigitsReading {
  const text = cleanEntry(cell.text)
  if (cell.kind === 'number') return digitsOfNumber(text)
  const digits = text.replace(/[\s.\-\u2010-\u2015]/g, '')
  if (digits === '' || /^0+$/.test(digits)) return { kind: 'none' }
  if (!/^\d{16}$/.test(digits)) return { kind: 'wrong-form' }
  return { kind: 'digits', digits, isStoredAsNumber: false }
}

function digitsOfNumber(text: string): DigitsReading {
  const value = Number(text)
  if (value === 0) return { kind: 'none' }
  if (!Number.isFinite(value) || value < 1e15) return { kind: 'wrong-form' }
  const isExact = /^\d{16}$/.test(text) && Number.isSafeInteger(value) && !text.endsWith('0')
  return isExact ? { kind: 'digits', digits: text, isStoredAsNumber: true } : { kind: 'rounded' }
}
