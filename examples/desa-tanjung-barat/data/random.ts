/** Chance that gives the same on every machine and in every run. */
export interface Random {
  /** A whole number, both ends included. */
  readonly int: (from: number, to: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** One of the values, in proportion to the weights beside them. */
  readonly weighted: <T>(list: readonly (readonly [value: T, weight: number])[]) => T
}

/**
 * Random numbers from a seed, by mulberry32 of Tommy Ettinger (public domain). It uses whole numbers and one
 * division alone, so that no machine rounds otherwise.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    int,
    chance: (probability) => next() < probability,
    pick(list) {
      const value = list[int(0, list.length - 1)]
      if (value === undefined) throw new Error('There is nothing to pick from.')
      return value
    },
    weighted(list) {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * total
      for (const [value, weight] of list) {
        left -= weight
        if (left < 0) return value
      }
      const [last] = list.at(-1) ?? []
      if (last === undefined) throw new Error('There is nothing to choose from.')
      return last
    },
  }
}
