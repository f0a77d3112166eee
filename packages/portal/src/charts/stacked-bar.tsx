import type { Html } from '../ui/index.ts'
import { type ChartProps, Figure } from './figure.tsx'
import { NARROWEST_PX, percent, textWidthPx } from './scale.ts'

/** A part of a whole. */
export interface Part {
  readonly label: string
  /** From zero up. */
  readonly value: number
}

/** What a stacked bar draws. */
export interface StackedBarProps extends ChartProps {
  /** At most six, in the order in which they are drawn. */
  readonly parts: readonly Part[]
  /** What the parts are, as a heading for the numbers: `Pekerjaan`. */
  readonly labelOfParts: string
  /** What is counted, as a heading for the numbers: `Orang`. */
  readonly labelOfValues: string
  /** Writes a value. Default: a whole number. */
  readonly format?: (value: number) => string
}

const fills = ['fa', 'fb', 'fc', 'fd', 'fe', 'ff'] as const
const BAR_PX = 40
const LABEL_PX = 20
const GAP_PX = 2

/**
 * One whole and its parts, side by side in one bar. A part that has room carries its name above it; below, every
 * part stands in the same order with its value.
 *
 * @example
 * ```ts
 * import { StackedBar, wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('id', { code: 'IDR', scale: 0 })
 * const parts = [{ label: 'Terjangkau', value: 1117 }, { label: 'Belum', value: 31 }]
 * const bar = StackedBar({ words, title: 'Layanan', parts, labelOfParts: 'Keluarga', labelOfValues: 'Jumlah' })
 * String(bar).includes('97,3%') // => true
 * ```
 */
export function StackedBar(props: StackedBarProps): Html {
  const { words, parts, labelOfParts, labelOfValues } = props
  const format = props.format ?? ((value: number) => words.number(value))
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  const placed = placeParts(parts, total)
  return (
    <Figure
      {...props}
      heightPx={LABEL_PX + BAR_PX}
      description={placed.map(({ label, share }) => `${label}: ${words.percent(share, 1)}.`).join(' ')}
      numbers={{
        columns: [labelOfParts, labelOfValues, words.say('chart.share')],
        rows: placed.map(({ label, value, share }) => [label, format(value), words.percent(share, 1)]),
      }}
      below={
        <ul class="key" aria-hidden="true">
          {placed.map(({ label, value, share, fill }) => (
            <li>
              <svg aria-hidden="true">
                <rect class={fill} width="16" height="16" rx="3" />
              </svg>
              <span>{label}</span>
              <b>{format(value)}</b>
              <span>{words.percent(share, 1)}</span>
            </li>
          ))}
        </ul>
      }
    >
      {placed.map(({ label, share, start, fill }) => {
        const widthPx = share * NARROWEST_PX
        const inside = words.percent(share)
        return (
          <g>
            <rect
              class={fill}
              x={percent(start * 100)}
              y={LABEL_PX}
              width={percent(share * 100)}
              height={BAR_PX}
            />
            {start > 0 && (
              <line
                class="gap"
                x1={percent(start * 100)}
                x2={percent(start * 100)}
                y1={LABEL_PX}
                y2={LABEL_PX + BAR_PX}
                stroke-width={GAP_PX}
              />
            )}
            {textWidthPx(label) < widthPx && (
              <text x={percent(start * 100)} dx={start > 0 ? 2 : 0} y={LABEL_PX - 6}>
                {label}
              </text>
            )}
            {textWidthPx(inside) + 12 < widthPx && (
              <text class="on-fill" x={percent(start * 100)} dx={9} y={LABEL_PX + BAR_PX / 2 + 5}>
                {inside}
              </text>
            )}
          </g>
        )
      })}
    </Figure>
  )
}

function placeParts(parts: readonly Part[], total: number) {
  let start = 0
  return parts.map((part, index) => {
    const share = total > 0 ? part.value / total : 0
    const placed = { ...part, share, start, fill: fills[index % fills.length] ?? 'ff' }
    start += share
    return placed
  })
}
