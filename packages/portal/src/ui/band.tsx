import { raw } from 'hono/html'
import type { Html } from './html.ts'

/** One repeat of the weave, 18 threads wide and 9 high; a digit is the colour of a thread. */
const repeat = [
  '111111111111111111',
  '..................',
  '2..3.....1.....3..',
  '.2..3...1.1...3..2',
  '2.2..3.1.2.1.3..2.',
  '.2..3...1.1...3..2',
  '2..3.....1.....3..',
  '..................',
  '111111111111111111',
]

const THREAD_PX = 2

/** The path of all threads of one colour; threads side by side are one piece. */
function threads(colour: string): string {
  return repeat
    .flatMap((row, y) =>
      [...row.matchAll(new RegExp(`${colour}+`, 'g'))].map(({ 0: run, index }) => {
        const length = run.length * THREAD_PX
        return `M${index * THREAD_PX} ${y * THREAD_PX}h${length}v${THREAD_PX}h-${length}z`
      }),
    )
    .join('')
}

const width = (repeat[0]?.length ?? 0) * THREAD_PX
const height = repeat.length * THREAD_PX
/** The same on every page, so it is woven once. */
const woven = raw(
  String(
    <svg class="band" width="100%" height={height} aria-hidden="true">
      <pattern id="weave" width={width} height={height} patternUnits="userSpaceOnUse">
        {['1', '2', '3'].map((colour) => (
          <path class={`w${colour}`} d={threads(colour)} />
        ))}
      </pattern>
      <rect width="100%" height={height} fill="url(#weave)" />
    </svg>,
  ),
)

/** The woven band under the header, in the colours of the village. It carries no meaning. */
export function Band(): Html {
  return woven
}
