import type { Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { type ChartProps, Figure } from './figure.tsx'
import { percent, roomFor } from './scale.ts'

/** People of one age group. */
export interface AgeGroup {
  /** `0–4`, or `75+`. */
  readonly label: string
  readonly male: number
  readonly female: number
}

/** What a population pyramid draws. */
export interface PopulationPyramidProps extends ChartProps {
  /** The youngest first. */
  readonly groups: readonly AgeGroup[]
  /** People whose age is not known: they are not drawn, and the chart says so. */
  readonly unknownAge?: number
}

const ROW_PX = 21
const BAR_PX = 16
const HEAD_PX = 30
/** Half of the room for the age groups in the middle, in percent of the width. */
const MIDDLE = 8.5

/**
 * The people of a village by age and sex, the youngest at the bottom.
 *
 * @example
 * ```ts
 * import { PopulationPyramid, wordsIn } from '@lumbung/portal'
 *
 * const words = wordsIn('id', { code: 'IDR', scale: 0 })
 * const groups = [{ label: '0–4', male: 151, female: 144 }, { label: '5+', male: 1717, female: 1749 }]
 * String(PopulationPyramid({ words, title: 'Penduduk menurut umur', groups })).includes('Laki-laki 1.868') // => true
 * ```
 */
export function PopulationPyramid(props: PopulationPyramidProps): Html {
  const { words, groups, unknownAge = 0 } = props
  const male = groups.reduce((sum, group) => sum + group.male, 0)
  const female = groups.reduce((sum, group) => sum + group.female, 0)
  const highest = Math.max(1, ...groups.flatMap((group) => [group.male, group.female]))
  const room = roomFor([words.number(highest)])
  const share = (count: number) => (count / highest) * (50 - MIDDLE - room)
  const top = (index: number) => HEAD_PX + (groups.length - 1 - index) * ROW_PX
  return (
    <Figure
      {...props}
      heightPx={HEAD_PX + groups.length * ROW_PX}
      description={describe(words, groups, male, female)}
      numbers={{
        columns: [words.say('chart.age'), words.say('chart.male'), words.say('chart.female')],
        rows: groups
          .map((group) => [group.label, words.number(group.male), words.number(group.female)])
          .toReversed(),
      }}
      below={unknownAge > 0 && <p class="source">{words.say('chart.unknownAge', { count: unknownAge })}</p>}
    >
      <text class="ta strong" x={percent(50 - MIDDLE)} y={15} text-anchor="end">
        {words.say('chart.male')} {words.number(male)}
      </text>
      <text class="tb strong" x={percent(50 + MIDDLE)} y={15}>
        {words.say('chart.female')} {words.number(female)}
      </text>
      {groups.map((group, index) => {
        const [left, right] = [share(group.male), share(group.female)]
        const y = top(index)
        const base = y + BAR_PX - 3.5
        return (
          <g>
            <rect class="fa" x={percent(50 - MIDDLE - left)} y={y} width={percent(left)} height={BAR_PX} />
            <rect class="fb" x={percent(50 + MIDDLE)} y={y} width={percent(right)} height={BAR_PX} />
            <text class="quiet" x={percent(50 - MIDDLE - left)} dx={-4} y={base} text-anchor="end">
              {words.number(group.male)}
            </text>
            <text class="quiet" x={percent(50 + MIDDLE + right)} dx={4} y={base}>
              {words.number(group.female)}
            </text>
            <text x="50%" y={base} text-anchor="middle">
              {group.label}
            </text>
          </g>
        )
      })}
    </Figure>
  )
}

function describe(words: Words, groups: readonly AgeGroup[], male: number, female: number): string {
  const [first, ...others] = groups.map(({ label, male, female }) => ({ label, count: male + female }))
  if (!first) return words.say('chart.missing')
  const largest = others.reduce((most, group) => (group.count > most.count ? group : most), first)
  return [
    `${words.say('chart.male')} ${words.number(male)}, ${words.say('chart.female')} ${words.number(female)}.`,
    words.say('chart.largest', { label: largest.label, value: words.number(largest.count) }),
  ].join(' ')
}
