import type { Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { At } from './at.tsx'
import { type ChartProps, Figure } from './figure.tsx'
import { NARROWEST_PX, percent, textWidthPx } from './scale.ts'

/** One line of a heat map, as a service. */
export interface HeatRow {
  readonly label: string
  /** One for each column; left out where it is not known. */
  readonly values: readonly (number | undefined)[]
}

/** What a heat map draws. */
export interface HeatMapProps extends ChartProps {
  /** As the hamlets. */
  readonly columns: readonly string[]
  readonly rows: readonly HeatRow[]
  /** What the rows are, as a heading for the numbers: `Layanan`. */
  readonly labelOfRows: string
  /** Writes a value. */
  readonly format: (value: number) => string
  /** The ends of the scale. Default: the least and the greatest value. */
  readonly scale?: { readonly low: number; readonly high: number }
}

const STEPS = 5
const LABEL_PX = 22
const CELL_PX = 34
const ROW_PX = LABEL_PX + CELL_PX + 6
const KEY_PX = 40
const GAP = 0.6

/**
 * Many numbers at once, darker where there is more: services by hamlets. Every cell carries its number.
 *
 * @example
 * ```ts
 * import { HeatMap, wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('en', { code: 'IDR', scale: 0 })
 * const rows = [{ label: 'Health post', values: [0.92, undefined] }]
 * const chart = HeatMap({
 *   words, title: 'Reach', columns: ['Mekar', 'Karya'], rows, labelOfRows: 'Service', format: words.percent,
 * })
 * String(chart).includes('92%') // => true
 * ```
 */
export function HeatMap(props: HeatMapProps): Html {
  const { words, columns, rows, labelOfRows, format } = props
  const known = rows.flatMap(({ values }) => values.filter((value) => value !== undefined))
  const low = props.scale?.low ?? Math.min(...known)
  const high = props.scale?.high ?? Math.max(...known)
  const width = 100 / Math.max(1, columns.length)
  const isSlanted = columns.some((label) => textWidthPx(label) > NARROWEST_PX / columns.length)
  const headPx = isSlanted ? 18 + Math.max(...columns.map(textWidthPx)) * 0.5 : 20
  const top = (index: number) => headPx + index * ROW_PX
  return (
    <Figure
      {...props}
      heightPx={headPx + rows.length * ROW_PX + KEY_PX}
      description={describe(words, props)}
      numbers={{
        columns: [labelOfRows, ...columns],
        rows: rows.map(({ label, values }) => [
          label,
          ...columns.map((_, index) => {
            const value = values[index]
            return value === undefined ? words.say('chart.missing') : format(value)
          }),
        ]),
      }}
    >
      {columns.map((label, index) => (
        <At x={index * width + (isSlanted ? 2 : width / 2)} y={headPx - 6}>
          <text
            class="quiet"
            transform={isSlanted ? 'rotate(-32)' : undefined}
            text-anchor={isSlanted ? undefined : 'middle'}
          >
            {label}
          </text>
        </At>
      ))}
      {rows.map(({ label, values }, row) => (
        <g>
          <text y={top(row) + 15}>{label}</text>
          {columns.map((_, column) => (
            <Cell
              x={column * width}
              y={top(row) + LABEL_PX}
              width={width - GAP}
              {...cellOf(values[column], low, high, format)}
            />
          ))}
        </g>
      ))}
      <Key y={top(rows.length) + 12} low={format(low)} high={format(high)} />
    </Figure>
  )
}

interface CellProps {
  readonly x: number
  readonly y: number
  readonly width: number
  /** From 1 to 5; 0 where nothing is known. */
  readonly step: number
  readonly text: string
}

function cellOf(value: number | undefined, low: number, high: number, format: (value: number) => string) {
  if (value === undefined) return { step: 0, text: '–' }
  const share = high > low ? (value - low) / (high - low) : 0.5
  return { step: Math.min(STEPS, Math.max(1, Math.floor(share * STEPS) + 1)), text: format(value) }
}

function Cell({ x, y, width, step, text }: CellProps): Html {
  return (
    <>
      <rect
        class={step === 0 ? 'none' : `heat${step}`}
        x={percent(x)}
        y={y}
        width={percent(width)}
        height={CELL_PX}
        rx={3}
      />
      <text
        class={step > 3 ? 'inside' : undefined}
        x={percent(x + width / 2)}
        y={y + CELL_PX / 2 + 5}
        text-anchor="middle"
      >
        {text}
      </text>
    </>
  )
}

function Key({ y, low, high }: { y: number; low: string; high: string }): Html {
  const swatch = 9
  return (
    <g>
      {[1, 2, 3, 4, 5].map((step, index) => (
        <rect
          class={`heat${step}`}
          x={percent(50 + (index - STEPS / 2) * swatch)}
          y={y}
          width={percent(swatch)}
          height={12}
        />
      ))}
      <text class="quiet" x={percent(50 - (STEPS / 2) * swatch)} dx={-6} y={y + 11} text-anchor="end">
        {low}
      </text>
      <text class="quiet" x={percent(50 + (STEPS / 2) * swatch)} dx={6} y={y + 11}>
        {high}
      </text>
    </g>
  )
}

function describe(words: Words, { columns, rows, format }: HeatMapProps): string {
  const cells = rows.flatMap(({ label, values }) =>
    columns.map((column, index) => ({ label: `${label}, ${column}`, value: values[index] })),
  )
  const known = cells.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]))
  const sorted = known.toSorted((a, b) => b.value - a.value)
  const [largest, smallest] = [sorted.at(0), sorted.at(-1)]
  if (!largest || !smallest) return words.say('chart.missing')
  const gaps = cells.length - known.length
  return [
    words.say('chart.largest', { label: largest.label, value: format(largest.value) }),
    words.say('chart.smallest', { label: smallest.label, value: format(smallest.value) }),
    ...(gaps > 0 ? [words.say('chart.gaps', { count: gaps })] : []),
  ].join(' ')
}
