/** Rows as comma-separated values (RFC 4180), the first of them the heading. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map(cellOf).join(','))
  // By the mark at the beginning a spreadsheet tells that the text is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cellOf(text: string): string {
  // A spreadsheet would run a text that begins so as a formula.
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
