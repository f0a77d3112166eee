import type { Say } from '../words/catalogue.ts'
import type { Writer } from './writer.ts'

/** Shows how far a long work is, on a terminal only. */
export interface Progress {
  /** Tells how much is done, and of how much where that is known. */
  readonly update: (done: number, total?: number) => void
  /** Takes the bar away. */
  readonly end: () => Promise<void>
}

const redrawMs = 100
const barWidth = 24

/** A bar on stderr; where stderr is no terminal it writes nothing. */
export function openProgress(
  err: Writer,
  say: Say,
  label: string,
  now: () => number = performance.now.bind(performance),
): Progress {
  let drawnAt = Number.NEGATIVE_INFINITY
  let isDrawn = false
  return {
    update(done, total) {
      if (!err.isTerminal || now() - drawnAt < redrawMs) return
      drawnAt = now()
      isDrawn = true
      void err.write(`\r${lineOf(say, label, done, total).slice(0, err.width - 1)}\u{1b}[K`)
    },
    async end() {
      if (isDrawn) await err.write('\r\u{1b}[K')
    },
  }
}

function lineOf(say: Say, label: string, done: number, total: number | undefined): string {
  if (total === undefined || total <= 0) return say('progress.count', { label, done })
  const share = Math.min(1, done / total)
  const filled = Math.round(share * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  return say('progress.share', { label, bar, percent: Math.floor(share * 100), done, total })
}
