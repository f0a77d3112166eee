import type { ToldFact } from './told-facts.ts'

const columns = ['unit', 'id', 'fact', 'value', 'from', 'to', 'source', 'degree'] as const

/** The list of facts as CSV. */
export function factsCsv(facts: readonly ToldFact[]): string {
  const rows = facts.map((fact) => columns.map((column) => cellOf(fact[column] ?? '')))
  return [columns, ...rows].map((row) => `${row.join(',')}\n`).join('')
}

function cellOf(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
