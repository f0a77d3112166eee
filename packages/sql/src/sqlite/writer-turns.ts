import { createTurns, type TakeTurn } from '@lumbung/core/storage'

/**
 * The turns of the writers of this process. The timer behind them keeps the process alive while a writer waits, so
 * that a script whose work waits for itself ends with an error and not without a word; but no longer than that.
 */
export function createWriterTurns(waitMsMax: number): TakeTurn {
  let timer: NodeJS.Timeout | undefined
  let waiting = 0
  const takeTurn = createTurns({
    waitMsMax,
    wait: (waitMs) =>
      new Promise((resolve) => {
        timer = setTimeout(resolve, waitMs)
        if (waiting === 0) timer.unref()
      }),
  })
  return async () => {
    waiting += 1
    timer?.ref()
    try {
      return await takeTurn()
    } finally {
      waiting -= 1
      if (waiting === 0) timer?.unref()
    }
  }
}
