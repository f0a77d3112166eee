import type { Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { type ChartProps, Figure } from './figure.tsx'
import { percent, roomFor } from './scale.ts'

/** One bar: how much of something there is. */
export interface Bar {
  readonly label: string
  /** From zero up; left out where it is not known. */
  readonly value?: number
  /** Where the true value may lie, as of an estimate from a sample. */
  readonly interval?: { readonly low: number; readonly high: number }
}

/** What a bar chart draws. */
export interface BarChartProps extends ChartProps {
  /** In the order in which they are drawn. */
  readonly bars: readonly Bar[]
  /** What the bars are, as a heading for the numbers: `Dusun`. */
  readonly labelOfBars: string
  /** What is counted, as a heading for the numbers: `Keluarga`. */
  readonly labelOfValues: string
  /** Writes a value. Default: a whole number. */
  readonly format?: (value: number) => string
}

const ROW_PX = 48
const LABEL_PX = 17
const BAR_PX = 18

/**
 * Bars that lie, from zero, each under its label and with its value at the end.
 *
 * @example
 * ```ts
 * import { BarChart, wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('en', { code: 'IDR', scale: 0 })
 * const bars = [{ label: 'Mekar', value: 262 }, { label: 'Karya' }]
 * const chart = BarChart({ words, title: 'Households', bars, labelOfBars: 'Hamlet', labelOfValues: 'Households' })
 * String(chart).includes('no data') // => true
 * ```
 */
export function BarChart(props: BarChartProps): Html {
  const { words, bars, labelOfBars, labelOfValues } = props
  const format = props.format ?? ((value: number) => words.number(value))
  const hasIntervals = bars.some(({ interval }) => interval)
  const highest = Math.max(...bars.flatMap(({ value = 0, interval }) => [value, interval?.high ?? 0])) || 1
  const room = roomFor(bars.map(({ value }) => (value === undefined ? '' : format(value)))) + 3
  const share = (value: number) => (value / highest) * (100 - room)
  return (
    <Figure
      {...props}
      heightPx={bars.length * ROW_PX - 6}
      description={describe(words, bars, format)}
      numbers={{
        columns: [labelOfBars, labelOfValues, ...(hasIntervals ? [words.say('chart.interval')] : [])],
        rows: bars.map(({ label, value, interval }) => [
          label,
          value === undefined ? words.say('chart.missing') : format(value),
          ...(hasIntervals ? [rangeText(words, interval, format)] : []),
        ]),
      }}
    >
      {bars.map(({ label, value, interval }, index) => {
        const top = index * ROW_PX
        const y = top + LABEL_PX + 4
        const middle = y + BAR_PX / 2
        return (
          <g>
            <text y={top + LABEL_PX - 3}>{label}</text>
            <line class="axis" y1={y - 2} y2={y + BAR_PX + 2} />
            {value === undefined ? (
              <>
                <rect class="none" x="0.5" y={y + 0.5} width="60%" height={BAR_PX - 1} />
                <text class="quiet" x={8} y={middle + 5}>
                  {words.say('chart.missing')}
                </text>
              </>
            ) : (
              <>
                <rect class="fc" y={y} width={percent(share(value))} height={BAR_PX} />
                {interval && (
                  <Whisker low={share(interval.low)} high={share(interval.high)} middle={middle} />
                )}
                <text
                  class="strong"
                  x={percent(share(Math.max(value, interval?.high ?? 0)))}
                  dx={7}
                  y={middle + 5}
                >
                  {format(value)}
                </text>
              </>
            )}
          </g>
        )
      })}
    </Figure>
  )
}

/** A range in words. */
export function rangeText(
  words: Words,
  range: { readonly low: number; readonly high: number } | undefined,
  format: (value: number) => string,
): string {
  if (!range) return words.say('chart.missing')
  return words.say('chart.from', { low: format(range.low), high: format(range.high) })
}

function Whisker({ low, high, middle }: { low: number; high: number; middle: number }): Html {
  return (
    <g class="whisker">
      <line class="whisker-halo" x1={percent(low)} x2={percent(high)} y1={middle} y2={middle} />
      <line x1={percent(low)} x2={percent(high)} y1={middle} y2={middle} />
      {[low, high].map((end) => (
        <line x1={percent(end)} x2={percent(end)} y1={middle - 5} y2={middle + 5} />
      ))}
    </g>
  )
}

function describe(words: Words, bars: readonly Bar[], format: (value: number) => string): string {
  const known = bars.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]))
  const sorted = known.toSorted((a, b) => b.value - a.value)
  const [largest, smallest] = [sorted.at(0), sorted.at(-1)]
  if (!largest || !smallest) return words.say('chart.missing')
  const gaps = bars.length - known.length
  return [
    words.say('chart.largest', { label: largest.label, value: format(largest.value) }),
    words.say('chart.smallest', { label: smallest.label, value: format(smallest.value) }),
    ...(gaps > 0 ? [words.say('chart.gaps', { count: gaps })] : []),
  ].join(' ')
}
