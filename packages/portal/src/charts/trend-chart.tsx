import type { Html } from '../ui/index.ts'
import { rangeText } from './bar-chart.tsx'
import { type ChartProps, Figure } from './figure.tsx'
import { NARROWEST_PX, percent, pixel, roomFor, textWidthPx, ticksAround } from './scale.ts'
import { BOTTOM_PX, TargetBand, TOP_PX } from './target-band.tsx'
import { type LineStyle, lineStyles, Marker, spread, VerticalWhisker } from './trend-marks.tsx'

/** The value of one period. */
export interface TrendPoint {
  /** Left out where it is not known: the line has a gap there. */
  readonly value?: number
  /** Where the true value may lie. */
  readonly interval?: { readonly low: number; readonly high: number }
}

/** One line. */
export interface TrendSeries {
  readonly name: string
  /** One for each period. */
  readonly points: readonly TrendPoint[]
}

/** What a trend draws. */
export interface TrendChartProps extends ChartProps {
  /** The oldest first, in a short form: `2023`, `Jan`. */
  readonly periods: readonly string[]
  /** At most three. */
  readonly series: readonly TrendSeries[]
  /** What is aimed at: a band, or with one end everything beyond it. */
  readonly target?: { readonly low?: number; readonly high?: number }
  /** Writes a value. */
  readonly format: (value: number) => string
  /** Whether the axis begins at zero. Default: no, a line shows change and not size. */
  readonly fromZero?: boolean
}

const HEIGHT_PX = 250
/** Where the last period stands, in percent of the width. */
const LAST = 91
/** What the names of several lines may take of the width. */
const NAMES_MAX = 42
const NAME_GAP_PX = 36

/**
 * How something moves over time, against what is aimed at. A missing value is a gap under a question mark.
 *
 * @example
 * ```ts
 * import { TrendChart, wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('id', { code: 'IDR', scale: 0 })
 * const series = [{ name: 'Balita ditimbang', points: [{ value: 0.81 }, {}, { value: 0.92 }] }]
 * const chart = TrendChart({
 *   words, title: 'Posyandu', periods: ['2024', '2025', '2026'], series, target: { low: 0.9 }, format: words.percent,
 * })
 * String(chart).includes('Sasaran paling sedikit 90%') // => true
 * ```
 */
export function TrendChart(props: TrendChartProps): Html {
  const { words, periods, series, target, format } = props
  const ticks = ticksOf(props)
  const [lowest = 0, highest = 1] = [ticks.at(0), ticks.at(-1)]
  const y = (value: number) => BOTTOM_PX - ((value - lowest) / (highest - lowest || 1)) * (BOTTOM_PX - TOP_PX)
  const first = (Math.max(...ticks.map((tick) => textWidthPx(format(tick)))) / NARROWEST_PX) * 100 + 5
  const last = series.length > 1 ? 96 - Math.min(NAMES_MAX, roomFor(series.map(({ name }) => name))) : LAST
  const x = (index: number) =>
    periods.length > 1 ? first + (index * (last - first)) / (periods.length - 1) : (first + last) / 2
  const gaps = series.flatMap(({ points }) =>
    periods.filter((_, index) => points[index]?.value === undefined),
  )
  const places = { x, y, lastIndex: periods.length - 1 }
  return (
    <Figure
      {...props}
      heightPx={HEIGHT_PX}
      description={describe(props, gaps.length)}
      numbers={numbersOf(props)}
      below={gaps.length > 0 && <p class="source">{words.say('chart.gaps', { count: gaps.length })}</p>}
    >
      {target && <TargetBand words={words} target={target} format={format} y={y} />}
      {ticks.map((tick) => (
        <g>
          <line class="grid" x2="100%" y1={pixel(y(tick))} y2={pixel(y(tick))} />
          <text class="quiet halo" y={pixel(y(tick) - 4)}>
            {format(tick)}
          </text>
        </g>
      ))}
      <line class="axis" x2="100%" y1={BOTTOM_PX} y2={BOTTOM_PX} />
      <PeriodLabels periods={periods} x={x} />
      {series.length === 1 && <Gaps points={series[0]?.points ?? []} periods={periods} x={x} />}
      {series.map(({ points }, index) => (
        <Line points={points} style={styleOf(index)} {...places} />
      ))}
      <ValueLabels {...props} {...places} />
    </Figure>
  )
}

type Places = {
  readonly x: (index: number) => number
  readonly y: (value: number) => number
  readonly lastIndex: number
}

function styleOf(index: number): LineStyle {
  const [fallback] = lineStyles
  const style = lineStyles[index % lineStyles.length] ?? fallback
  if (!style) throw new RangeError('there is no style for a line')
  return style
}

function ticksOf({ series, target, fromZero = false }: TrendChartProps): readonly number[] {
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ value, interval }) => [value, interval?.low, interval?.high]),
  )
  const all = [...values, target?.low, target?.high, fromZero ? 0 : undefined].filter(
    (value) => value !== undefined,
  )
  return all.length > 0 ? ticksAround(Math.min(...all), Math.max(...all), 4) : [0, 1]
}

function PeriodLabels({ periods, x }: { periods: readonly string[]; x: (index: number) => number }): Html {
  const widest = Math.max(...periods.map(textWidthPx)) + 8
  const every = Math.max(
    1,
    Math.ceil((periods.length * widest) / (NARROWEST_PX * ((x(periods.length - 1) - x(0)) / 100 + 0.12))),
  )
  return (
    <>
      {periods.map((period, index) =>
        (periods.length - 1 - index) % every === 0 ? (
          <text class="quiet" x={percent(x(index))} y={BOTTOM_PX + 22} text-anchor="middle">
            {period}
          </text>
        ) : (
          <line
            class="axis"
            x1={percent(x(index))}
            x2={percent(x(index))}
            y1={BOTTOM_PX}
            y2={BOTTOM_PX + 5}
          />
        ),
      )}
    </>
  )
}

interface GapsProps {
  readonly points: readonly TrendPoint[]
  readonly periods: readonly string[]
  readonly x: (index: number) => number
}

function Gaps({ points, periods, x }: GapsProps): Html {
  return (
    <>
      {periods.map(
        (_, index) =>
          points[index]?.value === undefined && (
            <g>
              <line
                class="none"
                x1={percent(x(index))}
                x2={percent(x(index))}
                y1={TOP_PX}
                y2={BOTTOM_PX - 22}
              />
              <text class="quiet strong" x={percent(x(index))} y={BOTTOM_PX - 7} text-anchor="middle">
                ?
              </text>
            </g>
          ),
      )}
    </>
  )
}

function Line({ points, style, x, y }: Places & { points: readonly TrendPoint[]; style: LineStyle }): Html {
  return (
    <g>
      {points.map(({ interval }, index) =>
        interval ? <VerticalWhisker x={x(index)} high={y(interval.high)} low={y(interval.low)} /> : null,
      )}
      {points.map(({ value }, index) => {
        const next = points[index + 1]?.value
        if (value === undefined || next === undefined) return null
        return (
          <line
            class={`line ${style.stroke}`}
            x1={percent(x(index))}
            x2={percent(x(index + 1))}
            y1={pixel(y(value))}
            y2={pixel(y(next))}
          />
        )
      })}
      {points.map(({ value }, index) =>
        value === undefined ? null : <Marker x={x(index)} y={y(value)} style={style} />,
      )}
    </g>
  )
}

/** Every value of a single short line; of several lines, the name and the last value of each. */
function ValueLabels({ series, format, x, y, lastIndex }: TrendChartProps & Places): Html {
  const [only] = series
  if (series.length === 1 && only) {
    const all = only.points.map(({ value = 0 }) => format(value))
    const hasRoom = Math.max(...all.map(textWidthPx)) * all.length < NARROWEST_PX * 0.85
    return (
      <>
        {only.points.map(({ value, interval }, index) =>
          value !== undefined && (hasRoom || index === 0 || index === lastIndex) ? (
            <text
              class="strong halo"
              x={percent(x(index))}
              y={pixel(y(Math.max(value, interval?.high ?? value)) - 11)}
              text-anchor="middle"
            >
              {format(value)}
            </text>
          ) : null,
        )}
      </>
    )
  }
  const ends = series.map(({ name, points }, index) => ({ name, value: points.at(-1)?.value, index }))
  const known = ends.flatMap(({ name, value, index }) =>
    value === undefined ? [] : [{ name, value, index }],
  )
  const places = spread(
    known.map(({ value }) => y(value)),
    NAME_GAP_PX,
    BOTTOM_PX - NAME_GAP_PX / 2,
  )
  return (
    <>
      {known.map(({ name, value, index }, place) => (
        <g class={styleOf(index).text}>
          <text class="halo" x={percent(x(lastIndex))} dx={12} y={pixel((places[place] ?? 0) - 2)}>
            {name}
          </text>
          <text class="halo strong" x={percent(x(lastIndex))} dx={12} y={pixel((places[place] ?? 0) + 15)}>
            {format(value)}
          </text>
        </g>
      ))}
    </>
  )
}

function describe({ words, periods, series, format }: TrendChartProps, gapCount: number): string {
  const lines = series.map(({ name, points }) => {
    const known = points.flatMap(({ value }, index) => (value === undefined ? [] : [{ value, index }]))
    const [first, last] = [known.at(0), known.at(-1)]
    if (!first || !last) return `${name}: ${words.say('chart.missing')}.`
    return words.say('chart.fromTo', {
      name,
      first: format(first.value),
      from: periods[first.index] ?? '',
      last: format(last.value),
      to: periods[last.index] ?? '',
    })
  })
  return [...lines, ...(gapCount > 0 ? [words.say('chart.gaps', { count: gapCount })] : [])].join(' ')
}

function numbersOf({ words, periods, series, format }: TrendChartProps) {
  const hasInterval = (points: readonly TrendPoint[]) => points.some(({ interval }) => interval)
  const interval = words.say('chart.interval')
  return {
    columns: [
      words.say('chart.period'),
      ...series.flatMap(({ name, points }) => (hasInterval(points) ? [name, interval] : [name])),
    ],
    rows: periods.map((period, index) => [
      period,
      ...series.flatMap(({ points }) => {
        const { value, interval } = points[index] ?? {}
        const text = value === undefined ? words.say('chart.missing') : format(value)
        return hasInterval(points) ? [text, rangeText(words, interval, format)] : [text]
      }),
    ]),
  }
}
