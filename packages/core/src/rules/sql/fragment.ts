/** The databases that rules are written for. */
export type SqlDialectName = 'sqlite' | 'postgres'

/**
 * A text that is sent beside the statement. One of `text` says its type where it stands; any other takes it from the
 * column beside it, and only those of the same name and value are one parameter.
 */
interface Bound {
  readonly value: string
  readonly typed: string
}

/** A part of a statement, with its values still in it. Parts are shared, never copied, until the text is written. */
export interface Fragment {
  readonly parts: readonly (string | Bound | Fragment)[]
  /** Roughly how many words it is, all that is shared counted as often as it stands. */
  readonly weight: number
  /** Never NULL, whatever the row is. */
  readonly known: boolean
}

/** A statement, or a part of one, as it is sent. */
export interface SqlText {
  readonly sql: string
  /** In the order of their places. */
  readonly parameters: readonly string[]
}

/** Text of our own, such as a keyword or a number that was checked to be one. */
export function raw(text: string): Fragment {
  return { parts: [text], weight: 1, known: false }
}

/** A name of a table, a column or an alias. */
export function identifier(name: string): Fragment {
  return raw(`"${name.replaceAll('"', '""')}"`)
}

/** A text that is bound. */
export function bound(value: string, typed = 'text'): Fragment {
  return { parts: [{ value, typed }], weight: 1, known: true }
}

/** Joins text of our own with fragments. What it gives may be NULL. */
export function sql(texts: TemplateStringsArray, ...fragments: readonly Fragment[]): Fragment {
  const parts: (string | Fragment)[] = []
  let weight = 1
  for (const [index, text] of texts.entries()) {
    parts.push(text)
    const fragment = fragments[index]
    if (fragment === undefined) continue
    parts.push(fragment)
    weight += fragment.weight
  }
  return { parts, weight, known: false }
}

/** The same, of which it is known by other means whether it may be NULL. */
export function knownIf(known: boolean, fragment: Fragment): Fragment {
  return fragment.known === known ? fragment : { ...fragment, known }
}

/** Fragments with a text between them. */
export function joined(fragments: readonly Fragment[], between: string): Fragment {
  const parts = fragments.flatMap((fragment, index) => (index === 0 ? [fragment] : [between, fragment]))
  return {
    parts,
    weight: fragments.reduce((sum, { weight }) => sum + weight, 1),
    known: false,
  }
}

/** Writes the text: SQLite counts its parameters by where they stand, PostgreSQL by number. */
export function render(fragment: Fragment, dialect: SqlDialectName): SqlText {
  const texts: string[] = []
  const parameters: string[] = []
  const numbers = new Map<string, number>()
  const write = ({ parts }: Fragment): void => {
    for (const part of parts) {
      if (typeof part === 'string') texts.push(part)
      else if ('parts' in part) write(part)
      else texts.push(place(part))
    }
  }
  const place = ({ value, typed }: Bound): string => {
    if (dialect === 'sqlite') {
      parameters.push(value)
      return '?'
    }
    const key = `${typed}:${value}`
    const number = numbers.get(key) ?? parameters.push(value)
    numbers.set(key, number)
    return typed === 'text' ? `$${number}::text` : `$${number}`
  }
  write(fragment)
  return { sql: texts.join(''), parameters }
}
