/** A map that holds the entries used last, so that what is made from requests cannot grow without end. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined
  readonly set: (key: string, value: Value) => void
}

/** A map of at most `entriesMax` entries; the one that was not used for longest gives way. */
export function createBoundedMap<Value>(entriesMax: number): BoundedMap<Value> {
  const entries = new Map<string, Value>()
  return {
    get(key) {
      const found = entries.get(key)
      if (found === undefined) return undefined
      // A map lists its entries in the order in which they were set.
      entries.delete(key)
      entries.set(key, found)
      return found
    },
    set(key, value) {
      entries.delete(key)
      const [oldest] = entries.size >= entriesMax ? entries.keys() : []
      if (oldest !== undefined) entries.delete(oldest)
      entries.set(key, value)
    },
  }
}
