import { distance } from 'fastest-levenshtein'

/** Longer names are not compared: nobody mistyped them. */
const nameLengthMax = 64

/** The hint that names the one of some names that a writer may have meant; none where all are far away. */
export function suggest(written: string, names: readonly string[], prefix = ''): string | undefined {
  if (written.length > nameLengthMax) return undefined
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1
  for (const name of names) {
    const away = name.toLowerCase() === written.toLowerCase() ? 0 : distance(written, name)
    if (away < bestDistance) {
      best = name
      bestDistance = away
    }
  }
  return best === undefined ? undefined : `Did you mean ${prefix}${best}?`
}
