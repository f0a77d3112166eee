import type { Html } from '../ui/index.ts'
import { At } from './at.tsx'
import { percent, pixel } from './scale.ts'

/** How one line of a trend is told apart without its colour: by its marker and its dashes. */
export interface LineStyle {
  readonly stroke: string
  readonly fill: string
  readonly text: string
  readonly marker: string
}

/** The looks of up to three lines: a dot, a square with a dashed line, a diamond. */
export const lineStyles: readonly LineStyle[] = [
  { stroke: 'sa', fill: 'fa', text: 'ta', marker: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0' },
  { stroke: 'sb dash', fill: 'fb', text: 'tb', marker: 'M-4.5-4.5h9v9h-9z' },
  { stroke: 'sc', fill: 'fc', text: 'tc', marker: 'M0-6 6 0 0 6-6 0z' },
]

/** A marker, drawn around a place that is a share of the width. */
export function Marker({ x, y, style }: { x: number; y: number; style: LineStyle }): Html {
  return (
    <At x={x} y={y}>
      <path class={`dot ${style.fill}`} d={style.marker} />
    </At>
  )
}

/** The interval of a point. */
export function VerticalWhisker({ x, high, low }: { x: number; high: number; low: number }): Html {
  return (
    <g class="whisker">
      <line x1={percent(x)} x2={percent(x)} y1={pixel(high)} y2={pixel(low)} />
      {[high, low].map((y) => (
        <At x={x} y={y}>
          <path d="M-5 0H5" />
        </At>
      ))}
    </g>
  )
}

/** Places for labels that would stand on one another: at least `gap` apart, none below `lowest`. */
export function spread(places: readonly number[], gap: number, lowest: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).toSorted((a, b) => a.place - b.place)
  const result = [...places]
  let last = Number.NEGATIVE_INFINITY
  for (const { place, index } of order) {
    last = Math.max(place, last + gap)
    result[index] = last
  }
  let next = lowest + gap
  for (const { index } of order.toReversed()) {
    next = Math.min(result[index] ?? lowest, next - gap)
    result[index] = next
  }
  return result
}
