import type { Column } from '@lumbung/core/storage'

/** A text constant in SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The checks that both databases write alike: closed sets, ranges, lengths. */
export function commonChecks(column: Column, quoted: string): string[] {
  const { values, maxLength, nonEmpty } = column
  // A floating-point number of a database may also be infinite or none; PostgreSQL takes none for the greatest.
  const greatest = column.type === 'real' ? Number.MAX_VALUE : undefined
  const { minimum = greatest && -greatest, maximum = greatest } = column
  return [
    ...(values === undefined ? [] : [`${quoted} in (${values.map(quoteText).join(', ')})`]),
    ...(minimum === undefined ? [] : [`${quoted} >= ${minimum}`]),
    ...(maximum === undefined ? [] : [`${quoted} <= ${maximum}`]),
    // A database counts code points, of which there are never more than the UTF-16 units that zod counts.
    ...(maxLength === undefined ? [] : [`length(${quoted}) <= ${maxLength}`]),
    ...(nonEmpty ? [`${quoted} <> ''`] : []),
  ]
}
