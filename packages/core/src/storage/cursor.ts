import { LumbungError } from '../kernel/index.ts'
import { base64Of, bytesOfBase64 } from './base64.ts'
import type { AnyCollection } from './collection.ts'
import type { FieldColumn } from './column.ts'
import { operandOf } from './operands.ts'
import { type OrderTerm, positionOf } from './selection.ts'
import type { Row } from './table.ts'

/** A position as text for the next page; it is bound to the collection and the order. */
export function cursorOf(collection: AnyCollection, order: readonly OrderTerm[], row: Row): string {
  const cells = positionOf(collection.table, order, row).map((value) =>
    typeof value === 'bigint' ? { int: value.toString() } : value,
  )
  return toBase64Url(JSON.stringify([orderName(collection, order), ...cells]))
}

/**
 * The position that {@link cursorOf} wrote, or that of a record. A cursor comes back through an address, so nothing in it is trusted.
 *
 * @throws LumbungError `storage/invalid-cursor`.
 */
export function parseCursor(
  collection: AnyCollection,
  order: readonly OrderTerm[],
  cursor: string | Readonly<Record<string, unknown>>,
): Row {
  const invalid = (cause?: unknown) =>
    new LumbungError('storage/invalid-cursor', 'This is not a page of this query.', {
      details: { collection: collection.name },
      cause,
    })
  if (typeof cursor === 'object') {
    // The order of a query names fields of its collection.
    return order.map(({ column }) => operandOf(column as FieldColumn, cursor[column.field] ?? null))
  }
  try {
    const parsed: unknown = JSON.parse(fromBase64Url(cursor))
    if (!Array.isArray(parsed) || parsed.length !== order.length + 1) throw invalid()
    if (parsed[0] !== orderName(collection, order)) throw invalid()
    return order.map(({ column }, index) => {
      const value = cellOfPart(parsed[index + 1])
      if (value === null && !column.nullable) throw invalid()
      // The order of a query names fields of its collection.
      return operandOf(column as FieldColumn, value)
    })
  } catch (cause) {
    throw invalid(cause)
  }
}

/** A part of a cursor; what JSON has no number for stands in an object of its own. */
function cellOfPart(part: unknown): unknown {
  if (part === null || typeof part !== 'object' || !('int' in part)) return part
  if (typeof part.int === 'string' && /^-?\d{1,19}$/.test(part.int)) return BigInt(part.int)
  return undefined
}

function orderName(collection: AnyCollection, order: readonly OrderTerm[]): string {
  const terms = order.map(({ column, descending }) => `${descending ? '-' : ''}${column.field}`)
  return `${collection.name}:${terms.join(',')}`
}

function toBase64Url(text: string): string {
  const base64 = base64Of(new TextEncoder().encode(text))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): string {
  const bytes = bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
