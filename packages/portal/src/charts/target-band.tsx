import type { Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { rangeText } from './bar-chart.tsx'
import { pixel } from './scale.ts'

/** The top of the field in which a trend is drawn. */
export const TOP_PX = 34
/** The bottom of that field. */
export const BOTTOM_PX = 216

interface TargetBandProps {
  readonly words: Words
  readonly target: { readonly low?: number; readonly high?: number }
  readonly format: (value: number) => string
  readonly y: (value: number) => number
}

/** What a trend is aimed at: a band across the picture, and what it is in words above it. */
export function TargetBand({ words, target, format, y }: TargetBandProps): Html {
  const top = target.high === undefined ? TOP_PX - 12 : y(target.high)
  const bottom = target.low === undefined ? BOTTOM_PX : y(target.low)
  const edges = [target.low, target.high].filter((edge) => edge !== undefined)
  return (
    <g>
      <rect class="band-target" y={pixel(top)} width="100%" height={pixel(bottom - top)} />
      {edges.map((edge) => (
        <line class="band-edge" x2="100%" y1={pixel(y(edge))} y2={pixel(y(edge))} />
      ))}
      <text class="good-text" x="100%" y={12} text-anchor="end">
        {targetText(words, target, format)}
      </text>
    </g>
  )
}

function targetText(
  words: Words,
  target: TargetBandProps['target'],
  format: (value: number) => string,
): string {
  const { low, high } = target
  if (low !== undefined && high !== undefined)
    return words.say('chart.target', { range: rangeText(words, { low, high }, format) })
  if (low !== undefined)
    return words.say('chart.target', { range: words.say('chart.atLeast', { low: format(low) }) })
  return words.say('chart.target', { range: words.say('chart.atMost', { high: format(high ?? 0) }) })
}
