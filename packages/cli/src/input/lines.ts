import type { Session } from '../frame/session.ts'
import { type Source, textOf } from './source.ts'

/** Longest line that is read, in UTF-16 units: a household with all its facts needs far less. */
const lineLengthMax = 4_000_000

/** A line of a file, counted from 1. */
export interface Line {
  readonly line: number
  readonly text: string
}

/** The lines of a source that hold something, one at a time. A line above the greatest length is cut there. */
export async function* linesOf(source: Source, session: Session): AsyncGenerator<Line> {
  let line = 1
  let rest = ''
  for await (const piece of textOf(source, session)) {
    const parts = (rest + piece).split('\n')
    rest = (parts.pop() ?? '').slice(0, lineLengthMax)
    for (const text of parts) {
      if (text.trim() !== '') yield { line, text }
      line += 1
    }
  }
  if (rest.trim() !== '') yield { line, text: rest }
}
