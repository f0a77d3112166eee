import { HTTPException } from 'hono/http-exception'

/**
 * Refuses what no database can hold in any text that a request brought: U+0000, and halves of a character. Every
 * use case would refuse it in its own way, a search even as a fault of its own.
 */
export function requireStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw new HTTPException(400)
  } else if (Array.isArray(value)) {
    for (const part of value) requireStorable(part)
  } else if (typeof value === 'object' && value !== null && !(value instanceof Blob)) {
    for (const part of Object.values(value)) requireStorable(part)
  }
}
