/** Line and character, both from 1. */
interface CellPlace {
  readonly line: number
  readonly column: number
}

/**
 * Where the cells of a record begin, from its raw text and the number of the line it ends on: a cell in quotes may
 * hold delimiters and line ends.
 */
export function cellPlaces(
  raw: string,
  delimiter: string,
  lastLine: number,
): readonly [CellPlace, ...CellPlace[]] {
  // What csv-parse skipped, or the second half of a line end, may stand before the record, the first half behind it.
  const text = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '')
  let line = lastLine - (text.match(/\n/g)?.length ?? 0)
  let column = 1
  let quoted = false
  const places: [CellPlace, ...CellPlace[]] = [{ line, column }]
  for (const character of text) {
    column += 1
    if (character === '"') quoted = !quoted
    else if (character === '\n') {
      line += 1
      column = 1
    } else if (character === delimiter && !quoted) places.push({ line, column })
  }
  return places
}

/** Counts the lines of a text that a parser reads some pieces behind; it remembers only what is not read yet. */
export interface LineCounter {
  /** Gives a piece on as the bytes that the parser counts. */
  readonly pass: (text: string) => Buffer
  /** The line of the last content before this byte. Bytes only grow from call to call. */
  readonly lineBefore: (byte: number) => number
}

/** A counter at the beginning of a text. */
export function countLines(): LineCounter {
  const ends: number[] = []
  let [passed, line, next] = [0, 1, 0]
  return {
    pass(text) {
      const bytes = Buffer.from(text)
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(passed + at)
      passed += bytes.length
      return bytes
    },
    lineBefore(byte) {
      for (; (ends[next] ?? byte) < byte - 1; next += 1) line += 1
      if (next > 10_000) {
        ends.splice(0, next)
        next = 0
      }
      return line
    },
  }
}
