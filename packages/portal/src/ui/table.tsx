import type { Child, Html } from './html.ts'

/** A column of a table over records of one kind. */
export interface Column<Row> {
  /** Its heading; empty for a column of links, which then need no heading on a card either. */
  readonly label: string
  readonly cell: (row: Row) => Child
  /** Set to the right, digits under digits. */
  readonly isNumber?: boolean
}

interface TableProps<Row> {
  readonly caption: string
  /** Where the page's heading says the same, the caption is left to screen readers. */
  readonly hideCaption?: boolean
  /** The first column names the row, and heads its card on a phone. */
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** Records of one kind, one a line; on a phone, one a card. */
export function Table<Row>({ caption, hideCaption = false, columns, rows }: TableProps<Row>): Html {
  const [first, ...others] = columns
  return (
    <div class="cards">
      <table>
        <caption class={hideCaption ? 'hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ label, isNumber }) =>
              label === '' ? (
                <td />
              ) : (
                <th scope="col" class={isNumber ? 'num' : undefined}>
                  {label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{first?.cell(row)}</th>
              {others.map((column) => (
                <td class={classOf(column)} data-label={column.label === '' ? undefined : column.label}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function classOf<Row>({ label, isNumber }: Column<Row>): string | undefined {
  if (label === '') return 'bare'
  return isNumber ? 'num' : undefined
}
