import { type Child, Details, type Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'

/** What every chart is told, whatever it draws. */
export interface ChartProps {
  readonly words: Words
  /** What is drawn, as a heading: `Penduduk menurut umur`. */
  readonly title: string
  /** What it shows, in one sentence under the heading. */
  readonly says?: string
  /** Where the numbers come from, and of when they are. */
  readonly source?: string
}

interface FigureProps extends ChartProps {
  /** What a reader who does not see the picture hears after its title. */
  readonly description: string
  readonly heightPx: number
  readonly numbers: NumbersTable
  /** What stands between the picture and its numbers, as a key. */
  readonly below?: Child
  readonly children: Child
}

/** The numbers behind a picture; the first cell of a row names it. */
export interface NumbersTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * The frame of every chart. Its picture is as wide as its place and has no view box: places and lengths are
 * shares of the width, text and heights are pixels, so that text is as large on a phone as on paper.
 */
export function Figure(props: FigureProps): Html {
  const { words, title, says, source, description, heightPx, numbers, below, children } = props
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {says !== undefined && <p class="says">{says}</p>}
      <svg role="img" height={heightPx} width="100%">
        <title>{title}</title>
        <desc>{description}</desc>
        {children}
      </svg>
      {below}
      {source !== undefined && <p class="source">{source}</p>}
      <Details summary={words.say('chart.numbers')}>
        <Numbers title={title} {...numbers} />
      </Details>
    </figure>
  )
}

/** A wider table becomes cards on a phone. */
const COLUMNS_ON_A_PHONE = 4

function Numbers({ title, columns, rows }: NumbersTable & { readonly title: string }): Html {
  const label = columns.length > COLUMNS_ON_A_PHONE ? (index: number) => columns[index + 1] : () => undefined
  return (
    <div class={columns.length > COLUMNS_ON_A_PHONE ? 'numbers cards' : 'numbers'}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th scope="col" class={index > 0 ? 'num' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...others]) => (
            <tr>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td class="num" data-label={label(index)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
